/* What is on the screen: one statement with its answers, or all of them. It knows nothing of where answers go. */
import { goOn, tally, title } from "./words.js";

// A second tap of the same finger isn't meant for what comes next.
const STILL = 300;

export default function view(main) {
  const part = (name) => main.querySelector(`[data-part="${name}"]`);
  const answersOf = (scale) => main.querySelector(`template[data-scale="${scale}"]`).content;
  let still;

  /* The shape and the word of an answer, as its button has them. */
  function given(scale, value) {
    const made = document.createElement("span");
    made.className = "ask-given";
    made.append(...[...answersOf(scale).querySelector(`[value="${value}"]`).children].slice(0, 2).map((each) => each.cloneNode(true)));
    return made;
  }

  const labelOf = (scale, value) => given(scale, value).textContent.trim();

  function count(items) {
    const done = items.filter((item) => item.answered).length;
    part("tally").hidden = part("bar").hidden = !items.length;
    part("tally").textContent = tally(done, items.length);
    Object.assign(part("bar"), { value: done, max: Math.max(1, items.length) });
    return done;
  }

  const number = (items, place) => (part("place").textContent = `Statement ${place + 1} of ${items.length}`);

  function showOne(items, place, { reason, mayAnswer, isNew }) {
    const item = items[place];
    part("one").hidden = false;
    part("all").hidden = true;
    number(items, place);
    part("theme").textContent = item.theme;
    part("theme").hidden = !item.theme;
    part("statement").textContent = item.text;
    part("changes").hidden = !item.answered || !item.known;
    part("elsewhere").hidden = !item.answered || item.known;
    part("answers").replaceChildren(answersOf(item.scale).cloneNode(true));
    for (const button of part("answers").children) {
      button.disabled = !mayAnswer;
      if (item.known && Number(button.value) === item.value) button.setAttribute("aria-pressed", "true");
    }
    part("answers").inert = isNew;
    clearTimeout(still);
    still = setTimeout(() => (part("answers").inert = false), STILL);
    part("reason").value = reason;
    part("reason-title").textContent = item.reason ? "Your reason" : "Add a reason";
    part("reason-box").open = Boolean(reason);
    Object.assign(part("keep-reason"), { hidden: !(item.known && item.answered && mayAnswer), value: String(item.value) });
    part("back").hidden = place === 0;
    part("on").textContent = item.answered ? (place + 1 < items.length ? "Next" : "All answers") : "Skip";
  }

  function showAll(items) {
    const done = count(items);
    part("one").hidden = true;
    part("all").hidden = false;
    part("title").textContent = title(done, items.length);
    part("nothing").hidden = Boolean(items.length);
    part("about").hidden = !items.length;
    part("go-on").hidden = done === items.length;
    part("go-on").textContent = goOn(done, items.length);
  }

  /* The list of all, with what is known of each answer. */
  function list(items) {
    part("list").replaceChildren(...items.map(({ row }) => row));
    for (const { row, scale, value, answered, known, reason } of items) {
      const said = row.querySelector("[data-part=given]");
      if (known && answered) said.replaceChildren(given(scale, value));
      else said.textContent = answered ? "Answered" : "Not answered yet";
      row.querySelector("[data-part=change]").textContent = answered ? "Change" : "Answer";
      const why = row.querySelector("[data-part=why]");
      why.hidden = !reason;
      why.textContent = reason ? `“${reason}”` : "";
    }
    count(items);
  }

  /* Reads `words` out, also where they are the same as before. */
  function say(words) {
    part("said").textContent = "";
    setTimeout(() => (part("said").textContent = words), 50);
  }

  function focus(name) {
    part(name).focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  return { part, labelOf, number, showOne, showAll, list, say, focus };
}
