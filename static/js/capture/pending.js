/* What this device still has to send, drawn into the stream: new notes as rows at its end, corrections over the rows that they change. */
import { discard, retry } from "../queue/index.js";
import { inSession, sessionChoice } from "../queue/sessions.js";
import { catalogue } from "./catalogue.js";
import { make } from "./dom.js";
import { keepEnd } from "./end.js";
import { chips, tag } from "./preview.js";

export default function pending(place, { list, rowOf, toBox }) {
  let mine = [];

  const isHere = (entry) =>
    entry.workshop === place.workshop && entry.actor === place.actor && (place.session === "day" || entry.session === place.session);

  function show(entries) {
    mine = entries.filter(isHere);
    draw();
  }

  function draw() {
    for (const entry of mine) (entry.kind === "correction" ? layCorrection : layNote)(entry);
    const kept = new Map(mine.map((entry) => [entry.id, entry]));
    // What was saved stays until the stream brings it; what was discarded goes.
    for (const row of list.querySelectorAll("[data-pending]")) if (row.dataset.discarded && !kept.has(row.dataset.entry)) row.remove();
  }

  /* A new note, at once, before anything else happens to it. */
  function add(entry) {
    keepEnd(() => layNote({ ...entry, state: "waiting", why: "" }));
  }

  function layNote(entry) {
    const there = rowOf(entry.note);
    if (there && !("pending" in there.dataset)) return;
    const state = `${entry.state} ${entry.why}`;
    if (there?.dataset.state === state) return;
    const row = drawNote(entry);
    row.dataset.state = state;
    if (there) there.replaceWith(row);
    else list.append(row);
  }

  function drawNote({ id, key, note, session, fields, state, why, writtenAt }) {
    const time = new Date(writtenAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: place.zone });
    const against = fields.reply_to && rowOf(fields.reply_to)?.querySelector("time").textContent;
    const beside = chips({ ...fields, against }, catalogue());
    return make("li", { class: "note note-pending", id: `note-${note}`, "data-pending": true, "data-own": true, "data-entry": id, "data-session": session, "data-group": fields.group },
      make("time", { datetime: writtenAt }, time),
      place.session === "day" && make("p", { class: "note-session" }, catalogue().sessions.find(({ id: of }) => of === session)?.title ?? ""),
      make("div", { class: "note-body" },
        make("p", { class: "note-text" }, fields.text),
        make("p", { class: "tags" }, ...beside, state === "waiting" && tag("waiting to be sent", "waiting")),
        state !== "waiting" && refused({ key, fields, why, note, session }),
      ));
  }

  function refused({ key, fields, why, note, session }) {
    const choice = sessionChoice(catalogue().sessions, session);
    const again = () => {
      const changes = inSession(choice);
      // In another session it is drawn there.
      if (changes.session && !isHere({ ...place, ...changes })) rowOf(note)?.remove();
      return retry(key, changes);
    };
    const gone = () => {
      rowOf(note).dataset.discarded = "";
      return discard(key);
    };
    return make("div", { class: "notice notice-error", role: "alert" },
      make("p", {}, `Not taken: ${why}`),
      make("p", { class: "row" },
        choice,
        button("Try again", again),
        button("Back into the box", async () => {
          await gone();
          rowOf(note)?.remove();
          toBox(fields.text);
        }),
      ));
  }

  /* A correction over the row that it changes: the new words, or both where somebody else changed them meanwhile. */
  function layCorrection({ id, key, note, fields, state, why, current }) {
    const row = rowOf(note);
    const words = row?.querySelector(".note-text");
    if (!words || row.querySelector("textarea")) return;
    const told = `${id} ${state} ${why}`;
    if (row.dataset.laid === told) return;
    row.dataset.laid = told;
    row.querySelector(".note-laid")?.remove();
    if (state === "waiting") {
      words.textContent = fields.text ?? words.textContent;
      words.after(make("p", { class: "tags note-laid" }, tag("correction waiting to be sent", "waiting")));
    } else words.after(make("div", { class: "note-laid stack-s" }, state === "conflict" ? both({ key, fields, current }) : refusedCorrection({ key, fields, why })));
  }

  function both({ key, fields, current }) {
    return make("div", { class: "notice notice-warn", role: "alert" },
      make("p", {}, make("strong", {}, "Someone else changed this note meanwhile."), " Both texts are here; nothing is lost."),
      make("div", { class: "conflict" },
        version("As it stands now", current, "Keep theirs", () => discard(key)),
        version("Yours", fields.text, "Keep mine", () => retry(key, { fields: { ...fields, from: current } })),
      ));
  }

  const version = (title, text, label, choose) =>
    make("section", { "aria-label": title },
      make("p", { class: "hint" }, title),
      make("p", { class: "conflict-text" }, text),
      make("p", {}, button(label, async () => {
        await choose();
        document.dispatchEvent(new CustomEvent("capture:settled"));
      })));

  const refusedCorrection = ({ key, fields, why }) =>
    make("div", { class: "notice notice-error", role: "alert" },
      make("p", {}, `Not corrected: ${why}`),
      make("p", { class: "conflict-text" }, fields.text),
      make("p", { class: "row" }, button("Try again", () => retry(key)), button("Leave it as it is", () => discard(key))));

  const button = (label, act) => make("button", { type: "button", class: "button button-small", onclick: act }, label);

  return { show, draw, add };
}
