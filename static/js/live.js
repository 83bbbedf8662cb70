/* Keeps a page up to date: one stream of events for all that listens on it, or polling where none gets through.
   on("topic another", callback): callback(version) is called when one of the topics changed, and once, without a version,
   whenever something may have been missed. It is never called while it runs; what comes meanwhile is one more call, and so is
   the answer false: then later, and later each time. */
const place = document.querySelector("[data-events]")?.dataset;
const HELLO_WITHIN = 5_000;
const POLL_EVERY = 10_000;
const LONGEST_WAIT = 60_000;
// Many who read ask in turn, so that they don't all ask at once; those who take notes at once.
const spread = Number(place?.spread ?? 0);
const rest = 2 * spread;

const listeners = new Set();
const heard = new Set();
let source = null;
let greeted = false;
let failures = 0;
let over = false;
let waiting, retrying, polling;

export function on(topics, callback, { gap = 0 } = {}) {
  const listener = { topics: topics.split(/\s+/), callback, gap: Math.max(gap, rest), called: -Infinity, failed: 0 };
  listeners.add(listener);
  for (const topic of listener.topics) {
    if (!heard.has(topic)) hear(topic);
    heard.add(topic);
  }
  open();
  return () => {
    listeners.delete(listener);
    clearTimeout(listener.timer);
  };
}

/* Whether what went wrong with an answer may pass by itself: no answer at all, a server that fails or is too busy. */
export const mayPass = (answer) => !answer || answer.status >= 500 || answer.status === 429;

export function connected() {
  return greeted;
}

function call(listener, version) {
  listener.version = version;
  if (listener.running) listener.again = true;
  else listener.timer ??= setTimeout(run, delay(listener), listener);
}

function delay({ called, gap, failed }) {
  const pause = failed ? Math.min(LONGEST_WAIT, 500 * 2 ** failed) : 0;
  return Math.max(0, called + Math.max(gap, pause) - performance.now()) + Math.random() * spread;
}

async function run(listener) {
  listener.running = true;
  listener.again = false;
  listener.timer = undefined;
  try {
    const missed = (await listener.callback(listener.version)) === false;
    listener.failed = missed ? listener.failed + 1 : 0;
    listener.again ||= missed && !over && listeners.has(listener);
  } finally {
    listener.running = false;
    listener.called = performance.now();
    if (listener.again) call(listener, listener.version);
  }
}

function callAll() {
  for (const listener of listeners) call(listener, undefined);
}

function hear(topic) {
  source?.addEventListener(topic, ({ data }) => {
    for (const listener of listeners) if (listener.topics.includes(topic)) call(listener, Number(data));
  });
}

function open() {
  if (!place || source || over || document.hidden || !listeners.size) return;
  clearTimeout(retrying);
  source = new EventSource(place.events);
  source.addEventListener("hello", greet);
  source.addEventListener("resync", callAll);
  source.addEventListener("error", fail);
  for (const topic of heard) hear(topic);
  // A proxy that collects an answer before it passes it on passes on nothing.
  waiting = setTimeout(fail, HELLO_WITHIN);
}

function greet() {
  clearTimeout(waiting);
  stopPolling();
  failures = 0;
  greeted = true;
  callAll();
}

function close() {
  source?.close();
  source = null;
  greeted = false;
  clearTimeout(waiting);
  clearTimeout(retrying);
}

function fail() {
  const wasGreeted = greeted;
  close();
  failures += 1;
  retrying = setTimeout(open, Math.min(LONGEST_WAIT, 1_000 * 2 ** failures) * (0.5 + Math.random() / 2));
  // A stream that ends begins again in a moment; one that never began may never begin.
  if (wasGreeted) return;
  startPolling();
  askWhy();
}

function startPolling() {
  if (polling) return;
  callAll();
  polling = setInterval(callAll, POLL_EVERY);
}

function stopPolling() {
  clearInterval(polling);
  polling = undefined;
}

async function askWhy() {
  const { status } = await fetch(place.events, { method: "HEAD" }).catch(() => ({}));
  if (![401, 403, 404].includes(status)) return;
  over = true;
  close();
  stopPolling();
  document.dispatchEvent(new CustomEvent("live:over"));
}

function pause() {
  close();
  stopPolling();
}

document.addEventListener("visibilitychange", () => (document.hidden ? pause() : open()));
window.addEventListener("pagehide", pause);
window.addEventListener("pageshow", open);
