// Two of the team in one talk: asking somebody in, being asked in, showing own words, and what a paused peer can do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isObeyed } from "../js/crypto/body.js";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT, seatId } from "../js/crypto/ids.js";
import { importSealKey } from "../js/crypto/keys.js";
import { rekeyHash } from "../js/crypto/key_list.js";
import { openFlag, openFlagNote, sealRoom } from "../js/crypto/seals.js";
import { sealFlag } from "../js/crypto/flag.js";
import { LinesShown } from "../js/state/staff/own_lines.js";
import { ROOM, Room as Kept, filled, keys } from "./cast.js";
import { Shift } from "./shift.js";
import { moment, seated, until } from "./staff_house.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("./staff_house.js").Member} Member */

const OTHER = filled(16, 0x0c);

/** A shift in a talk, with a colleague in the directory. */
async function inTalk() {
  const shift = await Shift.begin();
  const colleague = await seated(shift.house, { alias: "Sol", value: 9 });
  const sol = colleague.member;
  shift.house.cookie = shift.member;
  for (const path of ["seats/ask", "seats/withdraw", "seats/come", "lines/show", "lines/drop", "pauses/appeal"]) shift.house.answers.set(path, () => ({}));
  shift.house.answers.set("seats/whom", () => ({ peers: [b64u(sol.kid)] }));
  const room = await shift.meet(ROOM);
  return { shift, sol, colleague, room };
}

/** How the room stands is told. @param {Shift} shift @param {object} change */
const told = (shift, change) => shift.wire.listener.heard({ type: "room", ...shift.state(ROOM, change) });
/** @param {Member} who @param {Member} by @param {object} [change] */
const asks = (who, by, change = {}) => ({ asks: [{ kid: b64u(who.kid), by: b64u(by.kid), purpose: "handover", willing: false, ...change }] });

/** The seats of a talk where a colleague sits too. @param {Shift} shift @param {Member} sol */
async function bothSit(shift, sol) {
  const { seats } = /** @type {Json} */ (shift.state(ROOM));
  return { seats: [...seats, { seat: b64u(await seatId(ROOM, sol.kid)), kid: b64u(sol.kid), open: true }] };
}

test("a peer sees who could come, asks one of them in, and the card for them goes to the client alone", async () => {
  const { shift, sol, room } = await inTalk();
  await room.colleagues.look();
  assert.deepEqual(room.colleagues.free.value?.map(({ profile }) => profile.alias), ["Sol"]);
  assert.equal(await room.askIn({ kid: hex(sol.kid), purpose: "handover", card: " goes slowly " }), true);
  assert.deepEqual(shift.house.asked("seats/ask"), [{ room: b64u(ROOM), kid: b64u(sol.kid), purpose: "handover" }]);
  assert.deepEqual(room.rows.value.map(({ kind, text, from }) => [kind, text, from]), [["handover", "goes slowly", "me"]]);
  await shift.commit();
  assert.deepEqual(await shift.read(ROOM), ["hello", "handover"]);

  told(shift, asks(sol, shift.member));
  await until(() => room.colleagues.asked.value.length === 1);
  assert.deepEqual(room.colleagues.asked.value, [{ kid: hex(sol.kid), alias: "Sol", purpose: "handover", willing: false, mine: true }]);
});

test("a card is for a handover that was asked for: for company there is none, and none where the service says no", async () => {
  const { shift, sol, room } = await inTalk();
  assert.equal(await room.askIn({ kid: hex(sol.kid), purpose: "company", card: "nothing of this" }), true);
  shift.house.refusals.set("seats/ask", ["closed"]);
  assert.equal(await room.askIn({ kid: hex(sol.kid), purpose: "handover", card: "nor of this" }), false);
  assert.deepEqual([room.colleagues.problem.value, room.rows.value], ["closed", []]);
});

