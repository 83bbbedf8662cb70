/* The composer's promise: the box is free as soon as a note is sent, and the words come back if it was refused or lost.
   Works on a form that htmx sends: [name=text] is cleared, [name=id] gets the next note's own id. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

export default function keepText(form) {
  const { text, id } = form.elements;
  let sent = null;
  let waiting = false;

  const changed = () => text.dispatchEvent(new Event("input", { bubbles: true }));

  form.addEventListener("htmx:confirm", (event) => {
    // One note at a time: a second Enter waits for the first answer, so that no two notes run into each other.
    if (event.detail.elt !== form || sent === null) return;
    event.preventDefault();
    waiting = true;
  });
  form.addEventListener("htmx:beforeSend", (event) => {
    if (event.detail.elt !== form) return;
    sent = { text: text.value, id: id?.value };
    text.value = "";
    if (id) id.value = newId();
    form.querySelectorAll(".error").forEach((error) => error.remove());
    changed();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || sent === null) return;
    // Its own look at the status: htmx calls a 422 that it swaps in successful.
    const { status } = event.detail.xhr;
    if (status < 200 || status >= 400) {
      text.value = text.value ? `${sent.text}\n${text.value}` : sent.text;
      // The same id again: if the answer alone was lost, the note is still stored once.
      if (id) id.value = sent.id;
      changed();
      waiting = false;
    }
    sent = null;
    if (waiting && text.value.trim()) form.requestSubmit();
    waiting = false;
  });
}
