// Reading on behind an item that does not open, and reading a room anew (docs/protocol.md, 10 and 16).

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { b64u, concat, ctx, u32, utf8 } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { rekeyHash } from "../js/crypto/key_list.js";
import { gcmSeal, hkdf, hmac, random } from "../js/crypto/primitives.js";
import { Receiver } from "../js/crypto/receiver.js";
import { header } from "../js/crypto/transcript.js";
import { MARA, RK, ROOM, Room, SOL, filled, flipped, keys, refused, talk } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/receiver.js").Item} Item */

/** @param {Item[]} items @param {number} i */
const at = (items, i) => /** @type {Item} */ (items[i]);

const client = (held = keys(1)) => Receiver.start(ROOM, CLIENT_SEAT, held);

/**
 * A room whose first item Mara wrote as she liked: the keys are right.
 * @param {(plain: Bytes) => Bytes} spoil
 * @param {string} [body]
 */
async function crafted(spoil, body) {
  const room = await Room.open();
  const place = { room: ROOM, ke: 1, seat: MARA, n: 1 };
  const said = utf8(body ?? JSON.stringify({ k: "text", t: 1, seen: [0, b64u(room.head)], x: "hello" }));
  const kf = random(32);
  const com = await hmac(kf, concat(ctx("com", header(place)), u32(said.length), said));
  const plain = new Uint8Array(1024);
  plain.set(concat(kf, u32(said.length), said));
  const okm = await hkdf(/** @type {Bytes} */ (RK.get(1)), concat(header(place), com), 44);
  const ct = await gcmSeal(okm.slice(0, 32), okm.slice(32), concat(header(place), com), spoil(plain));
  await room.commit({ ...place, com, ct });
  return room;
}

describe("behind an item that does not open", () => {
  /** @type {[string, string, () => Promise<Room>][]} */
  const CASES = [
    ["aead", "changed on its way", async () => {
      const room = await crafted((plain) => plain);
      room.items[0] = { ...at(room.items, 0), ct: flipped(at(room.items, 0).ct, 99) };
      return room;
    }],
    ["bad_commitment", "with another body than it commits to", () => crafted((plain) => flipped(plain, 40))],
    ["msg_padding", "with padding that is not zero", () => crafted((plain) => flipped(plain, 1023))],
    ["msg_format", "with a body that is none", () => crafted((plain) => plain, "[]")],
  ];
  for (const [code, what, make] of CASES) {
    test(`${what}, the room is read on: ${code}`, async () => {
      const room = await make();
      await room.say(CLIENT_SEAT, "text", { x: "next" });
      await room.say(MARA, "text", { x: "and next" });
      const receiver = await client();
      await refused(receiver.receive(at(room.items, 0)), code);
      assert.equal(receiver.seq, 0);
      assert.deepEqual(await receiver.readOn(at(room.items, 0)), { seq: 1, seat: MARA, ke: 1, n: 1, failed: code });
      for (const item of room.items.slice(1)) assert.ok("body" in (await receiver.readOn(item)));
      await receiver.atHead(3, room.head);
    });
  }

  test("what does open is read like any other", async () => {
    const { items } = await talk();
    const [one, other] = [await client(), await client()];
    for (const item of items) assert.deepEqual(await one.readOn(item), await other.receive(item));
  });

  test("its place is checked all the same", async () => {
    const { items } = await talk();
    const spoilt = { ...at(items, 0), ct: flipped(at(items, 0).ct, 99) };
    /** @type {[string, Partial<Item>][]} */
    const attacks = [
      ["unknown", { room: filled(16, 9) }],
      ["gap_seq", { seq: 2 }],
      ["gap_sender", { n: 2 }],
      ["key_fork", { ke: 0 }],
      ["unknown_epoch", { ke: 2 }],
      ["malformed", { com: filled(31, 1) }],
    ];
    for (const [code, change] of attacks) {
      const receiver = await client();
      await refused(receiver.readOn({ ...spoilt, ...change }), code);
      assert.equal(receiver.seq, 0);
      assert.ok("failed" in (await receiver.readOn(spoilt)));
    }
  });

  test("words of somebody who saw another past are a fork, not a placeholder", async () => {
    const room = await Room.open();
    await room.say(MARA, "text", { x: "?" }, { seen: { seq: 0, head: filled(32, 9) } });
    await refused((await client()).readOn(at(room.items, 0)), "chain_fork");
  });

  test("one that the client said explains no row that was emptied", async () => {
    const room = await Room.open();
    await room.say(CLIENT_SEAT, "text", { x: "one" });
    await room.say(CLIENT_SEAT, "take-back", { of: 1 });
    room.erase(1);
    for (const spoilt of [false, true]) {
      const receiver = await Receiver.start(ROOM, MARA, keys(1));
      await receiver.readOn(at(room.items, 0));
      const asking = at(room.items, 1);
      await receiver.readOn(spoilt ? { ...asking, ct: flipped(asking.ct, 99) } : asking);
      if (spoilt) await refused(receiver.atHead(2, room.head), "erased_unasked");
      else await receiver.atHead(2, room.head);
    }
  });
});

