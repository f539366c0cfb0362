// The peer's desk against a scripted service: meeting, talking in several rooms, leaving, and what stops it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { rekeyHash } from "../js/crypto/key_list.js";
import { generateKey, importSealKey } from "../js/crypto/keys.js";
import { openFlag, openRoom, sealRoom } from "../js/crypto/seals.js";
import { Desk } from "../js/state/staff/desk.js";
import { RK, ROOM, filled, keys } from "./cast.js";
import { Shift } from "./shift.js";
import { StaffHouse, seated, until } from "./staff_house.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/state/staff/peer_room.js").PeerRoom} PeerRoom */

const OTHER = filled(16, 0x0b);
const CLIENT = hex(CLIENT_SEAT);
const MINUTE = 60_000;

/** @param {PeerRoom} room */
const texts = (room) => room.rows.value.filter(({ kind }) => kind === "text").map(({ from, text, status }) => [from, text, status]);

test("a peer sees who waits, says hello, is accepted, narrows the room and talks", async () => {
  const shift = await Shift.begin();
  const { desk, house } = shift;
  shift.queue(ROOM, OTHER);
  assert.deepEqual(desk.waiting.value.map(({ key, minutes, here }) => [key, minutes, here]), [[hex(ROOM), 3, true], [hex(OTHER), 3, true]]);
  await desk.claim(hex(ROOM));
  assert.deepEqual([shift.room(ROOM).stage.value, desk.current.value], ["claimed", hex(ROOM)]);
  await shift.accept(ROOM);
  await until(() => shift.room(ROOM).stage.value === "talking");

  // Only this peer's own key opens what stands in place of the team's seal.
  const [{ sealed, ke }] = /** @type {[import("./staff_house.js").Json]} */ (house.asked("rooms/seal"));
  const key = /** @type {import("../js/crypto/keys.js").SealKey} */ (shift.account.session.value?.key);
  assert.deepEqual((await openRoom(key, "seat-peer", ROOM, ke, unb64u(sealed))).keys, keys(1));

  shift.entered(ROOM);
  await shift.commit();
  await shift.clientSays(ROOM, "text", { x: "hi" });
  await shift.room(ROOM).send("glad you are here");
  await shift.commit();
  await until(() => texts(shift.room(ROOM)).length === 2 && texts(shift.room(ROOM))[1]?.[2] === "sent");
  assert.deepEqual(texts(shift.room(ROOM)), [["them", "hi", null], ["me", "glad you are here", "sent"]]);
  assert.deepEqual(await shift.read(ROOM), ["hello", "text", "text"]);
});

test("a room sealed under a directory that nobody here knows gets no answer at all", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM);
  await shift.desk.claim(hex(ROOM));
  await shift.accept(ROOM, { dirHash: filled(32, 9) });
  await until(() => shift.room(ROOM).trouble.value !== null);
  assert.deepEqual([shift.room(ROOM).trouble.value, shift.room(ROOM).stage.value], ["dir_signature", "claimed"]);
  assert.equal(shift.house.asked("rooms/seal").length, 0);
  assert.ok(!shift.wire.said.some((frame) => frame instanceof Uint8Array));
  // When the meeting runs out the warning stays to be read.
  shift.wire.listener.heard({ type: "room", ...shift.state(ROOM, { state: "waiting", ke: 0, seats: [] }) });
  await until(() => shift.room(ROOM).stage.value === "gone");
  assert.equal(shift.room(ROOM).trouble.value, "dir_signature");
});

test("a room sealed to a team key made since sign-in opens with that one", async () => {
  const shift = await Shift.begin();
  await shift.house.renewTeam("peer");
  shift.queue(ROOM);
  await shift.desk.claim(hex(ROOM));
  await shift.accept(ROOM, { epoch: 2 });
  await until(() => shift.room(ROOM).stage.value === "talking");
});

test("a room sealed to an older team key opens with the key of that epoch", async () => {
  const shift = await Shift.begin();
  await shift.house.renewTeam("peer");
  await shift.account.session.value?.refresh();
  shift.queue(ROOM);
  await shift.desk.claim(hex(ROOM));
  await shift.accept(ROOM, { epoch: 1 });
  await until(() => shift.room(ROOM).stage.value === "talking");
});

