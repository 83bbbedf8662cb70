/* What people are called, and how far a name reaches that begins behind an @: the counterpart of `names.py` in `apps/notes/grammar`. */

// Spelled out, because Python and JavaScript don't mean the same by \s.
export const SPACE = " \\t\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const CLOSERS = ".,;:!?…)]}»›”’\"'。、，！？）";
const WORD = new RegExp(`([${SPACE}]*)([^${SPACE}]+)`, "gu");
// What follows a name without a space, as in “@okafor:no”.
const GLUED = /^([^,;:!?()[\]\n]+[,;:!?()[\]]+)([^\n]+)$/u;
const OF_A_WORD = /(?![\u0300-\u036f])[\p{L}\p{N}\p{M}]/u;
const LETTER_FIRST = /^\p{L}/u;
const CAPITAL = /\p{Lu}|\p{Lt}/u;
const HONORIFICS = new Set(["dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame"]);
const MOST_NAMES = 3;
// Between names, and what may stand behind these: “van der Meer”, “de la Cruz”.
const PARTICLES = new Set(["van", "von", "de", "da", "di", "del", "dos", "du", "ter", "bin", "ibn", "al", "el"]);
const AFTER_PARTICLES = new Set(["der", "den", "dem", "la", "las", "los", "le"]);
// Where a sentence begins behind a name, and no name does.
const BEGINNINGS = new Set("the we it this that these those there they but and if what who how why when where our".split(" "));

/* The text as it is compared: without case, accents, spaces and punctuation. */
export function folded(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]|[^\p{L}\p{N}\p{M}]/gu, "");
  return plain.toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/* What a person is called after an @: each name, all from one on, the initials. */
export function aliases(name) {
  const parts = wordsOf(name.replace(/\([^)]*\)/g, " ")).map(([, part]) => part).filter(folded);
  if (parts.length > 1 && HONORIFICS.has(folded(parts[0]))) parts.shift();
  const names = parts.map(folded);
  const pieces = parts.flatMap((part) => part.split("-")).map(folded);
  const initials = [names, pieces, [...names.slice(0, 1), ...names.slice(-1)]].map((each) =>
    each.map((piece) => [...piece][0] ?? "").join(""),
  );
  const ends = names.map((_, start) => names.slice(start).join(""));
  return new Set([...names, ...ends, ...initials].filter(Boolean));
}

/* How many of the words from `at` on are a name that nobody here has: privacy before words. Titles, a name, and at most two more
   with a capital, until a stop. A word is split where something is glued to the name. */
export function reachOfUnknown(words, at) {
  let end = at + 1;
  while (isTitle(words[end - 1][1]) && isWord(words, end)) end += 1;
  part(words, end - 1);
  for (let names = 1; names < MOST_NAMES && !ends(words[end - 1][1]); names += 1) {
    const ahead = nextName(words, end);
    if (ahead < 0) break;
    part(words, ahead);
    end = ahead + 1;
  }
  return end - at;
}

/* What stands behind “Dr” and the like in a name, or nothing where it has none. */
export function withoutTitles(parts) {
  const first = parts.findIndex((part) => !isTitle(part));
  return first > 0 ? [...parts.slice(first, -1), coreOf(parts.at(-1))[0]].join("") : "";
}

/* The name, folded, that stands at `at` right behind words of a name, or nothing. */
export function goesOn(words, at) {
  if (ends(words[at - 1][1]) || !isWord(words, at)) return "";
  const word = parted(words[at][1])?.[0] ?? words[at][1];
  return hasCapital(word) ? folded(coreOf(word)[0]) : "";
}

/* Makes what is glued to the name in the word at `at` a word of its own. */
export function part(words, at) {
  const [space, word] = words[at];
  const glued = parted(word);
  if (glued) words.splice(at, 1, [space, glued[0]], [" ", glued[1]]);
}

/* A name and what is glued to it, or null where nothing is. */
export function parted(word) {
  const glued = GLUED.exec(word);
  return glued && OF_A_WORD.test(glued[2]) ? glued.slice(1) : null;
}

/* The word without what closes it, and that; “’s” goes with the word. */
export function coreOf(word) {
  const core = withoutEnd(word, CLOSERS);
  return [/['’]s$/.test(core) ? core.slice(0, -2) : core, word.slice(core.length)];
}

export function wordsOf(line) {
  return [...line.matchAll(WORD)].map(([, space, word]) => [space, word]);
}

export function withoutEnd(text, characters) {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

const isWord = (words, at) => at < words.length && LETTER_FIRST.test(words[at][1]);

function isTitle(word) {
  const [core, after] = coreOf(word);
  return HONORIFICS.has(folded(core)) && ["", "."].includes(after);
}

/* Whether a name ends with the word: a stop or “’s” does that, and the dot of “J.” not. */
function ends(word) {
  const [core, after] = coreOf(word);
  return core !== word && !([...core].length === 1 && after === ".");
}

/* Where behind the word at `at`, or at it, the next name stands, or -1. */
function nextName(words, at) {
  let ahead = at;
  for (const between of [PARTICLES, AFTER_PARTICLES]) if (ahead + 1 < words.length && between.has(folded(words[ahead][1]))) ahead += 1;
  if (isName(words, ahead)) return ahead;
  return isName(words, at) ? at : -1;
}

function isName(words, at) {
  if (!isWord(words, at) || !hasCapital(words[at][1])) return false;
  const [core, after] = coreOf(words[at][1]);
  // “I” or “A”, unless it is the middle one of three.
  if ([...core].length === 1 && after !== ".") return isWord(words, at + 1) && hasCapital(words[at + 1][1]);
  return !BEGINNINGS.has(folded(core));
}

/* Whether the word begins as a name does, as “O’Brien”, “d’Estaing” and “al-Thani” do. */
const hasCapital = (word) => [...word].slice(0, 4).some((each) => CAPITAL.test(each));
