/* The same room at Etherpad: PEOPLE pads open, TAKERS of them writing a line a second, for SECONDS.
   Prints JSON: milliseconds from sending a line to its acknowledgement, and to each time it was shown to somebody. */
const io = require("socket.io-client");

const [address, people, takers, seconds] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const PAD = "room";
const acknowledged = [];
const heard = [];
const errors = [];
const sentAt = new Map();
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
const now = () => performance.now();

/* How long the text is after a changeset: "Z:<length before>" and ">" or "<" by how much, to the base 36. */
function lengthAfter(changeset) {
  const [, before, sign, by] = /^Z:([0-9a-z]+)([<>])([0-9a-z]+)/.exec(changeset);
  return parseInt(before, 36) + (sign === ">" ? 1 : -1) * parseInt(by, 36);
}

function enter(number) {
  const socket = io(address, { path: "/socket.io", transports: ["websocket"], query: { padId: PAD }, forceNew: true });
  const person = { socket, waiting: null };
  const token = `t.${String(number).padStart(20, "x")}`;
  socket.on("connect", () =>
    socket.emit("message", {
      component: "pad", type: "CLIENT_READY", padId: PAD, sessionID: null, token, protocolVersion: 2,
      password: null, userInfo: { colorId: null, name: null },
    }));
  return new Promise((resolve, reject) => {
    socket.on("connect_error", reject);
    socket.on("message", (message) => {
      if (message.type === "CLIENT_VARS") {
        const pad = message.data.collab_client_vars;
        person.author = message.data.userId;
        person.revision = pad.rev;
        person.length = pad.initialAttributedText.text.length;
        resolve(person);
      } else if (message.type === "COLLABROOM") hear(person, message.data);
      else if (message.disconnect) errors.push(message.disconnect);
    });
  });
}

function hear(person, data) {
  if (data.type === "NEW_CHANGES") {
    person.revision = data.newRev;
    person.length = lengthAfter(data.changeset);
    const line = /~(\d+-\d+)~/.exec(data.changeset)?.[1];
    if (sentAt.has(line)) heard.push(now() - sentAt.get(line));
  } else if (data.type === "ACCEPT_COMMIT") {
    person.revision = data.newRev;
    person.length += person.waiting.length;
    acknowledged.push(now() - sentAt.get(person.waiting.id));
    person.waiting.done();
  }
}

async function write(person, number) {
  await wait((number * 1000) / takers);
  let due = now();
  for (let place = 0; place < seconds; place += 1) {
    const id = `${number}-${place}`;
    const line = `Note ~${id}~ `;
    const done = new Promise((resolve) => {
      person.waiting = { id, length: line.length, done: resolve };
    });
    sentAt.set(id, now());
    const by = line.length.toString(36);
    person.socket.emit("message", {
      type: "COLLABROOM", component: "pad",
      data: {
        type: "USER_CHANGES", baseRev: person.revision,
        changeset: `Z:${person.length.toString(36)}>${by}*0+${by}$${line}`,
        apool: { numToAttrib: { 0: ["author", person.author] }, nextNum: 1 },
      },
    });
    const late = Symbol("late");
    if ((await Promise.race([done, wait(10_000).then(() => late)])) === late) errors.push(`${id} wasn’t acknowledged`);
    due += 1000;
    await wait(Math.max(0, due - now()));
  }
}

async function main() {
  const writing = [];
  for (let number = 0; number < takers; number += 1) writing.push(await enter(number));
  for (let number = 0; number < people; number += 1) await enter(takers + number);
  await Promise.all(writing.map(write));
  await wait(2_000);
  process.stdout.write(JSON.stringify({ acknowledged, heard, errors }), () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