test("a peer hears of who does not come, and nothing of who came or was taken back", async () => {
  const { shift, sol, room } = await inTalk();
  const { colleagues } = room;
  const asked = asks(sol, shift.member);
  told(shift, asked);
  await until(() => colleagues.asked.value.length === 1);
  told(shift, { asks: [] });
  await until(() => colleagues.notNow.value === "Sol");
  colleagues.read();

  told(shift, asked);
  await until(() => colleagues.asked.value.length === 1);
  await colleagues.withdraw(hex(sol.kid));
  told(shift, { asks: [] });
  told(shift, asked);
  await until(() => colleagues.asked.value.length === 1);
  told(shift, await bothSit(shift, sol));
  await until(() => colleagues.here.value.length === 1);
  assert.deepEqual([colleagues.here.value, colleagues.notNow.value, colleagues.asked.value], [["Sol"], null, []]);
});

test("the words of a colleague stand under their own name, are none of the client's, and are not nodded at", async () => {
  const { shift, sol, room } = await inTalk();
  told(shift, await bothSit(shift, sol));
  await until(() => room.colleagues.here.value.length === 1);
  const item = await shift.keptOf(ROOM).say(await seatId(ROOM, sol.kid), "text", { x: "hello both" });
  shift.wire.listener.received({ type: "item", ...item });
  await until(() => room.rows.value.length === 1);
  const [row] = room.rows.value;
  assert.deepEqual([row?.who, row?.fromClient, row?.stone], ["Sol", false, "2"]);
  await room.nod(String(row?.key));
  await shift.clientSays(ROOM, "text", { x: "hi" });
  await until(() => room.rows.value.length === 2);
  await room.nod(String(room.rows.value[1]?.key));
  await shift.commit();
  assert.deepEqual(await shift.read(ROOM), ["hello", "text", "text", "nod"]);
});

test("a talk that a peer leaves goes on with who sits there too", async () => {
  const { shift, sol, room } = await inTalk();
  told(shift, await bothSit(shift, sol));
  await until(() => room.colleagues.here.value.length === 1);
  await shift.passing(room.release());
  assert.equal(room.stage.value, "left");
});

test("who is asked in says yes or not now, and comes into the talk with the first word that only they could say", async () => {
  const { shift, sol } = await inTalk();
  const { desk, wire, house } = shift;
  const ask = (/** @type {object} */ change) => wire.listener.heard({ type: "asked", room: b64u(OTHER), ...change });
  ask({ by: b64u(sol.kid), purpose: "company", willing: false });
  await until(() => desk.asked.value.length === 1);
  assert.deepEqual(desk.asked.value, [{ key: hex(OTHER), by: "Sol", purpose: "company", willing: false }]);
  await desk.answerAsk(hex(OTHER), false);
  assert.deepEqual([desk.asked.value, house.asked("seats/come")], [[], [{ room: b64u(OTHER), come: false }]]);
  ask({});
  assert.deepEqual(wire.frames("enter").filter(({ room }) => room === b64u(OTHER)), []);

  ask({ by: b64u(sol.kid), purpose: "company", willing: false });
  await until(() => desk.asked.value.length === 1);
  await desk.answerAsk(hex(OTHER), true);
  assert.equal(desk.asked.value[0]?.willing, true);
  ask({}); // let in, or not: the room tells
  await until(() => wire.frames("enter").some(({ room }) => room === b64u(OTHER)));
  const seal = await sealRoom(shift.member.pub, "seat-peer", OTHER, 2, { dirHash: house.hash, keys: keys(2) });
  shift.seats.set(hex(OTHER), await house.seat(OTHER, shift.member));
  const kept = await Kept.open(OTHER);
  await kept.say(CLIENT_SEAT, "text", { x: "before they came" });
  await kept.say(CLIENT_SEAT, "rekey", { e: 2, next: b64u(await rekeyHash(OTHER, 2, filled(32, 0x42))) });
  kept.ke = 2;
  shift.kept.set(hex(OTHER), kept);
  shift.entered(OTHER, { ke: 2, seal: b64u(seal), purpose: "seat-peer" });
  await until(() => shift.room(OTHER)?.stage.value === "talking");
  shift.entered(OTHER, { ke: 2, seal: b64u(seal), purpose: "seat-peer" });
  await shift.commit();
  assert.equal(kept.items.length, 3);
  assert.deepEqual(shift.room(OTHER).rows.value.map(({ kind }) => kind), ["hidden", "hidden"]);
  assert.equal(shift.room(OTHER).unread.value, true);
  assert.deepEqual(desk.asked.value, []);
});

