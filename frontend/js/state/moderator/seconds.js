// Second opinions that somebody asked of me: I read the same words first, and never what the other one would do.

import { signal } from "../../../vendor/preact.js";
import { b64u, hex } from "../../crypto/encoding.js";
import { sealFlagNote } from "../../crypto/flag.js";
import { codeOf } from "../staff/codes.js";
import { whyOff } from "./acts.js";
import { readAsked, readEvidence } from "./answers.js";
import { aliasOf, openCase } from "./case.js";
import { oneAtATime } from "./one_at_a_time.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./acts.js").Decision} Decision */
/** @typedef {import("./case.js").Case} Case */
/** by: the alias of who asks. @typedef {{ flag: Bytes, key: string, category: string, day: number, by: string }} Asked */
/** to: the alias of who was asked. @typedef {{ flag: Bytes, key: string, category: string, day: number, to: string }} Asking */
/** agreed: both would do the same, and it was done; report: which was to report. @typedef {{ agreed: boolean, report: Bytes | null }} Answered */

/** For moderators and coordinators alike. Acts never throw: what went wrong is a code in `problem`. */
export class Seconds {
  /** null before the first look. @type {Signal<Asked[] | null>} */
  asked = signal(null);
  /** What I asked others, as long as they may answer. @type {Signal<Asking[]>} */
  mine = signal([]);
  /** What is being read. @type {Signal<Case | null>} */
  open = signal(null);
  /** The alias of who asks about it. */
  by = signal("");
  /** What became of the last answer. @type {Signal<Answered | null>} */
  answered = signal(null);
  /** A code of docs/protocol.md, 16, or of ApiError; also `proof`. @type {Signal<string | null>} */
  problem = signal(null);
  busy = signal(false);
  #session;
  /** What was answered, and what it was made of. */
  #posted = { what: "", request: {} };

  /** @param {StaffSession} session */
  constructor(session) {
    this.#session = session;
  }

  /** Looks who asks. */
  async look() {
    await oneAtATime(this, this.#session, async (session) => {
      const { asked, mine } = readAsked(await session.post("flags/asked", {}));
      this.mine.value = mine.map(({ flag, category, day, to }) => ({ flag, key: hex(flag), category, day, to: aliasOf(session, to) }));
      this.asked.value = asked.map(({ by, ...flag }) => ({
        ...flag,
        key: hex(flag.flag),
        by: aliasOf(session, by),
      }));
    });
  }

  /**
   * Opens what was shown to me.
   * @param {Asked} asked
   */
  async read({ flag, by }) {
    await oneAtATime(this, this.#session, async (session) => {
      const evidence = readEvidence(await session.post("flags/second-read", { flag: b64u(flag) }));
      const read = await openCase(session, evidence, [session.key]);
      this.answered.value = null;
      this.problem.value = read.problem;
      this.by.value = by;
      this.open.value = read;
    });
  }

  /**
   * What I would do. The same as the other one: it is done. Anything else goes back to them.
   * @param {Decision} decision
   */
  async answer(decision) {
    const read = this.open.value;
    if (read === null) return;
    if (whyOff(decision.act, read, 1) !== null) return void (this.problem.value = "proof");
    await oneAtATime(this, this.#session, async (session) => {
      const request = await this.#request(session, read, decision);
      try {
        const { agreed } = await session.post("flags/second-answer", request);
        this.answered.value = { agreed: agreed === true, report: agreed === true && decision.act === "report" ? read.evidence.flag : null };
      } catch (error) {
        if (["unknown", "closed"].includes(codeOf(error))) this.close();
        throw error;
      }
      this.asked.value = (this.asked.value ?? []).filter(({ key }) => key !== read.key);
      this.close();
    });
  }

  /** Nothing of it stays in view. */
  close() {
    this.open.value = null;
    this.#posted = { what: "", request: {} };
  }

  /**
   * What two agreed to report, for a file. Each time is written down.
   * @param {Bytes} flag
   * @returns {Promise<Case | null>}
   */
  async pack(flag) {
    /** @type {Case | null} */
    let found = null;
    await oneAtATime(this, this.#session, async (session) => {
      const evidence = readEvidence(await session.post("flags/pack", { flag: b64u(flag) }));
      found = await openCase(session, evidence, [session.key, ...session.teamKeysOf("moderation")]);
    });
    return found;
  }

  /**
   * The very request that was posted before, where it is the same answer.
   * @param {StaffSession} session
   * @param {Case} read
   * @param {Decision} decision
   */
  async #request(session, { evidence, key }, { act, subject, reason, line }) {
    const what = JSON.stringify([key, act, subject && b64u(subject), reason, line]);
    if (this.#posted.what === what) return this.#posted.request;
    await session.trust.refresh({ evenExpired: true });
    const sealed = await sealFlagNote(session.trust.directory.teams.moderation.pub, evidence.flag, evidence.note, { line });
    const about = subject === null ? {} : { subject: b64u(subject) };
    this.#posted = { what, request: { flag: b64u(evidence.flag), act, ...about, reason, sealed: b64u(sealed) } };
    return this.#posted.request;
  }
}
