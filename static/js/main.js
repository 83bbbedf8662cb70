/* Binds behaviours by name: data-behaviour="autogrow copy". Pages work without any of them. */
import answer from "./behaviours/answer.js";
import autogrow from "./behaviours/autogrow.js";
import blankScreen from "./behaviours/blank-screen.js";
import chooseByKey from "./behaviours/choose-by-key.js";
import consoleHands from "./behaviours/console-hands.js";
import consoleKeys from "./behaviours/console-keys.js";
import copy from "./behaviours/copy.js";
import countChecked from "./behaviours/count-checked.js";
import deviceNotes from "./behaviours/device-notes.js";
import dropEvidence from "./behaviours/drop-evidence.js";
import guardSignOut from "./behaviours/guard-sign-out.js";
import guardUnsaved from "./behaviours/guard-unsaved.js";
import keepText from "./behaviours/keep-text.js";
import keysHere from "./behaviours/keys-here.js";
import liveFeed from "./behaviours/live-feed.js";
import markPassage from "./behaviours/mark-passage.js";
import passing from "./behaviours/passing.js";
import refreshOn from "./behaviours/refresh-on.js";
import reportFailure from "./behaviours/report-failure.js";
import revealCurrent from "./behaviours/reveal-current.js";
import sendThought from "./behaviours/send-thought.js";
import shortcutSwitch from "./behaviours/shortcut-switch.js";
import shortcuts from "./behaviours/shortcuts.js";
import unsent from "./behaviours/unsent.js";
import worksOffline from "./behaviours/works-offline.js";
// Sends what is left on this device, from whichever page is opened first.
import "./queue/index.js";

const behaviours = {
  answer,
  autogrow,
  "blank-screen": blankScreen,
  "choose-by-key": chooseByKey,
  "console-hands": consoleHands,
  "console-keys": consoleKeys,
  copy,
  "count-checked": countChecked,
  "device-notes": deviceNotes,
  "drop-evidence": dropEvidence,
  "guard-sign-out": guardSignOut,
  "guard-unsaved": guardUnsaved,
  "keep-text": keepText,
  "keys-here": keysHere,
  "live-feed": liveFeed,
  "mark-passage": markPassage,
  passing,
  "refresh-on": refreshOn,
  "report-failure": reportFailure,
  "reveal-current": revealCurrent,
  "send-thought": sendThought,
  shortcuts,
  "shortcut-switch": shortcutSwitch,
  unsent,
  "works-offline": worksOffline,
};

const bound = new WeakSet();

function bindElement(element) {
  if (bound.has(element)) return;
  bound.add(element);
  for (const name of element.dataset.behaviour.split(/\s+/)) behaviours[name]?.(element);
}

function bind(root) {
  if (root.matches?.("[data-behaviour]")) bindElement(root);
  root.querySelectorAll("[data-behaviour]").forEach(bindElement);
}

bind(document);
// Content that htmx swaps in is bound as it arrives.
document.addEventListener("htmx:load", (event) => bind(event.detail.elt));
