/* Under the anonymous rule an answer belongs to a key: SHA-256 of a secret that never leaves this browser, and the round's id. So the
   server knows an answer again that is changed, and neither whose it is nor which two are of the same person. */
import { secretOf } from "../queue/store.js";

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/* Browsers sign only where the page is served securely. */
export const canSign = () => Boolean(globalThis.crypto?.subtle);

const held = new Map();

/* The secret of `actor`. Where this browser keeps nothing it lasts as long as the page. */
async function secret(actor) {
  if (!held.has(actor)) {
    const made = hex(crypto.getRandomValues(new Uint8Array(32)));
    held.set(actor, await secretOf(actor, made).catch(() => made));
  }
  return held.get(actor);
}

export async function keyFor(actor, round) {
  const words = new TextEncoder().encode((await secret(actor)) + round);
  return hex(await crypto.subtle.digest("SHA-256", words));
}
