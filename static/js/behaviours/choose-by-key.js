/* A list in which the keys of what has the focus press its buttons: data-key="s". Arrows go from one to the next. After a
   press the list comes anew, and the focus stands where it stood. */
export default function chooseByKey(list) {
  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("li");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    const target = next?.querySelector("button") ?? row.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (!next) target.click();
  });
}
