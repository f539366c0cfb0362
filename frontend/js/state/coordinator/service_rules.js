// What the coordinator sets for the conversation side: hours, how long talks are kept, a hold on deleting; and the trail
// of what moderators and coordinators did.

import { batch, signal } from "../../../vendor/preact.js";
import { memberOf } from "../../crypto/directory.js";
import { codeOf } from "../staff/codes.js";
import { readSettings, readTrail } from "./answers.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("./answers.js").Settings} Settings */
/** @typedef {import("./answers.js").Hours} Hours */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {{ n: number, day: number, act: string, by: string, reason: string }} Deed by: an alias, "" for somebody who left */
/** @typedef {{ hours?: Hours | null, keep_days?: number, hold?: boolean }} Change */

/** Days that talks may be kept. */
export const KEEP_DAYS = Object.freeze({ least: 1, most: 365 });
/** Characters of the line that goes with a change. */
export const LONGEST_REASON = 100;

/** Acts never throw: what went wrong is a code in `problem`; what was changed last is in `done`. */
export class ServiceRules {
  /** @type {Signal<Settings | null>} */
  settings = signal(null);
  /** The newest first. @type {Signal<Deed[]>} */
  trail = signal([]);
  /** Whether there are older entries than those shown. */
  older = signal(false);
  /** A code of docs/protocol.md, 16, or of ApiError. @type {Signal<string | null>} */
  problem = signal(null);
  /** @type {Signal<"hours" | "keep" | "hold" | null>} */
  done = signal(null);
  busy = signal(false);
  /** @type {Signal<StaffSession | null>} */
  #session;

  /** @param {{ session: Signal<StaffSession | null> }} desk of a coordinator */
  constructor({ session }) {
    this.#session = session;
    session.subscribe((now) => {
      batch(() => {
        this.settings.value = this.problem.value = this.done.value = null;
        this.trail.value = [];
        this.older.value = false;
      });
      if (now !== null) void this.load();
    });
  }

  /** What is set now. */
  async load() {
    await this.#work(async (session) => {
      this.settings.value = readSettings(await session.post("service/settings", {}));
    });
  }

  /**
   * Sets one thing; each change is an entry of the trail.
   * @param {"hours" | "keep" | "hold"} what
   * @param {Change} change
   * @param {string} reason one line
   */
  async set(what, change, reason) {
    await this.#work(async (session) => {
      this.settings.value = readSettings(await session.post("service/set", { ...change, reason }));
      this.done.value = what;
    });
  }

  /** The trail from its end, or what came before what is shown. @param {boolean} [further] */
  async readTrail(further = false) {
    await this.#work(async (session) => {
      const before = further ? this.trail.value.at(-1)?.n : undefined;
      const entries = readTrail(await session.post("flags/trail", before === undefined ? {} : { before }));
      const { directory } = session.trust;
      const deeds = entries.map(({ n, day, act, by, ofFlag, reason }) => {
        // A hold is one of the whole service, or of one flag.
        const what = ofFlag && act.startsWith("hold-") ? `${act}-flag` : act;
        return { n, day, act: what, by: memberOf(directory, by)?.profile.alias ?? "", reason };
      });
      batch(() => {
        this.trail.value = further ? [...this.trail.value, ...deeds] : deeds;
        this.older.value = (deeds.at(-1)?.n ?? 1) > 1;
      });
    });
  }

  /**
   * Carries an act out, one at a time.
   * @param {(session: StaffSession) => Promise<void>} act
   */
  async #work(act) {
    const session = this.#session.value;
    if (session === null || this.busy.value) return;
    batch(() => {
      this.busy.value = true;
      this.problem.value = this.done.value = null;
    });
    try {
      await act(session);
    } catch (error) {
      if (this.#session.value === session) this.problem.value = codeOf(error);
    }
    this.busy.value = false;
  }
}