test("of two windows the one that said yes says hello, and both sit down", async () => {
  for (const here of [true, false]) {
    const { shift, sol } = await inTalk();
    const ask = (/** @type {object} */ change) => shift.wire.listener.heard({ type: "asked", room: b64u(OTHER), by: b64u(sol.kid), purpose: "company", ...change });
    ask({ willing: false });
    await until(() => shift.desk.asked.value.length === 1);
    if (here) await shift.desk.answerAsk(hex(OTHER), true);
    ask({ willing: true });
    const seal = await sealRoom(shift.member.pub, "seat-peer", OTHER, 1, { dirHash: shift.house.hash, keys: keys(1) });
    shift.seats.set(hex(OTHER), await shift.house.seat(OTHER, shift.member));
    shift.kept.set(hex(OTHER), await Kept.open(OTHER));
    for (const _ of ["let in", "entered with its keys"]) {
      shift.entered(OTHER, { seal: b64u(seal), purpose: "seat-peer" });
      await until(() => shift.room(OTHER)?.stage.value === "talking");
    }
    if (here) await shift.commit();
    else await moment();
    assert.equal(shift.wire.said.filter((frame) => frame instanceof Uint8Array).length, here ? 2 : 1, "the first is the hello of the talk before");
  }
});

test("a seat that was sealed under a directory nobody here knows is not taken", async () => {
  const { shift, sol } = await inTalk();
  const { desk, wire } = shift;
  wire.listener.heard({ type: "asked", room: b64u(OTHER), by: b64u(sol.kid), purpose: "handover", willing: true });
  await until(() => desk.asked.value.length === 1);
  const seal = await sealRoom(shift.member.pub, "seat-peer", OTHER, 2, { dirHash: filled(32, 9), keys: keys(1, 2) });
  shift.seats.set(hex(OTHER), await shift.house.seat(OTHER, shift.member));
  shift.kept.set(hex(OTHER), await Kept.open(OTHER));
  shift.entered(OTHER, { ke: 2, seal: b64u(seal), purpose: "seat-peer" });
  shift.wire.listener.heard({ type: "asked", room: b64u(OTHER) });
  await until(() => wire.frames("enter").some(({ room }) => room === b64u(OTHER)));
  await new Promise((resolve) => void setTimeout(resolve, 20));
  assert.equal(shift.room(OTHER), undefined);
});

test("a page that was away when its seat opened judges it as any that comes, and says hello once", async () => {
  const { shift } = await inTalk();
  const comes = async (/** @type {import("../js/crypto/encoding.js").Bytes} */ dirHash) => {
    const seal = await sealRoom(shift.member.pub, "seat-peer", OTHER, 1, { dirHash, keys: keys(1) });
    shift.seats.set(hex(OTHER), await shift.house.seat(OTHER, shift.member));
    if (!shift.kept.has(hex(OTHER))) {
      shift.kept.set(hex(OTHER), await Kept.open(OTHER));
      await shift.keptOf(OTHER).say(CLIENT_SEAT, "text", { x: "before they came" });
    }
    for (const _ of ["found on the desk", "entered with its keys"]) {
      shift.entered(OTHER, { seal: b64u(seal), purpose: "seat-peer" });
      await until(() => shift.room(OTHER)?.stage.value === "talking");
    }
  };
  await comes(shift.house.hash);
  await shift.commit();
  assert.deepEqual(await shift.read(OTHER), ["text", "hello"]);
  // Found again it has spoken: it is not judged anew, and says nothing twice.
  const said = shift.wire.said.length;
  shift.wire.listener.heard({ type: "room", ...shift.state(OTHER) });
  await moment();
  assert.equal(shift.wire.said.slice(said).filter((frame) => frame instanceof Uint8Array).length, 0);

  const another = await inTalk();
  const forged = await sealRoom(another.shift.member.pub, "seat-peer", OTHER, 1, { dirHash: filled(32, 9), keys: keys(1) });
  another.shift.seats.set(hex(OTHER), await another.shift.house.seat(OTHER, another.shift.member));
  another.shift.kept.set(hex(OTHER), await Kept.open(OTHER));
  for (const _ of ["found on the desk", "entered with its keys"]) {
    another.shift.entered(OTHER, { seal: b64u(forged), purpose: "seat-peer" });
    await until(() => another.shift.room(OTHER) !== undefined);
  }
  await until(() => another.shift.room(OTHER).trouble.value === "dir_signature");
  assert.equal(another.shift.room(OTHER).mayWrite.value, false);
});