test("a seal to a key this peer never had stays closed", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM);
  await shift.desk.claim(hex(ROOM));
  const { pub } = await generateKey();
  const seal = b64u(await sealRoom(pub, "team-peer", ROOM, 1, { dirHash: shift.house.hash, keys: keys(1) }));
  shift.wire.listener.heard({ type: "room", ...shift.state(ROOM, { state: "meeting", seal, purpose: "team-peer", seats: [] }) });
  await until(() => shift.room(ROOM).trouble.value === "aead");
  assert.equal(shift.house.asked("rooms/seal").length, 0);
});

test("somebody met by another peer, or who said no, goes off the desk with a word", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM);
  shift.house.refusals.set("queue/claim", ["unknown"]);
  await shift.desk.claim(hex(ROOM));
  assert.deepEqual([shift.desk.rooms.value, shift.desk.problem.value], [[], "unknown"]);
  await shift.desk.claim(hex(ROOM));
  assert.equal(shift.desk.problem.value, null);
  shift.wire.listener.heard({ type: "room", ...shift.state(ROOM, { state: "waiting", ke: 0, seats: [] }) });
  await until(() => shift.desk.rooms.value.length === 0);
  assert.deepEqual([shift.desk.problem.value, shift.desk.current.value], ["unknown", null]);
});

test("a hello can be taken back before it is answered", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM);
  await shift.desk.claim(hex(ROOM));
  await shift.desk.cancelClaim(hex(ROOM));
  assert.deepEqual([shift.house.asked("queue/release"), shift.desk.rooms.value], [[{ room: b64u(ROOM) }], []]);
});

test("a peer holds as many rooms as the pass allows, and is told", async () => {
  const shift = await Shift.begin();
  await shift.meet(ROOM);
  assert.equal(shift.desk.full.value, false);
  await shift.meet(OTHER);
  assert.equal(shift.desk.full.value, true);
  const third = filled(16, 0x0c);
  shift.queue(third);
  shift.house.refusals.set("queue/claim", ["slow_down"]);
  await shift.desk.claim(hex(third));
  assert.deepEqual([shift.desk.problem.value, shift.desk.full.value, shift.desk.rooms.value.length], ["slow_down", true, 2]);
  await shift.passing(shift.room(OTHER).release());
  assert.equal(shift.desk.full.value, false);
});

test("of two rooms each keeps its own draft, number, stone and words; what comes out of view is unread until chosen", async () => {
  const shift = await Shift.begin();
  const [one, two] = [await shift.meet(ROOM), await shift.meet(OTHER)];
  assert.deepEqual([one.label, two.label], [1, 2]);
  assert.notEqual(one.stone, two.stone);
  assert.equal(shift.desk.current.value, two.key);
  one.draft.value = "half a thought";
  await shift.clientSays(OTHER, "text", { x: "in view" });
  await shift.clientSays(ROOM, "text", { x: "out of view" });
  await until(() => one.unread.value);
  assert.equal(two.unread.value, false);
  shift.desk.choose(one.key);
  assert.deepEqual([one.unread.value, one.draft.value, two.draft.value], [false, "half a thought", ""]);
  await one.send("for one");
  await shift.commit();
  await until(() => texts(one).some(([, text, status]) => text === "for one" && status === "sent"));
  assert.ok(!texts(two).some(([, text]) => text === "for one"));
});

test("own words wait while the line is down, go once it is back, and can be taken back before that", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await until(() => room.mayWrite.value);
  shift.wire.lose();
  await shift.house.clock.pass(4000);
  assert.deepEqual([shift.desk.net.value, room.client.value], ["off", "unknown"]);
  await room.send("kept");
  await room.send("thought better of");
  assert.deepEqual(texts(room).map(([, , status]) => status), ["waiting", "waiting"]);
  await room.takeBack(String(room.rows.value.at(-1)?.key));
  assert.deepEqual(texts(room).map(([, text]) => text), ["kept"]);
  await shift.connect();
  shift.entered(ROOM);
  await shift.commit();
  await until(() => texts(room)[0]?.[2] === "sent");
  assert.deepEqual(await shift.read(ROOM), ["hello", "text"]);
});

