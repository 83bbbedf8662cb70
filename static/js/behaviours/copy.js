/* A button, hidden without JavaScript, that copies the text of data-copy="#id" and says so in its own words. */
export default function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  if (!source || !navigator.clipboard) return;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText((source.value ?? source.href ?? source.textContent).trim());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied: select it by hand";
    }
    setTimeout(() => {
      button.textContent = label;
    }, 2500);
  });
}
