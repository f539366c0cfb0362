// A journal that is kept with the code (docs/protocol.md, 3). Nothing of it leaves this device before it is asked to.

import { vaultKeys } from "../../crypto/code.js";
import { b64u } from "../../crypto/encoding.js";
import { solve } from "../../crypto/pow.js";
import { openJournal, sealJournal } from "../../crypto/vault.js";
import { ApiError } from "../../net/api.js";
import { readChallenged, readSealed } from "../answers.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {{ version: number, blob: string }} Sealed */
/** @typedef {Pick<import("../../net/api.js").Api, "post">} Api */

/** Times that a journal is handed in where its answer may have been lost, or its proof of work ran out. */
const TRIES = 4;
/** Refusals after which a journal may have been kept all the same. */
const MAYBE = ["unreachable", "unavailable"];

/**
 * The journal of one code. Every call throws ApiError, or ProtocolError where the journal does not open or is too long;
 * calls are carried out one after another.
 */
export class Journal {
  #api;
  #clock;
  #keys;
  /** The version that the service holds, as far as this page knows. */
  #version = 0;
  /** What was handed in and not answered: it may have arrived. @type {Sealed | null} */
  #unanswered = null;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {{ api: Api, root: Bytes, clock: Pick<import("../../platform/clock.js").Clock, "sleep"> }} parts root: the code's */
  constructor({ api, root, clock }) {
    this.#api = api;
    this.#clock = clock;
    this.#keys = vaultKeys(root);
    this.#keys.catch(() => {}); // whoever calls first hears of it
  }

  /**
   * The journal as it was kept last.
   * @returns {Promise<Record<string, unknown> | null>} null where none is
   */
  load() {
    return this.#inTurn(async () => {
      const { version, blob } = readSealed(await this.#api.post("vault/get", await this.#shown()));
      this.#version = version;
      this.#unanswered = null;
      return blob === null ? null : openJournal(await this.#keys, version, blob);
    });
  }

  /**
   * Keeps a journal in place of the one before; the first time takes a proof of work, which the page does not notice.
   * @param {object} journal JSON, up to 256 KiB
   * @returns {Promise<void>}
   * @throws {ApiError} v_conflict: another page kept one since `load`; slow_down
   */
  keep(journal) {
    return this.#inTurn(async () => {
      if (this.#unanswered) await this.#put(this.#unanswered);
      const version = this.#version + 1;
      await this.#put({ version, blob: b64u(await sealJournal(await this.#keys, version, journal)) });
    });
  }

  /**
   * Deletes the journal at the service.
   * @returns {Promise<void>}
   */
  remove() {
    return this.#inTurn(async () => {
      await this.#api.post("vault/delete", await this.#shown());
      this.#version = 0;
      this.#unanswered = null;
    });
  }

  /** @param {Sealed} sealed */
  async #put(sealed) {
    this.#unanswered = sealed;
    for (let tries = 1; ; tries++) {
      try {
        const proof = sealed.version === 1 ? { proof: await this.#proof() } : {};
        await this.#api.post("vault/put", { ...(await this.#shown()), ...sealed, ...proof });
        break;
      } catch (error) {
        const code = error instanceof ApiError ? error.code : "";
        if (!MAYBE.includes(code)) this.#unanswered = null;
        if (![...MAYBE, "pow_invalid"].includes(code) || tries === TRIES) throw error;
        await this.#clock.sleep(1000 * tries);
      }
    }
    this.#unanswered = null;
    this.#version = sealed.version;
  }

  async #shown() {
    const { id, token } = await this.#keys;
    return { id: b64u(id), token: b64u(token) };
  }

  async #proof() {
    const given = await this.#api.post("vault/challenge", {});
    return { challenge: given.challenge, solution: await solve(readChallenged(given)) };
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
