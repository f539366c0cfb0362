import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { openFlag } from "../js/crypto/seals.js";
import { Door } from "../js/state/client/door.js";
import { House, LISTS, until } from "./client_house.js";
import { SessionStorage } from "./session_storage.js";

/** @typedef {import("../js/state/client/engine.js").ClientEngine} ClientEngine */

const MINUTE = 60_000;

/** @type {House} */
let house;
/** @type {import("./client_house.js").Peer} */
let mara;
/** @type {import("./client_house.js").Peer} */
let sol;
/** @type {SessionStorage} */
let storage;

beforeEach(async () => {
  storage = new SessionStorage();
  house = await House.founded("Mara", "Sol");
  [mara, sol] = /** @type {[import("./client_house.js").Peer, import("./client_house.js").Peer]} */ (/** @type {unknown} */ (house.peers));
});

/** @param {ClientEngine} engine */
const texts = (engine) => engine.rows.value.map(({ text, status }) => [text, status]);
/** @param {ClientEngine} engine */
const sentAll = (engine) => engine.rows.value.every(({ status }) => status !== "waiting");

/** Somebody who waits, with what they have said. @param {string[]} words */
async function waiting(...words) {
  const engine = house.engine();
  for (const text of words) engine.send(text);
  await engine.open();
  await until(() => engine.stage.value === "waiting" && sentAll(engine));
  return engine;
}

/**
 * What an act that waits a little for others comes to.
 * @template T
 * @param {Promise<T>} act
 * @returns {Promise<T>}
 */
async function done(act) {
  let over = false;
  void act.finally(() => (over = true));
  await passing(() => over);
  return act;
}

/** Time passes until it happened. @param {() => boolean} happened */
const passing = (happened) =>
  until(() => {
    if (happened()) return true;
    void house.clock.pass(100);
    return false;
  });

/** @param {string[]} words */
async function talking(...words) {
  const engine = await waiting(...words);
  await house.meets(engine, mara);
  return engine;
}

// A talk begins

test("words typed before the engine is there arrive in order, once", async () => {
  const door = new Door();
  door.start();
  door.send("one");
  door.send("two");
  assert.deepEqual(door.held.value.map(({ text }) => text), ["one", "two"]);
  const engine = house.engine();
  await door.load(async () => engine);
  door.send("three");
  assert.deepEqual(texts(engine).map(([text]) => text), ["one", "two", "three"]);
  assert.deepEqual(door.held.value, []);
  await until(() => engine.stage.value === "waiting" && sentAll(engine));
  assert.deepEqual(await house.texts(), ["one", "two", "three"]);
});

test("a row that stood on the screen before the engine was there keeps its key until it is sent", async () => {
  const door = new Door();
  door.start();
  door.send("one");
  const [held] = door.held.value;
  const engine = house.engine();
  await door.load(async () => engine);
  await until(() => engine.stage.value === "waiting" && sentAll(engine));
  assert.deepEqual(engine.rows.value.map(({ key, seq }) => [key, seq]), [[held?.key, 1]]);
});

test("what is held is taken back before the engine is there", async () => {
  const door = new Door();
  door.start();
  door.send("one");
  door.takeBack(String(door.held.value[0]?.key));
  assert.deepEqual(door.held.value, []);
});

test("the rest of the page is asked for until it comes", async () => {
  const door = new Door();
  let asked = 0;
  const waits = /** @type {number[]} */ ([]);
  const make = async () => {
    asked += 1;
    if (asked < 4) throw new Error("offline");
    return house.engine();
  };
  await door.load(make, async (seconds) => void waits.push(seconds));
  assert.deepEqual(waits, [1, 2, 4]);
  assert.ok(door.engine.value);
});

test("the first words travel with the room's opening and say that words are ready; without words neither does", async () => {
  await waiting("hello");
  const [first] = house.asked("rooms/open");
  assert.ok(first?.message);
  assert.equal(first?.ticket.note, true);
  await waiting();
  const second = house.asked("rooms/open")[1];
  assert.equal(second?.message, undefined);
  assert.equal(second?.ticket.note, false);
});

test("words that come after the opening say so to the service, too", async () => {
  const engine = await waiting();
  engine.send("now I know");
  await until(() => sentAll(engine));
  await until(() => house.room.ticket?.note === true);
});

test("offline at the start, the words wait and go once the service is reached", async () => {
  house.offline = true;
  const engine = house.engine();
  engine.send("hello");
  const opened = engine.open();
  await until(() => house.clock.waiting > 1);
  await house.clock.pass(4000);
  assert.equal(engine.net.value, "off");
  assert.equal(engine.stage.value, "opening");
  assert.equal(engine.mayWrite.value, true);
  house.offline = false;
  await house.clock.pass(30_000);
  await opened;
  await until(() => sentAll(engine));
  assert.deepEqual(await house.texts(), ["hello"]);
});