test("sent words that are taken back fold here and stay as evidence", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await room.send("too much");
  await shift.commit();
  await until(() => texts(room)[0]?.[2] === "sent");
  await room.takeBack(String(room.rows.value[0]?.key));
  await shift.commit();
  await until(() => room.rows.value[0]?.kind === "taken-back");
  assert.notEqual(room.rows.value[0]?.proof, null);
  assert.deepEqual(await shift.read(ROOM), ["hello", "text", "take-back"]);
});

test("words that are refused for good stay on the screen and can be tried again", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await room.send("once more");
  await until(() => shift.wire.said.filter((frame) => frame instanceof Uint8Array).length === 2);
  shift.wire.listener.heard({ type: "error", code: "malformed", room: b64u(ROOM), n: 2 });
  await until(() => texts(room)[0]?.[2] === "failed");
  assert.equal(room.trouble.value, "malformed");
  const before = shift.wire.said.length;
  await room.retry(String(room.rows.value[0]?.key));
  await until(() => shift.wire.said.length > before);
  assert.deepEqual([texts(room)[0]?.[2], room.trouble.value], ["waiting", null]);
});

test("the client's page is here, lost its line, or left, as the service says", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  for (const state of ["here", "lost", "left"]) {
    shift.wire.listener.heard({ type: "presence", room: b64u(ROOM), seat: b64u(CLIENT_SEAT), state });
    assert.equal(room.client.value, state);
  }
  shift.wire.listener.heard({ type: "presence", room: b64u(ROOM), seat: b64u(/** @type {Bytes} */ (shift.seats.get(hex(ROOM)))), state: "here" });
  assert.equal(room.client.value, "left");
});

test("whoever waits here is here when the talk begins; after a lost line that is unknown until a sign comes", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  assert.equal(room.client.value, "here");
  shift.wire.lose();
  assert.equal(room.client.value, "unknown");
  await shift.connect();
  shift.entered(ROOM);
  await shift.clientSays(ROOM, "text", { x: "back" });
  await until(() => room.client.value === "here");
});

test("a notice of leaving says the minute at which the peer needs to go", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await room.leaving(15);
  await shift.commit();
  await until(() => room.rows.value.some(({ kind }) => kind === "note"));
  const [note] = room.rows.value.filter(({ kind }) => kind === "note");
  assert.deepEqual(note?.note?.args.time, new Date((shift.house.clock.minutes() + 15) * MINUTE));
});

test("leaving a talk rests it, ends writing, and keeps its words to be flagged until it is taken off the list", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.clientSays(ROOM, "text", { x: "hm" });
  await until(() => texts(room).length === 1);
  await shift.passing(room.release());
  assert.deepEqual([room.stage.value, room.mayWrite.value, room.ended.value], ["resting", false, false]);
  assert.deepEqual(shift.wire.frames("leave"), [{ type: "leave", room: b64u(ROOM) }]);
  assert.deepEqual(texts(room), [["them", "hm", null]]);
  room.close();
  assert.deepEqual(shift.desk.rooms.value, []);
});

test("leaving a talk offline is told and changes nothing", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  shift.wire.lose();
  shift.house.offline = true;
  await room.release();
  assert.deepEqual([room.stage.value, room.trouble.value], ["talking", "unreachable"]);
});

test("End now says goodbye, leaves the room and switches meetings off, in one act", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  const ending = room.endNow();
  assert.deepEqual([room.ended.value, room.mayWrite.value, shift.desk.on.value], [true, false, false]);
  await shift.commit();
  await shift.passing(ending);
  assert.deepEqual(await shift.read(ROOM), ["hello", "bye"]);
  assert.deepEqual(shift.wire.frames("availability").at(-1), { type: "availability", state: "off" });
  assert.deepEqual([room.stage.value, room.trouble.value, shift.desk.waiting.value], ["gone", null, []]);
});

test("End now works with the line down, and asks until the service answers", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  shift.wire.lose();
  await room.endNow();
  assert.equal(shift.house.asked("queue/release").length, 1);
  assert.ok(room.ended.value);

  const other = await Shift.begin();
  const second = await other.meet(ROOM);
  other.wire.lose();
  other.house.offline = true;
  const ending = second.endNow();
  await until(() => second.trouble.value === "unreachable");
  other.house.offline = false;
  await other.passing(ending, 1000);
  assert.deepEqual([second.trouble.value, second.ended.value], [null, true]);
});

