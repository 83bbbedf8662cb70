/* Ctrl+K or ⌘K: themes, speakers, sessions and actions, by a few letters. */
import { folded } from "../grammar.js";
import { catalogueOf } from "./catalogue.js";
import { listbox } from "./dom.js";

const AT_MOST = 12;

export default function palette(place, { composer }) {
  const dialog = document.getElementById("palette");
  const field = dialog.querySelector("input");
  const options = listbox(dialog.querySelector("[role=listbox]"), field, { take });

  function all() {
    const known = catalogueOf(place.into);
    const off = composer.isOff();
    return [
      ...known.themes.map(({ title }) => ({ label: title, meta: "file under", act: () => composer.name("#", title) })),
      ...known.people.map(({ name }) => ({ label: name, meta: "speaker", act: () => composer.name("@", name) })),
      ...(known.keeps_groups ? known.groups : []).map(({ singular }) => ({ label: singular, meta: "group", act: () => composer.name("%", singular) })),
      ...known.sessions.map(({ id, title }) => ({ label: title, meta: "go to the session", act: () => location.assign(`?session=${id}`) })),
      { label: "The whole day", meta: "go to", act: () => location.assign("?session=day") },
      { label: off ? "On the record again" : "Off the record", meta: "action", act: () => composer.command(off ? "on" : "off") },
      { label: "Edit my last note", meta: "action", act: composer.editLast },
      { label: "Show earlier notes", meta: "action", act: () => document.querySelector(".earlier:not([hidden]) a")?.click() },
      { label: "Sort the notes without a theme", meta: "go to", act: () => location.assign(place.outline) },
    ];
  }

  function look() {
    const word = folded(field.value);
    const rank = ({ label }) => (folded(label).startsWith(word) ? 0 : folded(label).includes(word) ? 1 : 2);
    const found = all().map((option) => [rank(option), option]).filter(([place]) => place < 2);
    options.show(found.sort(([one], [other]) => one - other).slice(0, AT_MOST).map(([, option]) => option));
  }

  function open() {
    if (dialog.open) return;
    field.value = "";
    dialog.showModal();
    look();
    field.focus();
  }

  function take(option) {
    dialog.close();
    composer.box.focus();
    option?.act();
  }

  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") options.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && options.active) take(options.active);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("close", () => composer.box.focus());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.querySelectorAll("[data-palette]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", open);
  });
}
