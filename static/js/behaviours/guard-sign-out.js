/* On a form that signs out: asks first while this device keeps what the server hasn't got. What it keeps of pages, the worker drops. */
import { anyDraft } from "../drafts.js";
import { entries } from "../queue/index.js";
import { amount } from "../queue/words.js";

export default function guardSignOut(form) {
  let sure = false;
  form.addEventListener("submit", (event) => {
    if (sure) return;
    event.preventDefault();
    const leave = () => {
      sure = true;
      form.requestSubmit();
    };
    entries().then((kept) => (kept.length || anyDraft() ? ask(kept, leave) : leave()), leave);
  });
}

function ask(kept, leave) {
  const dialog = document.createElement("dialog");
  dialog.className = "card stack";
  dialog.setAttribute("aria-labelledby", "unsent-title");
  const title = element("h2", kept.length ? `${amount(kept)} not sent yet` : "Something half written");
  title.id = "unsent-title";
  const look = element("a", "Look at them", "button");
  look.href = "/device/";
  const go = element("button", "Sign out all the same", "button");
  const stay = element("button", "Stay", "button button-primary");
  const [stays, it] = kept.length > 1 ? ["They stay", "them"] : ["It stays", "it"];
  const row = element("p", "", "row");
  row.append(stay, ...(kept.length ? [look] : []), go);
  dialog.append(
    title,
    element("p", `${stays} on this device when you sign out, and can be read by whoever uses this browser. You can send ${it} when you sign in again.`),
    row,
  );
  stay.addEventListener("click", () => dialog.close());
  go.addEventListener("click", () => {
    dialog.close();
    leave();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function element(tag, words, classes = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  if (classes) made.className = classes;
  return made;
}
