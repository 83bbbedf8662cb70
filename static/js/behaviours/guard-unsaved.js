/* Asks before a page with unsaved words is left; words that were refused are unsaved as well. */
const refused = ".notice-error, .field-invalid, .conflict";

export default function guardUnsaved(form) {
  let dirty = form.querySelector(refused) !== null;
  form.addEventListener("input", () => {
    dirty = true;
  });
  form.addEventListener("submit", () => {
    dirty = false;
  });
  // Bubbles from whatever asked; no status at all is a connection that failed.
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    const { status } = detail.xhr;
    if (status < 200 || status >= 400) dirty = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && form.isConnected) event.preventDefault();
  });
}
