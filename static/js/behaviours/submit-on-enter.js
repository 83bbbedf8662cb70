/* Enter saves, Shift+Enter breaks the line. A touch keyboard has no Shift+Enter: there Enter breaks the line. */
export default function submitOnEnter(textarea) {
  const touchOnly = matchMedia("(pointer: coarse) and (not (any-pointer: fine))");
  textarea.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touchOnly.matches) return;
    event.preventDefault();
    if (textarea.value.trim()) textarea.form.requestSubmit();
  });
}
