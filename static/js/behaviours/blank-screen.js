/* The screen of the room goes blank on this device alone by b or a full stop, as the keys of a presenter send it, and comes back
   by the same. What changes meanwhile is there when it is back. */
import { shortcutsAreOn } from "./shortcut-switch.js";

const KEYS = new Set(["b", "B", "."]);

export default function blankScreen(room) {
  const said = room.querySelector(".room-blanked");

  document.addEventListener("keydown", (event) => {
    const { key, repeat, ctrlKey, metaKey, altKey } = event;
    if (!KEYS.has(key) || repeat || ctrlKey || metaKey || altKey || event.defaultPrevented || !shortcutsAreOn()) return;
    event.preventDefault();
    said.hidden = !room.classList.toggle("is-blank");
  });
}