test("an opening whose answer was lost is asked again as it was: one room, one copy", async () => {
  const post = house.post.bind(house);
  let lost = false;
  house.post = async (path, body) => {
    const answer = await post(path, body);
    if (path === "rooms/open" && !lost) {
      lost = true;
      house.refusals.set("rooms/challenge", []);
      const { ApiError } = await import("../js/net/api.js");
      throw new ApiError("unreachable");
    }
    return answer;
  };
  const engine = house.engine();
  engine.send("hello");
  const opened = engine.open();
  await until(() => lost && house.clock.waiting > 0);
  await house.clock.pass(2000);
  await opened;
  assert.equal(house.rooms.size, 1);
  assert.deepEqual(await house.texts(), ["hello"]);
  const [first, second] = house.asked("rooms/open");
  assert.equal(first?.message, second?.message);
});

for (const code of ["queue_full", "dir_expired"]) {
  test(`where no room can be opened (${code}) the words stay, and go when it is tried again`, async () => {
    house.refusals.set("rooms/open", [code]);
    const engine = house.engine();
    engine.send("hello");
    await engine.open();
    assert.deepEqual([engine.stage.value, engine.trouble.value], ["no-room", code]);
    assert.deepEqual(texts(engine), [["hello", "waiting"]]);
    await engine.open();
    await until(() => sentAll(engine));
    assert.deepEqual([engine.stage.value, engine.trouble.value], ["waiting", null]);
    assert.deepEqual(await house.texts(), ["hello"]);
  });
}

test("without a peer to read it no room is opened", async () => {
  house.peers.splice(0);
  await house.publish();
  const engine = house.engine();
  await engine.open();
  assert.deepEqual([engine.stage.value, engine.trouble.value], ["no-room", "closed"]);
  assert.deepEqual(house.asked("rooms/open"), []);
});

test("a directory that is over by the server's clock opens no room, whatever the device says", async () => {
  await house.publish(house.now - 2 * 86_400);
  const engine = house.engine();
  await engine.open();
  assert.deepEqual([engine.stage.value, engine.trouble.value], ["no-room", "dir_expired"]);
});

test("a wrong date on the device is told, and hinders nothing: minutes are the server's", async () => {
  house.ahead = 400 * 86_400;
  await house.publish();
  const engine = await waiting("hello");
  assert.equal(engine.wrongDate.value, true);
  const [said] = await house.read();
  assert.equal(said?.t, Math.floor(house.now / 60));
});

test("a right date is not told", async () => {
  assert.equal((await waiting()).wrongDate.value, false);
});

test("a second start while a room is being opened opens no second one", async () => {
  const engine = house.engine();
  await Promise.all([engine.open(), engine.open()]);
  assert.equal(house.rooms.size, 1);
});

test("a slot that is taken is passed over", async () => {
  house.refusals.set("rooms/open", ["slot_taken"]);
  await waiting("hello");
  const [first, second] = house.asked("rooms/open");
  assert.notEqual(first?.room, second?.room);
  assert.deepEqual(await house.texts(), ["hello"]);
});

test("the service reads tags and nothing else of a ticket; urgency is the person's own word", async () => {
  const engine = await waiting();
  assert.deepEqual(house.room.ticket, { language: "en", urgent: false, back: null, note: false, topics: [], lived: [], refused: [] });
  await engine.setUrgent(true);
  assert.equal(house.room.ticket?.urgent, true);
  assert.equal(engine.urgent.value, true);
});

test("urgency that did not reach the service is not shown", async () => {
  const engine = await waiting();
  house.refusals.set("queue/ticket", ["slow_down"]);
  await engine.setUrgent(true);
  assert.equal(engine.urgent.value, false);
  assert.equal(engine.trouble.value, "slow_down");
});

test("what the wait is changes at most once a minute", async () => {
  const engine = await waiting();
  const tell = (/** @type {number} */ ahead) => house.line.listener.heard({ type: "wait", room: b64u(house.room.kept.room), ahead, low: 4, high: 12 });
  tell(3);
  const { ahead, low, high } = engine.wait.value ?? {};
  assert.deepEqual([ahead, low, high], [3, 4, 12]);
  tell(2);
  tell(1);
  assert.equal(engine.wait.value?.ahead, 3);
  await house.clock.pass(MINUTE);
  assert.equal(engine.wait.value?.ahead, 1);
});

test("the wait is told about the language that the service knows of, not the one that it did not take", async () => {
  const engine = await waiting();
  const tell = () => house.line.listener.heard({ type: "wait", room: b64u(house.room.kept.room), ahead: 0, why: "language" });
  house.refusals.set("queue/ticket", ["slow_down"]);
  engine.wish.language.value = "es";
  assert.equal(await engine.changeWish(), false);
  tell();
  assert.equal(engine.wait.value?.language, "en");
  assert.equal(await engine.changeWish(), true);
  tell();
  assert.equal(engine.wait.value?.language, "es");
});

