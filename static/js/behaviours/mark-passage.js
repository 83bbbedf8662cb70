/* Takes over what is marked in the note, by mouse, touch or Shift and arrows, and where it begins: counted in Unicode code points,
   as the server counts. Words that are typed have no place yet; the server looks for them. */
const codePoints = (text) => [...text].length;

export default function markPassage(form) {
  const note = document.getElementById("passage-note");
  const { text, start } = form.elements;

  function take() {
    const { selectionStart, selectionEnd, value } = note;
    if (selectionStart === selectionEnd) return;
    text.value = value.slice(selectionStart, selectionEnd);
    start.value = codePoints(value.slice(0, selectionStart));
  }

  // One that can only be read has no caret to mark with by keyboard: this one has, and takes nothing.
  note.readOnly = false;
  note.setAttribute("aria-readonly", "true");
  note.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const moment of ["select", "mouseup", "keyup", "touchend"]) note.addEventListener(moment, take);
  text.addEventListener("input", () => {
    start.value = "";
  });
}
