/* Off the record, on this device and in this workshop, until it is ended: also after a reload, and in its other tabs. */
export function offTheRecord(workshop, changed) {
  const key = `rapporteur-off:${workshop}`;
  const remembered = () => {
    try {
      return localStorage.getItem(key) !== null;
    } catch {
      return false;
    }
  };
  let off = remembered();
  window.addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    off = remembered();
    changed(off);
  });
  return {
    get on() {
      return off;
    },
    set(value) {
      off = value;
      try {
        if (off) localStorage.setItem(key, "");
        else localStorage.removeItem(key);
      } catch {
        // A browser that keeps nothing forgets it with the page.
      }
      changed(off);
    },
  };
}
