/* On a hidden line that leads to what this device keeps: shows it while there is something, and says how much in its [data-count]. */
import { subscribe } from "../queue/index.js";
import { amount } from "../queue/words.js";

export default function unsent(line) {
  subscribe(({ entries }) => {
    line.hidden = !entries.length;
    if (entries.length) line.querySelector("[data-count]").textContent = amount(entries);
  });
}
