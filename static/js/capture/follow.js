/* Follows the room: when it is moved, a page that showed where it was moves along, unless somebody stays; in the
   middle of a line nobody is moved. A page of another session, or of a table of this one, was chosen, and isn't moved. */
import { isChanged } from "../drafts.js";
import { on } from "../live.js";
import { catalogue } from "./catalogue.js";
import { make } from "./dom.js";

const SECONDS = 6;

const fields = () => [...document.querySelectorAll(".capture :is(.capture-stream, .capture-aside) textarea")];

export default function follow(place, { box, isOff }) {
  let here = current();
  let line = null;
  let timer = null;

  function current(known = catalogue()) {
    return known.sessions.find((session) => session.current)?.id;
  }

  async function look() {
    const answer = await fetch(`${place.around}?session=${place.session}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const known = JSON.parse(page.getElementById("catalogue").dataset.json);
    const now = current(known);
    if (!now || now === here) return;
    const followed = place.session === "day" || place.session === here;
    here = now;
    untell();
    if (followed && now !== place.session) tell(known.sessions.find(({ id }) => id === now).title);
  }

  function tell(title) {
    line = make("p", { class: "band room-moved", role: "status" },
      `The room moved to “${title}”. This page follows in a moment. `,
      make("button", { type: "button", class: "link", onclick: stay }, "Stay here"));
    document.querySelector(".capture-dock").prepend(line);
    timer = setTimeout(go, SECONDS * 1000);
  }

  function go() {
    // Whoever is in the middle of a line, or of a correction, ends it first.
    if (box.value.trim() || isOff() || document.querySelector(".note-edit") || fields().some(isChanged)) timer = setTimeout(go, 1000);
    else location.assign(`?session=${place.session === "day" ? "day" : here}`);
  }

  function untell() {
    clearTimeout(timer);
    line?.remove();
  }

  function stay() {
    untell();
    box.focus();
  }

  on("day", look);
}
