// A room's own words on their way to the server.

import { hex } from "../crypto/encoding.js";
import { packErase, packSend } from "../net/frames.js";

/** @typedef {import("../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../crypto/receiver.js").Send} Send */
/**
 * What a message says: its kind and the fields of that kind (docs/protocol.md, 9). A client's take-back also empties
 * the row it names.
 * @typedef {{ kind: string, fields?: import("../crypto/body.js").Fields }} Content
 */
/** @typedef {Send & { erases: number | null }} Frame an encrypted message; erases: the row that a client's take-back empties */
/** @typedef {{ key: string, content: Content, frame: Frame | null, tried: boolean }} Outgoing */

/**
 * The words of one seat in order. The first may be on its way; only that one is bound to a number and an epoch.
 *
 * A key names words from the moment they are said, and still when the transcript brings them back.
 */
export class Outbox {
  /** @type {Outgoing[]} */
  #waiting = [];
  /** Refused for good, by key. @type {Map<string, Content>} */
  #refused = new Map();
  /** Of everything encrypted here, by commitment. @type {Map<string, string>} */
  #keys = new Map();
  #count = 0;

  /** How many wait, the one on its way included. */
  get size() {
    return this.#waiting.length;
  }

  /** @returns {Outgoing | null} */
  get first() {
    return this.#waiting[0] ?? null;
  }

  /** @param {Content} content */
  add(content) {
    this.#count += 1;
    const key = `own-${this.#count}`;
    this.#append(key, content);
    return key;
  }

  /**
   * Takes back words that cannot have reached the server; whether they were such.
   * @param {string} key
   */
  withdraw(key) {
    const at = this.#waiting.findIndex((outgoing) => outgoing.key === key && !outgoing.tried);
    if (at >= 0) this.#waiting.splice(at, 1);
    return this.#refused.delete(key) || at >= 0;
  }

  /**
   * Puts refused words at the end of the line, under the same key; whether there are such.
   * @param {string} key
   */
  retry(key) {
    const content = this.#refused.get(key);
    if (content === undefined) return false;
    this.#refused.delete(key);
    this.#append(key, content);
    return true;
  }

  /**
   * The first is encrypted.
   * @param {Outgoing} first
   * @param {Frame} frame
   */
  bind(first, frame) {
    first.frame = frame;
    first.tried = true;
    this.#keys.set(hex(frame.com), first.key);
  }

  /** Lets go of what was encrypted and not acknowledged: it gets another number or epoch. */
  encryptAnew() {
    for (const outgoing of this.#waiting) outgoing.frame = null;
  }

  /**
   * Words without their ack do not go out, unless they are said again; whether there were such. Those on their way may
   * be on the server's disk all the same: `deliver` takes them.
   * @param {string} key
   */
  holdBack(key) {
    const at = this.#waiting.findIndex((outgoing) => outgoing.key === key);
    const [held] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (held) this.#refused.set(key, held.content);
    return held !== undefined;
  }

  /** The first is refused for good; its key. */
  refuse() {
    const first = this.#waiting.shift();
    if (first) this.#refused.set(first.key, first.content);
    return first?.key ?? null;
  }

  /**
   * Words are on the server's disk, even if it refused them once; whether that was not known yet.
   * @param {string} key
   */
  deliver(key) {
    const at = this.#waiting.findIndex((outgoing) => outgoing.key === key);
    if (at >= 0) this.#waiting.splice(at, 1);
    return this.#refused.delete(key) || at >= 0;
  }

  /**
   * The key of what was encrypted here with this commitment.
   * @param {Bytes} com
   */
  keyOf(com) {
    return this.#keys.get(hex(com)) ?? null;
  }

  /** @param {string} key @param {Content} content */
  #append(key, content) {
    this.#waiting.push({ key, content, frame: null, tried: false });
  }
}

/** @param {Frame} frame @returns {Bytes} as it goes over the wire */
export const packFrame = ({ erases, ...message }) =>
  erases === null ? packSend(message) : packErase({ ...message, seq: erases });
