// What the service says of the line, of a peer's shift and of opening hours: taken in its documented form and in no other.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { b64u } from "../js/crypto/encoding.js";
import {
  readAsked,
  readAvailability,
  readHistory,
  readLines,
  readOffer,
  readQueue,
  readRoomState,
  readService,
  readWait,
  readWhom,
} from "../js/state/answers.js";
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
      assert.deepEqual(readAvailability({ type: "availability", state, limit: 2 }), { state, limit: 2, until: null, paused: false });
    }
    assert.equal(readAvailability({ state: "on", limit: 1, until: 1_800_000_600 }).until, 1_800_000_600);
    assert.equal(readAvailability({ state: "off", limit: 1, paused: true }).paused, true);
  });

  test("in any other form is not taken", () => {
    refusesEach(readAvailability, { state: "on", limit: 2 }, [
      ["state", "away"],
      ["state", null],
      ["limit", null],
      ["limit", "2"],
      ["until", "later"],
      ["paused", "yes"],
    ]);
  });
});

describe("a second seat", () => {
  const [KID, BY] = [filled(16, 7), filled(16, 8)];
  const [kid, by] = [b64u(KID), b64u(BY)];
  const standing = { room, state: "talking", ke: 1, seats: [{ seat: room, kid, paused: true }] };
  const ask = { kid, by, purpose: "handover", willing: true };

  test("is asked for by name, with a purpose, and nobody where the service names nobody", () => {
    const told = readRoomState({ ...standing, asks: [ask] });
    assert.deepEqual(told.asks, [{ kid: KID, by: BY, purpose: "handover", willing: true }]);
    assert.deepEqual([told.seats[0]?.paused, readRoomState(standing).asks], [true, []]);
    for (const [name, value] of /** @type {[string, unknown][]} */ ([["kid", null], ["by", ""], ["purpose", "watch"], ["willing", 1]])) {
      assert.throws(() => readRoomState({ ...standing, asks: [{ ...ask, [name]: value }] }), { code: "not_beside" });
    }
  });

  test("is offered to the one who is asked, until that is over", () => {
    const asked = { type: "asked", room, by, purpose: "company", willing: false };
    assert.deepEqual(readAsked(asked), { room: ROOM, ask: { by: BY, purpose: "company", willing: false } });
    assert.deepEqual(readAsked({ type: "asked", room, willing: false }), { room: ROOM, ask: null });
    refusesEach(readAsked, asked, [["room", null], ["by", "x"], ["purpose", null], ["willing", "no"]]);
    assert.deepEqual(readWhom({ peers: [kid, by] }), [KID, BY]);
    refusesEach(readWhom, { peers: [] }, [["peers", null], ["peers", ["x"]]]);
  });

  test("may show its own lines, with the headers that prove them", () => {
    const row = { seq: 3, ke: 1, n: 2, com: b64u(filled(32, 1)) };
    const lines = { id: kid, room, by, to: kid, day: 20_000, sealed: "AAAA", rows: [row] };
    assert.deepEqual(readLines({ lines: [lines] }), [
      { id: KID, room: ROOM, by: BY, to: KID, day: 20_000, sealed: new Uint8Array(3), rows: [{ ...row, com: filled(32, 1) }] },
    ]);
    for (const change of [{ rows: null }, { rows: [{ ...row, com: "AAAA" }] }, { rows: [{ ...row, n: 0 }] }, { to: null }, { sealed: 1 }]) {
      assert.throws(() => readLines({ lines: [{ ...lines, ...change }] }), { code: "not_beside" });
    }
  });
});

describe("the service", () => {
  test("says its hours by language, what those speak who are on, and whether talks stay longer", () => {
    const told = readService({
      ...SERVICE,
      hours: { "*": { open: true, until: 1_800_003_600, opens: null }, es: { open: false, until: null, opens: 1_800_090_000 } },
      on: ["en", "es"],
    });
    assert.deepEqual(told.hours.get("*"), { open: true, until: 1_800_003_600, opens: null });
    assert.deepEqual(told.hours.get("es"), { open: false, until: null, opens: 1_800_090_000 });
    assert.deepEqual(told.on, ["en", "es"]);
    assert.deepEqual([readService({ ...SERVICE, hold: true }).hold, readService(SERVICE).hold], [true, false]);
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
      ["hold", "yes"],
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
