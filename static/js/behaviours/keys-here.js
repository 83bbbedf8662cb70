/* Keys that lead somewhere while the focus is inside this part of a page: a link in it says its own by aria-keyshortcuts="s".
   Not while something is written, nor where the reader switched them off (shortcut-switch). */
import { follow } from "./shortcuts.js";

export default function keysHere(part) {
  part.addEventListener("keydown", (event) => follow(event, part));
}
