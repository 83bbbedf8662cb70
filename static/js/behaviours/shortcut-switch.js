/* A checkbox by which single keys lead nowhere, for whoever speaks to the machine or slips on its keys. Kept in this browser. */
const NAME = "keys-off";

export function shortcutsAreOn() {
  try {
    return localStorage.getItem(NAME) === null;
  } catch {
    return true;
  }
}

export default function shortcutSwitch(part) {
  const box = part.querySelector("input");
  box.checked = shortcutsAreOn();
  part.hidden = false;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, "1");
  });
}
