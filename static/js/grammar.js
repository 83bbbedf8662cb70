/* What a line in the composer means: the counterpart of `apps/notes/grammar`, which explains the signs. Both say the same of every line,
   and are held to `tests/notes/grammar_examples.json`; whoever changes one changes both. */

import { SPACE, aliases, coreOf, folded, goesOn, part, parted, reachOfUnknown, withoutEnd, withoutTitles, wordsOf } from "./names.js";

export { aliases, folded };

const STOPS = ".,;:!?…";
const SPACES = new RegExp(`[${SPACE}\n]`, "u");
const SIGNED = /^([([{“‘«‹„"'—–]*)(\\?)([#@%])([^\n]+)$/u;
const CORRECTION = /^s\/((?:\\[^\n]|[^/\\\n])+)\/((?:\\[^\n]|[^/\\\n])*)\/$/u;
const ESCAPED = /^\\(?=[?!+\-…/"“„«]|\.\.\.|s\/|(?:rq|eg) )/u;
const DOTS = new RegExp(`^(?:…|\\.\\.\\.(?!\\.))[${SPACE}]*(?=[^${SPACE}])`, "u");
const MARKED = new RegExp(`^([?!])[${SPACE}]*(?=[^${SPACE}\n?!.,;:=…)])`, "u");
const SPELLED = new RegExp(`^(rq|Rq|RQ|eg|Eg)[${SPACE}]+(?=[^${SPACE}\n])`, "u");
const ABOUT = new RegExp(`^([+-])(?:[${SPACE}]+|$)`, "u");
const LETTER = /\p{L}/u;
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}]/u;

const MARKS = { "?": "question", "!": "takeaway", "+": "agree", "-": "disagree", rq: "research_question", eg: "example" };
const LABELS = { agree: "Agreement", disagree: "Disagreement" };
const QUOTES = { '"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』" };
const LONGEST_NAME = 5;
const SHORTEST_START = 2;
const LONGEST_TERM = 60;
const MOST_WORDS_OF_TERM = 6;

const EMPTY = "A note needs some text.";
const ONE_GROUP = "A note has one group: the first was taken.";
const ONE_SPEAKER = "A note has one speaker: the first was taken.";
const NOTHING_KEPT = "Under the anonymous rule nothing is kept of who speaks.";

/* What `line` means, to somebody who may use what `catalogue` holds. */
export function parse(line, catalogue) {
  const parsed = {
    kind: "note", text: "", mark: "remark", themes: [], new_themes: [], group: null, speaker: null,
    about: null, continues: false, replace: null, command: null, term: null, problems: [],
  };
  line = trimmed(line.replaceAll("\r\n", "\n").replaceAll("\0", ""));
  if (["/off", "/on"].includes(line.toLowerCase())) return { ...parsed, kind: "command", command: line.slice(1).toLowerCase() };
  const correction = CORRECTION.exec(line);
  if (correction) {
    const replace = correction.slice(1).map((part) => part.replace(/\\([/\\])/g, "$1"));
    return { ...parsed, kind: "correction", replace };
  }
  let [rest, literal] = withoutSigns(line, parsed);
  parsed.text = withoutTags(rest, catalogue, parsed);
  // Perhaps the tags stood before the signs.
  if (!literal && rest === line) [parsed.text, literal] = withoutSigns(parsed.text, parsed);
  if (!literal && parsed.mark === "remark") markAsAWhole(parsed);
  if (!VISIBLE.test(parsed.text)) parsed.text = parsed.about ? LABELS[parsed.mark] : "";
  if (!parsed.text) {
    parsed.kind = "nothing";
    parsed.problems.push(EMPTY);
  }
  return parsed;
}

function withoutSigns(line, parsed) {
  const escaped = ESCAPED.exec(line);
  if (escaped) return [line.slice(escaped[0].length), true];
  const dots = DOTS.exec(line);
  if (dots) {
    parsed.continues = true;
    line = line.slice(dots[0].length);
  }
  let sign = MARKED.exec(line) ?? SPELLED.exec(line);
  if (!sign) {
    sign = ABOUT.exec(line);
    if (!sign || isList(line, sign[1])) return [line, false];
    parsed.about = "before";
  }
  parsed.mark = MARKS[sign[1].toLowerCase()];
  return [line.slice(sign[0].length), false];
}

/* Whether a line after the first begins with the same sign. */
function isList(text, bullet) {
  return text.split("\n").slice(1).some((each) => ABOUT.exec(trimmed(each))?.[1] === bullet);
}

/* Marks a text that is one quotation, or a definition. */
function markAsAWhole(parsed) {
  const { text } = parsed;
  const closing = QUOTES[text[0]] ?? "";
  const said = /[.,]$/.test(text) ? text.slice(0, -1) : text;
  const inner = said.slice(1, -1);
  if (closing && closing.includes(said.at(-1)) && trimmed(inner)) {
    if (![...(text[0] + closing)].some((quote) => inner.includes(quote))) parsed.mark = "quote";
    return;
  }
  const equals = text.indexOf("=");
  if (equals < 0) return;
  const [left, right] = [text.slice(0, equals), text.slice(equals + 1)];
  const term = trimmed(left);
  if (left === term || !SPACES.test(right[0] ?? "") || right[0] === "\n" || !trimmed(right)) return;
  if ([...term].length > LONGEST_TERM || wordsOf(term).length > MOST_WORDS_OF_TERM) return;
  if (/[\n+*/<>^()]/.test(term) || !LETTER.test(term)) return;
  parsed.mark = "definition";
  parsed.term = term;
}

/* Takes the themes, groups and aliases out of a text, and sets in `parsed` what they say. */
function withoutTags(text, catalogue, parsed) {
  const themes = known(catalogue.themes, "title");
  const groups = known(catalogue.groups, "singular", "plural");
  const people = catalogue.people.map((person) => [aliases(person.name), person]);
  const found = { person: false, group: null };
  const say = (problem) => parsed.problems.includes(problem) || parsed.problems.push(problem);

  function takeTheme({ id, title }) {
    const [name, names] = id === null ? [title, parsed.new_themes] : [id, parsed.themes];
    if (!names.includes(name)) names.push(name);
  }

  function takeGroup(group) {
    if (!catalogue.keeps_groups) say(NOTHING_KEPT);
    else if (parsed.group !== null && parsed.group !== group) say(ONE_GROUP);
    else parsed.group = group;
  }

  function takePerson(person) {
    if (!catalogue.keeps_groups) say(NOTHING_KEPT);
    else if (found.person) say(ONE_SPEAKER);
    else {
      [found.person, found.group] = [true, person.group];
      parsed.speaker = catalogue.keeps_speakers ? person.id : null;
    }
  }

  /* Sets the theme or group that the word begins, if there is exactly one. */
  function take(sign, word) {
    const matching = beginningWith(word, sign === "#" ? themes : groups);
    if (matching.length > 1) {
      const names = matching.slice(0, 2).map((each) => `“${each.title ?? each.singular}”`);
      say(`“${sign}${word}” could be ${names.join(" or ")}.`);
    } else if (matching.length === 1) {
      if (sign === "#") takeTheme(matching[0]);
      else takeGroup(matching[0].id);
    }
    return matching.length === 1;
  }

  /* Those of the people whose name `name` is as well. */
  const namedToo = (persons, name) => (name ? named(name, people).filter((person) => persons.includes(person)) : []);

  /* Sets who is named by the words from `at` on; returns of how many the name is. */
  function takeAlias(words, at, first) {
    words[at] = ["", first];
    const textOf = (count) => words.slice(at, at + count).map(([, word]) => word);
    for (let count = Math.min(LONGEST_NAME, words.length - at); count > 0; count -= 1) {
      const parts = textOf(count);
      if (parts.some((each) => "#@%\\".includes(each[0]))) continue;
      const name = folded([...parts.slice(0, -1), coreOf(parts.at(-1))[0]].join(""));
      let persons = named(name, people);
      const sorts = named(name, groups);
      if (!persons.length && !sorts.length) persons = named(folded(withoutTitles(parts)), people);
      let length = count;
      for (let more; (more = namedToo(persons, goesOn(words, at + length))).length; length += 1) {
        part(words, at + length);
        persons = more;
      }
      if (persons.length === 1) takePerson(persons[0]);
      else if (persons.length) say(`“@${coreOf(first)[0]}” could be more than one person: nobody was kept.`);
      else if (sorts.length === 1) takeGroup(sorts[0].id);
      else continue;
      return length;
    }
    const count = reachOfUnknown(words, at);
    const parts = textOf(count);
    say(`“@${[...parts.slice(0, -1), coreOf(parts.at(-1))[0]].join(" ")}” is nobody here, and was left out.`);
    return count;
  }

  function piecesOf(words) {
    const pieces = [];
    for (let at = 0, taken = 1; at < words.length; at += taken) {
      partHead(words, at);
      const [space, word] = words[at];
      let piece = { space, text: word, sign: "", before: "", after: "" };
      taken = 1;
      const [, before, escape, sign, name] = SIGNED.exec(word) ?? [];
      if (escape) piece.text = before + sign + name;
      else if (sign) {
        const [core, after] = coreOf(name);
        const tag = { space, text: core, sign, before, after };
        if (sign === "@" && core && LETTER.test([...core][0])) {
          taken = takeAlias(words, at, name);
          [, tag.after] = coreOf(words[at + taken - 1][1]);
          piece = tag;
        } else if (sign !== "@" && LETTER.test(core) && take(sign, core)) piece = tag;
      }
      pieces.push(piece);
    }
    return pieces;
  }

  const lines = [];
  text.split("\n").forEach((line, number) => {
    const pieces = piecesOf(wordsOf(line));
    const left = joined(pieces, number > 0);
    // A line of nothing but tags goes; one that was empty stays.
    if (left || !pieces.length) lines.push(left);
  });
  parsed.group ??= found.group;
  return trimmed(lines.join("\n"));
}

/* Makes what is glued to an alias a word of its own. */
function partHead(words, at) {
  const [space, word] = words[at];
  const [, before, escape, sign, name] = SIGNED.exec(word) ?? [];
  const glued = sign === "@" && !escape && parted(name);
  if (glued) words.splice(at, 1, [space, `${before}@${glued[0]}`], [" ", glued[1]]);
}

/* What is left of a line when its tags are taken out. */
function joined(pieces, indented) {
  // A word, or a tag in brackets, is part of the sentence wherever it stands.
  const bracketed = ({ before, after }) => before !== "" || [...after].some((each) => !STOPS.includes(each));
  const stays = (piece) => !piece.sign || (piece.sign !== "@" && bracketed(piece));
  const last = pieces.findLastIndex(stays);
  const first = last < 0 ? pieces.length : pieces.findIndex(stays);
  const words = [];
  let opening = "";
  pieces.forEach((piece, number) => {
    if (!piece.sign || (piece.sign !== "@" && first <= number && number <= last)) {
      const space = words.length || (indented && number === 0) ? piece.space : "";
      words.push(space + opening + piece.before + piece.text + piece.after);
      opening = "";
      return;
    }
    let { after } = piece;
    if (piece.before && [...after].some((each) => !STOPS.includes(each))) after = [...after].filter((each) => STOPS.includes(each)).join("");
    else if (piece.before) opening += withoutEnd(piece.before, "—–");
    if (words.length) words.push(ended(words.pop(), after));
  });
  if (words.length && last < pieces.length - 1) {
    // What led over to a tag at the end leads nowhere now.
    const before = words.pop();
    if (!["—", "–", "-"].includes(trimmed(before))) words.push(withoutEnd(before, ",;"));
  }
  return indented ? words.join("") : trimmed(words.join(""));
}

/* The word with what ended the tag behind it; one stop is enough. */
function ended(word, stop) {
  if (!stop || !STOPS.includes(word.at(-1))) return word + stop;
  if (".!?…".includes(stop[0]) && ",;:".includes(word.at(-1))) return withoutEnd(word, ",;:") + stop;
  return word + stop.replace(/^[.,;:!?…]+/, "");
}

/* The entries, each with what its fields say, folded. */
export function known(entries, ...fields) {
  return entries.map((entry) => [new Set(fields.map((field) => folded(entry[field]))), entry]);
}

/* Those of the entries that a name, which is folded, is a name of. */
function named(name, entries) {
  return entries.filter(([names]) => names.has(name)).map(([, entry]) => entry);
}

/* Those of the entries that the word names, or, where there are none, that it begins. */
function beginningWith(word, entries) {
  const start = folded(word);
  const exact = named(start, entries);
  if (exact.length || [...start].length < SHORTEST_START) return exact;
  return entries.filter(([names]) => [...names].some((name) => name.startsWith(start))).map(([, entry]) => entry);
}

function trimmed(text) {
  let [start, end] = [0, text.length];
  while (start < end && SPACES.test(text[start])) start += 1;
  while (end > start && SPACES.test(text[end - 1])) end -= 1;
  return text.slice(start, end);
}
