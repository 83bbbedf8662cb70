/* The newest note in sight: on arrival, and after a change for somebody who was at the end. Where the stream has a scroll bar of its own its style
   sheet does the same; where the page scrolls as a whole, what follows the stream stays in sight below it. */
const stream = document.querySelector(".capture-stream");

function below() {
  const dock = stream.nextElementSibling;
  return stream.getBoundingClientRect().bottom + (dock?.offsetHeight ?? 0) - window.innerHeight;
}

const scrollsByItself = () => getComputedStyle(stream).overflowY !== "visible";

/* Rows that were never in sight are only as high as is guessed: once they are, it looks again. */
export function toEnd(looks = 3) {
  if (scrollsByItself()) stream.scrollTop = stream.scrollHeight;
  else {
    window.scrollBy({ top: Math.max(below(), -window.scrollY), behavior: "instant" });
    if (looks) requestAnimationFrame(() => below() > 1 && toEnd(looks - 1));
  }
}

export function keepEnd(change) {
  const atEnd = scrollsByItself() ? Math.abs(stream.scrollTop) < 160 : below() < 160;
  change();
  if (atEnd) toEnd();
}

/* A keyboard on the screen covers the end of the page, and what is docked there: it stands above it. */
const { visualViewport } = window;
function aboveKeyboard() {
  const covered = Math.max(0, window.innerHeight - visualViewport.height - visualViewport.offsetTop);
  stream.nextElementSibling?.style.setProperty("--covered", `${covered}px`);
}
visualViewport?.addEventListener("resize", aboveKeyboard);
visualViewport?.addEventListener("scroll", aboveKeyboard);
