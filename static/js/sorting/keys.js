/* The keys of the outline and the board. Letters do nothing where the reader switched them off, and everything has a button as well. */
import { shortcutsAreOn } from "../behaviours/shortcut-switch.js";

const WRITTEN = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export default function keys(root, { selection, chooser, sort, say }) {
  const columns = () => [...root.querySelectorAll("[data-notes]")];

  function beside(by) {
    const box = selection.focused();
    const lists = columns();
    const place = lists.indexOf(selection.listOf(box));
    return { box, list: lists[place + by] };
  }

  /* To the note beside, past columns without one. */
  function sideways(by) {
    const { box } = beside(by);
    const lists = columns();
    const row = selection.boxesIn(selection.listOf(box)).indexOf(box);
    for (let place = lists.indexOf(selection.listOf(box)) + by; lists[place]; place += by) {
      const boxes = selection.boxesIn(lists[place]);
      if (boxes.length) return selection.go(boxes[Math.min(row, boxes.length - 1)]);
    }
  }

  /* Into the column beside. */
  function carry(by) {
    const { list } = beside(by);
    if (!list) return say("There is no column on that side.");
    const theme = list.dataset.notes;
    sort(selection.chosen(), theme ? { theme, how: "move" } : { how: "off" });
  }

  const arrows = {
    ArrowDown: (event) => selection.step(1, { ranging: event.shiftKey }),
    ArrowUp: (event) => selection.step(-1, { ranging: event.shiftKey }),
    ArrowRight: (event) => (event.altKey ? carry(1) : sideways(1)),
    ArrowLeft: (event) => (event.altKey ? carry(-1) : sideways(-1)),
  };
  const letters = {
    j: () => selection.step(1),
    k: () => selection.step(-1),
    a: () => selection.all(),
    m: () => (selection.chosen().length ? chooser.open() : say("Choose a note first.")),
    p: () => selection.focused()?.closest("li").querySelector("[data-passage]")?.click(),
    u: () => document.querySelector("#sorting-done button")?.click(),
  };

  function actionOf(event) {
    if (event.key in arrows) {
      const among = selection.focused() && (columns().length > 1 || !/Left|Right/.test(event.key));
      return among && (!event.altKey || /Left|Right/.test(event.key)) ? arrows[event.key] : null;
    }
    if (event.altKey || event.shiftKey) return null;
    if (event.key === "Escape") return () => selection.none() && say("None chosen");
    return shortcutsAreOn() ? letters[event.key] : null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.target.matches?.(WRITTEN) || document.querySelector("dialog[open]")) return;
    const act = actionOf(event);
    if (!act) return;
    event.preventDefault();
    act(event);
  });
}
