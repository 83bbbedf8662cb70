/* Themes put in order: Alt and an arrow on a theme of the outline, or dragged by its grip. The page's buttons do the same. */
const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

export default function themes(root, { send }) {
  const outline = root.querySelector("#theme-outline");
  if (!outline?.dataset.arrange) return;
  const address = (theme, what) => outline.dataset.arrange.replace("00000000-0000-0000-0000-000000000000", theme).replace("shift", what);
  const idOf = (row) => row?.id.replace("theme-", "") ?? "";

  outline.addEventListener("keydown", (event) => {
    const to = event.altKey && !event.shiftKey && !event.ctrlKey && STEPS[event.key];
    const row = event.target.closest("li[id^=theme-]");
    if (!to || !row) return;
    event.preventDefault();
    send(address(idOf(row), "shift"), { to });
  });

  function bind() {
    const { Sortable } = window;
    if (!Sortable) return;
    for (const row of outline.querySelectorAll("li[id^=theme-]")) {
      // Something to be dropped into, under a theme that has none under it.
      if (!row.querySelector(":scope > ol")) row.append(document.createElement("ol"));
    }
    for (const list of outline.querySelectorAll(".tree, .tree ol")) {
      if (Sortable.get(list)) continue;
      new Sortable(list, {
        group: "themes",
        handle: ".tree-grip",
        draggable: "li",
        fallbackOnBody: true,
        ghostClass: "is-dragged",
        onEnd({ item, from, to, oldDraggableIndex, newDraggableIndex }) {
          if (from === to && oldDraggableIndex === newDraggableIndex) return;
          const parent = idOf(to.closest("li[id^=theme-]"));
          send(address(idOf(item), "reparent"), { parent, before: idOf(item.nextElementSibling) });
        },
      });
    }
  }
  bind();
  document.addEventListener("htmx:load", bind);
}
