/* Runs the real queue in tabs of a browser without a browser. A line of JSON in: what happens. A line out: what the tabs say, what
   is kept, and which requests are on their way. Time passes, and answers arrive, only when told. */
import { AsyncLocalStorage } from "node:async_hooks";
import { register } from "node:module";
import { createInterface } from "node:readline";

register("./hooks.mjs", import.meta.url);
const { held } = await import("./store.mjs");
const here = new AsyncLocalStorage();
const queue = process.argv[2];
let [tabs, timers, requests, locks, loaded] = [new Map(), [], new Map(), [], 0];

const alive = () => here.getStore()?.alive;

class Channel {
  constructor() {
    this.tab = here.getStore();
    this.tab.channel = this;
    this.heard = () => {};
  }
  addEventListener(_, heard) {
    this.heard = heard;
  }
  postMessage(data) {
    for (const { channel, alive: there } of tabs.values())
      if (there && channel && channel !== this) here.run(channel.tab, () => queueMicrotask(() => channel.heard({ data })));
  }
}

function nextInLine() {
  if (!locks.length || locks[0].running) return;
  locks[0].running = true;
  locks[0].go();
}

const request = (_, work) =>
  new Promise((done, fail) => {
    const turn = {
      tab: here.getStore(),
      go: async () => {
        await here.run(turn.tab, work).then(done, fail);
        if (locks[0] === turn) locks.shift();
        nextInLine();
      },
    };
    locks.push(turn);
    nextInLine();
  });

let number = 0;
globalThis.fetch = (_, { body }) =>
  new Promise((answer, fail) => {
    if (alive()) requests.set(++number, { tab: here.getStore(), body: JSON.parse(body), answer, fail });
  });
globalThis.setTimeout = (work) => {
  const timer = { tab: here.getStore(), work };
  timers.push(timer);
  return timer;
};
globalThis.clearTimeout = (timer) => {
  timers = timers.filter((each) => each !== timer);
};
globalThis.window = globalThis;
globalThis.addEventListener = () => {};
globalThis.BroadcastChannel = Channel;
globalThis.CustomEvent = class {};
globalThis.document = { cookie: "csrftoken=x", addEventListener() {}, dispatchEvent() {} };
Object.defineProperty(globalThis, "navigator", { value: { onLine: true, locks: { request } }, configurable: true });

const steps = {
  begin() {
    [tabs, timers, requests, locks] = [new Map(), [], new Map(), []];
    held.entries = [];
  },
  async open({ tab }) {
    const made = { alive: true, said: "" };
    tabs.set(tab, made);
    made.queue = await here.run(made, () => import(`${queue}/index.js?${++loaded}`));
    here.run(made, () => made.queue.subscribe((state) => (made.said = made.queue.status(state))));
  },
  close({ tab }) {
    const gone = tabs.get(tab);
    gone.alive = false;
    tabs.delete(tab);
    timers = timers.filter((timer) => timer.tab !== gone);
    const first = locks[0]?.tab === gone;
    locks = locks.filter((turn) => turn.tab !== gone);
    if (first) nextInLine();
  },
  add: ({ tab, entry }) => here.run(tabs.get(tab), () => tabs.get(tab).queue.add(entry)),
  answer({ number: which, status, body }) {
    const { tab, answer } = requests.get(which);
    requests.delete(which);
    if (tab.alive) here.run(tab, () => answer({ status, json: async () => body }));
  },
  cut({ number: which }) {
    const { tab, fail } = requests.get(which);
    requests.delete(which);
    if (tab.alive) here.run(tab, () => fail(new TypeError("Failed to fetch")));
  },
  wait() {
    const due = timers;
    timers = [];
    due.forEach(({ tab, work }) => tab?.alive && here.run(tab, work));
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { step, ...given } = JSON.parse(line);
  await steps[step](given);
  // Everything that can happen without an answer or a timer has happened then.
  for (let round = 0; round < 5; round += 1) await new Promise((done) => setImmediate(done));
  const told = {
    kept: held.entries.map(({ id, state }) => ({ id, state })),
    said: Object.fromEntries([...tabs].map(([name, { said }]) => [name, said])),
    requests: [...requests].map(([name, { body }]) => ({ number: name, body })),
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
