// Decided flags while they are kept: which of them stay beyond their time. Nothing of their words is here.

import { signal } from "../../../vendor/preact.js";
import { b64u, hex } from "../../crypto/encoding.js";
import { readKept } from "./answers.js";
import { oneAtATime } from "./one_at_a_time.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").KeptFlag & { key: string }} KeptRow */

/** Acts never throw: what went wrong is a code in `problem`. */
export class Kept {
  /** null before the first look. @type {Signal<KeptRow[] | null>} */
  flags = signal(null);
  /** A code of docs/protocol.md, 16, or of ApiError. @type {Signal<string | null>} */
  problem = signal(null);
  busy = signal(false);
  #session;

  /** @param {StaffSession} session */
  constructor(session) {
    this.#session = session;
  }

  async look() {
    await oneAtATime(this, this.#session, (session) => this.#look(session));
  }

  /**
   * Keeps a flag beyond its time, or lets it go when its time comes. Both are written down.
   * @param {Bytes} flag
   * @param {boolean} hold
   * @param {string} reason one line
   */
  async hold(flag, hold, reason) {
    await oneAtATime(this, this.#session, async (session) => {
      await session.post("flags/hold", { flag: b64u(flag), hold, reason });
      await this.#look(session);
    });
  }

  /** @param {StaffSession} session */
  async #look(session) {
    this.flags.value = readKept(await session.post("flags/kept", {})).map((each) => ({ ...each, key: hex(each.flag) }));
  }
}