test("an opening that was left and ends late does not let a second one begin beside the next", async () => {
  const engine = house.engine();
  const post = house.post.bind(house);
  /** What is held up, once each. @type {Map<string, () => void>} */
  const held = new Map();
  house.post = async (path, body) => {
    const holds = path === "queue/ticket" || (path === "rooms/challenge" && held.has("queue/ticket"));
    if (holds && !held.has(path)) await new Promise((go) => held.set(path, () => go(null)));
    if (path === "rooms/open") engine.urgent.value = true; // the ticket changes meanwhile
    return post(path, body);
  };
  const first = engine.open();
  await until(() => held.has("queue/ticket"));
  engine.leave();
  const second = engine.open();
  await until(() => held.has("rooms/challenge"));
  held.get("queue/ticket")?.();
  await first;
  const third = engine.open();
  held.get("rooms/challenge")?.();
  await Promise.all([second, third]);
  assert.equal(house.asked("rooms/challenge").length, 2);
});

// Meeting and talking

test("who is here is shown as the directory names them, and talks once accepted", async () => {
  const engine = await waiting("hello");
  assert.deepEqual(engine.readers.value, []);
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  assert.deepEqual([engine.stage.value, engine.meet.value?.alias, engine.meet.value?.kid], ["meeting", "Mara", hex(mara.kid)]);
  await engine.answer(true);
  assert.equal(engine.meet.value, null);
  await house.sit(mara);
  await until(() => engine.peer.value !== null);
  assert.deepEqual([engine.stage.value, engine.peer.value?.alias, engine.readers.value], ["talking", "Mara", ["Mara"]]);
  await house.says(mara, "text", { x: "hi, I am Mara" });
  await until(() => engine.rows.value.length === 2);
  assert.deepEqual(engine.rows.value.map(({ who, stone, text }) => [who, stone, text]), [["", null, "hello"], ["Mara", "3", "hi, I am Mara"]]);
});

test("a peer who is refused leaves the place in line as it was", async () => {
  const engine = await waiting();
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  await engine.answer(false);
  assert.equal(engine.stage.value, "waiting");
  assert.equal(engine.meet.value, null);
  assert.equal(house.asked("queue/meet")[0]?.answer, "refuse");
});

test("somebody the directory does not know is refused unseen", async () => {
  const engine = await waiting();
  const stranger = await House.founded("Nobody");
  house.claim(/** @type {any} */ (stranger.peers[0]));
  await until(() => house.asked("queue/meet").length > 0);
  assert.equal(house.asked("queue/meet")[0]?.answer, "refuse");
  assert.equal(engine.meet.value, null);
});

test("an answer to a meeting that ended by itself is no trouble", async () => {
  const engine = await waiting();
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  house.refusals.set("queue/meet", ["unknown"]);
  await engine.answer(true);
  assert.equal(engine.trouble.value, null);
});

test("an answer that did not arrive can be given again", async () => {
  const engine = await waiting();
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  house.refusals.set("queue/meet", ["slow_down"]);
  await engine.answer(true);
  assert.equal(engine.trouble.value, "slow_down");
  assert.equal(engine.meet.value?.alias, "Mara");
});

test("somebody in a seat nobody accepted is asked about, and nothing is sent to them before", async () => {
  const engine = await talking("hello");
  await house.sit(sol);
  await until(() => engine.seatAsked.value?.alias === "Sol");
  engine.send("a secret");
  await new Promise((resolve) => void setImmediate(resolve));
  assert.deepEqual(texts(engine).at(-1), ["a secret", "waiting"]);
  await engine.answerSeat(false);
  await until(() => sentAll(engine));
  const [rekey] = house.asked("rooms/rekey");
  assert.deepEqual(rekey?.seals.map((/** @type {any} */ seal) => seal.kid), [b64u(mara.kid)]);
  assert.equal(house.room.kept.items.at(-1)?.ke, 2);
  assert.deepEqual(engine.readers.value, ["Mara"]);
});

test("somebody in a seat who is accepted reads on with the others", async () => {
  const engine = await talking("hello");
  await house.sit(sol);
  await until(() => engine.seatAsked.value?.alias === "Sol");
  engine.send("to both");
  await engine.answerSeat(true);
  await until(() => sentAll(engine));
  assert.deepEqual(engine.readers.value, ["Mara", "Sol"]);
  assert.deepEqual(house.asked("rooms/rekey"), []);
});

test("a refusal of a seat that did not get through holds every word until it has", async () => {
  const engine = await talking("hello");
  await house.sit(sol);
  await until(() => engine.seatAsked.value?.alias === "Sol");
  house.refusals.set("rooms/rekey", ["slow_down"]);
  await engine.answerSeat(false);
  assert.equal(engine.trouble.value, "slow_down");
  engine.send("a secret");
  assert.deepEqual(texts(engine).at(-1), ["a secret", "waiting"]);
  house.tellRoom();
  await until(() => sentAll(engine));
  assert.equal(house.room.kept.items.at(-1)?.ke, 2);
});

test("new keys are made by the page itself when the service asks, for those who were accepted alone", async () => {
  const engine = await talking("hello");
  house.room.flags = ["needs_rekey"];
  house.tellRoom();
  await until(() => house.room.ke === 2);
  const [rekey] = house.asked("rooms/rekey");
  assert.deepEqual(rekey?.seals.map((/** @type {any} */ seal) => [seal.purpose, seal.kid]), [["seat-peer", b64u(mara.kid)]]);
  engine.send("under the new key");
  await until(() => sentAll(engine));
  assert.deepEqual(await house.texts(), ["hello", "under the new key"]);
  await house.says(mara, "text", { x: "I read you" });
  await until(() => engine.rows.value.at(-1)?.text === "I read you");
});

