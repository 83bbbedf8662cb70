/* The stream of notes: rows by id, in the order of their numbers, with what this device still has to send at the end. */
import { mayPass, on } from "../live.js";
import { keepEnd, toEnd } from "./end.js";

export default function stream(place, { drawn }) {
  const list = document.getElementById("notes");
  let change = Number(place.change);

  const rowOf = (note) => document.getElementById(`note-${note}`);
  const isOf = (row, session) => row.dataset.session === session;
  const settled = () => [...list.children].filter((row) => !("pending" in row.dataset));

  function put(row) {
    const there = document.getElementById(row.id);
    // What somebody is editing in its place stays under their hands; its new words come when it is closed.
    if (there?.querySelector("form, textarea")) return;
    if (there && there.dataset.sequence === row.dataset.sequence) there.replaceWith(row);
    else {
      there?.remove();
      const number = Number(row.dataset.sequence);
      const rows = settled();
      // Nearly always it is the newest.
      const after = rows.findLast((other) => Number(other.dataset.sequence) < number);
      if (after) after.after(row);
      else list.prepend(row);
    }
    window.htmx?.process(row);
  }

  /* Puts the rows of an answer where they belong. */
  function merge(html) {
    const answer = new DOMParser().parseFromString(html, "text/html");
    const rows = [...answer.querySelectorAll("li.note")].map((row) => document.adoptNode(row));
    keepEnd(() => rows.forEach(put));
    drawn();
  }

  async function fetched(query) {
    const answer = await fetch(`${place.rows}?session=${place.session}&${query}`, { headers: { Accept: "text/html" } });
    // Whoever was signed out is led to another page.
    if (!answer.ok || answer.redirected) throw Object.assign(new Error(answer.statusText), { answer });
    return answer;
  }

  /* Fetches what changed; asked while it is asking, it asks once more. Says false where it must be asked again later. */
  let asking = null;
  let again = false;
  async function catchUp() {
    if (asking) {
      again = true;
      return asking;
    }
    asking = (async () => {
      do {
        again = false;
        const answer = await fetched(`since=${change}`);
        if (answer.status !== 204) merge(await answer.text());
        change = Math.max(change, Number(answer.headers.get("X-Change")));
      } while (again);
      return true;
    })().catch(({ answer }) => !mayPass(answer));
    const fetchedAll = await asking;
    asking = null;
    return fetchedAll;
  }

  async function earlier(link) {
    const [first] = settled();
    const answer = await fetched(`before=${first.dataset.sequence}`).catch(() => null);
    if (!answer) return;
    const above = first.getBoundingClientRect().top;
    merge(await answer.text());
    first.scrollIntoView({ block: "start", behavior: "instant" });
    window.scrollBy({ top: first.getBoundingClientRect().top - above, behavior: "instant" });
    const left = Number(answer.headers.get("X-Earlier"));
    link.querySelector(".count").textContent = left;
    link.parentElement.hidden = !left;
  }

  document.querySelector(".earlier a")?.addEventListener("click", (event) => {
    event.preventDefault();
    earlier(event.currentTarget);
  });
  on("notes", catchUp);
  document.addEventListener("queue:saved", catchUp);
  if (!location.hash) toEnd();

  const told = (row) => row?.querySelector(".note-text") && { row, id: row.id.slice("note-".length), text: textOf(row), time: row.querySelector("time").textContent };
  const last = (test) => told([...list.children].findLast((row) => row.querySelector(".note-text") && test(row)));
  return {
    list,
    rowOf,
    catchUp,
    told: (note) => told(rowOf(note)),
    // The note before: anybody's, or the note-taker's own.
    any: (session) => last((row) => isOf(row, session)),
    own: (session) => last((row) => isOf(row, session) && "own" in row.dataset),
  };
}

export const textOf = (row) => row.querySelector(".note-text").textContent;