test("End now leaves the room although its peer signs out at once", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  const ending = room.endNow();
  await shift.account.signOut();
  await shift.passing(ending);
  assert.deepEqual(shift.house.asked("queue/release"), [{ room: b64u(ROOM) }]);
});

test("whoever is off is shown nobody who waits, also after a reconnection", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM);
  shift.desk.setAvailability("off");
  assert.deepEqual(shift.desk.waiting.value, []);
  shift.wire.lose();
  await shift.connect();
  assert.deepEqual(shift.wire.frames("availability").map(({ state }) => state), ["on", "off", "off"]);
});

test("a flag discloses exactly the picked words to the moderation team, and the room is told", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  for (const x of ["first", "give me your number", "third"]) await shift.clientSays(ROOM, "text", { x });
  await until(() => texts(room).length === 3);
  const row = room.rows.value.find(({ text }) => text === "give me your number");
  assert.deepEqual(await room.flag({ keys: [String(row?.key)], category: "abuse", note: "a note", reason: "abuse" }), { ok: true });

  const [flag] = /** @type {[import("./staff_house.js").Json]} */ (shift.house.asked("flags/open"));
  const key = await importSealKey(shift.house.team("moderation").pkcs8);
  const seat = /** @type {Bytes} */ (shift.seats.get(hex(ROOM)));
  const opened = await openFlag(key, unb64u(flag.flag), ROOM, seat, unb64u(flag.sealed));
  assert.deepEqual([opened.items, opened.reason, opened.note], [[row?.proof], "abuse", "a note"]);
  await shift.commit();
  assert.equal((await shift.read(ROOM)).at(-1), "flagged");
});

test("what became of a peer's flag is told once it is decided, until it was read", async () => {
  const shift = await Shift.begin();
  const flag = b64u(filled(16, 0x77));
  let outcome = "open";
  shift.house.answers.set("flags/mine", () => ({ reports: [{ flag, room: b64u(ROOM), outcome }] }));
  await shift.connect();
  await until(() => shift.desk.reports.value.length === 1);
  assert.deepEqual(shift.desk.reports.value.map(({ seen }) => seen), [true]);
  outcome = "closed";
  shift.house.clock.pass(MINUTE);
  await until(() => shift.desk.reports.value[0]?.outcome === "closed");
  assert.deepEqual(shift.desk.reports.value.map(({ seen }) => seen), [false]);
  shift.desk.readOutcomes();
  assert.deepEqual(shift.desk.reports.value.map(({ seen }) => seen), [true]);
});

test("a refused flag says so, and nothing is said in the room", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.clientSays(ROOM, "text", { x: "hm" });
  await until(() => texts(room).length === 1);
  const said = shift.wire.said.length;
  shift.house.refusals.set("flags/open", ["slow_down"]);
  const keys = room.rows.value.map(({ key }) => key);
  assert.deepEqual(await room.flag({ keys, category: "other", note: "", reason: "backing" }), { ok: false, code: "slow_down" });
  assert.equal(shift.wire.said.length, said);
});

test("after a reload the talks on the desk are found again, read from the start, and written in", async () => {
  const shift = await Shift.begin();
  await shift.meet(ROOM);
  await shift.clientSays(ROOM, "text", { x: "still there?" });
  const kept = shift.keptOf(ROOM);
  const { pub } = shift.member;
  const seal = b64u(await sealRoom(pub, "seat-peer", ROOM, 1, { dirHash: filled(32, 8), keys: keys(1) }));

  const account = shift.browser.page();
  const desk = new Desk(account, { line: shift.browser.line });
  await account.resume();
  const again = new Shift(shift.house, shift.browser, shift.member, account, desk);
  again.kept.set(hex(ROOM), kept);
  again.seats.set(hex(ROOM), await shift.house.seat(ROOM, shift.member));
  await again.connect();
  again.wire.listener.heard({ type: "desk", rooms: [{ room: b64u(ROOM), state: "talking", ke: 1 }] });
  assert.equal(again.wire.frames("enter").length, 1);
  again.entered(ROOM, { seal, purpose: "seat-peer" });
  await until(() => desk.rooms.value.length === 1);
  again.entered(ROOM, { seal, purpose: "seat-peer" });
  await until(() => again.room(ROOM).rows.value.length === 1 && again.room(ROOM).mayWrite.value);
  assert.deepEqual([again.room(ROOM).stage.value, again.room(ROOM).unread.value, desk.current.value], ["talking", false, hex(ROOM)]);
  await again.room(ROOM).send("yes");
  await again.commit();
  assert.deepEqual(await again.read(ROOM), ["hello", "text", "text"]);
});

