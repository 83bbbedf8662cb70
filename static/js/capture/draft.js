/* The line being written, kept on this device until its note is: a reload or a crash takes no word. */
export function draftOf(place) {
  const key = `rapporteur-draft:${place.workshop}:${place.actor}`;
  return {
    read() {
      try {
        return localStorage.getItem(key) ?? "";
      } catch {
        return "";
      }
    },
    keep(text) {
      try {
        if (text.trim()) localStorage.setItem(key, text);
        else localStorage.removeItem(key);
      } catch {
        // Then it is in the box alone.
      }
    },
  };
}
