/* What is written is kept on this device before anything else happens to it, and sent until the server has it.

   add(entry) resolves when it is safe: in IndexedDB, or, where a browser keeps nothing, saved by the server; else it rejects with a
   sentence. An entry: { workshop, actor, kind: "note" | "correction" | "thought" | "response", session, fields }; note is the id of what it is
   about, where that isn't its own; instead: true lets it take the place of what waits about the same; words say it on the device.
   Says "queue:saved" on the document (detail: what the server said) for each entry that is saved, whichever tab sent it. */
import { newId } from "./ids.js";
import { post, sender } from "./sender.js";
import * as store from "./store.js";
import { status } from "./words.js";

export { newId, status };

const channel = "BroadcastChannel" in window ? new BroadcastChannel("rapporteur-queue") : null;
const listeners = new Set();
const how = { sending: false, offline: false, failing: false, denied: false, direct: 0, notice: "", blocks: [], lastSavedAt: null };
let direct = Promise.resolve();

export const entries = () => store.all();

/* Calls `listener` with the state, now and after every change; returns what ends that. */
export function subscribe(listener) {
  listeners.add(listener);
  present().then((state) => listeners.has(listener) && listener(state));
  return () => listeners.delete(listener);
}

async function present() {
  const kept = await store.all().catch(() => []);
  const waiting = kept.filter((entry) => entry.state === "waiting");
  const blocked = how.blocks[0] ?? null;
  return {
    ...how,
    entries: kept,
    waiting: waiting.length,
    refused: kept.length - waiting.length,
    sending: how.sending && waiting.length > 0,
    offline: how.offline || !navigator.onLine,
    blocked,
    signedOut: blocked?.means === "signed-out",
  };
}

let telling = false;
async function tellListeners() {
  // What changes while one state is read is told with the next.
  if (telling) {
    telling = "again";
    return;
  }
  telling = true;
  const state = await present();
  listeners.forEach((listener) => listener(state));
  const more = telling === "again";
  telling = false;
  if (more) tellListeners();
}

function hear({ saved = [], lost, ...news }) {
  // Pages of a workshop that isn't open to this browser any more aren't kept either.
  if (lost) navigator.serviceWorker?.controller?.postMessage({ drop: `/w/${lost}/` });
  Object.assign(how, news);
  if (saved.length) {
    how.lastSavedAt = new Date();
    how.notice = saved.map((result) => result.why).find(Boolean) ?? how.notice;
    saved.forEach((result) => document.dispatchEvent(new CustomEvent("queue:saved", { detail: result })));
  }
  tellListeners();
}

function tellAll(news) {
  hear(news);
  if (news.offline || news.failing) keepForGood();
  channel?.postMessage(news);
}

/* Asks the browser, once it matters, not to clear this away when space is short. */
let askedToKeep = false;
function keepForGood() {
  if (askedToKeep || !navigator.storage?.persist) return;
  askedToKeep = true;
  navigator.storage.persist().catch(() => {});
}

const { wake, again } = sender(tellAll);

export async function add({ id = newId(), note = id, writtenAt = new Date().toISOString(), ...written }) {
  const entry = { ...written, id, note, writtenAt, state: "waiting", why: "" };
  how.notice = "";
  try {
    await store.put(entry);
    how.denied = false;
  } catch {
    how.denied = true;
    return sendAtOnce(entry);
  }
  tellAll({});
  wake();
  return entry;
}

/* In order, and one by one: the words are in the box alone until this resolves. */
function sendAtOnce(entry) {
  const sent = direct.then(async () => {
    hear({ direct: how.direct + 1 });
    const answer = await post([entry]);
    hear({ direct: how.direct - 1 });
    const [result] = answer.means === "taken" ? answer.results : [];
    if (result?.id !== entry.id || result.state !== "saved") throw new Error(result?.why || answer.why || "Not saved: the server can’t be reached. Try again in a moment.");
    tellAll({ saved: [result], offline: false });
    return entry;
  });
  direct = sent.catch(() => {});
  return sent;
}

/* Sends a refused entry again, or one that met a conflict, with `changes` of it: another session, other fields. */
export async function retry(key, changes = {}) {
  await store.change([[key, { ...changes, state: "waiting", why: "", current: null }]]);
  tellAll({});
  return again();
}

export async function discard(key) {
  await store.change([[key, null]]);
  tellAll({});
}

export const sendNow = () => again();

channel?.addEventListener("message", ({ data }) => hear(data));
window.addEventListener("online", () => {
  hear({ offline: false });
  again();
});
window.addEventListener("offline", tellListeners);
window.addEventListener("pageshow", (event) => event.persisted && again());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
wake();
