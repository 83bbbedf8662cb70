/* Shows the newest note where the page scrolls as a whole: on arrival, and after a swap for someone who was at the end.
   Where the stream has its own scroll bar, its style sheet does the same. What follows the stream stays in sight below it. */
export default function stayAtEnd(stream) {
  const dock = stream.nextElementSibling;
  const below = () => stream.getBoundingClientRect().bottom + (dock?.offsetHeight ?? 0) - window.innerHeight;
  const toEnd = () => {
    window.scrollBy({ top: Math.max(below(), -window.scrollY), behavior: "instant" });
    stream.scrollTop = stream.scrollHeight;
  };
  let atEnd = true;
  if (!location.hash) toEnd();
  stream.addEventListener("htmx:beforeSwap", () => {
    atEnd = below() < 160;
  });
  stream.addEventListener("htmx:afterSwap", () => {
    if (atEnd) toEnd();
  });
}
