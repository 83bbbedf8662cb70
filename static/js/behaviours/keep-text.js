/* The composer's promise: the box is free as soon as a note is sent, and the words come back if it was refused or lost.
   Works on a form that htmx sends: [name=text] is cleared, [name=id] gets the next note's own id, and [name=speaker] is empty
   again: the next note is somebody else's. Notes that are sent while one is on its way wait their turn, each as it was. */
import { newId } from "../queue/ids.js";

export default function keepText(form) {
  const { text, id, speaker } = form.elements;
  const waiting = [];
  let next = null; // What is about to be sent, as it stood when Enter was pressed.
  let sent = null;
  let refused = null;

  // Whether there is something to send is asked below, of the note that is sent and not of the one being typed.
  form.noValidate = true;

  const changed = () => text.dispatchEvent(new Event("input", { bubbles: true }));

  function take() {
    const note = Object.fromEntries(new FormData(form));
    // The same words get the same id again: if the answer alone was lost, the note is still stored once.
    if (refused?.text === note.text) note.id = refused.id;
    refused = null;
    text.value = "";
    if (id) id.value = newId();
    if (speaker) speaker.value = "";
    changed();
    return note;
  }

  form.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt !== form || next) return;
    if (!text.value.trim()) {
      event.preventDefault();
      text.focus();
    } else if (sent) {
      event.preventDefault();
      waiting.push(take());
    } else next = take();
  });
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === form && next) Object.assign(event.detail.parameters, next);
  });
  form.addEventListener("htmx:beforeSend", (event) => {
    if (event.detail.elt !== form) return;
    [sent, next] = [next, null];
    form.querySelectorAll(".error").forEach((error) => error.remove());
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !sent) return;
    // Its own look at the status: htmx calls a 422 that it swaps in successful.
    const { status } = event.detail.xhr;
    if (status < 200 || status >= 400) {
      // 409: this id is a stored note's, and these words are others.
      if (status !== 409) refused = sent;
      const notes = [sent, ...waiting.splice(0)];
      const kept = notes.map((note) => note.text);
      // Several notes become one text: whose it is has to be chosen again.
      if (speaker) speaker.value = notes.length === 1 && !text.value ? sent.speaker : "";
      text.value = [...kept, text.value].filter(Boolean).join("\n");
      changed();
    }
    sent = null;
    next = waiting.shift() ?? null;
    if (next) form.requestSubmit();
  });
}
