// What a lying server or a lying sender can try on a transcript (docs/protocol.md, 8 and 10). Every row alters an honest
// talk; the same talk unaltered is accepted first, so a refusal is never the fault of the talk itself.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { concat, u32, utf8 } from "../js/crypto/encoding.js";
import { gcmSeal, hkdf, hmac, random } from "../js/crypto/primitives.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { rekeyHash } from "../js/crypto/key_list.js";
import { Receiver } from "../js/crypto/receiver.js";
import { chainNext, header } from "../js/crypto/transcript.js";
import { b64u, ctx } from "../js/crypto/encoding.js";
import { MARA, RK, ROOM, Room, SOL, filled, flipped, keys, refused, talk } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/receiver.js").Item} Item */
/** @typedef {import("./cast.js").RoomKeys} RoomKeys */

/** @param {number} epoch @returns {Bytes} */
const rk = (epoch) => /** @type {Bytes} */ (RK.get(epoch));

/** @param {Item[]} items @returns {Item[]} with the seqs a server would give them in this order */
const renumbered = (items) => items.map((item, i) => ({ ...item, seq: i + 1 }));

/** @param {Item[]} items @param {number} i @param {Partial<Item>} change */
const altered = (items, i, change) => items.map((item, at) => (at === i ? { ...item, ...change } : item));

/** @param {Item[]} items @param {number[]} order indices, left-out ones are withheld */
const picked = (items, ...order) => order.map((i) => /** @type {Item} */ (items[i]));

/** @param {Item[]} items @param {number} i */
const at = (items, i) => /** @type {Item} */ (items[i]);

/**
 * Delivers all, as the seat that holds these keys.
 * @param {Item[]} items
 * @param {RoomKeys} held
 * @param {Bytes} seat
 */
async function deliver(items, held = keys(1), seat = CLIENT_SEAT) {
  const receiver = await Receiver.start(ROOM, seat, held);
  for (const item of items) await receiver.receive(item);
  return receiver;
}

/**
 * A message whose plaintext the sender chose freely; every key is right.
 * @param {(honest: Bytes, kf: Bytes) => Bytes} spoil the plaintext, from the honest one
 * @param {Bytes} [body]
 */
async function crafted(spoil, body) {
  const room = await Room.open();
  const message = { room: ROOM, ke: 1, seat: MARA, n: 1 };
  const said = body ?? utf8(JSON.stringify({ k: "text", t: 1, seen: [0, b64u(room.head)], x: "hello" }));
  const kf = random(32);
  const com = await hmac(kf, concat(ctx("com", header(message)), u32(said.length), said));
  const honest = new Uint8Array(1024);
  honest.set(concat(kf, u32(said.length), said));
  const okm = await hkdf(rk(1), concat(header(message), com), 44);
  const ct = await gcmSeal(okm.slice(0, 32), okm.slice(32), concat(header(message), com), spoil(honest, kf));
  return [{ ...message, seq: 1, com, ct }];
}

/** @param {Partial<Record<string, unknown>>} change */
async function saying(change) {
  const room = await Room.open();
  const body = { k: "text", t: 1, seen: [0, b64u(room.head)], x: "hello", ...change };
  return crafted((honest) => honest, utf8(JSON.stringify(body)));
}

