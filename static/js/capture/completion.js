/* Completes #themes, @people and %groups as they are typed, from a list that opens beside the box. Tab takes what is marked, Esc closes. Enter takes
   it where the word alone would be understood as nothing; else it saves the note: whoever types fast never meets the list. */
import { aliases, folded, parse } from "../grammar.js";
import { addTheme, asTitle, asWord, catalogueOf } from "./catalogue.js";
import { listbox } from "./dom.js";

const TOKEN = /(^|[\s([{“‘«"'—–])([#@%])([^\s#@%\\]{0,60})$/u;
const AT_MOST = 7;

export default function completion(box, list, { session, say }) {
  let token = null;
  let moved = false;
  const options = listbox(list, box, { take, changed: (found) => say(found.length ? `${found.length} suggestion${found.length > 1 ? "s" : ""}` : "") });

  function look() {
    const before = box.value.slice(0, box.selectionStart);
    const found = box.selectionStart === box.selectionEnd && TOKEN.exec(before);
    token = found ? { sign: found[2], word: found[3], start: before.length - found[3].length - 1 } : null;
    moved = false;
    options.show(token ? suggestions(token) : []);
  }

  function suggestions({ sign, word }) {
    const all = catalogueOf(session());
    const found = sign === "#" ? themes(all, word) : sign === "%" ? groups(all, word) : [...people(all, word), ...groups(all, word)];
    // One that is there in full needs no list.
    return found.length === 1 && !found[0].title && folded(found[0].word) === folded(word) ? [] : found;
  }

  function take({ sign, word, title }) {
    if (title) addTheme(title);
    const end = box.selectionStart;
    box.setRangeText(`${sign}${word} `, token.start, end, "end");
    // One space is enough.
    if (/^\s/.test(box.value.slice(box.selectionStart))) box.setRangeText("", box.selectionStart, box.selectionStart + 1, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Whether the word alone means something already. */
  function understood() {
    const read = parse(`x ${token.sign}${token.word}`, catalogueOf(session()));
    return read.text === "x" && !read.problems.length;
  }

  /* Whether a key was meant for the list. */
  function key(event) {
    if (!options.open || event.isComposing) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      options.move(event.key === "ArrowDown" ? 1 : -1);
      moved = true;
    } else if (event.key === "Escape") options.close();
    else if (event.key === "Tab" && !event.shiftKey) take(options.active);
    else if (event.key === "Enter" && !event.shiftKey && (moved || (token.word && !options.active.title && !understood()))) take(options.active);
    else return false;
    event.preventDefault();
    return true;
  }

  box.addEventListener("input", look);
  box.addEventListener("blur", options.close);
  return { key, close: options.close };
}

function ranked(entries, word, namesOf) {
  const start = folded(word);
  const rank = (entry) => {
    const names = namesOf(entry);
    if (names.some((name) => name.startsWith(start))) return 0;
    return start && names.some((name) => name.includes(start)) ? 1 : 2;
  };
  const found = entries.map((entry) => [rank(entry), entry]).filter(([place]) => place < 2);
  return found.sort(([one], [other]) => one - other).map(([, entry]) => entry);
}

function themes(all, word) {
  const found = ranked(all.themes, word, ({ title }) => [folded(title)]).slice(0, AT_MOST);
  const options = found.map(({ id, title }) => ({ sign: "#", word: asWord(title), label: title, meta: id === null ? "new" : "" }));
  const isNew = folded(word).length > 1 && /\p{L}/u.test(word) && !found.some(({ title }) => folded(title) === folded(word));
  if (isNew) options.push({ sign: "#", word: asWord(word), label: `New theme “${asTitle(word)}”`, title: asTitle(word) });
  return options;
}

function people(all, word) {
  const found = ranked(all.people, word, ({ name }) => [folded(name), ...aliases(name)]).slice(0, AT_MOST);
  const groupOf = ({ group }) => all.groups.find(({ id }) => id === group)?.singular ?? "";
  const kept = (person) => (all.keeps_speakers ? groupOf(person) : all.keeps_groups ? `kept as ${groupOf(person) || "nobody"}` : "not kept");
  return found.map((person) => ({ sign: "@", word: asWord(person.name), label: person.name, meta: kept(person) }));
}

function groups(all, word) {
  if (!all.keeps_groups) return [];
  return ranked(all.groups, word, ({ singular, plural }) => [folded(singular), folded(plural)])
    .slice(0, AT_MOST)
    .map(({ singular }) => ({ sign: "%", word: asWord(singular), label: singular, meta: "group" }));
}
