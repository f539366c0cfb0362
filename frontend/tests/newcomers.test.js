// Whom a peer would bring into a talk: nobody gets a key before this person let them in by name, and nobody is told more
// of the past than this person wants.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { openRoom } from "../js/crypto/seals.js";
import { sentenceOf } from "../js/views/client/troubles.js";
import { House, kidHex, until } from "./client_house.js";
import { SessionStorage } from "./session_storage.js";

/** @typedef {import("../js/state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("./client_house.js").Peer} Peer */
/** @typedef {Record<string, any>} Json */

/** @type {House} */
let house;
/** @type {[Peer, Peer, Peer]} */
let peers;

beforeEach(async () => {
  void new SessionStorage();
  house = await House.founded("Mara", "Sol", "Luz");
  peers = /** @type {[Peer, Peer, Peer]} */ (/** @type {unknown} */ (house.peers));
});

async function talking() {
  const engine = house.engine();
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  await house.meets(engine, peers[0]);
  return engine;
}

/** What a seal of the last new epoch holds for somebody; null where there is none. @param {Peer} peer @returns {Promise<string | null>} epochs */
async function given({ key, kid }) {
  const { room, ke, seals } = /** @type {Json} */ (house.asked("rooms/rekey").at(-1));
  const seal = seals.find((/** @type {Json} */ each) => each.kid === b64u(kid));
  if (!seal) return null;
  const { keys } = await openRoom(key, "seat-peer", unb64u(room), ke, unb64u(seal.sealed));
  return [...keys.keys()].join();
}

/** @param {ClientEngine} engine */
const waiting = (engine) => engine.newcomers.value.map(({ peer, by, purpose, card }) => [peer.alias, by, purpose, card?.text ?? null]);
/** @param {string} kind */
const said = async (kind) => (await house.read()).filter((body) => body?.kind === kind).map((body) => body?.fields);

test("at a handover the card is read first; the next peer comes with a new key, and is told what was agreed to under it", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  await house.says(mara, "handover", { text: "likes to go slowly", next: kidHex(sol) });
  await until(() => engine.rows.value.some(({ kind }) => kind === "handover"));
  house.brings(mara, sol, "handover");
  await until(() => engine.newcomers.value.length === 1);
  assert.deepEqual(waiting(engine), [["Sol", "Mara", "handover", "likes to go slowly"]]);
  assert.deepEqual([house.asked("rooms/rekey"), engine.readers.value], [[], ["Mara"]]);

  const { seq } = /** @type {{ seq: number }} */ (engine.newcomers.value[0]?.card);
  await engine.letIn(kidHex(sol), { told: { seq, text: "likes tea" } });
  await until(() => engine.readers.value.length === 2 && engine.rows.value.at(-1)?.status === "sent");
  assert.deepEqual([await given(mara), await given(sol)], ["1,2", "2"]);
  assert.deepEqual([engine.readers.value, engine.newcomers.value], [["Mara", "Sol"], []]);
  assert.deepEqual(await said("consent"), [{ of: seq, text: "likes tea" }]);
  const consent = house.room.kept.items.at(-1);
  assert.equal(consent?.ke, 2);
});

test("who is let in to share nothing of the past is told nothing; who may read it all holds every key", async () => {
  const [mara, sol, luz] = peers;
  const engine = await talking();
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  await engine.letIn(kidHex(sol));
  await until(() => engine.readers.value.length === 2);
  house.brings(mara, luz, "company");
  await until(() => engine.newcomers.value.length === 1);
  await engine.letIn(kidHex(luz), { sharePast: true });
  await until(() => engine.readers.value.length === 3);
  assert.deepEqual([await given(mara), await given(sol), await given(luz)], ["1,2,3", "2,3", "1,2,3"]);
  assert.deepEqual(await said("consent"), []);
});

test("a talk that has had all its keys lets nobody in, and says so in plain words", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  for (let epoch = 2; epoch <= 15; epoch++) {
    house.room.flags = ["needs_rekey"];
    house.tellRoom();
    await until(() => house.room.ke === epoch);
  }
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  await engine.letIn(kidHex(sol));
  assert.equal(sentenceOf(String(engine.trouble.value)), "trouble-epochs");
  assert.deepEqual([engine.readers.value, engine.mayWrite.value], [["Mara"], true]);
});

test("who was here stands first, whatever the service lists first", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  await engine.letIn(kidHex(sol));
  await until(() => engine.readers.value.length === 2);
  house.room.seats.reverse();
  house.tellRoom();
  await house.says(mara, "text", { x: "both of us are here" });
  await until(() => engine.rows.value.some(({ text }) => text === "both of us are here"));
  assert.deepEqual([engine.readers.value, engine.peer.value?.alias], [["Mara", "Sol"], "Mara"]);
});

test("a no costs nothing: nobody gets a key, and the room hears of it", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  await engine.turnAway(kidHex(sol));
  assert.deepEqual(house.asked("seats/refuse").map(({ kid }) => kid), [b64u(sol.kid)]);
  assert.deepEqual([engine.newcomers.value, house.asked("rooms/rekey"), engine.trouble.value], [[], [], null]);
});

test("nobody is let in whom nobody here brings: not at the word of one who sits elsewhere, not once it is over", async () => {
  const [mara, sol, luz] = peers;
  const engine = await talking();
  house.brings(luz, sol, "handover"); // Luz has no seat here
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  assert.deepEqual(waiting(engine), [["Sol", "Mara", "company", null]]);
  await engine.letIn(kidHex(luz));
  assert.deepEqual(house.asked("rooms/rekey"), []);
  house.room.asks = []; // over, and this page does not know it yet
  await engine.letIn(kidHex(sol), { told: { seq: 1, text: "not for anybody else" } });
  assert.deepEqual([house.room.ke, engine.readers.value, engine.trouble.value], [1, ["Mara"], "newcomer-gone"]);
  assert.deepEqual(await said("consent"), []);
});