test("a hello that was not answered yet is found again after a reload", async () => {
  const shift = await Shift.begin();
  shift.wire.listener.heard({ type: "desk", rooms: [{ room: b64u(ROOM), state: "meeting", ke: 0 }] });
  assert.equal(shift.room(ROOM).stage.value, "claimed");
});

test("a talk that its client ends, rests, or gives to others is over here, with what it became", async () => {
  for (const [state, stage] of [["closed", "closed"], ["resting", "resting"], ["talking", "gone"]]) {
    const shift = await Shift.begin();
    const room = await shift.meet(ROOM);
    shift.wire.listener.heard({ type: "room", ...shift.state(ROOM, { state, seats: [{ seat: b64u(CLIENT_SEAT), open: true }] }) });
    await until(() => room.stage.value !== "talking");
    assert.deepEqual([room.stage.value, room.mayWrite.value], [stage, false]);
  }
});

test("after a new key by the client a peer who stays reads and writes on under it", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  const next = /** @type {Bytes} */ (RK.get(2));
  const kept = shift.keptOf(ROOM);
  await until(() => room.mayWrite.value);
  const seal = b64u(await sealRoom(shift.member.pub, "seat-peer", ROOM, 2, { dirHash: shift.house.hash, keys: keys(1, 2) }));
  shift.wire.listener.heard({ type: "room", ...shift.state(ROOM, { ke: 2, seal, purpose: "seat-peer" }) });
  await shift.clientSays(ROOM, "rekey", { e: 2, next: b64u(await rekeyHash(ROOM, 2, next)) });
  kept.ke = 2;
  await shift.clientSays(ROOM, "text", { x: "under the new key" });
  await until(() => texts(room).length === 1);
  await room.send("read it");
  await shift.commit();
  assert.equal(kept.items.at(-1)?.ke, 2);
});

test("what does not verify stops writing, and the words before it stay", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.clientSays(ROOM, "text", { x: "true words" });
  const forged = await shift.keptOf(ROOM).say(CLIENT_SEAT, "text", { x: "another" });
  shift.wire.listener.received({ type: "item", ...forged, ct: forged.ct.map((byte, i) => (i === 99 ? byte ^ 1 : byte)) });
  await until(() => room.trouble.value === "aead");
  assert.equal(room.mayWrite.value, false);
  assert.equal(texts(room)[0]?.[1], "true words");
});

test("signing out leaves the rooms, and no talk stays on the desk", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  room.draft.value = "not sent";
  await shift.account.signOut();
  assert.deepEqual(shift.wire.frames("leave"), [{ type: "leave", room: b64u(ROOM) }]);
  const { rooms, waiting, current } = shift.desk;
  assert.deepEqual([rooms.value, waiting.value, current.value, shift.wire.up], [[], [], null, false]);
});

test("a page that locks loses its line and does not leave: its talks are kept", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  room.draft.value = "in the middle of";
  await shift.house.clock.pass(31 * MINUTE);
  assert.equal(shift.account.stage.value, "in");
  room.draft.value = "";
  await shift.house.clock.pass(2 * MINUTE);
  assert.equal(shift.account.stage.value, "locked");
  assert.deepEqual([shift.wire.frames("leave"), shift.wire.up, shift.desk.rooms.value], [[], false, []]);
});

test("only a peer has a desk: for a moderator no line is opened", async () => {
  const house = await StaffHouse.founded();
  const { browser, signIn } = await seated(house, { role: "moderator", alias: "Ash" });
  const account = browser.page();
  new Desk(account, { line: browser.line });
  await signIn(account);
  assert.deepEqual([account.stage.value, browser.wires.length], ["in", 0]);
});

test("the desk keeps no name for the person who came: they have none", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.clientSays(ROOM, "text", { x: "hi" });
  await until(() => texts(room).length === 1);
  assert.deepEqual(room.rows.value.map(({ who }) => who), [""]);
  assert.notEqual(room.key, CLIENT);
});
