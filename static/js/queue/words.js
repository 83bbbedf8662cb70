/* The state of the queue in words. "Saved" is said of what the server has committed, and of nothing else. */
const NOUNS = { response: "answer" };

/* What an entry is called. */
export const nounOf = ({ kind }) => NOUNS[kind] ?? kind;

/* How many entries, and of what kind: "3 notes", "2 answers"; where answers stand among others, "5 things". */
export function amount(entries) {
  const kinds = [...new Set(entries.map(nounOf))];
  const [noun] = kinds.length === 1 ? kinds : [kinds.includes("answer") ? "thing" : "note"];
  return `${entries.length} ${noun}${entries.length === 1 ? "" : "s"}`;
}

const counted = (entries) => `${amount(entries)} ${entries.length === 1 ? "is" : "are"}`;

const KEPT = "kept on this device";

function waitingIn(state) {
  const waiting = state.entries.filter((entry) => entry.state === "waiting");
  if (!waiting.length) return "";
  const those = counted(waiting);
  if (state.signedOut) return `Signed out: ${those} ${KEPT}. Sign in to send ${waiting.length === 1 ? "it" : "them"}.`;
  if (state.blocked?.means === "someone-else") return `Somebody else is signed in: ${those} ${KEPT} for whoever wrote ${waiting.length === 1 ? "it" : "them"}.`;
  if (state.blocked) return `Not sent: ${those} ${KEPT}. ${state.blocked.why}`;
  if (state.offline) return `Offline: ${those} ${KEPT}.`;
  if (state.failing) return `The server doesn’t answer: ${those} ${KEPT}, and sent again in a moment.`;
  return `${amount(waiting)} on this device, sending…`;
}

function refusedIn(state) {
  const refused = state.entries.filter((entry) => entry.state !== "waiting");
  if (!refused.length) return "";
  const [first] = refused;
  const rest = refused.length > 1 ? ` (and ${refused.length - 1} more)` : "";
  return `${amount([first])} was not taken${rest}: ${first.why}`;
}

/* The sentence for a state as `subscribe` gives it; `saved` is what is said when all is. */
export function status(state, saved = "All saved") {
  if (state.denied && state.direct) return "Sending… It is kept nowhere yet but in the box.";
  const said = [waitingIn(state), refusedIn(state), state.notice].filter(Boolean);
  if (state.denied) said.push("This browser keeps nothing on this device: each note is sent at once, and stays in the box until it is saved.");
  return said.join(" ") || saved;
}
