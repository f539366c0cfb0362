// What the tests of frontend/js/crypto share: a room, its people, and a server that commits what they send.

import assert from "node:assert/strict";
import { encrypt } from "../js/crypto/envelope.js";
import { ProtocolError } from "../js/crypto/errors.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { chainNext, chainStart } from "../js/crypto/transcript.js";
import { writeBody } from "../js/crypto/body.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/receiver.js").Item} Item */
/** @typedef {import("../js/crypto/key_list.js").RoomKeys} RoomKeys */

/** @param {string} hex @returns {Bytes} */
export const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

/** @param {number} length @param {number} value @returns {Bytes} */
export const filled = (length, value) => new Uint8Array(length).fill(value);

/** @param {Bytes} data @param {number} at @returns {Bytes} the same with the lowest bit of one byte changed */
export const flipped = (data, at = 0) => data.map((byte, i) => (i === at ? byte ^ 1 : byte));

/**
 * The call is refused with this code.
 * @param {Promise<unknown> | (() => unknown)} call
 * @param {string} code
 */
export async function refused(call, code) {
  await assert.rejects(
    async () => (typeof call === "function" ? call() : call),
    (error) => error instanceof ProtocolError && (assert.equal(error.code, code), true),
  );
}

export const ROOM = filled(16, 1);
export const MARA = filled(16, 2);
export const SOL = filled(16, 3);
export const RK = new Map([1, 2, 3, 4].map((epoch) => [epoch, filled(32, 0x40 + epoch)]));

/** @param {number[]} epochs @returns {RoomKeys} */
export const keys = (...epochs) => new Map(epochs.map((epoch) => [epoch, /** @type {Bytes} */ (RK.get(epoch))]));

/** A room as an honest server keeps it, written by people who have seen everything so far. */
export class Room {
  /** @type {Item[]} */
  items = [];
  /** @type {Bytes[]} */
  heads;
  ke = 1;
  room;

  /** @param {Bytes} room @param {Bytes} start */
  constructor(room, start) {
    this.room = room;
    this.heads = [start];
  }

  static async open(room = ROOM) {
    return new Room(room, await chainStart(room));
  }

  get head() {
    return /** @type {Bytes} */ (this.heads.at(-1));
  }

  /** @param {Bytes} seat */
  nextN(seat) {
    return this.items.filter((item) => item.seat.every((byte, i) => byte === seat[i])).length + 1;
  }

  /**
   * Commits a message. Without seen, its sender has verified all before it; without key, it has the epoch's own.
   * @param {Bytes} seat
   * @param {string} kind
   * @param {Record<string, unknown>} [fields]
   * @param {{ seen?: { seq: number, head: Bytes }, key?: Bytes, ke?: number }} [given]
   */
  async say(seat, kind, fields = {}, given = {}) {
    const { seen = { seq: this.items.length, head: this.head }, ke = this.ke } = given;
    const key = given.key ?? /** @type {Bytes} */ (RK.get(ke));
    const message = { room: this.room, ke, seat, n: this.nextN(seat) };
    const body = writeBody({ kind, t: 29_000_000, seen, fields });
    return this.commit({ ...message, ...(await encrypt(key, message, body)) });
  }

  /** @param {import("../js/crypto/receiver.js").Send & { seat: Bytes }} message @returns {Promise<Item>} */
  async commit(message) {
    const item = { ...message, seq: this.items.length + 1 };
    this.heads.push(await chainNext(this.head, item.seq, item, item.com));
    this.items.push(item);
    return item;
  }

  /** @param {number} seq the row is emptied @returns {Item} */
  erase(seq) {
    const item = /** @type {Item} */ (this.items[seq - 1]);
    return (this.items[seq - 1] = { ...item, ct: new Uint8Array(0) });
  }
}

/** Client and Mara, three messages each in turn; the standing talk that the attacks work on. */
export async function talk(room = ROOM) {
  const kept = await Room.open(room);
  for (let i = 0; i < 3; i++) {
    await kept.say(CLIENT_SEAT, "text", { x: `client ${i}` });
    await kept.say(MARA, "text", { x: `mara ${i}` });
  }
  return kept;
}
