// What this person discloses to the moderation team, and what became of it.

import { unb64u } from "../../crypto/encoding.js";
import { CLIENT_SEAT } from "../../crypto/ids.js";
import { giveMore, ownFlags, raiseFlag } from "../flagging.js";
import { Reports } from "../reports.js";
import { codeOf } from "./patience.js";

/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {{ proofs: import("../timeline.js").Proof[], category: import("../flagging.js").Category, note: string }} Picked */

export class OwnReports {
  #reports;

  /** @param {import("../../platform/clock.js").Clock} clock the device's */
  constructor(clock) {
    this.#reports = new Reports(clock);
    this.value = this.#reports.value;
  }

  /**
   * Discloses what was picked, and nothing else.
   * @param {Talk} talk
   * @param {Picked} picked
   * @returns {Promise<{ ok: boolean, code?: string }>} code: why it did not go out
   */
  send(talk, picked) {
    return this.#went(talk, (parts, reporter) => raiseFlag(parts, reporter, picked));
  }

  /**
   * Answers a moderator who asked for more words.
   * @param {Talk} talk
   * @param {string} flag its id
   * @param {{ proofs: import("../timeline.js").Proof[], note: string } | null} picked null: rather not
   */
  answer(talk, flag, picked) {
    return this.#went(talk, (parts, reporter) => giveMore(parts, reporter, unb64u(flag), picked));
  }

  /** The room was told of: an outcome may be what is new. @param {Talk} talk */
  async noticed(talk) {
    await this.#reports.noticed(ownOf(talk), talk.line.up);
  }

  /** The person has read how they stand. */
  read() {
    this.#reports.read();
  }

  /** Nothing is known any more. */
  forget() {
    this.#reports.forget();
  }

  /**
   * @param {Talk} talk
   * @param {(parts: Parameters<typeof raiseFlag>[0], reporter: Parameters<typeof raiseFlag>[1]) => Promise<void>} act
   * @returns {Promise<{ ok: boolean, code?: string }>}
   */
  async #went(talk, act) {
    const reporter = { room: talk.room.room, seat: CLIENT_SEAT, shown: { secret: talk.secret } };
    try {
      await act({ api: talk.api, trust: talk.trust, clock: talk.serverClock }, reporter);
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
    void this.#reports.ask(ownOf(talk));
    return { ok: true };
  }
}

/** @param {Talk} talk @returns {import("../reports.js").Own} */
const ownOf = (talk) => () => ownFlags(talk.api, talk.room.room, { secret: talk.secret });
