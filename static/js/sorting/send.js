/* Sends what was sorted, one after the other, and shows what the server says of it, with its button to undo. */
const LOST = "There is no connection: nothing was changed.";

export default function senderOf(root, { hold, release }) {
  const done = document.getElementById("sorting-done");
  const token = root.querySelector("[name=csrfmiddlewaretoken]");
  let before = Promise.resolve();

  function show(html) {
    window.htmx.swap(done, html, { swapStyle: "innerHTML" });
  }

  async function post(url, fields) {
    const body = new URLSearchParams([["csrfmiddlewaretoken", token.value], ["back", root.dataset.sorting], ...fields]);
    const answer = await fetch(url, { method: "POST", headers: { "HX-Request": "true" }, body, keepalive: true }).catch(() => null);
    // Whoever was signed out meanwhile is led to where they sign in.
    if (answer?.redirected) return location.reload();
    if (answer) show(await answer.text());
    else done.textContent = LOST;
  }

  let waiting = 0;
  function count(by) {
    waiting += by;
    done.setAttribute("aria-busy", String(waiting > 0));
  }
  // What is on its way arrives, also when the page is left in a hurry.
  window.addEventListener("beforeunload", (event) => waiting && event.preventDefault());

  const send = (url, fields) => {
    const pairs = Array.isArray(fields) ? fields : Object.entries(fields);
    hold();
    count(1);
    before = before.then(() => post(url, pairs)).finally(() => {
      count(-1);
      release();
    });
    return before;
  };

  done.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target.action, {});
  });
  return send;
}