test("a waiting room's new keys go to the team again, and its place stays", async () => {
  const engine = await waiting("hello");
  house.room.flags = ["needs_rekey"];
  house.tellRoom();
  await until(() => house.room.ke === 2);
  const [rekey] = house.asked("rooms/rekey");
  assert.deepEqual(rekey?.seals.map((/** @type {any} */ seal) => seal.purpose), ["team-peer"]);
  assert.equal(rekey?.ticket, null);
  assert.equal(engine.stage.value, "waiting");
});

test("new keys right behind new keys are made once all is read, also without a socket", async () => {
  house.sockets = false;
  const engine = await talkingWithoutSocket();
  await done(engine.endForNow());
  await done(engine.lookAgain());
  await done(engine.endForNow());
  await done(engine.lookAgain());
  assert.deepEqual([engine.trouble.value, engine.stage.value, house.room.ke], [null, "waiting", 3]);
});

async function talkingWithoutSocket() {
  const engine = await waiting("hello");
  house.line.drop();
  house.line.drop();
  house.claim(mara);
  await passing(() => engine.meet.value !== null);
  await engine.answer(true);
  await house.sit(mara);
  await passing(() => engine.peer.value !== null);
  return engine;
}

test("after fifteen epochs there is no sixteenth", async () => {
  const engine = await talking("hello");
  for (let epoch = 2; epoch <= 15; epoch++) {
    house.room.flags = ["needs_rekey"];
    house.tellRoom();
    await until(() => house.room.ke === epoch);
    engine.send(`words ${epoch}`);
    await until(() => sentAll(engine));
  }
  await done(engine.endForNow());
  await done(engine.lookAgain());
  assert.equal(engine.trouble.value, "keys_format");
  assert.equal(house.room.ke, 15);
});

test("a peer's page that lost its line, was closed or is back is told", async () => {
  const engine = await talking();
  const seat = house.room.seats[0]?.seat;
  const told = (/** @type {string} */ state) => house.line.listener.heard({ type: "presence", room: b64u(house.room.kept.room), seat, state });
  told("lost");
  assert.deepEqual([engine.peerLost.value, engine.peerLeft.value], [true, null]);
  told("left");
  assert.deepEqual([engine.peerLost.value, engine.peerLeft.value], [false, "peer-left"]);
  told("here");
  assert.deepEqual([engine.peerLost.value, engine.peerLeft.value], [false, null]);
});

// Taking back

test("words that did not go out are withdrawn", async () => {
  const engine = await waiting("hello");
  house.line.drop();
  engine.send("too much");
  await engine.takeBack(String(engine.rows.value.at(-1)?.key));
  house.line.connect();
  engine.send("better");
  await until(() => sentAll(engine));
  assert.deepEqual(await house.texts(), ["hello", "better"]);
  assert.deepEqual(texts(engine).map(([text]) => text), ["hello", "better"]);
});

test("words that were sent are removed on both sides", async () => {
  const engine = await waiting("my address", "hello");
  await engine.takeBack(String(engine.rows.value[0]?.key));
  await until(() => engine.rows.value[0]?.kind === "taken-back");
  assert.deepEqual(await house.texts(), ["hello"]);
  assert.equal(house.room.kept.items[0]?.ct.length, 0);
  assert.ok(!JSON.stringify(engine.rows.value).includes("my address"));
});

test("words on their way are removed once they are there", async () => {
  const engine = await waiting("hello", "again");
  house.silent = true;
  engine.send("too much");
  await until(() => house.line.packed.length === 2);
  await engine.takeBack(String(engine.rows.value[2]?.key));
  assert.equal(engine.rows.value[2]?.status, "waiting");
  house.silent = false;
  house.line.drop();
  house.line.connect();
  await until(() => engine.rows.value[2]?.kind === "taken-back");
  assert.deepEqual(await house.texts(), ["hello", "again"]);
});

test("nobody takes back another's words", async () => {
  const engine = await talking("hello");
  await house.says(mara, "text", { x: "hi" });
  await until(() => engine.rows.value.length === 2);
  await engine.takeBack(String(engine.rows.value[1]?.key));
  assert.equal(engine.rows.value[1]?.kind, "text");
  assert.equal(house.room.kept.items.length, 2);
});

// The line

test("after a lost line one copy arrives, and the words say where they are", async () => {
  const engine = await waiting("hello", "again");
  house.silent = true;
  engine.send("on its way");
  await until(() => house.line.packed.length === 2);
  house.silent = false;
  house.line.drop();
  engine.send("while offline");
  await house.clock.pass(3000);
  assert.equal(engine.net.value, "off");
  assert.deepEqual(texts(engine).map(([, status]) => status), ["sent", "sent", "waiting", "waiting"]);
  const keys = engine.rows.value.map(({ key }) => key);
  house.line.connect();
  await until(() => sentAll(engine));
  assert.deepEqual(await house.texts(), ["hello", "again", "on its way", "while offline"]);
  assert.deepEqual(engine.rows.value.map(({ key }) => key), keys);
  await until(() => engine.net.value === "back");
  await house.clock.pass(6000);
  assert.equal(engine.net.value, "up");
});

