// Peers who take no new talks while somebody looks, and what those say who were asked to look anew.

import { signal } from "../../../vendor/preact.js";
import { b64u, hex } from "../../crypto/encoding.js";
import { openFlagNote } from "../../crypto/seals.js";
import { readAppeals, readPauses } from "./answers.js";
import { aliasOf } from "./case.js";
import { oneAtATime } from "./one_at_a_time.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").PausedPeer} PausedPeer */
/** alias, by, second: as the directory has them, "" for who is not listed. @typedef {Omit<PausedPeer, "by" | "second"> & { key: string, alias: string, by: string, second: string }} PauseRow */
/** words: null where they do not open. @typedef {{ kid: Bytes, key: string, alias: string, reason: string, words: string | null }} AppealRow */

const APPEAL = 0;

/** For moderators and coordinators alike. Acts never throw: what went wrong is a code in `problem`. */
export class Pauses {
  /** null before the first look. @type {Signal<PauseRow[] | null>} */
  pauses = signal(null);
  /** Appeals to me. @type {Signal<AppealRow[]>} */
  appeals = signal([]);
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
   * The peer takes new talks again.
   * @param {Bytes} kid
   * @param {string} reason
   */
  async lift(kid, reason) {
    await oneAtATime(this, this.#session, async (session) => {
      await session.post("pauses/lift", { kid: b64u(kid), reason });
      await this.#look(session);
    });
  }

  /**
   * @param {Bytes} kid whose appeal it is
   * @param {"lift" | "uphold"} act
   * @param {string} reason
   */
  async answer(kid, act, reason) {
    await oneAtATime(this, this.#session, async (session) => {
      await session.post("pauses/answer", { kid: b64u(kid), act, reason });
      await this.#look(session);
    });
  }

  /** @param {StaffSession} session */
  async #look(session) {
    const named = (/** @type {Bytes | null} */ who) => (who === null ? "" : aliasOf(session, who));
    const appeals = readAppeals(await session.post("pauses/appeals", {}));
    this.appeals.value = await Promise.all(
      appeals.map(async ({ kid, id, reason, sealed }) => ({
        kid,
        key: hex(kid),
        alias: named(kid),
        reason,
        words: await openFlagNote(session.key, id, APPEAL, sealed).catch(() => null),
      })),
    );
    const pauses = readPauses(await session.post("pauses/list", {}));
    this.pauses.value = pauses.map((pause) => ({
      ...pause, key: hex(pause.kid), alias: named(pause.kid), by: named(pause.by), second: named(pause.second),
    }));
  }
}
