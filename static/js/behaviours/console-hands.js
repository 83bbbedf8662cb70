/* Numbers that a thumb can set: a button for one less and one more at each, and how many hands that makes. Without scripts the
   fields are typed into. */
export default function consoleHands(form) {
  const sum = form.querySelector("[data-sum]");
  const total = form.querySelector("[data-total]");
  const word = form.querySelector("[data-hands-word]");

  for (const row of form.querySelectorAll(".stepper-row")) {
    const input = row.querySelector("input");
    const name = row.closest(".stepper").querySelector("label").textContent.replace(/\s+/g, " ").trim();
    row.prepend(button(input, -1, "−", `One less: ${name}`));
    row.append(button(input, 1, "+", `One more: ${name}`));
  }

  function add() {
    const hands = [...form.querySelectorAll("[data-hands] input")].reduce((all, { value }) => all + (Number(value) || 0), 0);
    total.textContent = hands.toLocaleString("en");
    word.textContent = hands === 1 ? "hand" : "hands";
    sum.hidden = false;
  }

  form.addEventListener("input", add);
  add();
}

function button(input, by, sign, label) {
  const found = document.createElement("button");
  found.type = "button";
  found.className = "stepper-button";
  found.textContent = sign;
  found.setAttribute("aria-label", label);
  found.addEventListener("click", () => {
    const next = Math.max(Number(input.min) || 0, (Number(input.value) || 0) + by);
    input.value = String(Math.min(next, Number(input.max)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return found;
}
