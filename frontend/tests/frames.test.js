// Message frames are byte for byte those of docs/frames.json, which is written from the server's own layouts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { packErase, packSend, parseFrame } from "../js/net/frames.js";
import { filled } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {{ name: string, bytes: number | number[], as: string }} Field */
/** @typedef {{ frame: string, from: string, type: number, lengths: number[], fields: Field[] }} Layout */

/** @type {Layout[]} */
const LAYOUTS = JSON.parse(readFileSync(new URL("../../docs/frames.json", import.meta.url), "utf8")).binary;

/** @param {string} name @returns {Layout} */
function layout(name) {
  const found = LAYOUTS.find(({ frame }) => frame === name);
  assert.ok(found);
  return found;
}

/** Values that show each byte's place: numbers of mixed bytes, and byte strings of one value each. */
const NUMBERS = { ke: 0x0102, n: 0x03040506, seq: 0xfffefdfc };
const FILLS = { room: 0xa1, seat: 0xb2, com: 0xc3, ct: 0xd4 };

/**
 * A frame as the document lays it out, and its fields as values.
 * @param {Layout} of
 * @param {number} length
 */
function laidOut({ type, fields }, length) {
  /** @type {number[]} */
  const bytes = [];
  /** @type {Record<string, number | Bytes>} */
  const values = {};
  for (const { name, bytes: sizes, as } of fields) {
    const size = Array.isArray(sizes) ? length - bytes.length : sizes;
    if (as === "bytes") {
      values[name] = filled(size, Number(FILLS[/** @type {keyof typeof FILLS} */ (name)]));
      bytes.push(.../** @type {Bytes} */ (values[name]));
    } else {
      const value = name === "type" ? type : NUMBERS[/** @type {keyof typeof NUMBERS} */ (name)];
      values[name] = value;
      for (let i = size - 1; i >= 0; i--) bytes.push(Math.floor(value / 256 ** i) % 256);
    }
  }
  assert.equal(bytes.length, length);
  return { bytes: Uint8Array.from(bytes), values };
}

describe("a frame of ours has the documented bytes", () => {
  for (const [name, pack] of /** @type {[string, (values: any) => Bytes][]} */ ([["send", packSend], ["erase", packErase]])) {
    for (const length of layout(name).lengths) {
      test(`${name} of ${length}`, () => {
        const { bytes, values } = laidOut(layout(name), length);
        assert.deepEqual(pack(values), bytes);
      });
    }
  }

  /** @type {[string, (frame: any) => object][]} */
  const WRONG = [
    ["a short room", (frame) => ({ ...frame, room: filled(15, 1) })],
    ["a long commitment", (frame) => ({ ...frame, com: filled(33, 1) })],
    ["a ciphertext of another length", (frame) => ({ ...frame, ct: filled(1041, 1) })],
    ["no ciphertext", (frame) => ({ ...frame, ct: filled(0, 1) })],
    ["an epoch above its field", (frame) => ({ ...frame, ke: 2 ** 16 })],
    ["a number above its field", (frame) => ({ ...frame, n: 2 ** 32 })],
    ["a negative number", (frame) => ({ ...frame, n: -1 })],
    ["half a number", (frame) => ({ ...frame, n: 1.5 })],
  ];
  for (const [what, change] of WRONG) {
    test(`and never ${what}`, () => {
      const send = laidOut(layout("send"), 1095).values;
      const erase = laidOut(layout("erase"), 1099).values;
      for (const [pack, values] of /** @type {[(values: any) => Bytes, object][]} */ ([[packSend, send], [packErase, erase]])) {
        assert.ok(pack(values));
        assert.throws(() => pack(change(values)), RangeError);
      }
    });
  }

  test("and a take-back is of the smallest size only", () => {
    const { values } = laidOut(layout("erase"), 1099);
    assert.throws(() => packErase(/** @type {any} */ ({ ...values, ct: filled(4112, 1) })), RangeError);
  });
});

describe("a frame of the server's", () => {
  for (const { frame, from, lengths } of LAYOUTS) {
    for (const length of lengths) {
      const { bytes, values } = laidOut(layout(frame), length);
      test(`${from === "server" ? "is read" : "is refused when only a browser sends it"}: ${frame} of ${length}`, () => {
        assert.deepEqual(parseFrame(bytes), from === "server" ? { ...values, type: frame } : null);
      });
    }
  }

  test("has one of the documented lengths and types, else it is null", () => {
    for (const { frame, from, type, lengths } of LAYOUTS.filter((each) => each.from === "server")) {
      for (const length of [0, 1, 2, ...lengths.flatMap((each) => [each - 1, each + 1]), 20_000, 1 << 20]) {
        const bytes = new Uint8Array(length);
        if (length > 0) bytes[0] = type;
        assert.equal(parseFrame(bytes), null, `${frame} from ${from} of ${length}`);
      }
      for (const other of [0, 1, 4, 5, 255]) {
        const { bytes } = laidOut(layout(frame), Number(lengths[0]));
        assert.equal(parseFrame(Uint8Array.from(bytes, (byte, i) => (i === 0 ? other : byte))), null);
      }
    }
  });

  test("is read from the middle of a larger buffer, and shares no byte with it", () => {
    const { bytes, values } = laidOut(layout("item"), 1115);
    const larger = new Uint8Array(2000);
    larger.set(bytes, 7);
    const frame = parseFrame(larger.subarray(7, 7 + 1115));
    larger.fill(0);
    assert.deepEqual(frame, { ...values, type: "item" });
  });
});
