/* Keeps a thought on this device until the server has it, says how far it is, and shows it among those that wait. */
import { draftsOf } from "../drafts.js";
import { add, newId, status, subscribe } from "../queue/index.js";

export default function sendThought(form) {
  const { text, id } = form.elements;
  const { workshop, actor, session } = form.dataset;
  const state = form.querySelector("[data-thought-state]");
  let sent = false;

  const drafts = draftsOf({ workshop, actor });
  const keep = () => drafts.then((kept) => kept.keep("thought", text.value));
  drafts.then((kept) => {
    text.value ||= kept.read("thought");
  });
  text.addEventListener("input", keep);

  subscribe((now) => {
    const waits = now.entries.some((entry) => entry.kind === "thought" && entry.workshop === workshop);
    if (sent || waits) state.textContent = status(now);
  });

  form.addEventListener("submit", async (event) => {
    const words = text.value;
    // The server says what is wrong with nothing.
    if (!words.trim()) return;
    event.preventDefault();
    try {
      await add({ note: id.value, workshop, actor, session, kind: "thought", fields: { text: words } });
    } catch (error) {
      state.textContent = error.message;
      return;
    }
    sent = true;
    id.value = newId();
    if (text.value === words) text.value = "";
    keep();
    text.focus();
  });

  document.addEventListener("queue:saved", async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("sent");
    if (now) document.getElementById("sent").replaceChildren(...now.childNodes);
  });
}
