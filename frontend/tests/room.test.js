// A room at one seat, without a server: what goes out, what is shown, what stops it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { b64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { rekeyHash } from "../js/crypto/key_list.js";
import { packFrame } from "../js/state/outbox.js";
import { MARA, RK, ROOM, Room as Kept, SOL, filled, flipped, keys, refused } from "./cast.js";
import { OTHER_STORE, STORE, Table, onWire } from "./table.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/receiver.js").Item} Item */

const lay = Table.lay;

/** A table whose room is entered. */
async function entered() {
  const table = await lay();
  await table.enter();
  return table;
}

/** @param {number} e @returns {Promise<{ e: number, next: string }>} */
const promise = async (e) => ({ e, next: b64u(await rekeyHash(ROOM, e, /** @type {Bytes} */ (RK.get(e)))) });

describe("words", () => {
  test("wait until the room is entered and read to its end", async () => {
    const table = await lay();
    await table.maraSays("hello");
    table.say("hi");
    assert.equal(await table.room.nextFrame(), null);
    await table.room.entered(table.standing());
    assert.equal(await table.room.nextFrame(), null);
    await table.hears(/** @type {Item} */ (table.kept.items[0]));
    assert.equal((await table.out()).n, 1);
  });

  for (const state of /** @type {const} */ (["waiting", "meeting", "talking", "resting", "closed", "deleted"])) {
    test(`go out of a room that is ${state} as the states allow`, async () => {
      for (const [seat, speaks] of /** @type {[Bytes, string[]][]} */ ([
        [CLIENT_SEAT, ["waiting", "meeting", "talking"]],
        [MARA, ["talking"]],
      ])) {
        const table = await lay(seat);
        await table.enter({ state });
        table.say("hi");
        assert.equal(table.room.mayWrite, speaks.includes(state));
        assert.equal((await table.room.nextFrame()) !== null, speaks.includes(state));
      }
    });
  }

  test("without an ack are sent again as they were", async () => {
    const table = await entered();
    table.say("hi");
    const first = await table.out();
    table.room.attached = false;
    assert.equal(await table.room.nextFrame(), null);
    await table.enter();
    assert.equal(await table.out(), first);
  });

  test("go out one at a time and in order", async () => {
    const table = await entered();
    const [one, two] = [table.say("one"), table.say("two")];
    assert.notEqual(one, two);
    const first = await table.out();
    assert.equal(await table.out(), first);
    assert.deepEqual([table.room.waiting, table.room.onTheWay], [2, true]);
    await table.hears(await table.commit(first));
    const second = await table.out();
    assert.equal(second.n, first.n + 1);
    await table.hears(await table.commit(second));
    assert.deepEqual(table.shown, ["one", "two"]);
    assert.deepEqual(table.told("delivered").map(({ key, seq }) => [key, seq]), [[one, 1], [two, 2]]);
    assert.deepEqual([table.room.waiting, table.room.onTheWay], [0, false]);
  });

  test("are numbered on from an ack, though their echo has not come", async () => {
    const table = await entered();
    table.say("one");
    table.say("two");
    table.room.acked({ n: (await table.out()).n, seq: 1 });
    assert.equal((await table.out()).n, 2);
  });

  test("keep one key from the outbox to the transcript, whichever comes first, ack or echo", async () => {
    for (const ackFirst of [true, false]) {
      const table = await entered();
      const key = table.say("hi");
      const frame = await table.out();
      const item = await table.commit(frame);
      if (ackFirst) table.room.acked({ n: frame.n, seq: item.seq });
      await table.hears(item);
      if (!ackFirst) table.room.acked({ n: frame.n, seq: item.seq });
      assert.deepEqual(table.events.filter(({ type }) => type !== "moved").map(({ type }) => type), ["delivered", "said"]);
      assert.deepEqual([table.told("delivered")[0]?.key, table.told("said")[0]?.key], [key, key]);
      await table.hears(await table.maraSays("yes"));
      assert.equal(table.told("said")[1]?.key, null);
    }
  });

  test("whose number another tab took are encrypted anew", async () => {
    const table = await entered();
    const here = table.say("from here");
    await table.out();
    await table.hears(await table.kept.say(CLIENT_SEAT, "text", { x: "from there" }));
    assert.equal(table.told("said")[0]?.key, null);
    assert.deepEqual(table.told("delivered"), []);
    const again = await table.out();
    assert.equal(again.n, 2);
    await table.hears(await table.commit(again));
    assert.equal(table.told("delivered")[0]?.key, here);
  });

  test("that reached the disk after all are not sent twice", async () => {
    const table = await entered();
    const key = table.say("hi");
    const item = await table.commit(await table.out());
    await table.room.encryptAnew();
    await table.hears(item);
    assert.equal(await table.room.nextFrame(), null);
    assert.deepEqual(table.told("delivered").map((event) => event.key), [key]);
  });

  for (const code of ["stale_epoch", "n_conflict", "gap_sender", "closed"]) {
    test(`refused with ${code} stay, and the server is asked again`, async () => {
      const table = await entered();
      table.say("hi");
      const frame = await table.out();
      table.room.refused(code, frame.n);
      assert.deepEqual([table.room.resync, table.room.waiting], [true, 1]);
      await table.enter();
      assert.equal(table.room.resync, false);
      assert.notEqual(await table.out(), frame);
    });
  }

  for (const code of ["slow_down", "unavailable"]) {
    test(`refused with ${code} go out again as they were`, async () => {
      const table = await entered();
      table.say("hi");
      const frame = await table.out();
      table.room.refused(code, frame.n);
      assert.equal(await table.out(), frame);
      assert.equal(table.room.resync, false);
    });
  }

  test("refused for good are told, and the next go on; tried again they come last under their old key", async () => {
    const table = await entered();
    const [first] = [table.say("one"), table.say("two")];
    table.room.refused("malformed", (await table.out()).n);
    assert.deepEqual(table.told("undelivered"), [{ type: "undelivered", room: table.room.key, key: first, code: "malformed" }]);
    assert.equal(table.room.waiting, 1);
    assert.equal(table.room.retry(first), true);
    assert.equal(table.room.retry(first), false);
    assert.equal(table.room.retry("own-9"), false);
    for (let i = 0; i < 2; i++) await table.hears(await table.commit(await table.out()));
    assert.deepEqual(table.shown, ["two", "one"]);
    assert.equal(table.told("delivered")[1]?.key, first);
  });

  test("too long for a message are told, and do not stop the next", async () => {
    const table = await entered();
    const long = table.say("x".repeat(20_000));
    table.say("short");
    assert.equal((await table.out()).n, 1);
    assert.deepEqual(table.told("undelivered").map(({ key, code }) => [key, code]), [[long, "too_long"]]);
  });

  test("can be taken back until they are on their way", async () => {
    const table = await entered();
    const [one, two, three] = [table.say("one"), table.say("two"), table.say("three")];
    const frame = await table.out();
    assert.deepEqual([one, two, two].map((key) => table.room.withdraw(key)), [false, true, false]);
    await table.hears(await table.commit(frame));
    await table.hears(await table.commit(await table.out()));
    assert.deepEqual(table.told("delivered").map(({ key }) => key), [one, three]);
  });

  test("can be taken back once the server refused them for good", async () => {
    const table = await entered();
    const key = table.say("hi");
    table.room.refused("malformed", (await table.out()).n);
    assert.deepEqual([table.room.withdraw(key), table.room.retry(key)], [true, false]);
  });

  test("taken back while they are being encrypted do not go out", async () => {
    const table = await entered();
    const one = table.say("one");
    const going = table.room.nextFrame();
    await Promise.resolve();
    assert.equal(table.room.withdraw(one), true);
    assert.equal(await going, null);
    assert.equal(table.room.onTheWay, false);
  });

  test("too long and taken back while they are being encrypted take no others with them", async () => {
    const table = await entered();
    const long = table.say("x".repeat(20_000));
    table.say("short");
    const going = table.room.nextFrame();
    await Promise.resolve();
    assert.equal(table.room.withdraw(long), true);
    assert.ok(await going);
    assert.deepEqual([table.told("undelivered"), table.room.waiting], [[], 1]);
  });

  test("wait while the room's keys are being changed, also when that begins while they are encrypted", async () => {
    const table = await entered();
    table.say("hi");
    const going = table.room.nextFrame();
    await Promise.resolve();
    table.room.holding = true;
    assert.equal(await going, null);
    assert.deepEqual([await table.room.nextFrame(), table.room.onTheWay], [null, false]);
    table.room.holding = false;
    assert.equal((await table.out()).n, 1);
  });

  test("that overlap with what comes in are bound to one number each", async () => {
    const table = await entered();
    table.say("one");
    const [a, , b] = await Promise.all([
      table.room.nextFrame(),
      table.maraSays("hello").then((item) => table.hears(item)),
      table.room.nextFrame(),
    ]);
    assert.ok(a && a === b);
  });
});

