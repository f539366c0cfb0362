// What happened to the team, as the service's list has it: who came, who left, and one's own sign-ins.

import { batch, signal } from "../../../vendor/preact.js";
import { memberOf } from "../../crypto/directory.js";
import { equal } from "../../crypto/encoding.js";
import { readTrail } from "./answers.js";
import { codeOf } from "./codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").TrailEntry} TrailEntry */

/** Entries in an answer that is not the last. */
const PAGE = 100;
/** What everybody is told of, once. */
const TOLD = new Set(["admitted", "new-key", "suspended", "restored", "left"]);
/** The most that is told at once: after a long absence the list is there to read. */
const MOST_TOLD = 5;

/** No act throws: what went wrong is a code in `problem`. */
export class TeamTrail {
  /** Newest first; null until somebody looked. @type {Signal<TrailEntry[] | null>} */
  entries = signal(null);
  /** Whether the service may have older ones. */
  hasMore = signal(false);
  /** Who came and left since the last look in this browser, newest first: told once. @type {Signal<TrailEntry[]>} */
  news = signal([]);
  /** A code of docs/protocol.md, 16, or of ApiError. @type {Signal<string | null>} */
  problem = signal(null);
  #session;
  #storage;

  /**
   * @param {{ session: Signal<StaffSession | null>,
   *   storage: Pick<import("../../platform/staff_storage.js").StaffStorage, "trailRead" | "keepTrailRead"> }} parts
   */
  constructor({ session, storage }) {
    this.#session = session;
    this.#storage = storage;
  }

  /** Takes the newest entries, for somebody who reads them. */
  async look() {
    await this.#take({}, async (found, session) => {
      if (this.#session.value !== session) return;
      this.entries.value = found;
      await this.#storage.keepTrailRead(found[0]?.n ?? 0);
    });
  }

  /** Takes the newest entries, and tells of those that were not there before. To a new browser nothing is news. */
  async hear() {
    const read = await this.#storage.trailRead();
    await this.look();
    const [session, found] = [this.#session.value, this.entries.value];
    if (read === null || session === null || found === null) return;
    const isNews = (/** @type {TrailEntry} */ { n, act, by }) => n > read && TOLD.has(act) && !(by && equal(by, session.kid));
    this.news.value = found.filter(isNews).slice(0, MOST_TOLD);
  }

  /** Takes older entries. */
  async older() {
    const held = this.entries.value ?? [];
    const before = held.at(-1)?.n;
    if (before === undefined) return;
    await this.#take({ before }, async (found, session) => {
      if (this.#session.value === session) this.entries.value = [...held, ...found];
    });
  }

  /** The news has been read. */
  closeNews() {
    this.news.value = [];
  }

  /**
   * The public name of a member, or the one they had.
   * @param {Bytes | null} kid
   * @returns {string | null} null where nobody knows it any more
   */
  nameOf(kid) {
    const session = this.#session.value;
    if (kid === null || session === null) return null;
    const listed = memberOf(session.trust.directory, kid)?.profile.alias;
    if (listed) return listed;
    return (this.entries.value ?? []).find((entry) => entry.alias !== "" && entry.kid && equal(entry.kid, kid))?.alias ?? null;
  }

  /** Nobody sits here any more. */
  forget() {
    batch(() => {
      this.entries.value = this.problem.value = null;
      this.hasMore.value = false;
      this.news.value = [];
    });
  }

  /**
   * @param {{ before?: number }} asked
   * @param {(found: TrailEntry[], session: StaffSession) => Promise<void>} use
   */
  async #take(asked, use) {
    const session = this.#session.value;
    if (session === null) return;
    try {
      const found = readTrail(await session.ask("staff/trail", asked));
      await use(found, session);
      if (this.#session.value !== session) return;
      this.hasMore.value = found.length >= PAGE;
      this.problem.value = null;
    } catch (error) {
      if (this.#session.value === session) this.problem.value = codeOf(error);
    }
  }
}
