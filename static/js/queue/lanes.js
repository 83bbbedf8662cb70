/* What is sent next, and what becomes of it: pure functions, nothing of the browser.
   A lane holds what one person wrote in one workshop: what stops one lane says nothing of another. */
export const AT_ONCE = 50;
// Kinds for which a permission of their own is asked; the others share one.
const LANES = { thought: "thought", response: "response" };
// Below what the server takes, for what is around the entries; in characters of which the longest take four bytes.
const LARGEST = 240_000;

export const laneOf = (entry) => [entry.workshop, entry.actor, LANES[entry.kind] ?? "note"].join(" ");

/* The first waiting entries, all of one lane that isn't blocked, in order. What follows a refused entry about the same thing waits. */
export function nextBatch(entries, { blocked = new Set(), limit = AT_ONCE } = {}) {
  const stuck = new Set();
  const batch = [];
  let size = 0;
  for (const entry of entries) {
    if (entry.state !== "waiting" || stuck.has(entry.note)) {
      stuck.add(entry.note);
      continue;
    }
    const lane = laneOf(entry);
    if (blocked.has(lane) || (batch.length && lane !== laneOf(batch[0]))) continue;
    size += JSON.stringify(entry.fields).length;
    if (batch.length && (batch.length >= limit || size > LARGEST)) break;
    batch.push(entry);
  }
  return batch;
}

/* What the server takes of `batch`. */
export const bodyOf = (batch) => ({
  actor: batch[0].actor,
  entries: batch.map(({ id, kind, note, session, fields, writtenAt }) => ({ id, kind, note, session, fields, written_at: writtenAt })),
});

/* What an answer means. Only what is ours, in every part, counts as an answer of the server: between it and here may be anything. */
export function meaningOf(status, body) {
  const why = typeof body?.why === "string" ? body.why : "";
  if (status === 200 && Array.isArray(body?.results)) return { means: "taken", results: body.results };
  if (status === 413 || (status === 400 && why)) return { means: "less", why };
  const refusals = { 401: "signed-out", 403: "not-permitted", 404: "not-here", 409: "someone-else" };
  if (refusals[status] && why) return { means: refusals[status], why };
  return { means: "later", why };
}

/* The changes that `results` make to the entries of `batch`: pairs of a key and what becomes of the entry, null for one that is saved. */
export function settle(batch, results) {
  const said = new Map(results.filter(Boolean).map((result) => [result.id, result]));
  return batch.flatMap((entry) => {
    const { state, why = "", current = null } = said.get(entry.id) ?? {};
    if (state === "saved") return [[entry.key, null]];
    if (state === "refused" || state === "conflict") return [[entry.key, { state, why, current }]];
    return [];
  });
}

/* How long to wait after so many failures in a row, in milliseconds: longer each time, and never all devices at once. */
export const pauseAfter = (failures, chance = Math.random()) => Math.min(30_000, 1000 * 2 ** (failures - 1)) * (0.5 + chance / 2);