describe("an ack", () => {
  test("counts only for the message that is on its way", async () => {
    const table = await entered();
    table.room.acked({ n: 1, seq: 1 });
    table.say("hi");
    table.room.acked({ n: 1, seq: 1 });
    assert.deepEqual(table.told("delivered"), []);
    const { n } = await table.out();
    for (const other of [0, 2, 2 ** 32 - 1]) table.room.acked({ n: other, seq: 1 });
    assert.deepEqual([table.told("delivered"), table.room.waiting], [[], 1]);
    table.room.acked({ n, seq: 1 });
    table.room.acked({ n, seq: 2 });
    assert.equal(table.told("delivered").length, 1);
  });

  test("for what was never committed is found with the next message of ours", async () => {
    const table = await entered();
    table.say("lost");
    table.room.acked({ n: (await table.out()).n, seq: 1 });
    table.say("next");
    const item = await table.commit(await table.out());
    await table.hears(item);
    await table.hears(item);
    assert.deepEqual(table.told("trouble").map(({ code }) => code), ["gap_sender"]);
  });

  test("and a refusal of another number change nothing", async () => {
    const table = await entered();
    table.room.refused("malformed", 1);
    table.say("hi");
    const frame = await table.out();
    table.room.refused("malformed", frame.n + 1);
    assert.equal(await table.out(), frame);
    assert.deepEqual(table.told("undelivered"), []);
  });
});

