/* What this browser keeps in IndexedDB, which outlives the tab, the browser and the network: the entries, whose keys count up and are
   the order; the latest that somebody said about a thing that has one answer; and their secrets. */
const NAME = "rapporteur";
const [STORE, LATEST, SECRETS] = ["entries", "latest", "secrets"];
// Some browsers neither open nor refuse: then a note mustn't wait for them.
const PATIENCE = 4000;
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    setTimeout(() => reject(new DOMException("IndexedDB doesn’t open", "TimeoutError")), PATIENCE);
    request.onupgradeneeded = ({ oldVersion }) => {
      const { result: database } = request;
      if (oldVersion < 1) database.createObjectStore(STORE, { keyPath: "key", autoIncrement: true }).createIndex("id", "id", { unique: true });
      database.createObjectStore(LATEST, { keyPath: ["actor", "note"] });
      database.createObjectStore(SECRETS, { keyPath: "actor" });
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => {
        opened = null;
      };
      database.onversionchange = () => {
        database.close();
        opened = null;
      };
      resolve(database);
    };
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/* Runs `work` on stores, the entries if none are named, in one transaction, and resolves when that is on the disk, with what the
   request it returns gave. */
async function run(mode, work, names = [STORE]) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: "strict" });
    const request = work(...names.map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? request?.error);
  });
}

export const all = () => run("readonly", (store) => store.getAll());

/* Keeps `entry` behind all others; one that is here already stays as it is. One that says `instead` takes the place of what was kept
   before about the same thing, and is remembered as the latest said of it. */
export async function put(entry) {
  try {
    await (entry.instead ? run("readwrite", (store, latest) => putInstead(entry, store, latest), [STORE, LATEST]) : run("readwrite", (store) => store.add(entry)));
  } catch (error) {
    if (error?.name !== "ConstraintError") throw error;
  }
}

function putInstead(entry, store, latest) {
  const { id, kind, actor, note, fields } = entry;
  store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return store.add(entry);
    const { value: before } = cursor;
    if (before.kind === kind && before.actor === actor && before.note === note) cursor.delete();
    return cursor.continue();
  };
  latest.put({ id, actor, note, fields });
}

/* The latest that `actor` said of each thing: of each, { id, note, fields } of its entry. */
export const latestOf = (actor) => run("readonly", (latest) => latest.getAll(IDBKeyRange.bound([actor], [actor, []])), [LATEST]);

/* Lets the entry `id` be the latest no more: it was not taken. */
export function unsay(actor, note, id) {
  return run("readwrite", (latest) => {
    const read = latest.get([actor, note]);
    read.onsuccess = () => read.result?.id === id && latest.delete([actor, note]);
  }, [LATEST]);
}

/* The secret that this browser keeps for `actor`; `made` becomes it where there is none. */
export async function secretOf(actor, made) {
  let secret = made;
  await run("readwrite", (secrets) => {
    const read = secrets.get(actor);
    read.onsuccess = () => {
      if (read.result) ({ secret } = read.result);
      else secrets.put({ actor, secret });
    };
  }, [SECRETS]);
  return secret;
}

/* Makes `changes`, by key, in one transaction: null removes an entry, an object changes it. What is gone stays gone. */
export function change(changes) {
  return run("readwrite", (store) => {
    for (const [key, values] of changes) {
      if (values === null) store.delete(key);
      else {
        const read = store.get(key);
        read.onsuccess = () => read.result && store.put({ ...read.result, ...values, key });
      }
    }
  });
}
