/* Brings lists up to date without taking anything from under anybody's hands: rows stay the elements they are, and what is
   ticked, focused or being dragged is left alone until it isn't. Lists say data-keyed, what stands around them data-part; both
   are found by their ids in the page as it is now. */
const LOOK_AGAIN = 1_500;

export default function refreshOf(root) {
  let running = false;
  let again = false;
  let held = 0;
  let stamp = 0;
  let timer;

  async function look() {
    clearTimeout(timer);
    const asked = stamp;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What was asked for before something was sorted knows nothing of that.
    if (held || asked !== stamp) return;
    if (page.getElementById(root.id) && put(root, page)) timer = setTimeout(refresh, LOOK_AGAIN);
  }

  async function refresh() {
    again = true;
    if (running) return;
    running = true;
    while (again && !held) {
      again = false;
      await look();
    }
    running = false;
  }

  return {
    refresh,
    /* While something is on its way the page shows how it will be. */
    hold() {
      held += 1;
      stamp += 1;
    },
    release() {
      held -= 1;
      if (!held) refresh();
    },
  };
}

/* Returns whether something has to wait. */
function put(root, page) {
  let waits = false;
  for (const list of root.querySelectorAll("[data-keyed]")) {
    const fresh = page.getElementById(list.id);
    if (fresh) waits = keyed(list, fresh) || waits;
  }
  for (const part of root.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    if (part.contains(document.activeElement)) waits = true;
    else window.htmx.swap(part, fresh.innerHTML, { swapStyle: "innerHTML" });
  }
  return waits;
}

function isBusy(row) {
  return row.contains(document.activeElement) || row.querySelector(":checked, :active") !== null || row.matches(".is-dragged") || getSelectionIn(row);
}

function getSelectionIn(row) {
  const chosen = getSelection();
  return !chosen.isCollapsed && row.contains(chosen.anchorNode);
}

function keyed(list, fresh) {
  let waits = false;
  let at = list.firstElementChild;
  const there = new Set([...fresh.children].map(({ id }) => id));
  for (const row of [...list.children]) {
    if (there.has(row.id)) continue;
    if (isBusy(row)) waits = true;
    else {
      if (row === at) at = row.nextElementSibling;
      row.remove();
    }
  }
  for (const news of [...fresh.children]) {
    let row = [...list.children].find(({ id }) => id === news.id);
    if (!row) {
      row = document.importNode(news, true);
      list.insertBefore(row, at);
      window.htmx.process(row);
      row.dispatchEvent(new CustomEvent("sorting:new", { bubbles: true }));
      continue;
    }
    if (!row.querySelector("[data-keyed]") && row.innerHTML !== news.innerHTML) {
      if (isBusy(row)) waits = true;
      else row.innerHTML = news.innerHTML;
    }
    if (row === at) at = row.nextElementSibling;
    else if (!isBusy(row)) list.insertBefore(row, at);
  }
  return waits;
}
