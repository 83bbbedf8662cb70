/* The page of what this device keeps: all of it from IndexedDB, by workshop and in order, to be copied, downloaded, or sent. */
import { discard, retry, sendNow, status, subscribe } from "../queue/index.js";
import { inSession, sessionChoice, sessionsFor } from "../queue/sessions.js";
import { nounOf } from "../queue/words.js";

const MARKS = { waiting: "not sent yet", refused: "not taken", conflict: "changed by somebody meanwhile" };

// The list is drawn anew whenever anything of it changes: what was chosen stays, by the keys of entries.
const chosen = new Map();

export default function deviceNotes(place) {
  const part = (name) => place.querySelector(`[data-part="${name}"]`);
  let kept = [];
  subscribe((state) => {
    kept = state.entries;
    part("status").textContent = kept.length ? status(state) : "This device keeps nothing that the server hasn’t got.";
    part("tools").hidden = !kept.length;
    part("list").replaceChildren(...byWorkshop(kept).map(([workshop, entries]) => section(workshop, entries)));
  });
  part("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(asText(kept));
      part("done").textContent = "Copied.";
    } catch {
      part("done").textContent = "Not copied: select the text by hand.";
    }
  });
  part("download").addEventListener("click", () => download(asText(kept)));
  part("send").addEventListener("click", () => sendNow());
}

function byWorkshop(entries) {
  const found = new Map();
  for (const entry of entries) found.set(entry.workshop, [...(found.get(entry.workshop) ?? []), entry]);
  return [...found];
}

const wordsOf = ({ kind, fields, words }) => words ?? (kind === "correction" && fields.text === undefined ? "(a correction without words)" : (fields.text ?? ""));
const writtenAt = (entry) => new Date(entry.writtenAt).toLocaleString();

function asText(entries) {
  return byWorkshop(entries)
    .map(([workshop, those]) => [workshop, ...those.map((entry) => `${writtenAt(entry)}\t${nounOf(entry)}\n${wordsOf(entry)}`)].join("\n\n"))
    .join("\n\n\n");
}

function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = "notes-on-this-device.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function section(workshop, entries) {
  const made = element("section", "", "stack-s");
  const list = element("ol", "", "notes");
  list.append(...entries.map(row));
  made.append(element("h2", workshop, "card-title"), list);
  return made;
}

function row(entry) {
  const made = element("li", "", "note");
  const about = element("p", `${writtenAt(entry)} · ${nounOf(entry)} · ${MARKS[entry.state]}`, "small soft");
  made.append(element("p", wordsOf(entry), "note-text"), about);
  if (entry.state === "waiting") return made;
  if (entry.why) made.append(element("p", entry.why, "error"));
  const again = element("button", "Send again", "button button-small");
  const away = element("button", "Throw away", "button button-quiet button-small");
  let choice = null;
  again.addEventListener("click", () => retry(entry.key, inSession(choice)));
  away.addEventListener("click", () => {
    if (away.dataset.sure) discard(entry.key);
    away.dataset.sure = "yes";
    away.textContent = "Throw away for good?";
  });
  const tools = element("p", "", "row");
  tools.append(again, away);
  // A correction goes where its note is, and an answer to what was asked.
  if (!["correction", "response"].includes(entry.kind))
    sessionsFor(entry).then((sessions) => {
      if (!sessions.length) return;
      choice = sessionChoice(sessions, chosen.get(entry.key) ?? entry.session);
      choice.addEventListener("change", () => chosen.set(entry.key, choice.value));
      tools.prepend(choice);
    });
  made.append(tools);
  return made;
}

function element(tag, words, classes) {
  const made = document.createElement(tag);
  made.textContent = words;
  made.className = classes;
  return made;
}
