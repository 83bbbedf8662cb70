/* What somebody is asked, in their order, as the server's page lists it: pure functions of that page. */

/* The statements in the list of `page`; nothing where the page has none, as that of somebody who is signed out. */
export function asked(page) {
  const list = page.querySelector("[data-part=list]");
  return list && [...list.children].map((row) => {
    const { round, scale, theme = "", value, nth, reason = "" } = row.dataset;
    return {
      round, scale, theme, reason, row,
      text: row.querySelector("[data-part=text]").textContent,
      answered: "answered" in row.dataset,
      value: value === undefined ? null : Number(value),
      nth: Number(nth ?? 0),
    };
  });
}

/* `items` with what this device knows of each answer: the latest that was given here, unless the server has a later one. */
export function withOwn(items, latest) {
  const said = new Map(latest.map(({ note, fields }) => [note, fields]));
  return items.map((item) => {
    const own = said.get(item.round);
    if (!own || own.nth < item.nth) return { ...item, known: item.value !== null };
    const { value, reason, nth } = own;
    return { ...item, value, reason, nth, answered: true, known: true };
  });
}

/* The next one without an answer, behind the place `after`; undefined at the end of them. */
export const nextOf = (items, after = -1) => items.find((item, place) => place > after && !item.answered);

export const placeOf = (items, round) => items.findIndex((item) => item.round === round);
