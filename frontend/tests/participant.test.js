// What a client and a peer have in common, on a line of the test's own.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { ApiError } from "../js/net/api.js";
import { readMeet } from "../js/state/answers.js";
import { Participant } from "../js/state/participant.js";
import { MARA, ROOM, Room as Kept, filled, keys } from "./cast.js";
import { ManualClock } from "./manual_clock.js";
import { OTHER_STORE, STORE, copied, onWire } from "./table.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/receiver.js").Item} Item */
/** @typedef {import("../js/state/events.js").Event} Event */
/** @typedef {import("../js/state/room.js").Room} Room */

const KEY = hex(ROOM);
const WELCOME = { store: STORE, time: 1_800_000_000 };

/** A line that is up when the test says so. */
class FakeLine {
  up = false;
  running = false;
  /** @type {any[]} */
  said = [];

  start() {
    this.running = true;
  }

  stop() {
    this.running = this.up = false;
  }

  /** @param {object} frame */
  say(frame) {
    if (this.up) this.said.push(frame);
  }

  /** What was said since it was last asked; messages by their type byte. */
  news() {
    return this.said.splice(0).map((frame) => (frame instanceof Uint8Array ? frame[0] : frame.type));
  }
}

/** The smallest whole participant: it notes what it is asked to do. */
class Someone extends Participant {
  /** @type {string[]} */
  asked = [];
  /** What `took` waits for. @type {Promise<void>} */
  opening = Promise.resolve();

  /** @override */
  proofOfSeat() {
    return { secret: "s" };
  }

  /** @override @param {Room} room @param {import("../js/state/answers.js").RoomState} news */
  async took(room, news) {
    this.asked.push("took");
    await this.opening;
    if (news.seal) await room.addKeys(keys(2));
  }

  /** @override */
  async settled() {
    this.asked.push("settled");
  }

  /** @override @param {import("../js/state/answers.js").RoomState} news */
  async unknownRoom(news) {
    this.asked.push(`unknown ${news.state}`);
  }

  /** @override @param {string} key */
  gone(key) {
    this.asked.push(`gone ${key === KEY}`);
  }

  /** @override @param {import("../js/net/line.js").ControlFrame} frame */
  heardOther(frame) {
    if (frame.type === "meet") readMeet(frame);
    this.asked.push(frame.type);
  }
}

/** Somebody in a room, their line, and the server's list. */
class Talk {
  clock = new ManualClock();
  line = new FakeLine();
  /** @type {Event[]} */
  events = [];
  someone;
  kept;

  /** @param {Kept} kept */
  constructor(kept) {
    this.kept = kept;
    this.someone = new Someone({
      api: /** @type {any} */ (null),
      trust: /** @type {any} */ (null),
      clock: this.clock,
      tell: (event) => void this.events.push(event),
      line: () => this.line,
    });
  }

  static async begin() {
    const talk = new Talk(await Kept.open());
    talk.someone.rooms.set(KEY, await talk.someone.begin(ROOM, CLIENT_SEAT, copied(keys(1))));
    return talk;
  }

  /** Somebody whose line is up and whose room is entered. */
  static async entered() {
    const talk = await Talk.begin();
    talk.join();
    talk.heard(talk.standing());
    await talk.done();
    talk.line.news();
    talk.events.length = 0;
    talk.someone.asked.length = 0;
    return talk;
  }

  get room() {
    return /** @type {Room} */ (this.someone.rooms.get(KEY));
  }

  join() {
    this.line.up = true;
    this.someone.joined(WELCOME);
  }

  lose() {
    this.line.up = false;
    this.someone.lost();
  }

  /** @param {any} frame */
  heard(frame) {
    this.someone.heard(frame);
  }

  /** @param {Item} item */
  hears(item) {
    this.someone.received(onWire(item));
  }

  /** Everything that came for the room has been carried out. */
  async done() {
    await this.someone.inTurn(KEY, () => undefined);
  }

  /** @param {string} x */
  say(x) {
    return this.someone.say(this.room, { kind: "text", fields: { x } });
  }

  /** @param {object} [change] @returns {any} the answer to `enter`, as it comes off the line */
  standing(change = {}) {
    const head = b64u(this.kept.head);
    const rest = { state: "talking", ke: this.kept.ke, flags: [], seats: [], asks: [], seq: this.kept.items.length, head, store: STORE };
    return { type: "entered", room: b64u(ROOM), ...rest, ...change };
  }

