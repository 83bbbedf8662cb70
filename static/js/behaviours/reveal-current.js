/* A row of links that scrolls sideways opens with the current one in sight. */
export default function revealCurrent(nav) {
  const row = nav.querySelector("ul");
  const current = nav.querySelector("[aria-current]");
  if (!current || row.scrollWidth <= row.clientWidth) return;
  const [outer, inner] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
  row.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}
