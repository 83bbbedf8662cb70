/* Says how many checkboxes of a form are ticked, also of those that belong to it from elsewhere on the page:
   [data-count-checked="person people"] in it is filled with "3 people chosen"; without words it counts notes. */
export default function countChecked(form) {
  const output = form.querySelector("[data-count-checked]");
  const [one, many] = (output.dataset.countChecked || "note notes").split(" ");
  const say = () => {
    const n = [...form.elements].filter((field) => field.type === "checkbox" && field.checked).length;
    output.textContent = n === 0 ? "" : `${n} ${n === 1 ? one : many} chosen`;
  };
  document.addEventListener("change", ({ target }) => {
    if (target.form === form) say();
  });
  say();
}