describe("a take-back", () => {
  test("of a client's goes out as the frame that empties its row", async () => {
    const table = await entered();
    table.say("hi");
    await table.hears(await table.commit(await table.out()));
    const key = table.room.say({ kind: "take-back", fields: { of: 1 } });
    const frame = await table.out();
    assert.equal(frame.erases, 1);
    assert.deepEqual([packFrame(frame)[0], packFrame(frame).length], [4, 1099]);
    const item = await table.commit(frame);
    await table.hears(/** @type {Item} */ (table.kept.items[0]));
    await table.hears(item);
    assert.deepEqual(table.told("said").map(({ received }) => [received.seq, "erased" in received && received.erased]), [
      [1, false],
      [1, true],
      [2, false],
    ]);
    assert.equal(table.told("delivered")[1]?.key, key);
    await table.enter();
    assert.equal(table.room.broken, null);
  });

  test("of a peer's goes out as a message", async () => {
    const table = await lay(MARA);
    await table.enter();
    table.say("hi");
    await table.hears(await table.commit(await table.out()));
    table.room.say({ kind: "take-back", fields: { of: 1 } });
    const frame = await table.out();
    assert.deepEqual([frame.erases, packFrame(frame)[0]], [null, 1]);
  });

  test("of somebody else's row is not sent", async () => {
    const table = await entered();
    await table.hears(await table.maraSays("hello"));
    const key = table.room.say({ kind: "take-back", fields: { of: 1 } });
    assert.equal(await table.room.nextFrame(), null);
    assert.deepEqual(table.told("undelivered").map((event) => [event.key, event.code]), [[key, "msg_format"]]);
  });

  test("that nobody asked for is asked about once and stops the room the second time", async () => {
    const table = await entered();
    table.say("hi");
    await table.hears(await table.commit(await table.out()));
    await table.hears(table.kept.erase(1));
    await table.enter();
    assert.deepEqual([table.room.resync, table.room.broken], [true, null]);
    await table.enter();
    assert.equal(table.room.broken, "erased_unasked");
  });
});

