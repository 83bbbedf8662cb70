/* A textarea as tall as its text, for browsers without field-sizing. */
export default function autogrow(textarea) {
  if (CSS.supports("field-sizing", "content")) return;
  const grow = () => {
    textarea.style.blockSize = "auto";
    textarea.style.blockSize = `${textarea.scrollHeight}px`;
  };
  textarea.addEventListener("input", grow);
  textarea.form?.addEventListener("reset", () => setTimeout(grow));
  grow();
}