/** @type {{ attack: string, code: string, by: (items: Item[]) => Item[] | Promise<Item[]>, held?: RoomKeys }[]} */
const SERVER = [
  { attack: "replay", code: "gap_seq", by: (items) => [...items, at(items, 0)] },
  { attack: "replay under the next seq", code: "gap_sender", by: (items) => renumbered([...items, at(items, 4)]) },
  { attack: "reorder of one sender", code: "gap_sender", by: (items) => renumbered(picked(items, 2, 1, 0)) },
  { attack: "reorder across senders", code: "chain_fork", by: (items) => renumbered(picked(items, 1, 0)) },
  { attack: "first dropped", code: "gap_seq", by: (items) => items.slice(1) },
  { attack: "first dropped and the rest renumbered", code: "chain_fork", by: (items) => renumbered(items.slice(1)) },
  { attack: "first of each dropped, renumbered", code: "gap_sender", by: (items) => renumbered(items.slice(2)) },
  { attack: "middle dropped", code: "gap_seq", by: (items) => picked(items, 0, 1, 3) },
  { attack: "middle dropped and the rest renumbered", code: "chain_fork", by: (items) => renumbered(picked(items, 0, 1, 3)) },
  { attack: "relabelled seat", code: "aead", by: (items) => altered(items, 0, { seat: MARA }) },
  { attack: "relabelled seat of a third person", code: "aead", by: (items) => altered(items, 1, { seat: SOL }) },
  { attack: "relabelled n", code: "gap_sender", by: (items) => altered(items, 2, { n: 3 }) },
  { attack: "swapped com", code: "aead", by: (items) => altered(items, 0, { com: at(items, 2).com }) },
  { attack: "swapped ct", code: "aead", by: (items) => altered(items, 0, { ct: at(items, 2).ct }) },
  { attack: "swapped com and ct", code: "aead", by: (items) => altered(items, 0, { com: at(items, 2).com, ct: at(items, 2).ct }) },
  { attack: "one bit of ct", code: "aead", by: (items) => altered(items, 1, { ct: flipped(at(items, 1).ct, 500) }) },
  { attack: "one bit of com", code: "aead", by: (items) => altered(items, 1, { com: flipped(at(items, 1).com) }) },
  { attack: "shortened ct", code: "msg_format", by: (items) => altered(items, 1, { ct: at(items, 1).ct.slice(1) }) },
  { attack: "shortened com", code: "malformed", by: (items) => altered(items, 1, { com: at(items, 1).com.slice(1) }) },
  { attack: "injection", code: "aead", by: (items) => [...items, { ...at(items, 5), seq: 7, n: 4, com: random(32), ct: random(1040) }] },
  { attack: "injection by a new seat", code: "aead", by: (items) => [...items, { ...at(items, 5), seq: 7, seat: SOL, n: 1 }] },
  { attack: "epoch above the list", code: "unknown_epoch", by: (items) => altered(items, 2, { ke: 2 }) },
  { attack: "epoch zero", code: "key_fork", by: (items) => altered(items, 2, { ke: 0 }) },
  { attack: "foreign epoch of the list", code: "key_fork", by: (items) => altered(items, 2, { ke: 2 }), held: keys(1, 2) },
  {
    attack: "splice from another room under the same key",
    code: "aead",
    by: async (items) => {
      const other = await talk(filled(16, 9));
      return altered(items, 2, { com: at(other.items, 2).com, ct: at(other.items, 2).ct });
    },
  },
  {
    attack: "item of another room",
    code: "unknown",
    by: async (items) => [...items.slice(0, 2), at((await talk(filled(16, 9))).items, 2)],
  },
];

describe("a lying server is refused", () => {
  for (const { attack, code, by, held = keys(1) } of SERVER) {
    test(`${attack}: ${code}`, async () => {
      const { items } = await talk();
      assert.equal((await deliver(items, held)).seq, items.length);
      await refused(deliver(await by(items), held), code);
      assert.equal((await deliver(items, held, MARA)).seq, items.length);
      await refused(deliver(await by(items), held, MARA), code);
    });
  }
});

/** @type {{ attack: string, code: string, by: () => Promise<Item[]> }[]} */
const SENDER = [
  { attack: "opening key that does not fit com", code: "bad_commitment", by: () => crafted((plain) => flipped(plain)) },
  { attack: "body that does not fit com", code: "bad_commitment", by: () => crafted((plain) => flipped(plain, 40)) },
  { attack: "padding that is not zero", code: "msg_padding", by: () => crafted((plain) => flipped(plain, 1023)) },
  { attack: "length beyond the plaintext", code: "msg_format", by: () => crafted((plain, kf) => concat(kf, u32(989), plain.slice(36))) },
  { attack: "plaintext of another size", code: "msg_format", by: () => crafted((plain) => plain.slice(0, 1000)) },
  { attack: "body that is not UTF-8", code: "msg_format", by: () => crafted((plain) => plain, filled(9, 0xff)) },
  { attack: "empty body", code: "msg_format", by: () => crafted((plain) => plain, new Uint8Array(0)) },
  { attack: "body that is a list", code: "msg_format", by: () => crafted((plain) => plain, utf8("[]")) },
  { attack: "body that names a key twice", code: "msg_format", by: () => crafted((plain) => plain, utf8('{"k":"text","\\u006b":"bye"}')) },
  { attack: "body without a kind", code: "msg_format", by: () => saying({ k: undefined }) },
  { attack: "minutes that are no number", code: "msg_format", by: () => saying({ t: "1" }) },
  { attack: "minutes before 1970", code: "msg_format", by: () => saying({ t: -1 }) },
  { attack: "body without seen", code: "msg_format", by: () => saying({ seen: undefined }) },
  { attack: "seen with half a head", code: "msg_format", by: () => saying({ seen: [0, "AAAA"] }) },
  { attack: "seen of what is not there yet", code: "chain_fork", by: () => saying({ seen: [1, b64u(filled(32, 0))] }) },
  { attack: "seen of another beginning", code: "chain_fork", by: () => saying({ seen: [0, b64u(filled(32, 0))] }) },
];

