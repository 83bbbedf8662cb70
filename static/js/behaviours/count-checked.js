/* Says how many checkboxes of a form are ticked: [data-count-checked] in it is filled with "3 notes chosen". */
export default function countChecked(form) {
  const output = form.querySelector("[data-count-checked]");
  const say = () => {
    const n = form.querySelectorAll("input[type=checkbox]:checked").length;
    output.textContent = n === 0 ? "" : `${n} ${n === 1 ? "note" : "notes"} chosen`;
  };
  form.addEventListener("change", say);
  say();
}
