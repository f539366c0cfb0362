// What the coordinator sets for the conversation side: hours, how long talks are kept, a hold on deleting; and the trail
// of what moderators and coordinators did.

import { batch, signal } from "../../../vendor/preact.js";
import { memberOf } from "../../crypto/directory.js";
import { ApiError } from "../../net/api.js";
import { codeOf } from "../staff/codes.js";
import { readSettings, readTrail } from "./answers.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("./answers.js").Settings} Settings */
/** @typedef {import("./answers.js").Hours} Hours */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {{ n: number, day: number, act: string, by: string, reason: string }} Deed by: an alias, "" for somebody who left */
/** @typedef {{ hours?: Hours | null, keep_days?: number, hold?: boolean }} Change */
/** @typedef {"hours" | "keep" | "hold"} What */

/** Days that talks may be kept. */
export const KEEP_DAYS = Object.freeze({ least: 1, most: 365 });
/** Characters of the line that goes with a change. */
export const LONGEST_REASON = 100;

/** What a change is about, among the settings. */
const SETTING = /** @type {const} */ ({ hours: "hours", keep: "keepDays", hold: "hold" });

/** Acts never throw: what went wrong is a code in `problem`, with what it belongs to; what was changed last is in `done`. */
export class ServiceRules {
  /** @type {Signal<Settings | null>} */
  settings = signal(null);
  /** The newest first; null until they were read. @type {Signal<Deed[] | null>} */
  trail = signal(null);
  /** Whether there are older entries than those shown. */
  older = signal(false);
  /** code: of docs/protocol.md, 16, or of ApiError; also `changed`: somebody else set this meanwhile.
   * @type {Signal<{ act: "load" | "trail" | What, code: string } | null>} */
  problem = signal(null);
  /** @type {Signal<What | null>} */
  done = signal(null);
  busy = signal(false);
  /** Whether the trail is being read. */
  reading = signal(false);
  /** @type {Signal<StaffSession | null>} */
  #session;

  /** @param {{ session: Signal<StaffSession | null> }} desk of a coordinator */
  constructor({ session }) {
    this.#session = session;
    session.subscribe((now) => {
      batch(() => {
        this.settings.value = this.problem.value = this.done.value = this.trail.value = null;
        this.older.value = this.busy.value = this.reading.value = false;
      });
      if (now !== null) void this.load();
    });
  }

  /** What is set now. */
  async load() {
    await this.#work("load", this.busy, async (session, use) => {
      const settings = readSettings(await session.post("service/settings", {}));
      use(() => void (this.settings.value = settings));
    });
  }

  /**
   * Sets one thing; each change is an entry of the trail. Where somebody else set it since it was shown, nothing is
   * changed, and theirs is in `settings`.
   * @param {What} what
   * @param {Change} change
   * @param {string} reason one line
   */
  async set(what, change, reason) {
    await this.#work(what, this.busy, async (session, use) => {
      const shown = this.settings.value;
      const before = readSettings(await session.post("service/settings", {}));
      const field = SETTING[what];
      if (shown === null || JSON.stringify(before[field]) !== JSON.stringify(shown[field])) {
        use(() => void (this.settings.value = before));
        throw new ApiError("changed");
      }
      const after = readSettings(await session.post("service/set", { ...change, reason }));
      use(() => {
        this.settings.value = after;
        this.done.value = what;
      });
    });
  }

  /** The trail from its end, or what came before what is shown. @param {boolean} [further] */
  async readTrail(further = false) {
    await this.#work("trail", this.reading, async (session, use) => {
      const held = further ? this.trail.value ?? [] : [];
      const before = held.at(-1)?.n;
      const entries = readTrail(await session.post("flags/trail", before === undefined ? {} : { before }));
      const { directory } = session.trust;
      const deeds = entries.map(({ n, day, act, by, ofFlag, reason }) => {
        // A hold is one of the whole service, or of one flag.
        const what = ofFlag && act.startsWith("hold-") ? `${act}-flag` : act;
        return { n, day, act: what, by: memberOf(directory, by)?.profile.alias ?? "", reason };
      });
      use(() => {
        this.trail.value = [...held, ...deeds];
        this.older.value = (deeds.at(-1)?.n ?? 1) > 1;
      });
    });
  }

  /**
   * Carries an act out, one of its kind at a time. What comes of it counts only while the same person sits here.
   * @param {"load" | "trail" | What} what
   * @param {Signal<boolean>} busy
   * @param {(session: StaffSession, use: (found: () => void) => void) => Promise<void>} act
   */
  async #work(what, busy, act) {
    const session = this.#session.value;
    if (session === null || busy.value) return;
    const use = (/** @type {() => void} */ found) => void (this.#session.value === session && batch(found));
    batch(() => {
      busy.value = true;
      this.problem.value = this.done.value = null;
    });
    try {
      await act(session, use);
    } catch (error) {
      use(() => void (this.problem.value = { act: what, code: codeOf(error) }));
    }
    use(() => void (busy.value = false));
  }
}
