// A peer's private notes on the rooms where they sit: sealed on this device, and gone with the seat (docs/protocol.md, 4).

import { b64u, hex } from "../../crypto/encoding.js";
import { openNote, sealNote } from "../../crypto/note.js";
import { ApiError } from "../../net/api.js";
import { readSealed } from "../answers.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {{ version: number, blob: string }} Sealed */
/** @typedef {Pick<import("./session.js").StaffSession, "key" | "post">} Session */

/** Refusals after which a note may have been saved all the same. */
const MAYBE = ["unreachable", "unavailable"];

/**
 * One peer's notes. Calls throw ApiError ("unknown": no open seat in this room), or ProtocolError where a note does not
 * open or is longer than NOTE_LENGTH bytes of UTF-8; they are carried out one after another.
 */
export class Notes {
  #session;
  /** The version that the service holds, by room, as far as this page knows. @type {Map<string, number>} */
  #versions = new Map();
  /** What was handed in and not answered: it may have arrived. @type {Map<string, Sealed>} */
  #unanswered = new Map();
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  /**
   * The note as it was saved last.
   * @param {Bytes} room
   * @returns {Promise<string>} empty where there is none
   */
  load(room) {
    return this.#inTurn(async () => {
      const { version, blob } = readSealed(await this.#session.post("notes/get", { room: b64u(room) }));
      this.#versions.set(hex(room), version);
      this.#unanswered.delete(hex(room));
      return blob === null ? "" : openNote(this.#session.key.noteKey, room, version, blob);
    });
  }

  /**
   * Puts words in place of those before. Where the service could not be reached, saving again is enough.
   * @param {Bytes} room
   * @param {string} text
   * @returns {Promise<void>}
   * @throws {import("../../net/api.js").ApiError} v_conflict: another page saved since `load`
   */
  save(room, text) {
    return this.#inTurn(async () => {
      const lost = this.#unanswered.get(hex(room));
      if (lost) await this.#put(room, lost);
      const version = (this.#versions.get(hex(room)) ?? 0) + 1;
      await this.#put(room, { version, blob: b64u(await sealNote(this.#session.key.noteKey, room, version, text)) });
    });
  }

  /**
   * @param {Bytes} room
   * @param {Sealed} sealed
   */
  async #put(room, sealed) {
    this.#unanswered.set(hex(room), sealed);
    try {
      await this.#session.post("notes/put", { room: b64u(room), ...sealed });
    } catch (error) {
      if (!(error instanceof ApiError && MAYBE.includes(error.code))) this.#unanswered.delete(hex(room));
      throw error;
    }
    this.#unanswered.delete(hex(room));
    this.#versions.set(hex(room), sealed.version);
  }

  /**
   * @template T
   * @param {() => Promise<T>} act
   * @returns {Promise<T>}
   */
  #inTurn(act) {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }
}
