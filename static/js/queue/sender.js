/* Sends what waits, in order, until the server has acknowledged it; one tab of the browser at a time. */
import { AT_ONCE, bodyOf, laneOf, meaningOf, nextBatch, pauseAfter, settle } from "./lanes.js";
import * as store from "./store.js";

const TIMEOUT = 20_000;
// A lane that the server refuses is tried again now and then: it may be let in again, or somebody signs in elsewhere.
const LOOK_AGAIN = 60_000;

/* The answer of the server to `batch`, as `meaningOf` reads it. */
export async function post(batch) {
  let response;
  try {
    response = await fetch(`/w/${encodeURIComponent(batch[0].workshop)}/capture/queue/`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(bodyOf(batch)),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const body = await response.json().catch(() => null);
    const answer = meaningOf(response.status, body);
    // Without a cookie nobody is signed in, whatever else the server says of it.
    if (answer.means === "not-permitted" && !token()) answer.means = "signed-out";
    return answer;
  } catch (error) {
    return { means: "later", why: "", offline: !response, slow: error?.name === "TimeoutError" };
  }
}

const token = () => /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";

/* Web Locks are there on secure pages only; elsewhere two tabs may send the same, which the server takes once. */
const alone = (work) => (navigator.locks ? navigator.locks.request("rapporteur-send", work) : work());

/* A sender: `wake()` sends at once, unless the server asked for rest; `again()` in any case, and also what was refused as a whole.
   `tell({…})` hears how it goes. */
export function sender(tell) {
  const blocks = new Map();
  let failures = 0;
  let limit = AT_ONCE;
  let timer = null;
  let running = null;
  let asked = false;
  let resting = false;

  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(again, milliseconds);
  };

  async function hear(batch, answer) {
    const lane = laneOf(batch[0]);
    if (answer.means === "taken") {
      const changes = settle(batch, answer.results);
      await store.change(changes);
      failures = 0;
      limit = Math.min(AT_ONCE, limit * 2);
      blocks.delete(lane);
      const ids = new Set(batch.map((entry) => entry.id));
      tell({ offline: false, failing: false, saved: answer.results.filter((result) => result?.state === "saved" && ids.has(result.id)) });
      // Nothing of it was settled: as good as no answer.
      return changes.length ? "on" : "wait";
    }
    if (answer.means === "less") {
      if (batch.length > 1) limit = Math.ceil(batch.length / 2);
      else await store.change([[batch[0].key, { state: "refused", why: answer.why || "It is too long to be sent. Split it." }]]);
      return "on";
    }
    if (answer.means === "later") {
      // A server that fails is left alone for a while, and a network that is too slow carries less at once.
      resting = !answer.offline;
      if (answer.slow || resting) limit = Math.max(1, Math.floor(limit / 2));
      tell({ offline: Boolean(answer.offline), failing: !answer.offline });
      return "wait";
    }
    failures = 0;
    blocks.set(lane, { means: answer.means, why: answer.why });
    tell({ offline: false, failing: false, lost: batch[0].workshop });
    return "on";
  }

  /* Sends until nothing is left to send, or it has to wait; says whether it does. */
  async function pass() {
    for (;;) {
      const batch = nextBatch(await store.all(), { blocked: new Set(blocks.keys()), limit });
      if (!batch.length) return false;
      tell({ sending: true });
      if ((await hear(batch, await post(batch))) === "wait") {
        failures += 1;
        later(pauseAfter(failures));
        return true;
      }
    }
  }

  function wake() {
    if (resting) return running;
    clearTimeout(timer);
    asked = true;
    running ??= (async () => {
      try {
        let waits = false;
        while (asked) {
          asked = false;
          waits = await alone(pass);
        }
        if (blocks.size && !waits) later(LOOK_AGAIN);
      } catch {
        // The store is out of reach for now; what is in it stays there.
        failures += 1;
        later(pauseAfter(failures));
      } finally {
        running = null;
        tell({ sending: false, blocks: [...blocks.values()] });
      }
    })();
    return running;
  }

  function again() {
    resting = false;
    blocks.clear();
    return wake();
  }
  return { wake, again };
}
