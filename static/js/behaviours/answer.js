/* Answering: a tap answers, and the next statement is there at once; the answer is kept on this device until the server has it. */
import { asked, nextOf, placeOf, withOwn } from "../answering/asked.js";
import keys from "../answering/keys.js";
import { canSign, keyFor } from "../answering/signing.js";
import view from "../answering/view.js";
import { answeredWith, closed, opened } from "../answering/words.js";
import { draftsOf } from "../drafts.js";
import { mayPass, on } from "../live.js";
import { add, discard, status, subscribe } from "../queue/index.js";
import { latestOf, unsay } from "../queue/store.js";

export default async function answer(main) {
  const { workshop, actor, page } = main.dataset;
  const anonymous = "anonymous" in main.dataset;
  const mayAnswer = !anonymous || canSign();
  const screen = view(main);
  const { part } = screen;
  const drafts = await draftsOf({ workshop, actor });
  let fromServer = asked(main);
  // What was said here, where this browser keeps nothing.
  const unkept = new Map();
  let items = [];
  // The round on the screen; nothing while all of them are.
  let current = part("one").hidden ? null : part("one").dataset.round;
  let busy = false;
  let began = false;

  async function look() {
    const kept = await latestOf(actor).catch(() => []);
    items = withOwn(fromServer, [...unkept.values(), ...kept]);
    screen.list(items);
  }

  function show(round, { quietly = false } = {}) {
    const place = placeOf(items, round);
    current = place < 0 ? null : round;
    if (place < 0) screen.showAll(items);
    else {
      const reason = drafts.read(`reason:${round}`) || (items[place].known ? items[place].reason : "");
      const may = mayAnswer && (items[place].known || !items[place].answered);
      screen.showOne(items, place, { reason, mayAnswer: may, isNew: !quietly });
    }
    if (!quietly) screen.focus(current ? "statement" : "title");
  }

  const placeNow = () => placeOf(items, current);

  async function give(value, reason) {
    const item = items[placeNow()];
    if (busy || !item) return;
    busy = true;
    part("problem").hidden = part("news").hidden = true;
    const label = screen.labelOf(item.scale, value);
    try {
      const fields = { value, reason: reason.trim(), nth: item.nth + 1, ...(anonymous && { key: await keyFor(actor, item.round) }) };
      await add({ workshop, actor, kind: "response", note: item.round, instead: true, words: `“${item.text}” ${label}`, fields });
      unkept.set(item.round, { note: item.round, fields });
    } catch (error) {
      part("problem").textContent = error.message;
      part("problem").hidden = false;
      return;
    } finally {
      busy = false;
    }
    began = true;
    drafts.keep(`reason:${item.round}`, "");
    await look();
    const next = nextOf(items, placeOf(items, item.round));
    part("last").textContent = `Answered: ${label}.`;
    show(next?.round);
    screen.say(answeredWith(label, next ? placeOf(items, next.round) : -1, items.length));
  }

  const back = () => placeNow() > 0 && show(items[placeNow() - 1].round);

  function onwards() {
    const place = placeNow();
    if (place < 0) return;
    show((items[place].answered ? items[place + 1] : nextOf(items, place))?.round);
  }

  // Before anything is pressed that hangs on it: until then the form is sent as it is.
  await look();

  part("one").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value) give(Number(event.submitter.value), part("reason").value);
  });
  part("reason").addEventListener("input", ({ target }) => drafts.keep(`reason:${current}`, target.value));

  main.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const doing = {
      back, on: onwards,
      tally: () => show(null),
      "go-on": () => show(nextOf(items)?.round),
      to: () => show(link.dataset.round),
    }[link.dataset.part];
    if (!doing) return;
    event.preventDefault();
    doing();
  });

  keys(part("keys"), {
    isOn: () => current !== null && mayAnswer,
    press: (test) => [...part("answers").children].find(test)?.click(),
    back, onwards,
  });

  /* Fetches what is asked now. */
  async function refresh() {
    const answered = await fetch(page).catch(() => null);
    if (!answered?.ok) return !mayPass(answered);
    const another = new DOMParser().parseFromString(await answered.text(), "text/html");
    const now = asked(another);
    if (!now) return undefined;
    // The rule was tightened: from now on answers are signed.
    if ("anonymous" in another.getElementById("main").dataset !== anonymous) return location.reload();
    const before = new Set(fromServer.map(({ round }) => round));
    const added = now.filter(({ round }) => !before.has(round)).length;
    const read = items[placeNow()];
    const gone = read && !now.some(({ round }) => round === current);
    fromServer = now.map((item) => ({ ...item, row: document.adoptNode(item.row) }));
    await look();
    // What is being read isn't taken away, but for what can't be answered any more.
    if (gone) show(nextOf(items)?.round);
    else if (!current || items[placeNow()].value !== read.value) show(current, { quietly: true });
    else screen.number(items, placeNow());
    if (gone || added) {
      const news = [gone && closed(read.text), added && opened(added)].filter(Boolean).join(" ");
      part("news").textContent = news;
      part("news").hidden = false;
      screen.say(news);
    }
    return undefined;
  }

  const mine = (entry) => entry.kind === "response" && entry.workshop === workshop && entry.actor === actor;

  /* Those that weren't taken: each in words, until the person has seen it. */
  function refusals(refused) {
    part("refused").replaceChildren(
      ...refused.map((entry) => {
        const row = part("refusal").content.firstElementChild.cloneNode(true);
        row.querySelector("[data-part=what]").textContent = entry.words;
        row.querySelector("[data-part=why]").textContent = entry.why;
        row.querySelector("button").addEventListener("click", () => discard(entry.key));
        return row;
      }),
    );
  }

  let heard = "";
  let wasOffline = false;
  subscribe(async (state) => {
    const entries = state.entries.filter(mine);
    const [waiting, refused] = [entries.filter((entry) => entry.state === "waiting"), entries.filter((entry) => entry.state !== "waiting")];
    const words = status({ ...state, entries: waiting }, "Saved");
    part("state").textContent = began || waiting.length ? words : "";
    // Each answer that is saved isn't news; that there is no network, and then is, is.
    const offline = state.offline && waiting.length > 0;
    if (offline !== wasOffline && (offline || !waiting.length)) part("told").textContent = words;
    if (offline || !waiting.length) wasOffline = offline;
    refusals(refused);
    const ids = refused.map(({ id }) => id).join(" ");
    if (ids === heard) return;
    heard = ids;
    for (const { note, id } of refused) {
      unkept.delete(note);
      await unsay(actor, note, id).catch(() => {});
    }
    if (refused.length) await refresh();
  });

  part("insecure")?.toggleAttribute("hidden", mayAnswer);
  // What the server, or a copy of its page, takes for the next may be answered here.
  const named = new URLSearchParams(location.search).has("round");
  show(!named && items[placeNow()]?.answered ? nextOf(items)?.round : current, { quietly: true });
  on("statements", refresh, { gap: 400 });
}
