/* Notes are dragged from column to column, with Alt or Ctrl to stand there as well. The keyboard's way: M, or Alt and an arrow. */
export default function drag(root, { lists, selection, sort }) {
  const { Sortable } = window;
  if (!Sortable || root.querySelectorAll("[data-notes]").length < 2) return;
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const bind = (list) =>
    new Sortable(list, {
      group: "notes",
      sort: false,
      animation: quiet ? 0 : 120,
      delay: 250,
      delayOnTouchOnly: true,
      draggable: "li",
      ghostClass: "is-dragged",
      scrollSensitivity: 80,
      onStart: lists.hold,
      onEnd({ item, from, to, originalEvent }) {
        const how = originalEvent?.altKey || originalEvent?.ctrlKey ? "also" : "move";
        lists.release();
        if (from === to) return;
        const theme = to.dataset.notes;
        // Where it was, for a moment: what becomes of it is decided as for every other way.
        from.append(item);
        const box = item.querySelector("input[name=notes]");
        const notes = box.checked ? selection.chosen() : [box];
        sort(notes, theme ? { theme, how } : { how: "off" });
      },
    });
  root.querySelectorAll("[data-notes]").forEach(bind);
  root.addEventListener("sorting:new", ({ target }) => target.querySelectorAll("[data-notes]").forEach(bind));
}
