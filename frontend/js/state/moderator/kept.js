// Flags that are held, and decided ones while they are kept: which of them stay beyond their time. Nothing of their words is here.

import { signal } from "../../../vendor/preact.js";
import { b64u, hex } from "../../crypto/encoding.js";
import { readKept } from "./answers.js";
import { lookIn, oneAtATime } from "./one_at_a_time.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").KeptFlag & { key: string }} KeptRow */

/** The most in one answer. */
const AT_ONCE = 200;

/** Acts never throw: what went wrong is a code in `problem`. */
export class Kept {
  /** null before the first look. @type {Signal<KeptRow[] | null>} */
  flags = signal(null);
  /** A code of docs/protocol.md, 16, or of ApiError. @type {Signal<string | null>} */
  problem = signal(null);
  /** What was tried last: the key of whom it was about, or of a look. */
  at = signal("");
  /** The same of what worked last, "" for nothing. */
  did = signal("");
  busy = signal(false);
  #session;

  /** @param {StaffSession} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {{ quiet?: boolean }} [how] quiet: nobody asked for it */
  async look(how) {
    await lookIn(this, this.#session, (session) => this.#find(session), how);
  }

  /**
   * Keeps a flag beyond its time, or lets it go when its time comes. Both are written down.
   * @param {Bytes} flag
   * @param {boolean} hold
   * @param {string} reason one line
   */
  async hold(flag, hold, reason) {
    await oneAtATime(this, this.#session, hex(flag), async (session) => {
      await session.post("flags/hold", { flag: b64u(flag), hold, reason });
      (await this.#find(session))();
    });
  }

  /** @param {StaffSession} session */
  async #find(session) {
    /** @type {KeptRow[]} */
    const flags = [];
    let page;
    do {
      const last = flags.at(-1);
      page = readKept(await session.post("flags/kept", last ? { before: b64u(last.flag) } : {}));
      flags.push(...page.map((each) => ({ ...each, key: hex(each.flag) })));
    } while (page.length === AT_ONCE);
    return () => void (this.flags.value = flags);
  }
}