test("where letting in did not work they are asked about anew, should they sit here after all", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  house.refusals.set("rooms/rekey", ["slow_down"]);
  await engine.letIn(kidHex(sol), { told: { seq: 1, text: "never sent" } });
  assert.deepEqual([engine.trouble.value, engine.readers.value, engine.newcomers.value.length], ["slow_down", ["Mara"], 1]);
  assert.deepEqual(await said("consent"), []);
  house.room.asks = [];
  await house.sit(sol);
  await until(() => engine.seatAsked.value !== null);
  assert.equal(engine.seatAsked.value?.alias, "Sol");
});

test("a card that comes after the ask is read first all the same, and is gone once its peer takes it back", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  house.brings(mara, sol, "handover");
  await until(() => engine.newcomers.value.length === 1);
  await house.says(mara, "handover", { text: "likes tea", next: kidHex(sol) });
  await until(() => engine.newcomers.value[0]?.card?.text === "likes tea");
  await house.says(mara, "take-back", { of: engine.newcomers.value[0]?.card?.seq });
  await until(() => engine.newcomers.value[0]?.card === null);
});

test("a card that its peer took back is not told to anybody", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  await house.says(mara, "handover", { text: "too much", next: kidHex(sol) });
  await until(() => engine.rows.value.some(({ kind }) => kind === "handover"));
  const seq = engine.rows.value.find(({ kind }) => kind === "handover")?.seq;
  await house.says(mara, "take-back", { of: seq });
  await until(() => engine.rows.value.some(({ kind }) => kind === "taken-back"));
  house.brings(mara, sol, "handover");
  await until(() => engine.newcomers.value.length === 1);
  assert.deepEqual(waiting(engine), [["Sol", "Mara", "handover", null]]);
});

test("a part is ended at any time: the next epoch has no key for that peer, and the talk goes on with the other", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  await engine.letIn(kidHex(sol));
  await until(() => engine.sitting.value.length === 2);
  await engine.endPart(kidHex(mara));
  await until(() => engine.readers.value.join() === "Sol");
  assert.deepEqual([await given(mara), await given(sol), engine.stage.value, engine.peer.value?.alias], [null, "2,3", "talking", "Sol"]);
});

test("words that have not gone out are not read by who is let in; sending them again is the person's own act", async () => {
  const [mara, sol] = peers;
  const engine = await talking();
  house.brings(mara, sol, "company");
  await until(() => engine.newcomers.value.length === 1);
  house.silent = true;
  engine.send("for Mara alone");
  let over = false;
  void engine.letIn(kidHex(sol)).finally(() => (over = true));
  await until(() => {
    if (!over) void house.clock.pass(100);
    return over;
  });
  assert.deepEqual(engine.rows.value.map(({ text, status }) => [text, status]), [["for Mara alone", "failed"]]);
  assert.deepEqual(await house.texts(), []);
});

test("who talks with a peer that takes no new talks is told, once for each pause, and may stay", async () => {
  const [mara] = peers;
  const engine = await talking();
  const paused = (/** @type {boolean} */ is) => {
    house.room.seats = house.room.seats.map((seat) => ({ ...seat, paused: is }));
    house.tellRoom();
  };
  assert.equal(engine.peerPaused.value, null);
  paused(true);
  await until(() => engine.peerPaused.value !== null);
  assert.equal(/** @type {any} */ (engine.peerPaused.value).kid, hex(mara.kid));
  engine.stay();
  house.tellRoom();
  await house.says(mara, "text", { x: "still here" });
  await until(() => engine.rows.value.length === 1);
  assert.equal(engine.peerPaused.value, null);
  paused(false);
  await new Promise((resolve) => void setTimeout(resolve, 20));
  paused(true);
  await until(() => engine.peerPaused.value !== null);
});

test("a moderator asks for more words: the picked ones go to the team alone, or a no does, and the outcome is asked for again", async () => {
  const [mara] = peers;
  const engine = await talking();
  await house.says(mara, "text", { x: "send me your number" });
  await house.says(mara, "text", { x: "or your street" });
  await until(() => engine.rows.value.length === 2);
  const [first, second] = engine.rows.value.map(({ key }) => key);
  assert.deepEqual(await engine.flag({ keys: [String(first)], category: "contact" }), { ok: true });
  house.flags = house.flags.map((each) => ({ ...each, outcome: "asked" }));
  house.tellRoom();
  await until(() => engine.reports.value[0]?.outcome === "asked");
  const [{ flag }] = /** @type {[{ flag: string }]} */ (/** @type {unknown} */ (engine.reports.value));
  assert.deepEqual(await engine.answerModerator(flag, { keys: [String(second)] }), { ok: true });
  await until(() => engine.reports.value[0]?.outcome === "open");
  const { openFlag } = await import("../js/crypto/seals.js");
  const { CLIENT_SEAT } = await import("../js/crypto/ids.js");
  const { items } = await openFlag(house.moderation, unb64u(flag), house.room.kept.room, CLIENT_SEAT, unb64u(house.flags[0]?.["more"]));
  assert.deepEqual(items.map(({ seq }) => seq), [engine.rows.value[1]?.seq]);

  house.flags = house.flags.map((each) => ({ ...each, outcome: "asked" }));
  house.tellRoom();
  await until(() => engine.reports.value[0]?.outcome === "asked");
  assert.deepEqual(await engine.answerModerator(flag, null), { ok: true });
  assert.equal(house.flags[0]?.["more"], null);
});