test("a line that is back within a moment is not worth a word", async () => {
  const engine = await waiting();
  house.line.drop();
  await house.clock.pass(1000);
  assert.equal(engine.net.value, "up");
  house.line.connect();
  await house.clock.pass(10_000);
  assert.equal(engine.net.value, "up");
});

test("a slow server is told, and told no more once it answers", async () => {
  const engine = await waiting();
  house.line.listener.slow(true);
  assert.equal(engine.net.value, "slow");
  house.line.listener.slow(false);
  assert.equal(engine.net.value, "up");
});

test("where sockets do not get through the talk goes on without, and by itself returns to one", async () => {
  house.sockets = false;
  const engine = house.engine();
  engine.send("hello");
  await engine.open();
  house.line.drop();
  house.line.drop();
  engine.send("over HTTP");
  await until(() => house.clock.waiting > 0 && house.asked("rooms/history").length > 0);
  await until(() => house.room.kept.items.length === 2);
  assert.equal(engine.net.value, "up");
  house.claim(mara);
  await passing(() => engine.meet.value !== null);
  await engine.answer(true);
  await house.sit(mara);
  await house.says(mara, "text", { x: "hi" });
  await passing(() => engine.rows.value.length === 3);
  house.line.connect();
  engine.send("over the socket");
  await until(() => sentAll(engine));
  await house.clock.pass(8000);
  const polls = house.asked("rooms/history").length;
  await house.clock.pass(8000);
  assert.equal(house.asked("rooms/history").length, polls);
  assert.deepEqual(await house.texts(), ["hello", "over HTTP", "over the socket"]);
});

test("words that the server refused for good stay, and go again under the same key", async () => {
  const engine = await waiting("hello");
  const long = "x".repeat(17_000);
  engine.send(long);
  await until(() => engine.rows.value.at(-1)?.status === "failed");
  const key = String(engine.rows.value.at(-1)?.key);
  await engine.retry(key);
  await until(() => engine.rows.value.at(-1)?.status === "failed");
  assert.equal(engine.rows.value.at(-1)?.key, key);
  assert.equal(engine.rows.value.at(-1)?.text, long);
});

// Over a reload

/** The page is loaded anew. @param {ClientEngine} engine */
async function reloaded(engine) {
  engine.hide();
  house.lines = [];
  const door = new Door();
  await door.load(async () => house.engine());
  return door;
}

test("within ten minutes a reload loses nothing: words are folded, and the code is not there", async () => {
  const engine = await talking("hello");
  await house.says(mara, "text", { x: "hi" });
  await until(() => engine.rows.value.length === 2);
  await house.clock.pass(9 * MINUTE);
  const realNow = Date.now;
  Date.now = () => house.clock.now();
  try {
    const door = await reloaded(engine);
    const again = /** @type {ClientEngine} */ (door.engine.value);
    await until(() => again.rows.value.length === 2 && again.peer.value !== null);
    assert.deepEqual([door.screen.value, again.stage.value, again.code.value], ["talk", "talking", null]);
    assert.deepEqual([again.folded.value, again.rows.value.map(({ folded }) => folded)], [true, [true, true]]);
    assert.equal(again.seatAsked.value, null);
    again.unfold();
    assert.deepEqual([again.folded.value, again.rows.value.map(({ folded }) => folded)], [false, [false, false]]);
    again.send("still here");
    await until(() => sentAll(again));
    assert.deepEqual(await house.texts(), ["hello", "still here"]);
  } finally {
    Date.now = realNow;
  }
});

test("more than ten minutes after the last use nothing is left", async () => {
  const engine = await waiting("hello");
  engine.hide();
  await house.clock.pass(10 * MINUTE + 1);
  assert.equal(await house.engine().restore(), false);
  assert.equal(storage.length, 0);
});

test("an open page renews the ten minutes", async () => {
  await waiting("hello");
  for (let minutes = 0; minutes < 30; minutes++) await house.clock.pass(MINUTE);
  assert.equal(await house.engine().restore(), true);
});

test("what is kept over a reload holds nothing of what somebody would like in a peer", async () => {
  const engine = house.engine();
  engine.wish.pickTopic("grief");
  engine.wish.pickLived("violence-home");
  await engine.open();
  await until(() => storage.length > 0);
  assert.deepEqual(house.room.ticket?.["topics"], ["grief"]);
  for (const tag of ["grief", "violence-home"]) assert.ok(!storage.text.includes(tag));
});

