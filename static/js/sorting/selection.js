/* Which notes are chosen: ticked ones, by mouse, touch and keyboard, in ranges with Shift; or the one that has the focus. */
const BOX = "[data-notes] input[name=notes]";

export default function selectionOf(root, { say }) {
  let anchor = null;
  let base = new Set();

  const focused = () => (document.activeElement?.matches(BOX) ? document.activeElement : null);
  const listOf = (box) => box.closest("[data-notes]");
  const boxesIn = (list) => [...list.querySelectorAll("input[name=notes]")];
  const ticked = () => [...root.querySelectorAll(`${BOX}:checked`)];
  const changed = (box) => box.dispatchEvent(new Event("change", { bubbles: true }));

  function begin(box) {
    anchor = box;
    base = new Set(ticked().filter((each) => each !== box));
  }

  /* Ticks all from where the range began to `box`, and what was ticked before. */
  function reach(box) {
    if (!anchor?.isConnected || listOf(anchor) !== listOf(box)) begin(box);
    const boxes = boxesIn(listOf(box));
    const [from, to] = [boxes.indexOf(anchor), boxes.indexOf(box)].sort((one, other) => one - other);
    boxes.forEach((each, place) => {
      each.checked = base.has(each) || (place >= from && place <= to);
    });
    changed(box);
    say(`${ticked().length} chosen`);
  }

  root.addEventListener("click", (event) => {
    const box = event.target.closest?.(BOX);
    if (!box) return;
    if (event.shiftKey && anchor) reach(box);
    else begin(box);
  });

  function go(box) {
    box?.focus();
    box?.closest("li").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function step(by, { ranging = false } = {}) {
    const box = focused();
    if (!box) return go(root.querySelector(BOX));
    const boxes = boxesIn(listOf(box));
    const next = boxes[boxes.indexOf(box) + by];
    if (!next) return;
    if (ranging && (!anchor?.isConnected || listOf(anchor) !== listOf(box) || !box.checked)) begin(box);
    go(next);
    if (ranging) reach(next);
    else anchor = null;
  }

  function all() {
    const list = focused() ? listOf(focused()) : root.querySelector("[data-notes]");
    const boxes = boxesIn(list);
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => {
      box.checked = on;
    });
    if (boxes.length) changed(boxes[0]);
    say(on ? `${boxes.length} chosen` : "None chosen");
  }

  function none() {
    const boxes = ticked();
    boxes.forEach((box) => {
      box.checked = false;
    });
    if (boxes.length) changed(boxes[0]);
    return boxes.length > 0;
  }

  /* The notes that something is done with. */
  const chosen = () => (ticked().length ? ticked() : [focused()].filter(Boolean));

  /* Does it: what goes away from where it stands goes at once, and the focus is on the note that follows. */
  async function sort(notes, fields, send) {
    const leaves = (box) => fields.how !== "also" || !listOf(box).dataset.notes;
    const given = [...notes.map((box) => ["notes", box.value]), ...Object.entries(fields)];
    const next = following(notes, leaves);
    for (const box of notes) {
      box.checked = false;
      if (leaves(box)) box.closest("li").remove();
    }
    changed(document.querySelector("#sort-form [name=theme]"));
    anchor = null;
    if (next?.isConnected) go(next);
    else root.querySelector("#unfiled-title, .board h2")?.focus();
    await send(given);
  }

  function following(notes, leaves) {
    const last = notes.at(-1);
    const boxes = boxesIn(listOf(last));
    const stay = (box) => !notes.includes(box) || !leaves(box);
    if (!leaves(last)) return last;
    const place = boxes.indexOf(last);
    return boxes.slice(place).find(stay) ?? boxes.slice(0, place).findLast(stay);
  }

  return { all, boxesIn, chosen, focused, go, listOf, none, sort, step };
}
