/* What is in an element, kept up to date: data-refresh-on="themes notes" names the topics, data-refresh the address whose
   answer holds the element, found by its id. Nothing is read out, and focus, scroll and what is folded open stay. What somebody
   is typing, has changed or presses in it is never taken from under their hands: the news waits. */
import { isChanged } from "../drafts.js";
import { mayPass, on } from "../live.js";

// Many changes in a moment are shown by one look.
const GAP = 400;
const LOOK_AGAIN = 1_000;
// What a page has to tell once stays for the page that somebody looks at: see components/messages.html.
const QUIETLY = { headers: { "X-Refresh": "1" } };
const TYPING = "input, textarea, select, [contenteditable]";

export default function refreshOn(element) {
  let news = null;
  let timer;

  const refresh = async () => {
    if (!element.isConnected) return off();
    const answer = await fetch(element.dataset.refresh, QUIETLY).catch(() => null);
    // Whoever was signed out gets another page, in which the element isn't.
    if (!answer?.ok) return !mayPass(answer);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    news = page.getElementById(element.id)?.innerHTML ?? null;
    return put();
  };

  function put() {
    clearTimeout(timer);
    if (!element.isConnected || news === null || news === element.innerHTML) return;
    if (isBusy(element)) timer = setTimeout(put, LOOK_AGAIN);
    else show(element, news);
  }

  const off = on(element.dataset.refreshOn, refresh, { gap: GAP });
}

function isBusy(element) {
  const { activeElement } = document;
  const typing = element.contains(activeElement) && activeElement !== element && activeElement.matches(TYPING);
  return typing || element.querySelector(":active, .htmx-request") !== null || [...element.querySelectorAll("input, textarea, select")].some(isChanged);
}

function show(element, html) {
  const { activeElement } = document;
  const focused = element.contains(activeElement) && activeElement !== element && selector(activeElement);
  const unfolded = [...element.querySelectorAll("details[id][open]")].map(({ id }) => id);
  window.htmx.swap(element, html, { swapStyle: "innerHTML" });
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  if (focused) element.querySelector(focused)?.focus({ preventScroll: true });
}

function selector({ id, attributes }) {
  const named = id ? "id" : ["href", "name"].find((name) => attributes[name]);
  return named && `[${named}="${CSS.escape(attributes[named].value)}"]`;
}
