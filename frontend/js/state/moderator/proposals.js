// A coordinator would suspend somebody, which takes a second person: a moderator may be that one.

import { signal } from "../../../vendor/preact.js";
import { b64u, equal, hex } from "../../crypto/encoding.js";
import { readProposals } from "./answers.js";
import { aliasOf } from "./case.js";
import { lookIn, oneAtATime } from "./one_at_a_time.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** alias, by: as the directory has them, "" for who is not listed. @typedef {{ kid: Bytes, key: string, alias: string, by: string, reason: string }} ProposalRow */

/** Acts never throw: what went wrong is a code in `problem`. */
export class Proposals {
  /** Those that nobody agreed to yet. @type {Signal<ProposalRow[]>} */
  open = signal([]);
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
   * @param {Bytes} kid about whom
   * @param {boolean} agree
   */
  async answer(kid, agree) {
    await oneAtATime(this, this.#session, hex(kid), async (session) => {
      await session.ask(agree ? "enrolment/agree" : "enrolment/refuse", { kid: b64u(kid) });
      (await this.#find(session))();
    });
  }

  /** @param {StaffSession} session */
  async #find(session) {
    const proposals = readProposals(await session.ask("enrolment/proposals"));
    const open = proposals
      .filter(({ agreed, by }) => !agreed && !equal(by, session.kid))
      .map(({ kid, by, reason }) => ({ kid, key: hex(kid), alias: aliasOf(session, kid), by: aliasOf(session, by), reason }));
    return () => void (this.open.value = open);
  }
}