  /** The messages said on the line, which the server commits. */
  async commit() {
    const items = [];
    for (const frame of this.line.said.splice(0)) {
      if (!(frame instanceof Uint8Array) || frame[0] !== 1) continue;
      const [ke, n] = [frame[18] ?? 0, frame[22] ?? 0];
      const message = { room: ROOM, ke, n, com: frame.slice(23, 55), ct: frame.slice(55), seat: CLIENT_SEAT };
      items.push(await this.kept.commit(message));
    }
    return items;
  }

  types() {
    return this.events.map(({ type }) => type);
  }
}

describe("on each new line", () => {
  test("every room is entered from behind what is verified, in the store that is known", async () => {
    const talk = await Talk.begin();
    await talk.kept.say(MARA, "text", { x: "hello" });
    talk.join();
    await talk.done();
    assert.deepEqual(talk.line.said, [{ type: "enter", room: b64u(ROOM), after: 0, secret: "s" }]);
    talk.heard(talk.standing());
    talk.hears(/** @type {Item} */ (talk.kept.items[0]));
    await talk.done();
    talk.lose();
    talk.join();
    await talk.done();
    assert.deepEqual(talk.line.said[1], { type: "enter", room: b64u(ROOM), after: 1, store: STORE, secret: "s" });
    assert.deepEqual(talk.types(), ["online", "moved", "said", "online", "online"]);
  });

  test("a message without an ack is said again as it was, and on one line only once", async () => {
    const talk = await Talk.entered();
    talk.say("hi");
    await talk.done();
    const [frame] = talk.line.said;
    talk.hears(await talk.kept.say(MARA, "text", { x: "hello" }));
    await talk.done();
    assert.equal(talk.line.said.length, 1);
    talk.heard({ type: "more", room: b64u(ROOM) });
    talk.heard(talk.standing());
    await talk.done();
    assert.deepEqual(talk.line.said.splice(1).map(({ type }) => type), ["enter"]);
    talk.lose();
    talk.join();
    talk.heard(talk.standing());
    await talk.done();
    assert.deepEqual([talk.line.said.length, talk.line.said[2]], [3, frame]);
  });

  test("nothing is said before the room is entered", async () => {
    const talk = await Talk.begin();
    talk.say("hi");
    talk.join();
    await talk.done();
    assert.deepEqual(talk.line.news(), ["enter"]);
    talk.heard(talk.standing());
    await talk.done();
    assert.deepEqual(talk.line.news(), [1]);
  });

  test("what the line before brought is dropped, even when it was on its way in", async () => {
    const talk = await Talk.begin();
    talk.join();
    let opened = () => {};
    talk.someone.opening = new Promise((resolve) => (opened = resolve));
    talk.say("hi");
    talk.heard(talk.standing());
    talk.hears(await talk.kept.say(MARA, "text", { x: "hello" }));
    talk.lose();
    talk.join();
    opened();
    await talk.done();
    assert.deepEqual([talk.line.news(), talk.room.attached, talk.room.after], [["enter", "enter"], false, 0]);
    talk.heard(talk.standing());
    talk.hears(/** @type {Item} */ (talk.kept.items[0]));
    await talk.done();
    assert.deepEqual([talk.line.news(), talk.room.after], [[1], 1]);
  });

  test("nothing that was being encrypted for the line before slips in front of entering", async () => {
    const talk = await Talk.entered();
    talk.say("hi");
    for (let i = 0; i < 5; i++) await Promise.resolve();
    talk.lose();
    talk.join();
    await talk.done();
    assert.deepEqual(talk.line.news(), ["enter"]);
    talk.heard(talk.standing());
    await talk.done();
    assert.deepEqual(talk.line.news(), [1]);
  });

  test("a room that was read without a line meanwhile is entered before anything is said in it", async () => {
    const talk = await Talk.entered();
    talk.lose();
    await talk.done();
    const { type: _, room, ...rest } = talk.standing();
    await talk.room.entered({ ...rest, room: unb64u(room), seal: null, purpose: null, meet: null, head: talk.kept.head });
    talk.say("hi");
    talk.join();
    await talk.room.entered({ ...rest, room: unb64u(room), seal: null, purpose: null, meet: null, head: talk.kept.head });
    await talk.done();
    assert.equal(talk.line.news()[0], "enter");
  });

  test("an older copy is noticed, also where the room was read without a line meanwhile", async () => {
    const talk = await Talk.entered();
    talk.hears(await talk.kept.say(MARA, "text", { x: "hello" }));
    await talk.done();
    talk.lose();
    await talk.done();
    talk.room.attached = true;
    talk.kept = await Kept.open();
    talk.join();
    talk.heard(talk.standing());
    await talk.done();
    assert.deepEqual(talk.line.news(), ["enter", "enter"]);
    talk.heard(talk.standing());
    await talk.done();
    assert.equal(talk.events.at(-1)?.type, "older-copy");
  });
});

