// What happened to the team, as the service's list has it: who came, who left, and one's own sign-ins.

import { batch, signal } from "../../../vendor/preact.js";
import { memberOf, namesIn } from "../../crypto/directory.js";
import { equal, hex, fromHex } from "../../crypto/encoding.js";
import { Turns } from "../turns.js";
import { readTrail } from "./answers.js";
import { codeOf } from "./codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/directory.js").Directory} Directory */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").TrailEntry} TrailEntry */

/** Entries in an answer that is not the last. */
const PAGE = 100;
/** What everybody is told of, once. */
const TOLD = new Set(["admitted", "new-key", "suspended", "restored", "left"]);
/** What an entry says of somebody who is on the list now, or is not. */
const COME = new Set(["admitted", "new-key", "restored"]);
const GONE = new Set(["suspended", "left", "new-key"]);
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
  /** By key, in hex. @type {Map<string, string>} */
  #names = new Map();
  #unsaidSoFar = 0;
  #turns = new Turns();
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
    await this.#take({}, async (found, { staff, trust }) => {
      this.#learn(trust.directory);
      this.entries.value = found;
      const read = await this.#storage.trailRead(hex(staff));
      await this.#storage.keepTrailRead(hex(staff), { n: found[0]?.n ?? 0, listed: read?.listed ?? namesIn(trust.directory.staff) });
    });
  }

  /**
   * Takes the newest entries, and tells of those that were not there before; and of whom the signed list has or lacks
   * since then, where no entry says it: the entries are the service's word. To a new browser nothing is news.
   */
  hear() {
    return this.#turns.run(() => this.#hear());
  }

  async #hear() {
    const session = this.#session.value;
    if (session === null) return;
    const staff = hex(session.staff);
    const read = await this.#storage.trailRead(staff);
    await this.look();
    // Counted once: from then on the list that was signed here is the one that was told of.
    const own = session.signedHere !== null && equal(session.signedHere.hash, session.trust.hash) ? session.signedHere.before : null;
    if (own !== null) session.signedHere = null;
    if (this.#session.value !== session || read === null) return;
    const isNews = (/** @type {TrailEntry} */ { n, act, by }) => n > read.n && TOLD.has(act) && !(by && equal(by, session.kid));
    const told = (this.entries.value ?? []).filter(isNews).slice(0, MOST_TOLD);
    for (const [key, alias] of Object.entries(read.listed)) if (!this.#names.has(key)) this.#names.set(key, alias);
    const unsaid = this.#unsaid(session.trust.directory, own, read.listed, told);
    if (told.length + unsaid.length > 0) this.news.value = [...unsaid, ...told, ...this.news.value];
    const n = this.entries.value?.[0]?.n ?? read.n;
    await this.#storage.keepTrailRead(staff, { n, listed: namesIn(session.trust.directory.staff) });
  }

  /**
   * What the signed list says and the entries do not. Somebody with a new key is on it under the same name.
   * @param {Directory} directory
   * @param {Record<string, string> | null} own what it said before this page changed it, where this page signed it
   * @param {Record<string, string>} before names that were listed, by key
   * @param {TrailEntry[]} told
   * @returns {TrailEntry[]}
   */
  #unsaid(directory, own, before, told) {
    // Whoever signed this list knows what they changed in it, and not what others did before.
    const now = own ?? namesIn(directory.staff);
    const said = (/** @type {Set<string>} */ acts) => new Set(told.flatMap(({ act, kid }) => (acts.has(act) && kid ? [hex(kid)] : [])));
    const [come, gone, names] = [said(COME), said(GONE), Object.values(now)];
    const change = (/** @type {string} */ act) => (/** @type {[key: string, alias: string]} */ [key, alias]) => {
      this.#unsaidSoFar += 1;
      return { n: -this.#unsaidSoFar, day: Math.floor(directory.issued / 86_400), act, by: null, kid: fromHex(key), alias, reason: "" };
    };
    return [
      ...Object.entries(now).filter(([key]) => !(key in before) && !come.has(key)).map(change("listed")),
      ...Object.entries(before).filter(([key, alias]) => !(key in now) && !gone.has(key) && !names.includes(alias)).map(change("unlisted")),
    ];
  }

  /** Remembers whom a root signed under which name, for when they are gone. @param {Directory} directory */
  #learn({ staff }) {
    for (const { kid, profile } of staff) this.#names.set(hex(kid), profile.alias);
  }

  /** Takes older entries. */
  async older() {
    const held = this.entries.value ?? [];
    const before = held.at(-1)?.n;
    if (before === undefined) return;
    await this.#take({ before }, async (found) => {
      this.entries.value = [...held, ...found];
    });
  }

  /** The news has been read. */
  closeNews() {
    this.news.value = [];
  }

  /**
   * The public name of a member, or the one they had: as a root signed it, where this page saw that.
   * @param {Bytes | null} kid
   * @returns {string | null} null where nobody knows it any more
   */
  nameOf(kid) {
    const session = this.#session.value;
    if (kid === null || session === null) return null;
    const signed = memberOf(session.trust.directory, kid)?.profile.alias ?? this.#names.get(hex(kid));
    if (signed) return signed;
    return (this.entries.value ?? []).find((entry) => entry.alias !== "" && entry.kid && equal(entry.kid, kid))?.alias ?? null;
  }

  /** Nobody sits here any more. */
  forget() {
    batch(() => {
      this.entries.value = this.problem.value = null;
      this.hasMore.value = false;
      this.news.value = [];
    });
    this.#names.clear();
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
      if (this.#session.value !== session) return;
      await use(found, session);
      if (this.#session.value !== session) return;
      this.hasMore.value = found.length >= PAGE;
      this.problem.value = null;
    } catch (error) {
      if (this.#session.value === session) this.problem.value = codeOf(error);
    }
  }
}
