/* Notes of a theme are dragged by their time onto a finding, or onto one of its positions: supporting, against, illustrating.
   The same is done by key on the page that goes through the notes. */
const STANCES = { supports: ["agree", "Supports"], against: ["disagree", "Against"], illustrates: ["example", "Illustrates"] };
const HANDLE = '[aria-labelledby="notes-title"] .note > time';

export default function dropEvidence(section) {
  let dragged = null;
  let zones = null;

  // Notes come anew while the page is open: what can be dragged is said when it is about to be.
  const offer = (handle) => {
    if (handle && section.isConnected && section.querySelector("[data-attach]")) handle.draggable = true;
  };
  document.addEventListener("pointerover", ({ target }) => offer(target.closest?.(HANDLE)));
  // The pointer may have been there before this was.
  offer(document.querySelector(`${HANDLE}:hover`));
  document.addEventListener("dragstart", (event) => {
    const note = event.target.closest?.(HANDLE)?.parentElement;
    if (!note) return;
    dragged = note.id.replace("note-", "");
    event.dataTransfer.effectAllowed = "link";
    event.dataTransfer.setData("text/plain", note.querySelector(".note-text")?.textContent ?? "");
    event.dataTransfer.setDragImage(note, 0, 0);
  });
  document.addEventListener("dragend", end);
  section.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest(".position, [data-attach]");
    if (!over) return hide();
    if (zones?.parentElement !== over) show(over);
    const zone = event.target.closest("[data-stance]");
    for (const each of zones.children) each.toggleAttribute("data-over", each === zone);
    if (zone) event.preventDefault();
  });
  section.addEventListener("drop", (event) => {
    const zone = event.target.closest("[data-stance]");
    if (!dragged || !zone) return;
    event.preventDefault();
    attach(zone, dragged);
    end();
  });

  function show(over) {
    hide();
    zones = document.createElement("div");
    zones.className = "drop-zones";
    for (const [stance, [shape, word]] of Object.entries(STANCES)) {
      const zone = document.createElement("p");
      zone.dataset.stance = stance;
      const mark = document.createElement("span");
      mark.className = `shape shape-${shape}`;
      zone.append(mark, word);
      zones.append(zone);
    }
    over.append(zones);
  }

  function hide() {
    zones?.remove();
    zones = null;
  }

  function end() {
    dragged = null;
    hide();
  }
}

function attach(zone, note) {
  const card = zone.closest("[data-attach]");
  const position = zone.closest(".position")?.id.replace("position-", "") ?? "";
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const values = { csrfmiddlewaretoken: token, note, position, stance: zone.dataset.stance };
  window.htmx.ajax("POST", card.dataset.attach, { source: card, target: card, swap: "outerHTML", values });
}
