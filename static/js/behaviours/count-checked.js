/* Says how many checkboxes of a form are ticked, also of those that belong to it from elsewhere on the page:
   [data-count-checked="person people"] in it is filled with "3 people chosen"; without words it counts notes.
   A button [data-tick-all] in it ticks all of them, or none once all are. */
export default function countChecked(form) {
  const output = form.querySelector("[data-count-checked]");
  const all = form.querySelector("[data-tick-all]");
  const [one, many] = (output.dataset.countChecked || "note notes").split(" ");
  const boxes = () => [...form.elements].filter((field) => field.type === "checkbox");
  const left = () => boxes().filter((box) => !box.checked);

  const say = () => {
    const n = boxes().length - left().length;
    output.textContent = n === 0 ? "" : `${n} ${n === 1 ? one : many} chosen`;
    if (all) all.textContent = left().length ? "Tick all" : "Tick none";
  };
  document.addEventListener("change", ({ target }) => {
    if (target.form === form) say();
  });
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const checked = left().length > 0;
      for (const box of boxes()) box.checked = checked;
      say();
    });
  }
  say();
}
