// What the service says of the line, of a peer's shift and of opening hours: taken in its documented form and in no other.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { b64u } from "../js/crypto/encoding.js";
import { readAvailability, readHistory, readOffer, readQueue, readService, readWait } from "../js/state/answers.js";
import { ROOM, filled } from "./cast.js";
import { STORE } from "./table.js";

/** @typedef {Record<string, unknown>} Json */

const room = b64u(ROOM);
const ROW = {
  room,
  language: "es",
  urgent: true,
  topics: ["grief", "family"],
  lived: ["grief"],
  back: true,
  note: false,
  here: true,
  minutes: 12,
};
const FITS = { language: true, topics: ["grief"], lived: [], asked: true };
const SERVICE = { time: 1_800_000_000, store: STORE, open: true, keep_days: 30, wait: {}, queue: { open: true } };

/**
 * @param {(json: unknown) => unknown} read
 * @param {Json} good
 * @param {[string, unknown][]} changes
 */
function refusesEach(read, good, changes) {
  read(good);
  for (const [name, value] of changes) {
    assert.throws(() => read({ ...good, [name]: value }), { code: "not_beside" }, `${name}: ${JSON.stringify(value)}`);
  }
}

describe("a place in line", () => {
  test("comes with a reason, an opening and minutes, or with none of them", () => {
    const wait = { type: "wait", room, ahead: 2, low: 3, high: 20, why: "long", over: 20 };
    assert.deepEqual(readWait(wait), { room: ROOM, wait: { ahead: 2, low: 3, high: 20, why: "long", opens: null, over: 20 } });
    const closed = readWait({ room, ahead: 0, why: "closed", opens: 1_800_003_600 }).wait;
    assert.deepEqual(closed, { ahead: 0, low: null, high: null, why: "closed", opens: 1_800_003_600, over: null });
    const short = readWait({ room, ahead: 0 }).wait;
    assert.deepEqual(short, { ahead: 0, low: null, high: null, why: null, opens: null, over: null });
  });

  test("with another reason, or minutes that are none, is not taken", () => {
    refusesEach(readWait, { room, ahead: 0 }, [
      ["why", "because"],
      ["why", ""],
      ["why", ["long"]],
      ["opens", "soon"],
      ["opens", 1.5],
      ["over", -1],
    ]);
  });
});

describe("what a peer is offered", () => {
  test("is a row of the queue and why it fits, or nobody", () => {
    const [row] = readQueue({ type: "queue", waiting: [ROW] });
    const offer = readOffer({ type: "offer", offer: { ...ROW, fits: FITS } });
    assert.deepEqual(offer, { ...row, fits: FITS });
    assert.deepEqual(offer?.room, ROOM);
    for (const nobody of [{ type: "offer" }, { type: "offer", offer: null }]) assert.equal(readOffer(nobody), null);
  });

  test("is not taken without its reasons, or as anything but a row", () => {
    const offer = { ...ROW, fits: FITS };
    for (const other of [ROW, { ...offer, room: "?" }, { ...offer, urgent: 1 }, [offer], "nobody", 0]) {
      assert.throws(() => readOffer({ offer: other }), { code: "not_beside" });
    }
    refusesEach((fits) => readOffer({ offer: { ...ROW, fits } }), FITS, [
      ["language", null],
      ["topics", undefined],
      ["topics", [1]],
      ["lived", "grief"],
      ["asked", "yes"],
    ]);
  });
});

describe("a peer's shift", () => {
  test("is on, finishing, on a break or off, with a limit and perhaps an end of the quiet minutes", () => {
    for (const state of ["on", "finishing", "break", "off"]) {
      assert.deepEqual(readAvailability({ type: "availability", state, limit: 2 }), { state, limit: 2, until: null });
    }
    assert.equal(readAvailability({ state: "on", limit: 1, until: 1_800_000_600 }).until, 1_800_000_600);
  });

  test("in any other form is not taken", () => {
    refusesEach(readAvailability, { state: "on", limit: 2 }, [
      ["state", "away"],
      ["state", null],
      ["limit", null],
      ["limit", "2"],
      ["until", "later"],
    ]);
  });
});

describe("the service", () => {
  test("says its hours by language and what those speak who are on", () => {
    const told = readService({
      ...SERVICE,
      hours: { "*": { open: true, until: 1_800_003_600, opens: null }, es: { open: false, until: null, opens: 1_800_090_000 } },
      on: ["en", "es"],
    });
    assert.deepEqual(told.hours.get("*"), { open: true, until: 1_800_003_600, opens: null });
    assert.deepEqual(told.hours.get("es"), { open: false, until: null, opens: 1_800_090_000 });
    assert.deepEqual(told.on, ["en", "es"]);
    const silent = readService(SERVICE);
    assert.deepEqual([silent.hours.size, silent.on], [0, []]);
  });

  test("with hours or languages of another form is not taken", () => {
    refusesEach(readService, SERVICE, [
      ["hours", ["*"]],
      ["hours", { en: null }],
      ["hours", { en: { open: "yes" } }],
      ["hours", { en: { open: false, opens: "tomorrow" } }],
      ["on", "en"],
      ["on", [null]],
    ]);
  });
});

test("a seat says whether the peer who left it could come again, or nothing of it", () => {
  const standing = { room, state: "resting", ke: 1, flags: [], seq: 0, store: STORE, items: [], more: false };
  const kid = b64u(filled(16, 7));
  const seats = [{ seat: room, kid, open: false, on: true }, { seat: room, kid, open: false, on: false }, { seat: room, kid }];
  assert.deepEqual(readHistory({ ...standing, seats }).seats.map(({ on }) => on), [true, false, null]);
  assert.throws(() => readHistory({ ...standing, seats: [{ seat: room, kid, on: "yes" }] }), { code: "not_beside" });
});
