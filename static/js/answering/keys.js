/* Keys for whoever has some: 1, 2, 3 or a, d, u answer; the arrows lead back and on. Switched off as all single keys (shortcut-switch). */
import { shortcutsAreOn } from "../behaviours/shortcut-switch.js";

const WRITTEN = "input, textarea, select, [contenteditable]";
const LETTERS = { a: "1", d: "-1", u: "0" };

export default function keys(help, { isOn, press, back, onwards }) {
  help.hidden = false;
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || event.repeat) return;
    if (target.matches?.(WRITTEN) || document.querySelector("dialog[open]") || !shortcutsAreOn() || !isOn()) return;
    if (key === "ArrowLeft") back();
    else if (key === "ArrowRight") onwards();
    else if (/^[1-9]$/.test(key)) press((_, place) => place === Number(key) - 1);
    else if (key.toLowerCase() in LETTERS) press((button) => button.value === LETTERS[key.toLowerCase()]);
    else return;
    event.preventDefault();
  });
}