test("what is kept over a reload holds no code, no root and no word", async () => {
  const engine = await waiting("a word of mine");
  await until(() => engine.code.value !== null);
  const { words, numbers } = /** @type {{ words: string, numbers: string }} */ (engine.code.value);
  assert.ok(storage.length > 0);
  for (const secret of ["a word of mine", words, numbers]) assert.ok(!storage.text.includes(secret));
  const { talk } = JSON.parse(String(storage.getItem("beside.talk")));
  // Not in the names of the fields, some of which are words of the list; shorter words also stand in keys by chance.
  const values = JSON.stringify(Object.values(talk));
  for (const word of words.split(" ").filter(({ length }) => length >= 5)) assert.ok(!values.includes(word));
  assert.deepEqual(Object.keys(talk).sort(), ["accepted", "language", "note", "refused", "room", "secret", "shared", "urgent", "wrapKey"]);
});

test("on a shared phone nothing is kept, and what was there goes at once", async () => {
  const engine = await waiting("hello");
  assert.equal(storage.length, 1);
  engine.setSharedPhone(true);
  assert.equal(storage.length, 0);
  engine.send("more");
  await until(() => sentAll(engine));
  await house.clock.pass(5 * MINUTE);
  engine.hide();
  assert.equal(storage.length, 0);
});

test("a browser without storage talks all the same", async () => {
  storage.refused = true;
  const engine = await talking("hello");
  assert.equal(engine.stage.value, "talking");
});

test("a talk that is gone from the service is not restored", async () => {
  const engine = await waiting("hello");
  engine.hide();
  house.rooms.clear();
  assert.equal(await house.engine().restore(), false);
  assert.equal(storage.length, 0);
});

test("leaving forgets everything in the same task: storage, words, keys, the line", async () => {
  const engine = await talking("hello");
  await until(() => engine.code.value !== null);
  const { line } = house;
  engine.leave();
  assert.equal(storage.length, 0);
  assert.deepEqual(engine.rows.value, []);
  assert.deepEqual([engine.code.value, engine.peer.value, engine.wait.value], [null, null, null]);
  assert.equal(line.running, false);
  assert.deepEqual(line.said.at(-1), { type: "leave", room: b64u(house.room.kept.room) });
});

test("what a service still says after leaving is not heard, and nothing is kept again", async () => {
  const engine = house.engine();
  engine.send("hello");
  const opened = engine.open();
  engine.leave();
  await house.clock.pass(5000);
  await opened;
  assert.equal(storage.length, 0);
  assert.deepEqual(engine.rows.value, []);
  assert.equal(house.rooms.size, 0);
});

test("leaving in the middle of new keys never gives out keys of zeros", async () => {
  const engine = await talking("hello");
  house.room.flags = ["needs_rekey"];
  house.tellRoom();
  await new Promise((resolve) => void setImmediate(resolve));
  engine.leave();
  await house.clock.pass(5000);
  await new Promise((resolve) => void setTimeout(resolve, 50));
  for (const key of house.room.rk.values()) assert.ok(key.some((byte) => byte !== 0));
});

// Ending

test("ending for now says goodbye and rests; the words stay on the screen", async () => {
  const engine = await talking("hello");
  await done(engine.endForNow());
  assert.equal(engine.stage.value, "resting");
  assert.deepEqual((await house.read()).map((body) => body?.kind), ["text", "bye"]);
  await until(() => engine.peer.value === null);
  assert.deepEqual([engine.readers.value, engine.mayWrite.value], [[], false]);
});

test("ending for now leaves nothing on the device until one looks for a peer again; a peer who leaves changes nothing there", async () => {
  const engine = await talking("hello");
  assert.equal(storage.length, 1);
  await done(engine.endForNow());
  assert.equal(storage.length, 0);
  await done(engine.lookAgain());
  assert.equal(storage.length, 1);
  house.room.state = "resting";
  house.tellRoom();
  await until(() => engine.stage.value === "resting");
  assert.equal(storage.length, 1);
});

test("a talk that began is not put back by the answer that led to it, however late that comes", async () => {
  const engine = await waiting("hello");
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  const post = house.post.bind(house);
  house.post = async (path, body) => {
    const answer = await post(path, body);
    if (path !== "queue/meet") return answer;
    await house.sit(mara);
    await until(() => engine.stage.value === "talking");
    return answer;
  };
  await engine.answer(true);
  assert.deepEqual([engine.stage.value, engine.trouble.value], ["talking", null]);
});

test("ending for now in a meeting refuses it first", async () => {
  const engine = await waiting();
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  await done(engine.endForNow());
  assert.equal(engine.stage.value, "resting");
  assert.deepEqual(house.asked("queue/meet").map(({ answer }) => answer), ["refuse"]);
});

test("the end leaves nothing on the device; what was said can still be read on the screen", async () => {
  const engine = await talking("hello");
  await engine.end();
  assert.equal(engine.stage.value, "closed");
  assert.equal(storage.length, 0);
  assert.equal(engine.mayWrite.value, false);
  assert.deepEqual(texts(engine), [["hello", "sent"]]);
  await house.clock.pass(5 * MINUTE);
  assert.equal(storage.length, 0);
});

test("deleting removes the talk from the service, the screen and the device", async () => {
  const engine = await talking("hello");
  await engine.deleteTalk();
  assert.equal(engine.stage.value, "deleted");
  assert.equal(house.rooms.size, 0);
  assert.deepEqual(engine.rows.value, []);
  assert.equal(storage.length, 0);
});

