/* A message that goes by itself after ten seconds: not while somebody is at it. What it offers stands elsewhere, too. */
const STAYS = 10_000;

export default function passing(element) {
  const busy = () => element.matches(":hover, :focus-within");
  const go = () => (busy() ? setTimeout(go, STAYS / 10) : element.remove());
  setTimeout(go, STAYS);
}