test("a line that could not be made is told once", async () => {
  const talk = await Talk.entered();
  talk.lose();
  talk.lose();
  await talk.done();
  assert.deepEqual([talk.events, talk.room.attached], [[{ type: "online", up: false }], false]);
});

describe("frames are carried out in the order they came", () => {
  test("however long the seal of the first takes to open", async () => {
    const talk = await Talk.begin();
    talk.join();
    let opened = () => {};
    talk.someone.opening = new Promise((resolve) => (opened = resolve));
    talk.heard(talk.standing({ seq: 0 }));
    for (const x of ["one", "two"]) talk.hears(await talk.kept.say(MARA, "text", { x }));
    assert.deepEqual(talk.types(), ["online"]);
    opened();
    await talk.done();
    assert.deepEqual(talk.types(), ["online", "moved", "said", "said"]);
  });

  test("and one room does not wait for another", async () => {
    const talk = await Talk.entered();
    const [other, room] = [hex(filled(16, 9)), await Kept.open(filled(16, 9))];
    talk.someone.rooms.set(other, await talk.someone.begin(room.room, CLIENT_SEAT, copied(keys(1))));
    talk.someone.opening = new Promise(() => {});
    talk.heard(talk.standing());
    talk.hears(await room.say(MARA, "text", { x: "here" }));
    await talk.someone.inTurn(other, () => undefined);
    assert.deepEqual(talk.events.map((event) => "room" in event && event.room), [other]);
  });

  test("an act that fails stops nothing that comes after it", async () => {
    const talk = await Talk.entered();
    await assert.rejects(talk.someone.inTurn(KEY, () => Promise.reject(new ApiError("unreachable"))), ApiError);
    talk.hears(await talk.kept.say(MARA, "text", { x: "hello" }));
    await talk.done();
    assert.deepEqual(talk.types(), ["said"]);
  });
});

describe("a room", () => {
  test("takes keys before the rest of the news, acts on it, and speaks under them", async () => {
    const talk = await Talk.entered();
    const seal = b64u(filled(593, 1));
    talk.heard({ type: "room", room: b64u(ROOM), state: "talking", ke: 2, seal, purpose: "wrap" });
    await talk.done();
    assert.deepEqual([talk.someone.asked, [...talk.room.keys.keys()], talk.room.ke], [["took", "settled"], [1, 2], 2]);
  });

  test("is entered again where something was missed, and for the rest of a long page", async () => {
    const talk = await Talk.entered();
    await talk.kept.say(MARA, "text", { x: "one" });
    talk.hears(await talk.kept.say(MARA, "text", { x: "two" }));
    await talk.done();
    assert.deepEqual(talk.line.news(), ["enter"]);
    talk.heard(talk.standing());
    for (const item of talk.kept.items) talk.hears(item);
    talk.heard({ type: "more", room: b64u(ROOM) });
    await talk.done();
    assert.deepEqual(talk.line.said.map(({ type, after }) => [type, after]), [["enter", 2]]);
  });

  test("read anew in another store is compared, and goes on", async () => {
    const talk = await Talk.entered();
    talk.hears(await talk.kept.say(MARA, "text", { x: "hello" }));
    await talk.done();
    talk.heard(talk.standing({ store: OTHER_STORE }));
    talk.hears(/** @type {Item} */ (talk.kept.items[0]));
    talk.say("hi");
    await talk.done();
    assert.deepEqual([talk.types(), talk.line.news()], [["said", "said"], [1]]);
  });

  test("that is not followed is news for whoever may follow it", async () => {
    const talk = await Talk.entered();
    talk.someone.rooms.clear();
    talk.heard(talk.standing());
    talk.heard({ type: "room", room: b64u(ROOM), state: "meeting", ke: 0 });
    await talk.done();
    assert.deepEqual(talk.someone.asked, ["unknown talking", "unknown meeting"]);
  });

  test("that the server does not know is gone, and one whose message it does not know is not", async () => {
    const talk = await Talk.entered();
    talk.heard({ type: "error", code: "unknown", room: b64u(ROOM) });
    talk.heard({ type: "error", code: "malformed", room: b64u(ROOM) });
    talk.heard({ type: "error", code: "unknown", room: b64u(ROOM), n: 1 });
    talk.heard({ type: "error", code: "unknown" });
    await talk.done();
    assert.deepEqual(talk.someone.asked, ["gone true"]);
  });
});