test("what somebody wrote for themselves is no part of a talk that they delete, and what they keep can still be opened", async () => {
  const engine = await talking("hello");
  engine.pages.page.write("a line of mine");
  await until(() => engine.code.value !== null);
  const code = engine.code.value;
  await engine.deleteTalk();
  assert.equal(engine.pages.page.text.value, "a line of mine");
  assert.deepEqual(engine.code.value, code);
  await engine.open();
  assert.equal(engine.stage.value, "waiting");
});

test("an end that did not get through is told, and ends nothing", async () => {
  const engine = await talking("hello");
  house.refusals.set("rooms/close", ["slow_down"]);
  await engine.end();
  assert.deepEqual([engine.stage.value, engine.trouble.value], ["talking", "slow_down"]);
  assert.equal(storage.length, 1);
});

test("looking again shows the next peer nothing of before, unless it is shared", async () => {
  for (const sharePast of [false, true]) {
    house.rooms.clear();
    const engine = await talking("before");
    await done(engine.endForNow());
    await done(engine.lookAgain({ sharePast, urgent: true }));
    assert.equal(engine.stage.value, "waiting");
    const rekey = /** @type {Record<string, any>} */ (house.asked("rooms/rekey").at(-1));
    assert.equal(rekey.ticket.urgent, true);
    assert.equal(rekey.seals[0].purpose, "team-peer");
    assert.equal(await sharedEpochs(rekey), sharePast ? "1,2" : "2");
  }
});

/** @param {Record<string, any>} rekey @returns {Promise<string>} the epochs that its first seal holds */
async function sharedEpochs(rekey) {
  const { keys } = await house.openTeamSeal(unb64u(rekey["room"]), rekey["ke"], unb64u(rekey["seals"][0].sealed));
  return [...keys.keys()].join();
}

test("whoever comes after looking again is asked about anew", async () => {
  const engine = await talking("before");
  await done(engine.endForNow());
  await done(engine.lookAgain());
  await house.sit(mara);
  await until(() => engine.seatAsked.value?.alias === "Mara");
});

test("somebody else: the peer loses the seat, is refused by name, and gets no new key", async () => {
  const engine = await talking("before");
  await done(engine.switchPeer());
  assert.equal(engine.stage.value, "waiting");
  const rekey = /** @type {Record<string, any>} */ (house.asked("rooms/rekey").at(-1));
  assert.deepEqual(rekey.ticket.refused, [b64u(mara.kid)]);
  assert.equal(await sharedEpochs(rekey), "2");
});

// Coming back

test("seven words bring a talk back, in any shape, and so do the numbers", async () => {
  const engine = await talking("hello");
  await until(() => engine.code.value !== null);
  const { words, numbers } = /** @type {{ words: string, numbers: string }} */ (engine.code.value);
  engine.leave();
  for (const typed of [`  ${words.toUpperCase().replaceAll(" ", " -\n ")} `, numbers]) {
    const door = new Door();
    await door.load(async () => house.engine());
    assert.equal(await door.comeBack(typed), null);
    const again = /** @type {ClientEngine} */ (door.engine.value);
    await until(() => again.rows.value.length === 1 && again.seatAsked.value !== null);
    assert.deepEqual([door.screen.value, again.stage.value, again.folded.value], ["talk", "talking", true]);
    assert.equal(again.seatAsked.value?.alias, "Mara");
    await again.answerSeat(true);
    assert.equal(again.peer.value?.alias, "Mara");
    await until(() => again.code.value?.words === words);
    again.leave();
  }
});

test("words of another form, words that open nothing, and no connection are told apart", async () => {
  const engine = house.engine();
  assert.equal(await engine.comeBack("six words are not quite enough"), "code-format");
  assert.equal(await engine.comeBack(LISTS.get(1)?.slice(7, 14).join(" ") ?? ""), "code-unknown");
  house.offline = true;
  assert.equal(await engine.comeBack("0001 0001 0002 0003 0004 0005 0006 0007"), "unreachable");
});

test("a closed talk comes back to be read only", async () => {
  const engine = await talking("hello");
  await until(() => engine.code.value !== null);
  const { numbers } = /** @type {{ numbers: string }} */ (engine.code.value);
  await engine.end();
  engine.leave();
  const again = house.engine();
  assert.equal(await again.comeBack(numbers), null);
  await until(() => again.rows.value.length === 1);
  assert.deepEqual([again.stage.value, again.mayWrite.value], ["closed", false]);
});

test("a fresh start after coming back goes on in the same talk, its past words still hidden", async () => {
  const engine = await talking("hello");
  await until(() => engine.code.value !== null);
  const { numbers } = /** @type {{ numbers: string }} */ (engine.code.value);
  engine.leave();
  const again = house.engine();
  assert.equal(await again.comeBack(numbers), null);
  await until(() => again.rows.value.length === 1);
  assert.deepEqual([again.folded.value, again.fresh.value], [true, false]);
  again.startFresh();
  assert.deepEqual([again.stage.value, again.fresh.value, again.rows.value.map(({ folded }) => folded)], ["talking", true, [true]]);
  assert.deepEqual([...house.rooms.values()].map(({ state }) => state), ["talking"]);
  again.unfold();
  assert.deepEqual([again.folded.value, again.rows.value.map(({ folded }) => folded)], [false, [false]]);
});

