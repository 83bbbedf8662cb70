/* M: a theme for the chosen notes, found by a few letters; what is no theme yet becomes one. */
import { listbox } from "../capture/dom.js";
import { folded } from "../grammar.js";

const AT_MOST = 12;

export default function chooserOf(form, { sort, selection, say }) {
  const dialog = document.getElementById("chooser");
  const field = dialog.querySelector("input[type=text]");
  const how = dialog.querySelector("[data-how]");
  const title = dialog.querySelector("[data-count]");
  let notes = [];
  const options = listbox(dialog.querySelector("[role=listbox]"), field, { take: (option) => take(option, false) });

  const themes = () =>
    [...form.elements.theme.options].filter(({ value }) => value).map(({ value, text }) => ({ label: text.replace(/^[–\s]+/, ""), given: { theme: value } }));

  function rank(label, word) {
    const name = folded(label);
    if (name.startsWith(word)) return 0;
    if (name.includes(` ${word}`)) return 1;
    return name.includes(word) ? 2 : 3;
  }

  function look() {
    const word = folded(field.value);
    const found = themes()
      .map((option) => [rank(option.label, word), option])
      .filter(([place]) => place < 3)
      .sort(([one], [other]) => one - other)
      .map(([, option]) => option);
    const shown = found.slice(0, AT_MOST);
    const typed = field.value.trim();
    if (typed && !found.some(({ label }) => folded(label) === word)) shown.push({ label: `New theme “${typed}”`, meta: "new", given: { title: typed } });
    if (!typed && canLeave()) shown.push({ label: "Unfiled", meta: "take off", given: { how: "off" } });
    options.show(shown);
  }

  const canLeave = () => notes.some((box) => selection.listOf(box).dataset.notes);

  function take(option, otherwise) {
    if (!option) return;
    dialog.close();
    const chosen = how.hidden ? "also" : form.ownerDocument.querySelector("[name=chooser-how]:checked").value;
    const other = chosen === "move" ? "also" : "move";
    sort(notes, { how: otherwise && !how.hidden ? other : chosen, ...option.given });
  }

  function open() {
    notes = selection.chosen();
    how.hidden = !canLeave();
    title.textContent = notes.length === 1 ? "1 note" : `${notes.length} notes`;
    field.value = "";
    dialog.showModal();
    look();
    field.focus();
  }

  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") options.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") take(options.active, event.shiftKey);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => notes.find((box) => box.isConnected && box.checked)?.focus());
  form.querySelectorAll("[data-chooser]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => (selection.chosen().length ? open() : say("Choose a note first.")));
  });
  return { open };
}