describe("an item again", () => {
  test("is known by its place, and not opened a second time", async () => {
    const { items } = await talk();
    const receiver = await client();
    for (const item of items) await receiver.receive(item);
    const again = await receiver.receiveAgain({ ...at(items, 1), ct: flipped(at(items, 1).ct) });
    assert.deepEqual([again.seq, again.body, again.erased], [2, null, false]);
    await refused(receiver.receiveAgain({ ...at(items, 1), room: filled(16, 9) }), "unknown");
    await refused(receiver.receiveAgain({ ...at(items, 1), seat: SOL }), "chain_fork");
    await refused(receiver.receiveAgain({ ...at(items, 1), com: filled(32, 9) }), "chain_fork");
    for (const seq of [0, 7, 2 ** 32 - 1]) await refused(receiver.receiveAgain({ ...at(items, 1), seq }), "gap_seq");
  });

  test("stays empty once it was", async () => {
    const room = await talk();
    const receiver = await client();
    for (const item of room.items) await receiver.receive(item);
    const full = at(room.items, 0);
    assert.equal((await receiver.receiveAgain(room.erase(1))).erased, true);
    assert.equal((await receiver.receiveAgain(full)).erased, true);
  });
});

describe("a room read anew", () => {
  /** @param {number} e */
  const promise = async (e) => ({ e, next: b64u(await rekeyHash(ROOM, e, /** @type {Bytes} */ (RK.get(e)))) });

  async function twoEpochs() {
    const room = await Room.open();
    await room.say(CLIENT_SEAT, "text", { x: "one" });
    await room.say(CLIENT_SEAT, "rekey", await promise(2));
    room.ke = 2;
    await room.say(CLIENT_SEAT, "text", { x: "two" });
    return room;
  }

  test("starts before the first item, with the same keys, and comes to the same heads", async () => {
    const room = await twoEpochs();
    const receiver = await client(keys(1, 2));
    for (const item of room.items) await receiver.receive(item);
    const anew = receiver.fromStart();
    assert.deepEqual([anew.seq, anew.nextN, [...anew.keys.keys()]], [0, 1, [1, 2]]);
    for (const item of room.items) await anew.receive(item);
    assert.deepEqual(anew.headAt(3), receiver.headAt(3));
    assert.equal(receiver.seq, 3);
  });

  test("holds to what the rekey promised, though its key has not come", async () => {
    const room = await twoEpochs();
    const receiver = await Receiver.start(ROOM, MARA, keys(1));
    for (const item of room.items.slice(0, 2)) await receiver.receive(item);
    const other = await Room.open();
    await other.say(CLIENT_SEAT, "rekey", { e: 2, next: b64u(filled(32, 9)) });
    await (await Receiver.start(ROOM, MARA, keys(1))).receive(at(other.items, 0));
    await refused(receiver.fromStart().receive(at(other.items, 0)), "key_fork");
  });

  test("knows which epochs were held and which keys nobody has vouched for", async () => {
    const room = await twoEpochs();
    const sol = await Receiver.start(ROOM, SOL, keys(2), [1]);
    await refused(sol.fromStart().receive(at(room.items, 0)), "unknown_epoch");

    const mara = await Receiver.start(ROOM, MARA, new Map());
    await mara.addKeys(keys(2));
    for (const [receiver, epoch] of /** @type {[Receiver, number | null][]} */ ([
      [(await Receiver.start(ROOM, MARA, keys(2))).fromStart(), 2],
      [mara.fromStart(), null],
    ])) {
      assert.equal((await receiver.receive(at(room.items, 0))).hidden, true);
      assert.equal(receiver.epoch, epoch);
    }
  });
});