test("a peer shows own words to one of the team; only that key opens them, and nothing of the client's goes along", async () => {
  const { shift, sol, colleague, room } = await inTalk();
  await shift.clientSays(ROOM, "text", { x: "only for you" });
  await room.send("I could have said that better");
  await shift.commit();
  await until(() => room.ownLines.value.length === 1);
  const all = room.rows.value.map(({ key }) => key);
  assert.deepEqual(await room.showLines({ to: hex(sol.kid), keys: all, note: "" }), { ok: true });
  const [shown] = /** @type {[Json]} */ (shift.house.asked("lines/show"));
  assert.equal(shown["to"], b64u(sol.kid));

  const reader = await signedIn(colleague);
  const rows = (await headers(shift)).filter(({ seat }) => seat !== b64u(CLIENT_SEAT));
  const answer = { id: shown["id"], room: b64u(ROOM), by: b64u(shift.member.kid), to: b64u(sol.kid), day: 20_000, sealed: shown["sealed"], rows };
  shift.house.answers.set("lines/shown", () => ({ lines: [answer] }));
  shift.house.answers.set("lines/mine", () => ({ lines: [] }));
  const lines = new LinesShown(reader);
  await lines.look();
  assert.deepEqual(lines.toMe.value.map(({ by, lines: each }) => [by, each?.map(({ text, proven }) => [text, proven])]), [["Mara", [["I could have said that better", true]]]]);
  await assert.rejects(openFlag(/** @type {any} */ (shift.session?.key), unb64u(shown["id"]), ROOM, await seatId(ROOM, shift.member.kid), unb64u(shown["sealed"])));
  await lines.drop(String(lines.toMe.value[0]?.key));
  assert.deepEqual([lines.toMe.value, shift.house.asked("lines/drop")], [[], [{ id: shown["id"] }]]);
});

test("words of somebody else, or other words than were said, prove nothing, and none of them is on the screen", async () => {
  const { shift, sol, colleague, room } = await inTalk();
  await shift.clientSays(ROOM, "text", { x: "only for you" });
  await room.send("my own");
  await shift.commit();
  await until(() => room.ownLines.value.length === 1);
  const proofs = room.flaggable.value.flatMap(({ proof }) => (proof ? [proof] : []));
  const own = await seatId(ROOM, shift.member.kid);
  const id = filled(16, 3);
  const forged = proofs.map((proof, at) => (at === 1 ? { ...proof, body: b64u(new TextEncoder().encode('{"k":"text","t":1,"seen":[0,"AA"],"x":"other"}')) } : proof));
  const sealed = b64u(await sealFlag(sol.pub, id, ROOM, own, { v: 1, items: forged, reason: "", note: "" }));
  const answer = { id: b64u(id), room: b64u(ROOM), by: b64u(shift.member.kid), to: b64u(sol.kid), day: 20_000, sealed, rows: await headers(shift) };
  shift.house.answers.set("lines/shown", () => ({ lines: [answer] }));
  shift.house.answers.set("lines/mine", () => ({ lines: [] }));
  const lines = new LinesShown(await signedIn(colleague));
  await lines.look();
  assert.deepEqual(lines.toMe.value[0]?.lines?.map(({ text, proven }) => [text, proven]), [["", false], ["", false]]);

  // Those that came after a look are new.
  assert.equal(lines.news.value, true);
  lines.looked();
  assert.equal(lines.news.value, false);
  const [known] = /** @type {Json} */ (await shift.house.answers.get("lines/shown")?.({})).lines;
  shift.house.answers.set("lines/shown", () => ({ lines: [known, { ...known, id: b64u(filled(16, 0x77)) }] }));
  await lines.look();
  assert.equal(lines.news.value, true);
});

