// Second opinions that somebody asked of me: I read the same words first, and never what the other one would do.

import { signal } from "../../../vendor/preact.js";
import { b64u, equal, hex } from "../../crypto/encoding.js";
import { ApiError } from "../../net/api.js";
import { codeOf } from "../staff/codes.js";
import { whyOff } from "./acts.js";
import { readAsked, readEvidence } from "./answers.js";
import { aliasOf, openCase } from "./case.js";
import { OVERTAKEN, lineOn } from "./line.js";
import { lookIn, oneAtATime } from "./one_at_a_time.js";
import { pack } from "./pack.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./acts.js").Decision} Decision */
/** @typedef {import("./case.js").Case} Case */
/** by: the alias of who asks. @typedef {{ flag: Bytes, key: string, category: string, day: number, by: string }} Asked */
/** to: the alias of who was asked. @typedef {{ flag: Bytes, key: string, category: string, day: number, to: string }} Asking */
/** other: the alias of who agreed, "" where they have left; until: milliseconds. @typedef {{ flag: Bytes, key: string, category: string, other: string, until: number }} Reported */

const DAY = 86_400_000;

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
  /** What was agreed to be reported, as long as its file can be saved. @type {Signal<Reported[]>} */
  reported = signal([]);
  /** What became of the last answer: whether both would do the same, and it was done. @type {Signal<boolean | null>} */
  agreed = signal(null);
  /** A code of docs/protocol.md, 16, or of ApiError; also `proof`. @type {Signal<string | null>} */
  problem = signal(null);
  /** What was tried last: `answer`, or what opens an answer's place: `read`, or a look. */
  at = signal("");
  busy = signal(false);
  #session;
  /** What was answered, and what it was made of. */
  #posted = { what: "", request: {} };

  /** @param {StaffSession} session */
  constructor(session) {
    this.#session = session;
  }

  /** Looks who asks. @param {{ quiet?: boolean }} [how] quiet: nobody asked for it */
  async look(how) {
    await lookIn(this, this.#session, (session) => this.#find(session), how);
  }

  /**
   * Opens what was shown to me.
   * @param {Asked} asked
   */
  async read({ flag, by }) {
    await oneAtATime(this, this.#session, "read", async (session) => {
      const evidence = readEvidence(await session.post("flags/second-read", { flag: b64u(flag) }));
      if (!equal(evidence.flag, flag)) throw new ApiError("not_beside");
      const read = await openCase(session, evidence, [session.key]);
      this.agreed.value = null;
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
    await oneAtATime(this, this.#session, "answer", async (session) => {
      if (whyOff(decision.act, read, 1) !== null) return void (this.problem.value = "proof");
      const request = await this.#request(session, read, decision);
      try {
        const { agreed } = await session.post("flags/second-answer", request);
        this.agreed.value = agreed === true;
      } catch (error) {
        // Where a line came between, something else is asked by now, and is to be read first.
        if (["unknown", "closed", "n_conflict"].includes(codeOf(error))) this.close();
        if (OVERTAKEN.includes(codeOf(error))) this.#posted = { what: "", request: {} };
        throw error;
      }
      this.asked.value = (this.asked.value ?? []).filter(({ key }) => key !== read.key);
      this.close();
      // It was taken, whatever comes of this look: the next is soon.
      await this.#find(session).then((take) => take(), () => undefined);
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
   */
  pack(flag) {
    const session = this.#session;
    return pack(this.busy, session, flag, async () => [session.key, ...session.teamKeysOf("moderation")]);
  }

  /** @param {StaffSession} session */
  async #find(session) {
    const { asked, mine, reported } = readAsked(await session.post("flags/asked", {}));
    return () => {
      this.mine.value = mine.map(({ flag, category, day, to }) => ({ flag, key: hex(flag), category, day, to: aliasOf(session, to) }));
      this.asked.value = asked.map(({ by, ...flag }) => ({
        ...flag,
        key: hex(flag.flag),
        by: aliasOf(session, by),
      }));
      this.reported.value = reported.map(({ flag, category, other, lastDay }) => ({
        flag,
        key: hex(flag),
        category,
        other: aliasOf(session, other),
        until: lastDay * DAY,
      }));
    };
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
    const about = subject === null ? {} : { subject: b64u(subject) };
    this.#posted = { what, request: { ...(await lineOn(session, evidence, line)), act, ...about, reason } };
    return this.#posted.request;
  }
}
