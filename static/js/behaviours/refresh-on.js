/* What is in an element, kept up to date: data-refresh-on="themes notes" names the topics, data-refresh the address whose
   answer holds the element, found by its id. Nothing is read out, and focus, scroll and what is folded open stay. */
import { on } from "../live.js";

// Many changes in a moment are shown by one look.
const GAP = 400;
const TYPING = "input, textarea, select, [contenteditable]";

export default function refreshOn(element) {
  const refresh = async () => {
    if (!element.isConnected) return off();
    const answer = await fetch(element.dataset.refresh).catch(() => null);
    // Whoever was signed out gets another page, in which the element isn't.
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById(element.id);
    if (now && now.innerHTML !== element.innerHTML) show(element, now.innerHTML);
  };
  const off = on(element.dataset.refreshOn, refresh, { gap: GAP });
}

function show(element, html) {
  const { activeElement } = document;
  const inside = element.contains(activeElement) && activeElement !== element;
  if (inside && activeElement.matches(TYPING)) {
    // Nothing is taken from under somebody's hands.
    activeElement.addEventListener("blur", () => show(element, html), { once: true });
    return;
  }
  const focused = inside && selector(activeElement);
  const unfolded = [...element.querySelectorAll("details[id][open]")].map(({ id }) => id);
  window.htmx.swap(element, html, { swapStyle: "innerHTML" });
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  if (focused) element.querySelector(focused)?.focus({ preventScroll: true });
}

function selector({ id, attributes }) {
  const named = id ? "id" : ["href", "name"].find((name) => attributes[name]);
  return named && `[${named}="${CSS.escape(attributes[named].value)}"]`;
}