describe("a lying sender is refused", () => {
  for (const { attack, code, by } of SENDER) {
    test(`${attack}: ${code}`, async () => {
      assert.equal((await deliver(await saying({}))).seq, 1);
      await refused(deliver(await by()), code);
    });
  }
});

test("a refused item changes nothing, so the honest one is taken after it", async () => {
  const { items } = await talk();
  const receiver = await deliver(items.slice(0, 2));
  await refused(receiver.receive({ ...at(items, 2), ct: random(1040) }), "aead");
  assert.equal(receiver.seq, 2);
  assert.equal((await receiver.receive(at(items, 2))).body?.fields.x, "client 1");
});

describe("two messages sent at once", () => {
  /** @param {"same" | "another"} order that Mara is shown */
  const views = async (order) => {
    const [shown, toMara] = [await Room.open(), await Room.open()];
    const before = { seq: 0, head: shown.head };
    const fromClient = await shown.say(CLIENT_SEAT, "text", { x: "a" }, { seen: before });
    const fromMara = await shown.say(MARA, "text", { x: "b" }, { seen: before });
    for (const item of order === "same" ? [fromClient, fromMara] : [fromMara, fromClient]) await toMara.commit(item);
    const seen = { seq: 2, head: toMara.head };
    await shown.say(MARA, "text", { x: "next" }, { seen });
    return shown.items;
  };

  test("in one order for both are accepted", async () => {
    assert.equal((await deliver(await views("same"))).seq, 3);
  });

  test("in two orders are found out by the next message: chain_fork", async () => {
    const items = await views("another");
    assert.equal((await deliver(items.slice(0, 2))).seq, 2);
    await refused(deliver(items), "chain_fork");
  });
});