test("a paused peer reads why and until when, and asks somebody who had no part in it to look anew, once", async () => {
  const { shift, sol } = await inTalk();
  const { member: ana, browser } = await seated(shift.house, { role: "moderator", alias: "Ana", value: 11 });
  shift.house.cookie = shift.member;
  const id = filled(16, 5);
  const pause = { id: b64u(id), reason: "abuse", until: shift.house.now + 3600, appeal: /** @type {string | null} */ (null), whom: [b64u(ana.kid), b64u(sol.kid)] };
  shift.house.answers.set("pauses/mine", () => ({ pause }));
  shift.availability({ state: "off", paused: true });
  const { desk } = shift;
  await until(() => desk.pause.value.value !== null);
  assert.deepEqual(desk.pause.value.value?.whom, [{ kid: hex(ana.kid), alias: "Ana", role: "moderator" }]);
  assert.equal(desk.availability.paused.value, true);
  assert.deepEqual([await desk.appeal({ to: hex(sol.kid), text: "not theirs to read" }), shift.house.asked("pauses/appeal")], [false, []]);
  shift.house.answers.set("pauses/appeal", () => {
    pause.appeal = "open";
    return {};
  });
  assert.equal(await desk.appeal({ to: hex(ana.kid), text: "it was not so" }), true);
  const { to, sealed } = /** @type {Json} */ (shift.house.asked("pauses/appeal").at(-1));
  assert.equal(to, b64u(ana.kid));
  const key = /** @type {import("../js/platform/staff_storage.js").KeptDesk} */ (browser.storage.keptDesk).key;
  assert.equal(await openFlagNote(key, id, 0, unb64u(sealed)), "it was not so");
  assert.equal(desk.pause.value.value?.appeal, "open");
  shift.availability({ state: "off", paused: false });
  assert.equal(desk.pause.value.value, null);
});

test("a peer whom a moderator asks for more words sends picked ones of that talk to the team alone, or none", async () => {
  const { shift, room } = await inTalk();
  const { desk, house } = shift;
  await room.send("mine");
  await shift.commit();
  await until(() => room.flaggable.value.length === 1);
  const flag = b64u(filled(16, 8));
  let outcome = "asked";
  house.answers.set("flags/mine", () => ({ reports: [{ flag, outcome, room: b64u(ROOM) }] }));
  house.answers.set("flags/more", () => {
    outcome = "open";
    return { outcome };
  });
  shift.wire.lose();
  await shift.connect();
  await until(() => desk.reports.value.length === 1);
  const [report] = /** @type {[import("../js/state/flagging.js").Report]} */ (/** @type {unknown} */ (desk.reports.value));
  assert.equal(desk.roomOf(report), room);
  assert.deepEqual(await desk.answerModerator(report, { keys: room.flaggable.value.map(({ key }) => key), note: "" }), { ok: true });
  await until(() => desk.reports.value[0]?.outcome === "open");
  assert.deepEqual(await desk.answerModerator(report, null), { ok: true });
  const [given, refused] = house.asked("flags/more");
  const key = await importSealKey(house.team("moderation").pkcs8);
  const { items } = await openFlag(key, unb64u(flag), ROOM, await seatId(ROOM, shift.member.kid), unb64u(given?.["sealed"]));
  assert.deepEqual([items.map(({ seq }) => seq), refused?.["sealed"]], [[2], null]);
});

test("a handover is obeyed from staff and consent from the client, never the other way round", () => {
  const body = (/** @type {string} */ kind, /** @type {object} */ fields) => ({ kind, t: 1, seen: { seq: 0, head: filled(32, 0) }, fields: { ...fields } });
  assert.deepEqual([isObeyed(body("handover", { text: "x", next: "0a".repeat(16) }), false), isObeyed(body("handover", { text: "x" }), true)], [true, false]);
  assert.deepEqual([isObeyed(body("consent", { of: 1, text: "x" }), true), isObeyed(body("consent", { of: 1, text: "x" }), false)], [true, false]);
});

/** The headers of a room's items, as the service keeps them. @param {Shift} shift */
async function headers(shift) {
  return shift.keptOf(ROOM).items.map(({ seq, ke, n, com, seat }) => ({ seq, ke, n, com: b64u(com), seat: b64u(seat) }));
}

/** Another member of the team, signed in from now on. @param {Awaited<ReturnType<typeof seated>>} who */
async function signedIn({ browser, signIn }) {
  const account = browser.page();
  await signIn(account);
  return /** @type {import("../js/state/staff/session.js").StaffSession} */ (account.session.value);
}
