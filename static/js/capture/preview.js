/* Says, before Enter, how a line will be understood: a row of chips. */
import { make } from "./dom.js";

const MARKS = {
  question: "question", quote: "quote", definition: "definition", example: "example",
  takeaway: "takeaway", research_question: "research question", agree: "agreement", disagree: "disagreement",
};

export const tag = (words, kind = "") => make("span", { class: `tag${kind && ` tag-${kind}`}` }, words);

/* What stands beside the words of a note: of one that is written, or that waits to be sent. */
export function chips({ mark, themes = [], new_themes = [], group, speaker, against }, all) {
  const titleOf = (wanted) => all.themes.find(({ id }) => id === wanted)?.title ?? "a theme";
  const nameOf = (wanted) => all.people.find(({ id }) => id === wanted)?.name;
  const found = [];
  if (speaker && nameOf(speaker)) found.push(tag(nameOf(speaker), "plain"));
  if (group) found.push(tag(all.groups.find(({ id }) => id === group)?.singular ?? "a group"));
  found.push(...themes.map((id) => tag(titleOf(id), "theme")), ...new_themes.map((title) => tag(`${title} (new)`, "theme")));
  const about = against && (mark === "agree" ? `agrees with ${against}` : `against ${against}`);
  if (mark && mark !== "remark") found.push(tag(about || MARKS[mark], ["agree", "disagree", "example", "definition"].includes(mark) ? mark : ""));
  return found;
}

/* The chips for a line as it was parsed; `before` knows the notes that it may be about. */
export function understood(parsed, all, before) {
  const warnings = parsed.problems.map((problem) => tag(problem, "warn"));
  if (parsed.kind === "command") {
    return [tag(parsed.command === "off" ? "Enter: off the record, nothing is kept" : "Enter: on the record again", "warn")];
  }
  if (parsed.kind === "correction") {
    const own = before.own();
    const [old, now] = parsed.replace;
    if (!own) return [tag("There is no note of yours to correct", "warn")];
    if (!own.text.includes(old)) return [tag(`Your note of ${own.time} doesn’t say “${old}”`, "warn")];
    return [tag(`corrects your note of ${own.time}: “${old}” becomes “${now}”`)];
  }
  if (parsed.kind === "nothing" && !parsed.themes.length) return [];
  const against = parsed.about ? before.any()?.time : "";
  const goesOn = parsed.continues && tag(before.own() ? `goes on from ${before.own().time}` : "goes on");
  const found = chips({ ...parsed, against }, all);
  return [...(goesOn ? [goesOn] : []), ...found, ...warnings];
}