describe("a forged epoch", () => {
  const FORGED = filled(32, 0xee);

  /** A talk that moves to epoch 2, as its client wants it. */
  async function rekeyed() {
    const room = await talk();
    await room.say(CLIENT_SEAT, "rekey", { e: 2, next: b64u(await rekeyHash(ROOM, 2, rk(2))) });
    room.ke = 2;
    return room;
  }

  test("the promised key is taken, before or after its promise", async () => {
    const room = await rekeyed();
    await room.say(CLIENT_SEAT, "text", { x: "under the new key" });
    for (const early of [true, false]) {
      const mara = await deliver(room.items.slice(0, 6), keys(1), MARA);
      if (early) await mara.addKeys(keys(1, 2));
      assert.equal(mara.epoch, 1);
      await mara.receive(at(room.items, 6));
      if (!early) await mara.addKeys(keys(2));
      assert.equal(mara.epoch, 2);
      assert.equal((await mara.receive(at(room.items, 7))).body?.fields.x, "under the new key");
    }
  });

  test("another key than the promised one is key_fork when it is handed over", async () => {
    const mara = await deliver((await rekeyed()).items, keys(1), MARA);
    await refused(mara.addKeys(new Map([[2, FORGED]])), "key_fork");
    await mara.addKeys(keys(2));
  });

  test("another key than the promised one is key_fork when the promise comes", async () => {
    const { items } = await rekeyed();
    const mara = await deliver(items.slice(0, 6), keys(1), MARA);
    await mara.addKeys(new Map([[2, FORGED]]));
    await refused(mara.receive(at(items, 6)), "key_fork");
  });

  test("an epoch without a promise is key_fork and never written under", async () => {
    const room = await talk();
    await room.say(CLIENT_SEAT, "text", { x: "forged" }, { key: FORGED, ke: 2 });
    const mara = await deliver(room.items.slice(0, 6), keys(1), MARA);
    await mara.addKeys(new Map([[2, FORGED]]));
    await refused(mara.receive(at(room.items, 6)), "key_fork");
    assert.equal((await mara.compose(mara.nextN, "text", 1, { x: "x" })).ke, 1);
  });

  test("an epoch beyond the promised one is key_fork and never written under", async () => {
    const room = await rekeyed();
    await room.say(CLIENT_SEAT, "text", { x: "forged" }, { key: FORGED, ke: 3 });
    const mara = await deliver(room.items.slice(0, 7), keys(1), MARA);
    await mara.addKeys(new Map([[3, FORGED]]));
    await refused(mara.receive(at(room.items, 7)), "key_fork");
    await refused(mara.compose(mara.nextN, "text", 1, { x: "x" }), "unknown_epoch");
  });

  test("an epoch that is reached over forged rows nobody here can read is key_fork", async () => {
    const room = await rekeyed();
    await room.commit({ room: ROOM, ke: 2, seat: CLIENT_SEAT, n: 5, com: random(32), ct: random(1040) });
    await room.say(CLIENT_SEAT, "text", { x: "forged" }, { key: FORGED, ke: 3 });
    const mara = await deliver(room.items.slice(0, 7), keys(1), MARA);
    await mara.addKeys(new Map([[3, FORGED]]));
    assert.equal((await mara.receive(at(room.items, 7))).hidden, true);
    assert.equal(mara.epoch, null);
    await refused(mara.receive(at(room.items, 8)), "key_fork");
  });

  test("an unread epoch ends only with a message of the client, and passes over no readable one", async () => {
    const room = await Room.open();
    await room.say(CLIENT_SEAT, "text", { x: "unread" });
    const jump = await room.say(CLIENT_SEAT, "text", { x: "two" }, { ke: 2 });
    assert.equal((await deliver(room.items, keys(2), SOL)).seq, 2);
    const empty = { ...at(room.items, 0), ct: new Uint8Array(0) };
    await refused(deliver([empty, jump], keys(2), SOL), "key_fork");

    const staffLast = await Room.open();
    await staffLast.say(MARA, "text", { x: "unread" });
    await staffLast.say(CLIENT_SEAT, "text", { x: "two" }, { ke: 2 });
    await refused(deliver(staffLast.items, keys(2), SOL), "key_fork");

    const skipping = await Room.open();
    await skipping.say(CLIENT_SEAT, "text", { x: "unread" });
    await skipping.say(CLIENT_SEAT, "text", { x: "three" }, { ke: 3 });
    assert.equal((await deliver(skipping.items, keys(3), SOL)).seq, 2);
    await refused(deliver(skipping.items, keys(2, 3), SOL), "key_fork");
  });

  test("an announced epoch cannot be left before anything was said in it", async () => {
    const room = await rekeyed();
    const skipping = await room.say(CLIENT_SEAT, "text", { x: "three" }, { ke: 3 });
    await refused(deliver(room.items, keys(1, 3), MARA), "key_fork");
    const unread = { ...skipping, ke: 2, com: random(32), ct: random(1040) };
    const honest = [...room.items.slice(0, 7), unread];
    assert.equal((await deliver(honest, keys(1, 3), MARA)).epoch, 3);
  });

  test("a list that contradicts a known key is key_fork, one that repeats it is not", async () => {
    const mara = await deliver((await talk()).items, keys(1), MARA);
    await mara.addKeys(keys(1));
    await refused(mara.addKeys(new Map([[1, FORGED]])), "key_fork");
  });

  test("a ke that falls is key_fork, for whoever holds both keys and for whoever holds the new one", async () => {
    const room = await rekeyed();
    await room.say(MARA, "text", { x: "still the old key" }, { ke: 1 });
    await refused(deliver(room.items, keys(1, 2)), "key_fork");
    const later = await rekeyed();
    await later.say(CLIENT_SEAT, "text", { x: "new" });
    await deliver(later.items, keys(2), SOL);
    await later.say(MARA, "text", { x: "old" }, { ke: 1 });
    await refused(deliver(later.items, keys(2), SOL), "key_fork");
  });

  test("a rekey from a staff seat moves nobody", async () => {
    const room = await talk();
    await room.say(MARA, "rekey", { e: 2, next: b64u(await rekeyHash(ROOM, 2, rk(2))) });
    const client = await Receiver.start(ROOM, CLIENT_SEAT, keys(1, 2));
    for (const item of room.items.slice(0, 6)) await client.receive(item);
    assert.equal((await client.receive(at(room.items, 6))).obeyed, false);
    assert.equal(client.epoch, 1);
    await refused(client.receive(await room.say(MARA, "text", { x: "moved" }, { ke: 2 })), "key_fork");
  });

  test("epochs may rise by more than one, and never sink", async () => {
    const room = await talk();
    await room.say(CLIENT_SEAT, "rekey", { e: 4, next: b64u(await rekeyHash(ROOM, 4, rk(4))) });
    await room.say(MARA, "text", { x: "four" }, { ke: 4 });
    const client = await deliver(room.items, keys(1, 4));
    assert.equal(client.epoch, 4);
    const sinking = await room.say(CLIENT_SEAT, "rekey", { e: 2, next: b64u(filled(32, 0)) }, { ke: 4 });
    await refused(client.receive(sinking), "key_fork");
    assert.equal(client.epoch, 4);
  });
});

