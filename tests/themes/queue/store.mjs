/* What IndexedDB holds, in memory: it is there for all tabs, and outlives them. */
export const held = { entries: [], next: 1 };
const copy = (value) => JSON.parse(JSON.stringify(value));

export const all = async () => copy(held.entries);

export async function put(entry) {
  if (held.entries.some(({ id }) => id === entry.id)) return;
  held.entries.push({ ...copy(entry), key: held.next++ });
}

export async function change(changes) {
  for (const [key, values] of changes) {
    const place = held.entries.findIndex((entry) => entry.key === key);
    if (place < 0) continue;
    if (values === null) held.entries.splice(place, 1);
    else Object.assign(held.entries[place], copy(values));
  }
}
