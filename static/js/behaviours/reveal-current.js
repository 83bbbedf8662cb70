/* A row of links that scrolls sideways opens with the current one in sight. */
export default function revealCurrent(nav) {
  const row = nav.querySelector("ul");
  const current = nav.querySelector("[aria-current]");
  if (!current || row.scrollWidth <= row.clientWidth) return;
  const [outer, inner] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
  // In the middle; one that is wider than the row is seen from its beginning.
  row.scrollLeft += inner.left - outer.left - Math.max(0, (outer.width - inner.width) / 2);
}
