// A peer's own pause: why, how long, and one word about it to somebody who had no part in it.

import { signal } from "../../../vendor/preact.js";
import { b64u, hex, isRecord, isWhole, unb64u } from "../../crypto/encoding.js";
import { sealFlagNote } from "../../crypto/flag.js";
import { ID } from "../../crypto/sizes.js";
import { ApiError } from "../../net/api.js";
import { codeOf } from "./codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/** @typedef {{ kid: string, alias: string, role: string }} Reader somebody who can look at it anew; kid in hex */
/**
 * reason: a code of a fixed list; until: null where only somebody ends it; appeal: what became of this peer's word, null
 * before there is one; whom: who may read it.
 * @typedef {{ id: Bytes, reason: string, until: Date | null, appeal: "open" | "upheld" | null, whom: Reader[] }} Pause
 */

/** Characters of the word. */
export const LONGEST_APPEAL = 600;
const APPEALS = [null, "open", "upheld", "lifted"];
/** Who may look at a pause anew. @type {readonly string[]} */
const READERS = ["moderator", "coordinator"];
/** What is sealed about a pause is numbered: the peer's word comes first. */
const FIRST = 0;

/** Acts never throw: what went wrong is a code in `problem`. */
export class OwnPause {
  /** @type {Signal<Pause | null>} */
  value = signal(null);
  /** @type {Signal<string | null>} */
  problem = signal(null);
  #life = 0;

  /**
   * Asks how it stands.
   * @param {StaffSession} session
   */
  async look(session) {
    const life = this.#life;
    try {
      const pause = await readPause(session, await session.post("pauses/mine", {}));
      if (life === this.#life) this.value.value = pause;
    } catch (error) {
      if (life === this.#life) this.problem.value = codeOf(error);
    }
  }

  /**
   * Asks somebody to look at it anew, once; nobody else can read the word.
   * @param {StaffSession} session
   * @param {{ to: string, text: string }} word to: kid in hex, one of `whom`
   * @returns {Promise<boolean>} whether it went out
   */
  async appeal(session, { to, text }) {
    const pause = this.value.value;
    const member = session.trust.directory.staff.find(({ kid }) => hex(kid) === to);
    this.problem.value = null;
    if (!member || !pause?.whom.some(({ kid }) => kid === to)) return false;
    try {
      const sealed = await sealFlagNote(member.pub, pause.id, FIRST, { line: text });
      await session.post("pauses/appeal", { to: b64u(member.kid), sealed: b64u(sealed) });
      await this.look(session);
      return true;
    } catch (error) {
      this.problem.value = codeOf(error);
      return false;
    }
  }

  /** There is no pause, or nobody sits here any more. */
  over() {
    this.#life += 1;
    this.value.value = null;
    this.problem.value = null;
  }
}

/**
 * @param {StaffSession} session
 * @param {unknown} json the answer of `pauses/mine`
 * @returns {Promise<Pause | null>}
 * @throws {ApiError} not_beside
 */
async function readPause(session, json) {
  const pause = isRecord(json) ? json["pause"] : undefined;
  if (pause === null) return null;
  if (!isRecord(pause) || !Array.isArray(pause["whom"])) throw new ApiError("not_beside");
  const { id, reason, until, whom } = pause;
  const appeal = pause["appeal"] ?? null;
  const isTime = until === null || until === undefined || isWhole(until, 0, Number.MAX_SAFE_INTEGER);
  if (!isTime || !APPEALS.includes(/** @type {string | null} */ (appeal))) throw new ApiError("not_beside");
  const readers = await Promise.all(whom.map((kid) => session.trust.member(unb64u(kid, ID))));
  return {
    id: unb64u(id, ID),
    reason: String(reason),
    until: typeof until === "number" ? new Date(until * 1000) : null,
    appeal: appeal === "open" || appeal === "upheld" ? appeal : null,
    // What the service names is no reason that a peer reads it.
    whom: readers.flatMap((member) => {
      const role = member?.roles.find((each) => READERS.includes(each));
      return member && role ? [{ kid: hex(member.kid), alias: member.profile.alias, role }] : [];
    }),
  };
}
