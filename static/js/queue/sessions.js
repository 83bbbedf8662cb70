/* In which session something is sent again: where it was written may be gone. */
import { make } from "../capture/dom.js";

/* A select of the sessions; it says nothing where that of the entry isn't among them, until one is chosen. */
export function sessionChoice(sessions, current) {
  const there = sessions.some(({ id }) => id === current);
  const options = sessions.map(({ id, title }) => make("option", { value: id, selected: id === current }, title));
  return make("select", { class: "input input-auto", "aria-label": "Session" }, !there && make("option", { value: "" }, "Choose a session"), ...options);
}

/* What `retry` is to change for what was chosen. */
export const inSession = (select) => (select?.value ? { session: select.value } : {});

const asked = new Map();

/* The sessions that a workshop has in which an entry of this kind can go, or none: without a network, or for whoever isn't let in. */
export async function sessionsFor({ workshop, kind }) {
  if (!asked.has(workshop)) asked.set(workshop, ask(workshop));
  const sessions = await asked.get(workshop);
  if (!sessions.length) asked.delete(workshop);
  return sessions.filter((session) => kind !== "thought" || session.takes_thoughts);
}

async function ask(workshop) {
  try {
    const answer = await fetch(`/api/v1/workshops/${encodeURIComponent(workshop)}/sessions/?page_size=500`, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).results : [];
  } catch {
    return [];
  }
}