// An older copy

test("where the service went back, nothing is sent before the person agrees, and then under a new epoch", async () => {
  const engine = await talking("one", "two", "three");
  const { kept } = house.room;
  kept.items.length = 2;
  kept.heads.length = 3;
  house.line.drop();
  house.line.connect();
  await until(() => engine.olderCopy.value);
  assert.equal(engine.mayWrite.value, false);
  assert.deepEqual(texts(engine), [["one", "sent"], ["two", "sent"], ["three", "failed"]]);
  await done(engine.goOn());
  assert.equal(engine.olderCopy.value, false);
  await engine.retry(String(engine.rows.value[2]?.key));
  await until(() => sentAll(engine));
  assert.deepEqual(await house.texts(), ["one", "two", "three"]);
  assert.equal(house.room.kept.items.at(-1)?.ke, 2);
});

test("where the service lost words that were to be removed, nothing is removed in their place", async () => {
  const engine = await talking("one", "two", "three");
  const { kept } = house.room;
  house.silent = true;
  await engine.takeBack(String(engine.rows.value[2]?.key));
  kept.items.length = 2;
  kept.heads.length = 3;
  house.silent = false;
  house.line.drop();
  house.line.connect();
  await until(() => engine.olderCopy.value);
  await done(engine.goOn());
  engine.send("four");
  await until(() => texts(engine).some(([text, status]) => text === "four" && status === "sent"));
  assert.deepEqual(await house.texts(), ["one", "two", "four"]);
  assert.ok((await house.read()).every((body) => body?.kind !== "take-back"));
});

// Reports

test("a flag discloses exactly the picked rows", async () => {
  const engine = await talking("first", "second");
  await house.says(mara, "text", { x: "give me your number" });
  await until(() => engine.rows.value.length === 3);
  const picked = engine.rows.value.filter(({ text }) => text !== "second").map(({ key }) => key);
  assert.deepEqual(await engine.flag({ keys: picked.toReversed(), category: "contact", note: "they asked" }), { ok: true });
  const flag = /** @type {Record<string, any>} */ (house.flags[0]);
  assert.deepEqual(Object.keys(flag).sort(), ["category", "flag", "kid", "outcome", "room", "sealed", "secret"]);
  const opened = await openFlag(house.moderation, unb64u(flag["flag"]), house.room.kept.room, CLIENT_SEAT, unb64u(flag["sealed"]));
  assert.deepEqual([opened.items.map(({ seq }) => seq), opened.reason, opened.note], [[1, 3], "", "they asked"]);
  const said = opened.items.map(({ body }) => JSON.parse(new TextDecoder().decode(unb64u(body))).x);
  assert.deepEqual(said, ["first", "give me your number"]);
});

test("a flag of nothing is refused before anything leaves", async () => {
  const engine = await talking("first");
  assert.deepEqual(await engine.flag({ keys: ["no such row"], category: "other" }), { ok: false, code: "flag_format" });
  assert.deepEqual(house.asked("flags/open"), []);
});

test("too many flags at once are told", async () => {
  const engine = await talking("first");
  house.refusals.set("flags/open", ["slow_down"]);
  const keys = engine.rows.value.map(({ key }) => key);
  assert.deepEqual(await engine.flag({ keys, category: "other" }), { ok: false, code: "slow_down" });
});

test("what became of a flag is asked for when the room is told of, and is new until it is read", async () => {
  const engine = await talking("first");
  await engine.flag({ keys: engine.rows.value.map(({ key }) => key), category: "other" });
  await until(() => engine.reports.value.length === 1);
  assert.deepEqual(engine.reports.value.map(({ outcome, seen }) => [outcome, seen]), [["open", true]]);
  Object.assign(/** @type {object} */ (house.flags[0]), { outcome: "none" });
  house.tellRoom();
  await until(() => engine.reports.value[0]?.outcome === "none");
  assert.equal(engine.reports.value[0]?.seen, false);
  engine.readOutcome();
  assert.equal(engine.reports.value[0]?.seen, true);
});

// Whatever a service answers

test("no act throws, whatever the service answers", async () => {
  for (const code of ["unknown", "closed", "malformed", "not_beside", "stale_epoch"]) {
    const engine = await talking("hello");
    const post = house.post;
    house.post = async (path, body) => {
      if (path === "rooms/challenge") return post.call(house, path, body);
      house.refusals.set(path, [code]);
      return post.call(house, path, body);
    };
    const acts = [
      engine.setUrgent(true), engine.lookAgain(), engine.switchPeer(), engine.end(), engine.deleteTalk(), engine.goOn(),
      engine.answer(true), engine.answerSeat(false), engine.takeBack("nothing"), engine.retry("nothing"), engine.endForNow(),
      engine.flag({ keys: engine.rows.value.map(({ key }) => key), category: "other" }),
    ];
    await done(Promise.all(acts));
    house.post = post;
    engine.leave();
  }
});
