/* What a line may name: the JSON in the page, which is swapped when themes change, with the themes that were chosen and aren't made yet. */
import { folded } from "../grammar.js";

let holder = null;
let known = null;
const still = [];

export function catalogue() {
  const now = document.getElementById("catalogue");
  if (now !== holder) {
    holder = now;
    known = JSON.parse(now.dataset.json);
  }
  const there = new Set(known.themes.map(({ title }) => folded(title)));
  return { ...known, themes: [...known.themes, ...still.filter(({ title }) => !there.has(folded(title)))] };
}

/* What a line may name in a session: the rule there says what is kept of who speaks. */
export function catalogueOf(session) {
  const all = catalogue();
  const { keeps_groups = false, keeps_speakers = false } = all.sessions.find(({ id }) => id === session) ?? {};
  return { ...all, keeps_groups, keeps_speakers };
}

/* Lets a theme be named that is made when its first note is saved. */
export function addTheme(title) {
  still.push({ id: null, title, level: 0 });
}

/* A name as it is typed behind a sign. */
export const asWord = (name) => name.replace(/[^\p{L}\p{N}\p{M}]+/gu, "-").replace(/^-|-$/g, "");

/* A word as the title of a theme. */
export function asTitle(word) {
  const spaced = word.replace(/[-_]+/g, " ").trim();
  return spaced.charAt(0).toLocaleUpperCase() + spaced.slice(1);
}
