/* What is being written and isn't sent yet, kept on this device: a reload, a crash or a closed tab takes no word.
   Each tab keeps its own; the next one takes over what was left by one that is no more. */
const PREFIX = "rapporteur-draft:";
const TAB = "rapporteur-tab";
const LETS_GO_WITHIN = 500;

/* Whether this browser keeps anything half written, of whatever workshop. */
export function anyDraft() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    return false;
  }
}

/* Whether `field` holds something else than it came with. */
export function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const options = [...field.options];
  return options.some((one) => one.defaultSelected) ? options.some((one) => one.selected !== one.defaultSelected) : field.selectedIndex > 0;
}

/* A lock that lives as long as the tab says to others that it does. A tab that was doubled has the name of the first, and takes another. */
async function nameOfTab() {
  const hold = (name) =>
    new Promise((done) => {
      // After a reload the page before may not have let go of it yet.
      const options = { signal: AbortSignal.timeout(LETS_GO_WITHIN) };
      const holds = () => {
        done(true);
        return new Promise(() => {});
      };
      navigator.locks.request(`${TAB}:${name}`, options, holds).catch(() => done(false));
    });
  const before = sessionStorage.getItem(TAB);
  if (before && (await hold(before))) return before;
  const name = Math.random().toString(36).slice(2, 10);
  await hold(name);
  sessionStorage.setItem(TAB, name);
  return name;
}

/* Without locks, as on pages that aren't secure, or without a store all tabs share one. */
const tab = (async () => {
  try {
    return navigator.locks ? await nameOfTab() : "";
  } catch {
    return "";
  }
})();

async function orphans(kept) {
  if (!navigator.locks) return [];
  const { held } = await navigator.locks.query();
  const alive = new Set(held.map(({ name }) => name));
  return Object.keys(localStorage).filter((key) => key.startsWith(kept) && !alive.has(`${TAB}:${key.slice(kept.length)}`));
}

/* The drafts of one person in one workshop, each under a name of its own. */
export async function draftsOf({ workshop, actor }) {
  const kept = `${PREFIX}${workshop}:${actor}:`;
  const key = `${kept}${await tab}`;
  let texts = {};

  function write() {
    try {
      if (Object.keys(texts).length) localStorage.setItem(key, JSON.stringify(texts));
      else localStorage.removeItem(key);
    } catch {
      // Then it is on the page alone.
    }
  }

  try {
    texts = JSON.parse(localStorage.getItem(key) ?? "{}");
    for (const orphan of await orphans(kept)) {
      for (const [name, text] of Object.entries(JSON.parse(localStorage.getItem(orphan)))) {
        texts[name] = [...new Set([texts[name], text].filter(Boolean))].join("\n");
      }
      write();
      localStorage.removeItem(orphan);
    }
  } catch {
    // What can't be read can't be given back.
  }

  return {
    read: (name) => texts[name] ?? "",
    names: () => Object.keys(texts),
    keep(name, text) {
      if (text.trim()) texts[name] = text;
      else delete texts[name];
      write();
    },
  };
}
