/* The outline and the board: notes and themes sorted by keyboard, mouse and touch. Without scripts their forms do the same. */
import { on } from "../live.js";
import chooserOf from "./chooser.js";
import drag from "./drag.js";
import keys from "./keys.js";
import refreshOf from "./refresh.js";
import selectionOf from "./selection.js";
import senderOf from "./send.js";
import themes from "./themes.js";

const root = document.getElementById("sorting");
const form = document.getElementById("sort-form");
const live = document.getElementById("sorting-said");
const say = (words) => {
  live.textContent = words;
};

const lists = refreshOf(root);
const send = senderOf(root, lists);
on("themes notes", lists.refresh, { gap: 400 });

if (form) {
  const selection = selectionOf(root, { say });
  const sort = (notes, fields) => selection.sort(notes, fields, (given) => send(form.action, given));
  const chooser = chooserOf(form, { sort, selection, say });
  keys(root, { selection, chooser, sort, say });
  drag(root, { lists, selection, sort });
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    const suggested = submitter?.dataset.suggested;
    if (suggested) {
      event.preventDefault();
      return sort([submitter.closest("li").querySelector("input[name=notes]")], { theme: suggested, how: "also" });
    }
    if (submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const notes = selection.chosen();
    if (!notes.length) return say("Choose a note first.");
    sort(notes, { theme: form.elements.theme.value, how: submitter?.value || "also" });
  });
}
themes(root, { send });
