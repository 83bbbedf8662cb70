/* Keys that lead somewhere from every page: a link of this navigation says its own by aria-keyshortcuts="/".
   Not while something is written, nor where the reader switched them off (shortcut-switch). */
import { shortcutsAreOn } from "./shortcut-switch.js";

const written = "input, textarea, select, [contenteditable]";

/* Follows the link among `links` whose key was pressed. */
export function follow(event, links) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (target.matches?.(written) || document.querySelector("dialog[open]") || !shortcutsAreOn()) return;
  const link = links.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

export default function shortcuts(nav) {
  document.addEventListener("keydown", (event) => follow(event, nav));
}