describe("a gap", () => {
  test("is asked about once and believed the second time", async () => {
    const table = await entered();
    await table.maraSays("one");
    const late = await table.maraSays("two");
    await table.hears(late);
    assert.deepEqual([table.room.resync, table.told("trouble")], [true, []]);
    await table.hears(late);
    assert.deepEqual(table.told("trouble"), [{ type: "trouble", room: table.room.key, code: "gap_seq" }]);
    assert.equal(table.room.mayWrite, false);
  });

  test("that the server fills is forgotten, and the next is asked about again", async () => {
    const table = await entered();
    for (const [one, two] of [["one", "two"], ["three", "four"]]) {
      await table.maraSays(String(one));
      await table.hears(await table.maraSays(String(two)));
      assert.equal(table.room.resync, true);
      await table.enter();
    }
    assert.deepEqual([table.shown, table.told("trouble")], [["one", "two", "three", "four"], []]);
  });
});

test("a doubt that was laid to rest is forgotten, and the next is asked about again", async () => {
  const table = await entered();
  const wrong = table.standing({ head: filled(32, 9) });
  for (let i = 0; i < 3; i++) {
    await table.room.entered(wrong);
    assert.equal(table.room.resync, true);
    await table.room.entered(table.standing());
  }
  assert.equal(table.room.broken, null);
  for (const [one, two] of [["one", "two"], ["three", "four"]]) {
    const missed = await table.maraSays(String(one));
    const late = await table.maraSays(String(two));
    table.room.resync = false;
    for (const item of [late, missed, late]) await table.hears(item);
    assert.deepEqual([table.room.resync, table.room.broken], [true, null]);
  }
});

describe("a hostile server", () => {
  /**
   * A talk of two entered and verified, and one item more of each.
   */
  async function talking() {
    const table = await entered();
    for (const x of ["a", "b"]) await table.hears(await table.maraSays(x));
    const next = await table.maraSays("c");
    return { table, next };
  }

  /** @type {[string, string, (next: Item, table: Table) => Item | Promise<Item>][]} */
  const ATTACKS = [
    ["an item again under a new number", "gap_sender", (_, { kept }) => ({ .../** @type {Item} */ (kept.items[1]), seq: 3 })],
    ["a number left out", "gap_seq", (next) => ({ ...next, seq: 4 })],
    ["the number 0", "gap_seq", (next) => ({ ...next, seq: 0 })],
    ["the highest number", "gap_seq", (next) => ({ ...next, seq: 2 ** 32 - 1 })],
    ["the highest count", "gap_sender", (next) => ({ ...next, n: 2 ** 32 - 1 })],
    ["a count of 0", "gap_sender", (next) => ({ ...next, n: 0 })],
    ["the highest epoch", "unknown_epoch", (next) => ({ ...next, ke: 2 ** 16 - 1 })],
    ["the epoch 0", "key_fork", (next) => ({ ...next, ke: 0 })],
    ["another item under a known number", "chain_fork", (next) => ({ ...next, seq: 1 })],
    ["a known item with another commitment", "chain_fork", (_, { kept }) => ({ .../** @type {Item} */ (kept.items[0]), com: filled(32, 9) })],
    ["words of somebody who saw another past", "chain_fork", async (_, { kept }) => {
      kept.items.pop();
      kept.heads.pop();
      return kept.say(SOL, "text", { x: "?" }, { seen: { seq: 1, head: filled(32, 9) } });
    }],
    ["an item of another room", "unknown", async () => {
      const other = await Kept.open(filled(16, 9));
      return other.say(MARA, "text", { x: "?" });
    }],
  ];
  for (const [what, code, attack] of ATTACKS) {
    test(`cannot slip in ${what}: ${code}`, async () => {
      const { table, next } = await talking();
      const item = await attack(next, table);
      await table.hears(item);
      await table.hears(item);
      assert.deepEqual(table.told("trouble").map((event) => event.code), [code]);
      assert.deepEqual(table.shown, ["a", "b"]);
      await table.hears(next);
      assert.deepEqual(table.shown, ["a", "b"]);

      const honest = await talking();
      await honest.table.hears(honest.next);
      assert.deepEqual([honest.table.shown, honest.table.room.broken], [["a", "b", "c"], null]);
    });
  }

  test("that repeats an item shows it once", async () => {
    const { table, next } = await talking();
    for (const item of [next, next, /** @type {Item} */ (table.kept.items[0])]) await table.hears(item);
    assert.deepEqual([table.shown, table.room.broken], [["a", "b", "c"], null]);
  });

  test("whose head is another than ours stops the room, asked twice", async () => {
    const { table } = await talking();
    await table.room.entered(table.standing({ seq: 2, head: filled(32, 9) }));
    assert.deepEqual([table.room.resync, table.room.broken], [true, null]);
    await table.room.entered(table.standing({ seq: 2, head: filled(32, 9) }));
    assert.equal(table.room.broken, "chain_fork");
  });

  test("that promises items without end is not spoken to, and can do no more", async () => {
    const table = await lay();
    await table.enter({ seq: 2 ** 32 - 1 });
    table.say("hi");
    assert.equal(await table.room.nextFrame(), null);
    await table.enter();
    assert.ok(await table.room.nextFrame());
  });

  test("that hands over a list with another key stops the room", async () => {
    const table = await entered();
    await table.room.addKeys(keys(1));
    assert.equal(table.room.broken, null);
    await table.room.addKeys(new Map([[1, filled(32, 9)]]));
    assert.deepEqual(table.told("trouble").map(({ code }) => code), ["key_fork"]);
  });
});

