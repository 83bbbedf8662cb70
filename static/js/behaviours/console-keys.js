/* The console by keys: each button says its own by aria-keyshortcuts. A step changes what the same button does next, so that a
   second press in the same moment, or a key held down, is not taken for the step after it. What a step came to is said. */
import { shortcutsAreOn } from "./shortcut-switch.js";

const STEP = "#console-next";
const A_MOMENT = 700;
const WRITTEN = "input, textarea, select, [contenteditable]";

export default function consoleKeys(part) {
  const said = part.querySelector("#console-said");
  // What it does, and to which statement.
  const next = () => [STEP, "#console-statement"].map((each) => part.querySelector(each)?.textContent).join();
  let step = next();
  let changed = -Infinity;

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (target.matches?.(WRITTEN) || !shortcutsAreOn()) return;
    const button = part.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    if (!event.repeat) button.click();
  });

  part.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest(STEP) || performance.now() - changed > A_MOMENT) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  new MutationObserver(() => {
    if (next() === step) return;
    step = next();
    changed = performance.now();
  }).observe(part, { childList: true, subtree: true });

  part.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id !== "console-page") return;
    said.textContent = part.querySelector("#console-state")?.textContent.replace(/\s+/g, " ").trim() ?? "";
  });
}
