/* The box that notes are written in: a line is read as it is typed, and becomes an entry of the queue on Enter. */
import { parse } from "../grammar.js";
import { add, newId } from "../queue/index.js";
import { asWord, catalogue, catalogueOf } from "./catalogue.js";
import completion from "./completion.js";
import edit from "./editing.js";
import { offTheRecord } from "./off.js";
import { understood } from "./preview.js";

const LONGEST = 10_000;
const TOO_LONG = "A note holds at most 10,000 characters. Split it into several.";
const OFF = "Off the record: this is kept nowhere. Take it out, or type /on to go on.";
const NO_NOTE = "There is no note of yours here to correct.";
const touchOnly = matchMedia("(pointer: coarse) and (not (any-pointer: fine))");

export default function composer(form, place, { stream, pending, drafts, say }) {
  const box = form.elements.text;
  const preview = form.querySelector(".composer-preview");
  const error = form.querySelector("#composer-error");
  const off = offTheRecord(place.workshop, showOff);
  // Who said the notes of this page: for “…”, when the same speaker goes on. Nowhere else.
  const speakers = new Map();
  // Lines on their way into IndexedDB; until they are there, they are kept with the draft.
  const onTheWay = new Map();

  const into = () => place.into;
  const before = { own: () => stream.own(into()), any: () => stream.any(into()) };
  const list = completion(box, document.getElementById("completion"), { session: into, say });

  function refuse(sentence) {
    error.replaceChildren(Object.assign(document.createElement("p"), { className: "error", textContent: sentence }));
    box.focus();
  }

  function read() {
    error.replaceChildren();
    const line = box.value;
    const found = line.trim() ? understood(parse(line, catalogueOf(into())), catalogue(), before) : [];
    const words = found.map((chip) => chip.textContent).join("\n");
    if (preview.dataset.words !== words) preview.replaceChildren(...found);
    preview.dataset.words = words;
    keepDraft();
  }

  function keepDraft() {
    if (!off.on) drafts.keep("line", [...onTheWay.values(), box.value].filter(Boolean).join("\n"));
  }

  function write(text) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function save() {
    const line = box.value;
    const parsed = parse(line, catalogueOf(into()));
    if (parsed.kind === "command") return command(parsed.command);
    if (off.on) return line.trim() ? refuse(OFF) : undefined;
    if (!line.trim()) return undefined;
    if (parsed.kind === "nothing") return refuse(parsed.problems.at(-1));
    if (parsed.kind === "correction") return replace(parsed.replace);
    if ([...parsed.text].length > LONGEST) return refuse(TOO_LONG);
    return record(line, parsed);
  }

  function record(line, { text, mark, themes, new_themes, group, speaker, about, continues }) {
    const fields = { text, mark, themes, new_themes, group, speaker };
    if (about) fields.reply_to = before.any()?.id;
    const own = continues && before.own();
    if (own) {
      fields.group ??= own.row.dataset.group ?? null;
      fields.speaker ??= speakers.get(own.id) ?? null;
    }
    const id = newId();
    speakers.set(id, fields.speaker);
    const entry = { id, note: id, kind: "note", session: into(), fields, writtenAt: new Date().toISOString() };
    pending.add(entry);
    send(entry, line);
    write("");
  }

  async function send(entry, line) {
    onTheWay.set(entry.id, line);
    try {
      await add({ ...entry, workshop: place.workshop, actor: place.actor });
      onTheWay.delete(entry.id);
    } catch (reason) {
      onTheWay.delete(entry.id);
      stream.rowOf(entry.note)?.matches("[data-pending]") && stream.rowOf(entry.note).remove();
      write([line, box.value].filter(Boolean).join("\n"));
      refuse(reason.message);
    }
    keepDraft();
  }

  function replace([old, now]) {
    const own = before.own();
    if (!own) return refuse(NO_NOTE);
    if (!own.text.includes(old)) return refuse(`Your note of ${own.time} doesn’t say “${old}”.`);
    const text = own.text.replace(old, () => now).trim();
    if (!text) return refuse("A note needs some text.");
    write("");
    return correct(own, { from: own.text, text });
  }

  function correct({ id, row }, fields) {
    row.querySelector(".note-text").textContent = fields.text;
    return send({ id: newId(), note: id, kind: "correction", session: row.dataset.session, fields }, fields.text);
  }

  function editLast() {
    const own = before.own();
    if (own && !off.on) editOwn(own);
  }

  function editOwn(own) {
    edit(own.row, {
      begun: drafts.read(own.id),
      typed: (text) => drafts.keep(own.id, text),
      save: (fields) => correct(own, fields),
      left: () => {
        drafts.keep(own.id, "");
        box.focus();
        pending.draw();
        stream.catchUp();
      },
    });
  }

  function command(which) {
    write("");
    if (which === "off") drafts.keep("line", "");
    off.set(which === "off");
    box.focus();
  }

  function showOff(isOff) {
    form.classList.toggle("composer-is-off", isOff);
    form.querySelector(".composer-off").hidden = !isOff;
    document.querySelector(".capture").classList.toggle("is-off", isOff);
    if (isOff) drafts.keep("line", "");
    say(isOff ? "Off the record: nothing is stored or sent." : "On the record again.");
  }

  /* Puts what a button stands for where it belongs in the line. */
  function insert(sign) {
    const { value } = box;
    if ("#@%".includes(sign)) {
      const at = box.selectionEnd;
      box.setRangeText(`${at && !/\s/.test(value[at - 1]) ? " " : ""}${sign}`, at, at, "end");
    } else if (sign === "“”") {
      write(`“${value.trim()}”`);
      box.setSelectionRange(box.value.length - 1, box.value.length - 1);
    } else if (sign === "=") write(`${value.trimEnd()} = `);
    else write(`${sign}${value.trimStart()}`);
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function name(sign, words) {
    const lead = box.value && !/\s$/.test(box.value) ? " " : "";
    write(`${box.value}${lead}${sign}${asWord(words)} `);
    box.focus();
  }

  box.addEventListener("input", read);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.key(event)) return;
    const digit = event.altKey && !event.ctrlKey && /^Digit([1-9])$/.exec(event.code);
    if (digit) {
      event.preventDefault();
      const theme = catalogue().themes[digit[1] - 1];
      if (theme) name("#", theme.title);
    } else if (event.key === "Enter" && !event.shiftKey && !touchOnly.matches) {
      event.preventDefault();
      save();
    } else if (event.key === "ArrowUp" && !box.value && !event.altKey) {
      event.preventDefault();
      editLast();
    } else if (event.key === "Escape") {
      list.close();
      box.blur();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.close();
    save();
    box.focus();
  });
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-sign]");
    if (!button) return;
    if (button.dataset.sign.startsWith("/")) command(button.dataset.sign.slice(1));
    else if (button.dataset.sign === "↑") editLast();
    else insert(button.dataset.sign);
  });

  if (off.on) showOff(true);
  else if (!box.value) box.value = drafts.read("line");
  // Enter was pressed before there was a script to hear it.
  else if (box.value !== box.defaultValue && box.value.endsWith("\n")) save();
  read();
  // Corrections that were half written when the page went.
  for (const own of drafts.names().map(stream.told).filter(Boolean)) editOwn(own);
  return { box, name, command, editLast, isOff: () => off.on, toBox: (text) => write([text, box.value].filter(Boolean).join("\n")) };
}