describe("words", () => {
  test("go out one after another as their acks come", async () => {
    const talk = await Talk.entered();
    const told = [talk.say("one"), talk.say("two")];
    await talk.done();
    for (let i = 1; i <= 2; i++) {
      const [item, ...others] = await talk.commit();
      assert.deepEqual([item?.n, others], [i, []]);
      talk.someone.received({ type: "ack", room: ROOM, n: i, seq: i });
      await talk.done();
    }
    assert.deepEqual(talk.events.map((event) => "key" in event && event.key), told);
  });

  test("that came too fast are sent again after two seconds", async () => {
    const talk = await Talk.entered();
    talk.say("hi");
    await talk.done();
    const [frame] = talk.line.said;
    talk.heard({ type: "error", code: "slow_down", room: b64u(ROOM), n: 1 });
    await talk.done();
    await talk.clock.pass(1_999);
    assert.equal(talk.line.said.length, 1);
    await talk.clock.pass(1);
    await talk.done();
    assert.deepEqual([talk.line.said.length, talk.line.said[1]], [2, frame]);
  });

  test("under a key that is over wait until the room was entered again", async () => {
    const talk = await Talk.entered();
    talk.say("hi");
    await talk.done();
    talk.line.news();
    talk.heard({ type: "error", code: "stale_epoch", room: b64u(ROOM), n: 1 });
    await talk.done();
    assert.deepEqual(talk.line.news(), ["enter"]);
  });

  test("refused for good make room for the next, and can be tried again or taken back", async () => {
    const talk = await Talk.entered();
    const [one, two] = [talk.say("one"), talk.say("two")];
    await talk.done();
    talk.heard({ type: "error", code: "malformed", room: b64u(ROOM), n: 1 });
    await talk.done();
    assert.deepEqual([talk.line.news(), talk.types()], [[1, 1], ["undelivered"]]);
    assert.equal(talk.someone.retry(talk.room, one), true);
    assert.equal(talk.someone.withdraw(talk.room, two), false);
    assert.equal(talk.someone.withdraw(talk.room, one), true);
    await talk.done();
    assert.equal(talk.room.waiting, 1);
  });

  test("are waited for as long as one wants", async () => {
    const talk = await Talk.entered();
    talk.say("hi");
    await talk.done();
    const short = talk.someone.flush(talk.room, 500);
    await talk.clock.pass(600);
    assert.equal(await short, false);
    const long = talk.someone.flush(talk.room, 5_000);
    talk.someone.received({ type: "ack", room: ROOM, n: 1, seq: 1 });
    await talk.done();
    await talk.clock.pass(100);
    assert.equal(await long, true);
  });
});

describe("who is there", () => {
  const seat = b64u(MARA);

  test("is told of rooms that are followed, as is who writes, and how the line is", async () => {
    const talk = await Talk.entered();
    for (const state of ["here", "lost", "left"]) talk.heard({ type: "presence", room: b64u(ROOM), seat, state });
    talk.heard({ type: "signal", room: b64u(ROOM), seat, kind: "writing" });
    talk.someone.slow(true);
    talk.someone.signedOut();
    assert.deepEqual(talk.events, [
      { type: "presence", room: KEY, seat: hex(MARA), state: "here" },
      { type: "presence", room: KEY, seat: hex(MARA), state: "lost" },
      { type: "presence", room: KEY, seat: hex(MARA), state: "left" },
      { type: "writing", room: KEY },
      { type: "slow", slow: true },
      { type: "signed-out" },
    ]);
  });

  test("and nothing of rooms that are not", async () => {
    const talk = await Talk.entered();
    const other = filled(16, 9);
    talk.heard({ type: "presence", room: b64u(other), seat, state: "here" });
    talk.heard({ type: "signal", room: b64u(other), seat, kind: "writing" });
    talk.heard({ type: "more", room: b64u(other) });
    talk.heard({ type: "error", code: "malformed", room: b64u(other), n: 1 });
    talk.hears(await (await Kept.open(other)).say(MARA, "text", { x: "psst" }));
    talk.someone.received({ type: "ack", room: other, n: 1, seq: 1 });
    await talk.someone.inTurn(hex(other), () => undefined);
    assert.deepEqual([talk.events, talk.line.said], [[], []]);
  });
});

