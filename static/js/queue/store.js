/* The entries of this browser, in IndexedDB: they outlive the tab, the browser and the network. Keys count up, and are the order. */
const [NAME, STORE] = ["rapporteur", "entries"];
// Some browsers neither open nor refuse: then a note mustn't wait for them.
const PATIENCE = 4000;
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    setTimeout(() => reject(new DOMException("IndexedDB doesn’t open", "TimeoutError")), PATIENCE);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: "key", autoIncrement: true });
      store.createIndex("id", "id", { unique: true });
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

/* Runs `work` on the store in one transaction, and resolves when that is on the disk, with what the request it returns gave. */
async function run(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error ?? request?.error);
  });
}

export const all = () => run("readonly", (store) => store.getAll());

/* Keeps `entry` behind all others; one that is here already stays as it is. */
export async function put(entry) {
  try {
    await run("readwrite", (store) => store.add(entry));
  } catch (error) {
    if (error?.name !== "ConstraintError") throw error;
  }
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