describe("words that were emptied", () => {
  test("are accepted where their client took them back, judged only at the head", async () => {
    const room = await talk();
    await room.say(CLIENT_SEAT, "take-back", { of: 3 });
    room.erase(3);
    const client = await deliver(room.items.slice(0, 6));
    await refused(client.atHead(6, /** @type {Bytes} */ (room.heads[6])), "erased_unasked");
    await client.receive(at(room.items, 6));
    await client.atHead(7, room.head);
  });

  test("without a take-back are erased_unasked", async () => {
    const room = await talk();
    await (await deliver(room.items)).atHead(6, room.head);
    room.erase(3);
    await refused((await deliver(room.items)).atHead(6, room.head), "erased_unasked");
  });

  test("with a take-back of other words are erased_unasked", async () => {
    const room = await talk();
    await room.say(CLIENT_SEAT, "take-back", { of: 1 });
    room.erase(3);
    await refused((await deliver(room.items)).atHead(7, room.head), "erased_unasked");
  });

  test("of a staff seat are erased_unasked, even if that seat took them back", async () => {
    const room = await talk();
    await room.say(MARA, "take-back", { of: 2 });
    const folded = await deliver(room.items);
    await folded.atHead(7, room.head);
    room.erase(2);
    await refused((await deliver(room.items)).atHead(7, room.head), "erased_unasked");
  });

  test("are erased_unasked where another seat took them back", async () => {
    const room = await talk();
    await room.say(MARA, "take-back", { of: 1 });
    room.erase(1);
    await refused((await deliver(room.items)).atHead(7, room.head), "erased_unasked");
  });

  test("of a take-back cannot be taken back", async () => {
    const room = await talk();
    await room.say(CLIENT_SEAT, "take-back", { of: 1 });
    const taking = await room.say(CLIENT_SEAT, "take-back", { of: 7 });
    const client = await deliver(room.items.slice(0, 7));
    assert.equal((await client.receive(taking)).obeyed, false);
    await client.atHead(8, room.head);
    await client.receive(room.erase(7));
    await refused(client.atHead(8, room.head), "erased_unasked");
  });

  test("of a rekey message cannot be taken back", async () => {
    const room = await talk();
    await room.say(CLIENT_SEAT, "rekey", { e: 2, next: b64u(await rekeyHash(ROOM, 2, rk(2))) });
    room.ke = 2;
    const taking = await room.say(CLIENT_SEAT, "take-back", { of: 7 });
    const client = await deliver(room.items.slice(0, 7), keys(1, 2));
    assert.equal((await client.receive(taking)).obeyed, false);
    await client.receive(room.erase(7));
    await refused(client.atHead(8, room.head), "erased_unasked");
    await refused(deliver(room.items, keys(1, 2)), "key_fork");
  });

  test("may be announced later, for the very row that was verified", async () => {
    const room = await talk();
    const client = await deliver(room.items);
    await client.receive(await room.say(CLIENT_SEAT, "take-back", { of: 3 }));
    const notice = room.erase(3);
    assert.equal((await client.receive(notice)).erased, true);
    await client.atHead(7, room.head);
    for (const change of [{ seat: MARA }, { n: 9 }, { ke: 2 }, { com: random(32) }]) {
      await refused(client.receive({ ...notice, ...change }), "chain_fork");
    }
  });
});

describe("the head that the service names", () => {
  test("is believed where it is ours", async () => {
    const room = await talk();
    await (await deliver(room.items)).atHead(6, room.head);
  });

  test("above what was delivered is gap_seq", async () => {
    const room = await talk();
    await refused((await deliver(room.items.slice(0, 5))).atHead(6, room.head), "gap_seq");
  });

  test("of another transcript is chain_fork", async () => {
    const room = await talk();
    const { seat, com } = at(room.items, 5);
    const other = await chainNext(/** @type {Bytes} */ (room.heads[5]), 6, { room: ROOM, ke: 1, seat, n: 4 }, com);
    await refused((await deliver(room.items)).atHead(6, other), "chain_fork");
  });
});