describe("a frame of another form is dropped:", () => {
  const room = b64u(ROOM);
  /** @type {[string, (standing: any) => any][]} */
  const FRAMES = [
    ["an answer without a room", ({ room: _, ...rest }) => rest],
    ["a room of another length", (standing) => ({ ...standing, room: "AAAA" })],
    ["a room that is no text", (standing) => ({ ...standing, room: [room] })],
    ["a room in another spelling", (standing) => ({ ...standing, room: `${room}=` })],
    ["a state nobody knows", (standing) => ({ ...standing, state: "haunted" })],
    ["a state that is no text", (standing) => ({ ...standing, state: ["talking"] })],
    ["an epoch above fifteen", (standing) => ({ ...standing, ke: 16 })],
    ["an epoch that is text", (standing) => ({ ...standing, ke: "1" })],
    ["half an epoch", (standing) => ({ ...standing, ke: 1.5 })],
    ["a number below 0", (standing) => ({ ...standing, seq: -1 })],
    ["a number above u32", (standing) => ({ ...standing, seq: 2 ** 32 })],
    ["a number beyond numbers", (standing) => ({ ...standing, seq: 1e300 })],
    ["half a head", (standing) => ({ ...standing, head: "AAAA" })],
    ["no store", ({ store: _, ...rest }) => rest],
    ["a store that is a number", (standing) => ({ ...standing, store: 1 })],
    ["flags that are text", (standing) => ({ ...standing, flags: "needs_rekey" })],
    ["a flag that is an object", (standing) => ({ ...standing, flags: [{}] })],
    ["seats that are no list", (standing) => ({ ...standing, seats: { length: 1 } })],
    ["more seats than people", (standing) => ({ ...standing, seats: Array(1001).fill({ seat: b64u(MARA) }) })],
    ["a seat that is null", (standing) => ({ ...standing, seats: [null] })],
    ["a seat that is open perhaps", (standing) => ({ ...standing, seats: [{ seat: b64u(MARA), open: "yes" }] })],
    ["a meeting without a name", (standing) => ({ ...standing, meet: { accepted: true } })],
    ["a seal longer than any", (standing) => ({ ...standing, seal: b64u(filled(1025, 1)), purpose: "wrap" })],
    ["an empty seal", (standing) => ({ ...standing, seal: "", purpose: "wrap" })],
    ["a prototype for a room", (standing) => ({ ...standing, __proto__: { room }, room: undefined })],
    ["presence of a kind nobody knows", () => ({ type: "presence", room, seat: b64u(MARA), state: "watching" })],
    ["presence in no seat", () => ({ type: "presence", room, state: "here" })],
    ["an error without a code", () => ({ type: "error", room, n: 1 })],
    ["an error for a number beyond numbers", () => ({ type: "error", code: "malformed", room, n: 1e300 })],
    ["a meeting without a room", () => ({ type: "meet", kid: room })],
  ];
  for (const [what, frame] of FRAMES) {
    test(what, async () => {
      const talk = await Talk.entered();
      talk.heard(frame(talk.standing({ state: "closed" })));
      await talk.done();
      assert.deepEqual([talk.events, talk.someone.asked, talk.line.said], [[], [], []]);
      talk.heard(talk.standing({ state: "closed" }));
      await talk.done();
      assert.deepEqual(talk.types(), ["moved"]);
    });
  }

  test("but a field of a later version is passed over, and what is null counts as left out", async () => {
    const talk = await Talk.entered();
    talk.heard(talk.standing({ state: "closed", later: { a: 1 }, seal: null, meet: null, flags: null, seats: null }));
    talk.heard({ type: "of-later", room: 1 });
    talk.heard({ type: "meet", room, kid: b64u(unb64u(room)) });
    await talk.done();
    assert.deepEqual([talk.types(), talk.someone.asked], [["moved"], ["of-later", "meet", "took", "settled"]]);
  });
});

describe("leaving", () => {
  test("says so in every room, ends the line, and forgets the rooms, all at once", async () => {
    const talk = await Talk.entered();
    const { room } = talk;
    talk.someone.leave();
    assert.deepEqual(talk.line.said, [{ type: "leave", room: b64u(ROOM) }]);
    assert.deepEqual([talk.someone.rooms.size, talk.line.running], [0, false]);
    assert.deepEqual([...room.keys.values()], [filled(32, 0)]);
  });

  test("tells nothing any more, whatever was on its way in", async () => {
    const talk = await Talk.entered();
    talk.say("hi");
    talk.heard({ type: "error", code: "unavailable", room: b64u(ROOM), n: 1 });
    for (const x of ["one", "two"]) talk.hears(await talk.kept.say(MARA, "text", { x }));
    const done = talk.done();
    talk.events.length = 0;
    talk.someone.leave();
    await done;
    await talk.clock.pass(60_000);
    assert.deepEqual(talk.events, []);
  });
});

test("starting goes online", async () => {
  const talk = await Talk.begin();
  talk.someone.start();
  assert.equal(talk.line.running, true);
});
