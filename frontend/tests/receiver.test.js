// What a page may rely on in a room where nobody lies (docs/protocol.md, 8 to 10).

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { b64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { rekeyHash } from "../js/crypto/key_list.js";
import { Receiver } from "../js/crypto/receiver.js";
import { MARA, RK, ROOM, Room, SOL, keys, refused, talk } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/receiver.js").Item} Item */

/** @param {number} e */
const promise = async (e) => ({ e, next: b64u(await rekeyHash(ROOM, e, /** @type {Bytes} */ (RK.get(e)))) });

/** A talk in three epochs, two messages in each before its rekey. */
async function threeEpochs() {
  const room = await Room.open();
  for (const e of [2, 3]) {
    await room.say(CLIENT_SEAT, "text", { x: `epoch ${e - 1}` });
    await room.say(MARA, "text", { x: `epoch ${e - 1}` });
    await room.say(CLIENT_SEAT, "rekey", await promise(e));
    room.ke = e;
  }
  await room.say(CLIENT_SEAT, "text", { x: "epoch 3" });
  return room;
}

test("two receivers that compose and deliver to each other agree on every word and head", async () => {
  const room = await Room.open();
  const client = await Receiver.start(ROOM, CLIENT_SEAT, keys(1));
  const mara = await Receiver.start(ROOM, MARA, keys(1));
  for (const [from, seat, x] of /** @type {[Receiver, Bytes, string][]} */ ([
    [client, CLIENT_SEAT, "hello"],
    [mara, MARA, "hello, grüße 🌱"],
    [client, CLIENT_SEAT, "x".repeat(5000)],
  ])) {
    const item = await room.commit({ ...(await from.compose(from.nextN, "text", 29_000_000, { x })), seat });
    const heard = await Promise.all([client.receive(item), mara.receive(item)]);
    for (const { body, obeyed } of heard) assert.deepEqual([body?.fields, obeyed], [{ x }, true]);
  }
  for (const receiver of [client, mara]) assert.deepEqual(receiver.headAt(3), room.head);
});

test("with a second staff seat let in, all three agree on one chain, and the newcomer reads from then on", async () => {
  const room = await Room.open();
  const client = await Receiver.start(ROOM, CLIENT_SEAT, keys(1));
  const mara = await Receiver.start(ROOM, MARA, keys(1));
  /** @param {Receiver} from @param {Bytes} seat @param {string} kind @param {Record<string, unknown>} fields */
  const say = async (from, seat, kind, fields) =>
    room.commit({ ...(await from.compose(from.nextN, kind, 29_000_000, fields)), seat });
  /** @param {Item} item @param {...Receiver} ears */
  const heard = (item, ...ears) => Promise.all(ears.map((ear) => ear.receive(item)));
  await heard(await say(client, CLIENT_SEAT, "text", { x: "for mara alone" }), client, mara);
  await heard(await say(client, CLIENT_SEAT, "rekey", await promise(2)), client, mara);
  for (const receiver of [client, mara]) await receiver.addKeys(keys(1, 2));
  const sol = await Receiver.start(ROOM, SOL, keys(2));
  for (const item of room.items) assert.equal((await sol.receive(item)).hidden, true);
  const everybody = [client, mara, sol];
  for (const [from, seat, x] of /** @type {[Receiver, Bytes, string][]} */ ([
    [sol, SOL, "hello from sol"],
    [mara, MARA, "glad you came"],
    [client, CLIENT_SEAT, "hello both"],
  ])) {
    for (const { body, obeyed } of await heard(await say(from, seat, "text", { x }), ...everybody)) {
      assert.deepEqual([body?.fields, obeyed], [{ x }, true]);
    }
  }
  for (const receiver of everybody) assert.deepEqual(receiver.headAt(5), room.head);
});

test("calls that overlap are carried out in order", async () => {
  const { items } = await talk();
  const receiver = await Receiver.start(ROOM, CLIENT_SEAT, keys(1));
  const heard = await Promise.all(items.map((item) => receiver.receive(item)));
  assert.deepEqual(heard.map(({ seq }) => seq), [1, 2, 3, 4, 5, 6]);
});

test("several messages can be on their way at once", async () => {
  const room = await Room.open();
  const client = await Receiver.start(ROOM, CLIENT_SEAT, keys(1));
  for (const n of [1, 2]) await room.commit({ ...(await client.compose(n, "text", 1, { x: `${n}` })), seat: CLIENT_SEAT });
  for (const item of room.items) await client.receive(item);
  assert.equal(client.nextN, 3);
});

describe("earlier words", () => {
  test("are hidden from a staff seat that never held their keys, and checked all the same", async () => {
    const room = await threeEpochs();
    const sol = await Receiver.start(ROOM, SOL, keys(3));
    const heard = [];
    for (const item of room.items) heard.push(await sol.receive(item));
    assert.deepEqual(heard.map(({ hidden }) => hidden), [true, true, true, true, true, true, false]);
    assert.equal(heard[0]?.body, null);
    assert.equal(heard[6]?.body?.fields.x, "epoch 3");
    await sol.atHead(7, room.head);
    assert.equal(sol.epoch, 3);

    const tampered = await Receiver.start(ROOM, SOL, keys(3));
    await refused(tampered.receive({ .../** @type {Item} */ (room.items[0]), n: 2 }), "gap_sender");
    await tampered.receive({ .../** @type {Item} */ (room.items[0]), com: new Uint8Array(32) });
    for (const item of room.items.slice(1, 6)) await tampered.receive(item);
    await refused(tampered.receive(/** @type {Item} */ (room.items[6])), "chain_fork");
  });

  test("stay hidden, and the present ones open, when the same list is handed over again", async () => {
    const sol = await Receiver.start(ROOM, SOL, keys(3));
    await sol.addKeys(keys(3));
    const hidden = [];
    for (const item of (await threeEpochs()).items) hidden.push((await sol.receive(item)).hidden);
    assert.deepEqual(hidden, [true, true, true, true, true, true, false]);
    assert.equal(sol.epoch, 3);
  });

  test("end where the shared part begins, and there one may write at once", async () => {
    const sol = await Receiver.start(ROOM, SOL, keys(3));
    const epochs = [];
    for (const item of (await threeEpochs()).items.slice(0, 6)) epochs.push((await sol.receive(item)) && sol.epoch);
    assert.equal(epochs.at(-1), 3);
  });

  test("are open to a staff seat with which the past is shared", async () => {
    const sol = await Receiver.start(ROOM, SOL, keys(1, 2, 3));
    for (const item of (await threeEpochs()).items) assert.equal((await sol.receive(item)).hidden, false);
  });

  test("of an absence are hidden from someone who comes back", async () => {
    const mara = await Receiver.start(ROOM, MARA, keys(1, 3));
    const hidden = [];
    for (const item of (await threeEpochs()).items) hidden.push((await mara.receive(item)).hidden);
    assert.deepEqual(hidden, [false, false, false, true, true, true, false]);
  });

  test("are unknown_epoch to the client, above the list, and where the key was once held", async () => {
    const [first, , , second] = /** @type {Item[]} */ ((await threeEpochs()).items);
    const starting = (/** @type {Bytes} */ seat, /** @type {number} */ epoch, /** @type {number[]} */ ...before) =>
      Receiver.start(ROOM, seat, keys(epoch), before);
    await refused((await starting(CLIENT_SEAT, 3)).receive(/** @type {Item} */ (first)), "unknown_epoch");
    await refused((await starting(MARA, 3, 1)).receive(/** @type {Item} */ (first)), "unknown_epoch");
    assert.equal((await (await starting(MARA, 3)).receive(/** @type {Item} */ (first))).hidden, true);
    const above = { .../** @type {Item} */ (second), seq: 1, n: 1 };
    await refused((await starting(MARA, 1)).receive(above), "unknown_epoch");
  });

  test("that were emptied may have been taken back out of sight, but never those of staff", async () => {
    for (const [seq, code] of /** @type {[number, string | null][]} */ ([[1, null], [2, "erased_unasked"], [7, "erased_unasked"]])) {
      const room = await threeEpochs();
      room.erase(seq);
      const sol = await Receiver.start(ROOM, SOL, keys(3));
      for (const item of room.items) await sol.receive(item);
      if (code === null) await sol.atHead(7, room.head);
      else await refused(sol.atHead(7, room.head), code);
    }
  });
});

describe("a message is obeyed", () => {
  /** @type {[Bytes, string, Record<string, unknown>, boolean][]} */
  const CASES = [
    [CLIENT_SEAT, "pace", { v: "slowly" }, true],
    [MARA, "pace", { v: "slowly" }, false],
    [CLIENT_SEAT, "pause", { v: "away" }, true],
    [CLIENT_SEAT, "pause", { v: "gone" }, false],
    [CLIENT_SEAT, "skip", { of: 1 }, true],
    [CLIENT_SEAT, "skip", { of: "1" }, false],
    [MARA, "here", {}, true],
    [CLIENT_SEAT, "here", {}, false],
    [MARA, "leaving", { at: 29_000_100 }, true],
    [CLIENT_SEAT, "leaving", { at: 29_000_100 }, false],
    [MARA, "handover", { text: "a word" }, true],
    [MARA, "handover", { text: "a word", next: "0a".repeat(16) }, true],
    [MARA, "handover", { text: "a word", next: "0A".repeat(16) }, false],
    [CLIENT_SEAT, "handover", { text: "a word" }, false],
    [CLIENT_SEAT, "consent", { of: 1, text: "a word" }, true],
    [MARA, "consent", { of: 1, text: "a word" }, false],
    [CLIENT_SEAT, "drawing", { strokes: [[1, 2]], words: "" }, true],
    [CLIENT_SEAT, "drawing", { strokes: ["x".repeat(12_300)], words: "" }, false],
    [CLIENT_SEAT, "page", { lines: ["one"] }, true],
    [CLIENT_SEAT, "page", { lines: "one" }, false],
    [MARA, "hello", { alias: "Mara" }, true],
    [CLIENT_SEAT, "hello", {}, true],
    [CLIENT_SEAT, "hello", { alias: 1 }, false],
    [CLIENT_SEAT, "hello", { alias: "two\nlines" }, false],
    [CLIENT_SEAT, "hello", { alias: "x".repeat(201) }, false],
    [CLIENT_SEAT, "ours", { op: { add: "x" } }, true],
    [CLIENT_SEAT, "ours", { op: "x" }, false],
    [CLIENT_SEAT, "text", { x: "half a sign \ud800" }, false],
    [CLIENT_SEAT, "text", {}, false],
    [CLIENT_SEAT, "bye", {}, true],
    [CLIENT_SEAT, "a-kind-of-later", { x: "?" }, false],
    [CLIENT_SEAT, "constructor", {}, false],
    [CLIENT_SEAT, "take-back", { of: 1 }, true],
    [CLIENT_SEAT, "take-back", { of: 2 }, false],
    [CLIENT_SEAT, "take-back", { of: 7 }, false],
    [MARA, "take-back", { of: 2 }, true],
    [MARA, "take-back", { of: 1 }, false],
    [CLIENT_SEAT, "rekey", { e: 2, next: b64u(new Uint8Array(32)) }, true],
    [CLIENT_SEAT, "rekey", { e: 1, next: b64u(new Uint8Array(32)) }, false],
    [CLIENT_SEAT, "rekey", { e: 16, next: b64u(new Uint8Array(32)) }, false],
    [CLIENT_SEAT, "rekey", { e: 2, next: "AAAA" }, false],
    [MARA, "rekey", { e: 2, next: b64u(new Uint8Array(32)) }, false],
  ];
  for (const [seat, kind, fields, obeyed] of CASES) {
    const who = seat === MARA ? "staff" : "the client";
    test(`${obeyed ? "for" : "never for"} ${kind} ${JSON.stringify(fields).slice(0, 40)} of ${who}`, async () => {
      const room = await talk();
      await room.say(seat, kind, fields);
      const receiver = await Receiver.start(ROOM, CLIENT_SEAT, keys(1));
      const heard = [];
      for (const item of room.items) heard.push(await receiver.receive(item));
      const last = heard.at(-1);
      assert.deepEqual([last?.body?.kind, last?.obeyed], [kind, obeyed]);
      assert.equal(last?.opened?.kf.length, 32);
    });
  }
});

describe("composing", () => {
  test("refuses what nobody would obey, and what would not parse", async () => {
    const client = await Receiver.start(ROOM, CLIENT_SEAT, keys(1));
    await client.compose(1, "text", 1, { x: "x" });
    await refused(client.compose(1, "here", 1), "msg_format");
    await refused(client.compose(1, "text", 1, {}), "msg_format");
    await refused(client.compose(1, "text", -1, { x: "x" }), "msg_format");
    await refused(client.compose(1, "take-back", 1, { of: 1 }), "msg_format");
    await refused(client.compose(1, "k".repeat(33), 1), "msg_format");
    await refused(client.compose(1, "text", 1, { x: "x".repeat(16_384) }), "too_long");
  });

  test("refuses without a key of the present epoch", async () => {
    const mara = await Receiver.start(ROOM, MARA, keys(1));
    await mara.compose(1, "here", 1);
    const keyless = await Receiver.start(ROOM, MARA, new Map());
    await refused(keyless.compose(1, "here", 1), "unknown_epoch");
  });

  test("writes under the epoch a rekey has begun, though no message of it has come", async () => {
    const room = await talk();
    await room.say(CLIENT_SEAT, "rekey", await promise(2));
    const client = await Receiver.start(ROOM, CLIENT_SEAT, keys(1, 2));
    for (const item of room.items) await client.receive(item);
    assert.equal((await client.compose(client.nextN, "text", 1, { x: "x" })).ke, 2);
  });
});
