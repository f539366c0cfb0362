// What this person discloses to the moderation team, and what became of it.

import { CLIENT_SEAT } from "../../crypto/ids.js";
import { ownFlags, raiseFlag } from "../flagging.js";
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
  async send(talk, picked) {
    const reporter = { room: talk.room.room, seat: CLIENT_SEAT, shown: { secret: talk.secret } };
    try {
      await raiseFlag({ api: talk.api, trust: talk.trust, clock: talk.serverClock }, reporter, picked);
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
    void this.#reports.ask(ownOf(talk));
    return { ok: true };
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
}

/** @param {Talk} talk @returns {import("../reports.js").Own} */
const ownOf = (talk) => () => ownFlags(talk.api, talk.room.room, { secret: talk.secret });
