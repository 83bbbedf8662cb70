/* What the page says, in words. */
const statements = (count) => `${count} more statement${count === 1 ? "" : "s"}`;

export const tally = (done, every) => `${done} of ${every} answered`;

export function title(done, every) {
  if (!every) return "Nothing is asked at the moment";
  return done === every ? "You have answered everything" : tally(done, every);
}

export function goOn(done, every) {
  const left = every - done;
  if (left === every) return "Answer them";
  return left === 1 ? "Answer the one that is left" : `Answer the ${left} that are left`;
}

/* What is read out once an answer is given: which, and what comes now. */
export function answeredWith(label, place, every) {
  return place < 0 ? `Answered: ${label}. That was the last.` : `Answered: ${label}. Next statement: ${place + 1} of ${every}`;
}

export const opened = (count) => `${statements(count)} can be answered now.`;
export const closed = (text) => `Closed meanwhile, so that it takes no more answers: “${text}”`;