describe("a message that does not open", () => {
  test("shows that something is missing there, stops our words, and the rest is read on", async () => {
    const table = await entered();
    const first = await table.maraSays("one");
    await table.hears({ ...first, ct: flipped(first.ct, 500) });
    await table.hears(await table.maraSays("two"));
    await table.hears(await table.maraSays("three"));
    assert.deepEqual(table.shown, ["? aead", "two", "three"]);
    const { seq, seat, ke, n } = first;
    assert.deepEqual(table.told("said")[0]?.received, { seq, seat, ke, n, failed: "aead" });
    assert.deepEqual(table.told("trouble").map(({ code }) => code), ["aead"]);
    table.say("hi");
    assert.deepEqual([await table.room.nextFrame(), table.room.mayWrite], [null, false]);
    await table.enter();
    assert.equal(table.room.broken, "aead");
  });

  test("keeps its place: it is neither asked for again nor opened later", async () => {
    const table = await entered();
    const first = await table.maraSays("one");
    await table.hears({ ...first, ct: flipped(first.ct, 500) });
    assert.deepEqual([table.room.after, table.room.resync], [1, false]);
    await table.hears(first);
    assert.deepEqual(table.shown, ["? aead"]);
  });

  test("of our own is on the disk all the same", async () => {
    const table = await entered();
    const key = table.say("hi");
    const item = await table.commit(await table.out());
    await table.hears({ ...item, ct: flipped(item.ct, 500) });
    assert.deepEqual(table.told("delivered").map((event) => event.key), [key]);
  });

  test("hides no gap and no fork: those stop reading, too", async () => {
    const table = await entered();
    const first = await table.maraSays("one");
    await table.hears({ ...first, ct: flipped(first.ct, 500) });
    const second = await table.maraSays("two");
    await table.hears({ ...second, n: 3 });
    await table.hears({ ...second, n: 3 });
    assert.deepEqual(table.told("trouble").map(({ code }) => code), ["aead", "gap_sender"]);
    await table.hears(second);
    assert.deepEqual(table.shown, ["? aead"]);
  });

  test("and may have been the client's rekey: the epoch behind it is refused", async () => {
    for (const spoilt of [false, true]) {
      const table = await lay(MARA, keys(1, 2));
      await table.enter();
      const opening = await table.kept.say(CLIENT_SEAT, "rekey", await promise(2));
      await table.hears(spoilt ? { ...opening, ct: flipped(opening.ct, 500) } : opening);
      table.kept.ke = 2;
      await table.hears(await table.kept.say(CLIENT_SEAT, "text", { x: "under two" }));
      assert.equal(table.room.broken, spoilt ? "key_fork" : null);
      assert.deepEqual(table.shown, spoilt ? ["? aead"] : [undefined, "under two"]);
    }
  });

  test("with a changed commitment forks the room as soon as somebody speaks who saw the true one", async () => {
    const table = await entered();
    const first = await table.maraSays("one");
    await table.hears({ ...first, com: flipped(first.com) });
    const second = await table.maraSays("two");
    await table.hears(second);
    await table.hears(second);
    assert.deepEqual(table.told("trouble").map(({ code }) => code), ["aead", "chain_fork"]);
  });
});

