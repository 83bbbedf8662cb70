/* Keeps the notes of a feed as they are: new ones at the end, corrected ones changed, redacted ones gone. Can be paused, and can
   read new notes out. Without it, and without events, the page is loaded anew by hand. */
import { mayPass, on } from "../live.js";

const said = (list) => [...list.children].map((note) => note.outerHTML).join("");

export default function liveFeed(feed) {
  const list = feed.querySelector("#feed");
  const [pause, aloud, reload, state, empty, speech] = ["pause", "aloud", "reload", "state", "empty", "live"].map((part) => feed.querySelector(`[data-feed-${part}]`));
  const reading = aloud.querySelector("input");
  let paused = false;
  let waiting = false;

  const latest = async () => {
    const answer = await fetch(feed.dataset.feed).catch(() => null);
    if (!answer?.ok) return mayPass(answer) ? false : null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("feed");
    // Whoever was signed out gets another page, in which there is no feed.
    if (!now) location.reload();
    return now;
  };

  /* Takes away what isn't in the feed any more, also while it is paused: what was redacted stays before nobody's eyes. */
  const drop = (notes) => {
    const staying = new Set(notes.map(({ id }) => id));
    for (const note of [...list.children]) if (!staying.has(note.id)) note.remove();
  };

  const show = (notes) => {
    const atEnd = list.getBoundingClientRect().bottom <= window.innerHeight + 160;
    const known = new Map([...list.children].map((note) => [note.id, note]));
    const fresh = notes.filter(({ id }) => !known.has(id));
    for (const note of notes) {
      const before = known.get(note.id);
      if (before && before.innerHTML !== note.innerHTML) before.innerHTML = note.innerHTML;
    }
    list.append(...fresh);
    empty.hidden = Boolean(list.children.length);
    if (!fresh.length) return;
    if (atEnd) window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    if (reading.checked) speech.textContent = fresh.map((note) => note.querySelector(".feed-text").textContent).join(" ");
  };

  const hear = async () => {
    const now = await latest();
    if (!now) return now;
    drop([...now.children]);
    // What was noted elsewhere is nothing new here.
    waiting = paused && said(now) !== said(list);
    if (waiting) state.textContent = "Paused. There is something new.";
    else if (!paused) show([...now.children]);
  };

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    pause.setAttribute("aria-pressed", String(paused));
    state.textContent = paused ? "Paused" : "";
    if (!paused && waiting) hear();
  });
  pause.hidden = aloud.hidden = false;
  reload.hidden = true;
  on("feed day", hear, { gap: 500 });
}
