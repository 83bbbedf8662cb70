/* The page on which notes are taken. Without scripts its form takes notes as well, by the same grammar. */
import { on } from "../live.js";
import { status, subscribe } from "../queue/index.js";
import { draftsOf } from "../drafts.js";
import composerOf from "./composer.js";
import follow from "./follow.js";
import palette from "./palette.js";
import pendingOf from "./pending.js";
import streamOf from "./stream.js";

const main = document.getElementById("capture");
const form = document.getElementById("composer");
const place = { ...main.dataset };

const stream = streamOf(place, { drawn: () => pending?.draw() });
const live = document.getElementById("capture-said");
const say = (words) => {
  if (live) live.textContent = words;
};
let composer = null;
const pending = form && pendingOf(place, { ...stream, toBox: (text) => composer.toBox(text) });

on("presence", (others) => {
  const beside = document.getElementById("presence");
  if (others !== undefined) beside.textContent = others > 0 ? `with ${others} other${others > 1 ? "s" : ""}` : "";
});

if (form) {
  form.querySelectorAll("[data-scripts]").forEach((part) => {
    part.hidden = false;
  });
  composer = composerOf(form, place, { stream, pending, drafts: await draftsOf(place), say });
  palette(place, { composer });
  follow(place, composer);
  const state = document.getElementById("capture-status");
  subscribe((now) => {
    pending.show(now.entries);
    const words = status(now);
    if (state.textContent !== words) state.textContent = words;
    state.className = `status${now.refused || now.blocked ? " status-failed" : now.waiting ? "" : " status-saved"}`;
  });
  document.addEventListener("capture:settled", stream.catchUp);
  // The box has the focus whenever nothing else is asked of the keyboard.
  document.addEventListener("click", ({ target }) => {
    const busy = target.closest("a, button, input, textarea, select, summary, label, dialog, [tabindex]:not(.capture-stream, main)");
    if (!busy && getSelection().isCollapsed && matchMedia("(pointer: fine)").matches) composer.box.focus({ preventScroll: true });
  });
}
