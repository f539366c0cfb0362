// Peers who take no new talks while somebody looks, and what those say who were asked to look anew.

import { signal } from "../../../vendor/preact.js";
import { b64u, hex } from "../../crypto/encoding.js";
import { openFlagNote } from "../../crypto/seals.js";
import { readAppeals, readPauses } from "./answers.js";
import { aliasOf } from "./case.js";
import { lookIn, oneAtATime } from "./one_at_a_time.js";

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
   * The peer takes new talks again.
   * @param {Bytes} kid
   * @param {string} reason
   */
  async lift(kid, reason) {
    await oneAtATime(this, this.#session, hex(kid), async (session) => {
      await session.post("pauses/lift", { kid: b64u(kid), reason });
      (await this.#find(session))();
    });
  }

  /**
   * @param {Bytes} kid whose appeal it is
   * @param {"lift" | "uphold"} act
   * @param {string} reason
   */
  async answer(kid, act, reason) {
    await oneAtATime(this, this.#session, `appeal ${hex(kid)}`, async (session) => {
      await session.post("pauses/answer", { kid: b64u(kid), act, reason });
      (await this.#find(session))();
    });
  }

  /** @param {StaffSession} session */
  async #find(session) {
    const named = (/** @type {Bytes | null} */ who) => (who === null ? "" : aliasOf(session, who));
    const sealed = readAppeals(await session.post("pauses/appeals", {}));
    const appeals = await Promise.all(
      sealed.map(async ({ kid, id, reason, sealed: words }) => ({
        kid,
        key: hex(kid),
        alias: named(kid),
        reason,
        words: await openFlagNote(session.key, id, APPEAL, words).catch(() => null),
      })),
    );
    const pauses = readPauses(await session.post("pauses/list", {})).map((pause) => ({
      ...pause, key: hex(pause.kid), alias: named(pause.kid), by: named(pause.by), second: named(pause.second),
    }));
    return () => {
      this.appeals.value = appeals;
      this.pauses.value = pauses;
    };
  }
}