describe("keys", () => {
  test("of a new epoch are used once the message that opens it has come", async () => {
    const table = await entered();
    await table.room.addKeys(keys(2));
    table.room.ke = 2;
    table.say("hi");
    assert.equal(await table.room.nextFrame(), null);
    await table.hears(await table.kept.say(CLIENT_SEAT, "rekey", await promise(2)));
    const frame = await table.out();
    assert.deepEqual([frame.ke, frame.n], [2, 2]);
  });

  test("are announced by a message past the outbox, which counts like any other", async () => {
    const table = await entered();
    table.say("one");
    await table.hears(await table.commit(await table.out()));
    const opening = await table.room.compose({ kind: "rekey", fields: await promise(table.room.nextEpoch()) });
    assert.deepEqual([opening.ke, opening.n, table.room.waiting], [1, 2, 0]);
    await table.room.addKeys(keys(2));
    table.room.counted(opening.n);
    assert.equal(table.room.nextN, 3);
    table.room.counted(1);
    assert.equal(table.room.nextN, 3);
    assert.deepEqual([...table.room.keys.keys()], [1, 2]);
  });

  test("are at most fifteen", async () => {
    const table = await lay(CLIENT_SEAT, new Map([[14, filled(32, 1)]]));
    assert.equal(table.room.nextEpoch(), 15);
    await table.room.addKeys(new Map([[15, filled(32, 2)]]));
    await refused(() => table.room.nextEpoch(), "keys_format");
  });
});

describe("another store", () => {
  test("with the same words is no trouble, and what waits goes on", async () => {
    const table = await entered();
    await table.hears(await table.maraSays("hello"));
    table.say("hi");
    const before = await table.out();
    table.room.attached = false;
    await table.enter({ store: OTHER_STORE });
    assert.deepEqual([table.told("older-copy"), table.told("trouble"), table.shown], [[], [], ["hello", "hello"]]);
    const after = await table.out();
    assert.notEqual(after, before);
    assert.equal(after.n, 1);
  });

  test("is told of a rekey as before, and of no other", async () => {
    for (const forged of [false, true]) {
      const table = await entered();
      await table.room.addKeys(keys(2));
      await table.hears(await table.kept.say(CLIENT_SEAT, "rekey", await promise(2)));
      table.kept.ke = 2;
      await table.hears(await table.kept.say(CLIENT_SEAT, "text", { x: "two" }));
      if (forged) {
        table.kept = await Kept.open();
        await table.kept.say(CLIENT_SEAT, "rekey", { e: 2, next: b64u(filled(32, 9)) });
      }
      await table.enter({ store: OTHER_STORE });
      assert.equal(table.room.broken, forged ? "key_fork" : null);
    }
  });

  for (const store of [STORE, OTHER_STORE]) {
    test(`that is an older copy (${store === STORE ? "under the old name" : "under a new one"}) is told; words wait for a yes and a fresh epoch`, async () => {
      const table = await entered();
      await table.hears(await table.maraSays("hello"));
      table.kept = await Kept.open();
      table.say("hi");
      table.room.attached = false;
      await table.enter({ store });
      assert.equal(table.room.resync, store === STORE);
      if (table.room.resync) await table.enter({ store });
      assert.deepEqual(table.told("older-copy"), [{ type: "older-copy", room: table.room.key, seq: 0 }]);
      assert.deepEqual([table.room.olderCopy, await table.room.nextFrame()], [true, null]);
      table.room.goOn();
      assert.equal(await table.room.nextFrame(), null);
      assert.equal(table.room.nextEpoch(), 2);
      await table.room.addKeys(keys(2));
      await table.hears(await table.kept.say(CLIENT_SEAT, "rekey", await promise(2)));
      table.room.ke = 2;
      assert.equal((await table.out()).ke, 2);
    });
  }

  test("that never had our words is counted in from the beginning", async () => {
    const table = await entered();
    table.say("hi");
    table.room.acked({ n: (await table.out()).n, seq: 1 });
    assert.equal(table.room.nextN, 2);
    await table.enter({ store: OTHER_STORE });
    assert.equal(table.room.nextN, 1);
  });

  test("with other words in the same places is an older copy as well", async () => {
    const table = await entered();
    await table.hears(await table.maraSays("hello"));
    table.kept = await Kept.open();
    await table.maraSays("something else");
    await table.enter({ store: OTHER_STORE });
    assert.deepEqual(table.told("older-copy").map(({ seq }) => seq), [1]);
  });

  test("an item that overtakes the answer to entering again is no older copy", async () => {
    const table = await entered();
    const late = table.standing();
    await table.hears(await table.maraSays("hello"));
    await table.room.entered(late);
    assert.deepEqual([table.told("older-copy"), table.room.resync], [[], false]);
  });
});

