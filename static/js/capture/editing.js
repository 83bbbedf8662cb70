/* Edits a note of one's own in its place: Enter saves, Esc leaves. */
import { make } from "./dom.js";
import { textOf } from "./stream.js";

export default function edit(row, { begun, typed, save, left }) {
  const words = row.querySelector(".note-text");
  const before = textOf(row);
  const box = make("textarea", { class: "input input-text note-edit", "aria-label": `Edit your note of ${row.querySelector("time").textContent}`, rows: 2, oninput: () => typed(box.value) }, before);
  const foot = make("p", { class: "row" },
    make("button", { type: "button", class: "button button-small button-primary", onclick: () => close(true) }, "Save"),
    make("button", { type: "button", class: "button button-small button-quiet", onclick: () => close(false) }, "Leave"),
    make("span", { class: "hint" }, "The earlier text is kept."));

  function close(saved) {
    const text = box.value.trim();
    box.remove();
    foot.remove();
    words.hidden = false;
    if (saved && text && text !== before) save({ from: before, text });
    left();
  }

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
      event.preventDefault();
      close(event.key === "Enter");
    }
  });
  if (begun) box.value = begun;
  words.hidden = true;
  words.after(box, foot);
  row.scrollIntoView({ block: "nearest" });
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}