describe("the server's word on a room", () => {
  test("is told when state, seats, pauses or who is asked in are others, and not when they are the same", async () => {
    const table = await lay();
    const kid = filled(16, 7);
    const seat = () => ({ seat: MARA, kid: filled(16, 7), open: true, on: null, paused: false });
    const ask = () => ({ kid, by: filled(16, 8), purpose: /** @type {const} */ ("company"), willing: false });
    const known = [{ seats: [seat()] }, { seats: [{ ...seat(), paused: true }] }, { asks: [ask()] }];
    const told = [...known, { asks: [{ ...ask(), willing: true }] }, { asks: [] }];
    for (const news of told.flatMap((each) => [each, structuredClone(each)])) table.room.tookState(table.standing(news));
    assert.equal(table.told("moved").length, told.length);
    table.room.tookState(table.standing({ state: "closed" }));
    assert.deepEqual(table.told("moved").at(-1), { type: "moved", room: table.room.key, state: "closed" });
  });

  test("says whether keys are to be changed, and who is met", async () => {
    const table = await lay();
    const meet = { kid: filled(16, 7), accepted: false };
    table.room.tookState(table.standing({ flags: ["needs_rekey", "of-later"], meet }));
    assert.deepEqual([table.room.needsRekey, table.room.meet], [true, meet]);
    table.room.tookState(table.standing());
    assert.deepEqual([table.room.needsRekey, table.room.meet], [false, null]);
  });
});

describe("a room that is forgotten", () => {
  test("sends nothing that was being encrypted: its keys may be zeros by then", async () => {
    for (const forgotten of [false, true]) {
      const table = await entered();
      table.say("hi");
      const going = table.room.nextFrame();
      const opening = table.room.compose({ kind: "bye" });
      await Promise.resolve();
      if (forgotten) table.room.forget();
      assert.deepEqual([(await going) === null, table.room.mayWrite], [forgotten, !forgotten]);
      if (forgotten) await refused(opening, "unknown_epoch");
      else assert.ok(await opening);
    }
  });

  test("tells nothing, holds no words and no key", async () => {
    const table = await entered();
    table.say("hi");
    const coming = table.hears(await table.maraSays("hello"));
    await Promise.resolve();
    assert.deepEqual(table.room.keys, keys(1));
    const before = table.events.length;
    table.room.forget();
    await coming;
    assert.deepEqual(table.room.keys, new Map([[1, filled(32, 0)]]));
    assert.deepEqual([table.events.length, table.room.waiting], [before, 0]);
  });
});

test("calls that overlap are carried out in the order they were made", async () => {
  const table = await lay();
  for (let i = 0; i < 5; i++) await table.maraSays(`${i}`);
  await Promise.all([table.room.entered(table.standing()), ...table.kept.items.map((item) => table.room.received(onWire(item)))]);
  assert.deepEqual([table.shown, table.room.caughtUp], [["0", "1", "2", "3", "4"], true]);
});
