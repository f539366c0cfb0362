// The moderator's desk: one flag at a time, what was disclosed and no more, and what is done about it.

import { signal } from "../../../vendor/preact.js";
import { b64u, equal, hex } from "../../crypto/encoding.js";
import { sealShown } from "../../crypto/flag.js";
import { ApiError } from "../../net/api.js";
import { codeOf } from "../staff/codes.js";
import { others, whyOff } from "./acts.js";
import { readEvidence, readTaken } from "./answers.js";
import { openCase } from "./case.js";
import { OVERTAKEN, lineOn } from "./line.js";
import { LOOK, oneAtATime } from "./one_at_a_time.js";
import { pack } from "./pack.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/account.js").Account} Account */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./acts.js").Decision} Decision */
/** @typedef {import("./answers.js").Taken} Taken */
/** @typedef {import("./case.js").Case} Case */
/** @typedef {import("./dose.js").Dose} Dose */
/**
 * more: null where it is not known; others: who could be asked for a second opinion, by alias; moderators: whether another one is listed, to hand it on to.
 * @typedef {Case & Pick<Taken, "handedOn"> & { more: Taken["more"] | null, others: { kid: Bytes, key: string, alias: string }[], moderators: boolean }} FlagView
 */
/** @typedef {"decided" | "handed-on" | "asked-more" | "asked-second"} Done what became of the flag that was in view */

/** Where a screen says that it did not work. @type {Record<Done, "decide" | "hand-on" | "more">} */
const PLACES = { decided: "decide", "asked-second": "decide", "handed-on": "hand-on", "asked-more": "more" };

/** Acts never throw: what went wrong is a code in `problem`. */
export class Review {
  /** @type {Signal<FlagView | null>} */
  flag = signal(null);
  /** Whether no flag waits. */
  none = signal(false);
  /** @type {Signal<Done | null>} */
  done = signal(null);
  /** A code of docs/protocol.md, 16, or of ApiError; also `proof`: what does not check out is no ground to act on somebody.
   * @type {Signal<string | null>} */
  problem = signal(null);
  /** What was tried last: a look, `decide`, `hand-on` or `more`. */
  at = signal("");
  busy = signal(false);
  dose;
  /** @type {StaffSession | null} */
  #session = null;
  /** What was posted, and what it was made of: asked again, the service takes only the very same. */
  #posted = { what: "", request: {} };

  /**
   * @param {Account} account
   * @param {Dose} dose
   */
  constructor(account, dose) {
    this.dose = dose;
    account.session.subscribe((session) => {
      this.#forget();
      this.none.value = false;
      this.done.value = null;
      this.problem.value = null;
      this.#session = session?.role === "moderator" ? session : null;
    });
  }

  /** Takes the flag that is this moderator's, or the next; nothing while a choice or a break stands before it. */
  async next() {
    await this.dose.begun;
    if (!this.dose.mayGoOn) return;
    await this.#work(LOOK, async (session) => {
      const taken = readTaken(await session.post("flags/take", { skip: this.dose.toSkip }));
      if (this.#session !== session) return;
      this.none.value = taken === null;
      if (taken === null) return this.#forget();
      await this.#read(session, taken);
    });
  }

  /**
   * Opens a flag again that waits for somebody's second opinion: whoever asked may ask another, or decide otherwise.
   * Not while a choice or a break stands before it.
   * @param {Bytes} flag
   */
  async reopen(flag) {
    if (!this.dose.mayGoOn) return;
    await this.#work(LOOK, (session) => this.#read(session, { flag, more: null, handedOn: false }));
  }

  /**
   * Ends the flag in view, for a reason of the fixed list and with a line of one's own for the team.
   * @param {Decision} decision of one person
   */
  async decide(decision) {
    const flag = this.#actable("decide", decision);
    if (flag === null) return;
    await this.#act("decided", "flags/decide", flag, decision, async (session) => this.#decision(session, flag, decision));
  }

  /**
   * Asks somebody by name, who reads the same words, and never what is proposed here.
   * @param {Decision} decision
   * @param {Bytes} to one of the flag's `others`
   */
  async askSecond(decision, to) {
    const flag = this.#actable("decide", decision);
    if (flag === null) return;
    await this.#act("asked-second", "flags/second", flag, [decision, b64u(to)], async (session) => {
      const made = await this.#decision(session, flag, decision);
      const { pub } = others(session.trust.directory, session.kid, flag.evidence.sat).find(({ kid }) => equal(kid, to)) ?? { pub: null };
      if (pub === null || flag.content === null) return null;
      const { flag: id, room, reporter } = flag.evidence;
      return { ...made, to: b64u(to), shown: b64u(await sealShown(pub, id, room, reporter, flag.content)) };
    });
  }

  /**
   * Hands the flag on to another moderator.
   * @param {string} line for whoever reads it next
   */
  async handOn(line) {
    const flag = this.flag.value;
    if (flag === null) return;
    await this.#act("handed-on", "flags/hand-on", flag, line, (session) => lineOn(session, flag.evidence, line));
  }

  /** Asks the reporter once for more; they may say no. */
  async askMore() {
    const flag = this.flag.value;
    if (flag === null || flag.more !== "none") return;
    await this.#act("asked-more", "flags/context", flag, null, async () => ({ flag: b64u(flag.evidence.flag) }));
  }

  /**
   * What two agreed to report, for a file. Each time is written down.
   * @returns {Promise<import("./pack.js").Packed>}
   */
  async pack() {
    const [flag, session] = [this.flag.value, this.#session];
    if (flag === null || session === null) return { found: null, code: null };
    return pack(this.busy, session, flag.evidence.flag, ({ epoch }) => keysOf(session, epoch));
  }

  /**
   * @param {StaffSession} session
   * @param {Pick<Taken, "flag" | "handedOn"> & { more: Taken["more"] | null }} taken
   */
  async #read(session, taken) {
    const evidence = readEvidence(await session.post("flags/read", { flag: b64u(taken.flag) }));
    if (!equal(evidence.flag, taken.flag)) throw new ApiError("not_beside");
    const view = await this.#view(session, taken, evidence);
    if (this.#session !== session) return;
    this.dose.came(view);
    this.problem.value = view.problem;
    this.flag.value = view;
  }

  /**
   * The flag in view, where this may be done about it.
   * @param {string} at
   * @param {Decision} decision
   */
  #actable(at, { act }) {
    const flag = this.flag.value;
    if (flag === null || whyOff(act, flag, flag.others.length) === null) return flag;
    this.at.value = at;
    this.problem.value = "proof";
    return null;
  }

  /**
   * Posts what ends this moderator's part in the flag.
   * @param {Done} done
   * @param {string} path
   * @param {FlagView} flag
   * @param {unknown} what it is made of
   * @param {(session: StaffSession) => Promise<object | null>} make null where the flag cannot go on like that
   */
  async #act(done, path, flag, what, make) {
    await this.#work(PLACES[done], async (session) => {
      const request = await this.#once(JSON.stringify([path, flag.key, what]), async () => {
        await session.trust.refresh({ evenExpired: true });
        return make(session);
      });
      if (request === null) {
        this.flag.value = { ...flag, ...askable(session, flag.evidence) };
        this.problem.value = "second_needed";
        return;
      }
      try {
        await session.post(path, request);
      } catch (error) {
        // Somebody else has it by now, or decided it: its words are no longer this moderator's to see.
        if (["unknown", "closed"].includes(codeOf(error))) this.#forget();
        if (OVERTAKEN.includes(codeOf(error))) this.#posted = { what: "", request: {} };
        // Somebody wrote a line meanwhile, which comes before one's own.
        if (codeOf(error) === "n_conflict") await this.#read(session, { ...flag, flag: flag.evidence.flag });
        if (codeOf(error) === "second_needed") this.flag.value = { ...flag, ...askable(session, flag.evidence) };
        throw error;
      }
      if (this.#session !== session) return;
      this.#forget();
      this.done.value = done;
      this.dose.done();
    });
  }

  /** @param {string} what @param {(session: StaffSession) => Promise<void>} act */
  async #work(what, act) {
    if (this.#session !== null) await oneAtATime(this, this.#session, what, act);
  }

  /**
   * The very request that was posted before, where it is the same act.
   * @param {string} what
   * @param {() => Promise<object | null>} make
   */
  async #once(what, make) {
    if (this.#posted.what === what) return this.#posted.request;
    const request = await make();
    if (request !== null) this.#posted = { what, request };
    return request;
  }

  /**
   * @param {StaffSession} session
   * @param {FlagView} flag
   * @param {Decision} decision
   */
  async #decision(session, flag, { act, subject, reason, line }) {
    const about = subject === null ? {} : { subject: b64u(subject) };
    return { ...(await lineOn(session, flag.evidence, line)), act, ...about, reason };
  }

  #forget() {
    this.flag.value = null;
    this.#posted = { what: "", request: {} };
  }

  /**
   * @param {StaffSession} session
   * @param {Pick<Taken, "handedOn"> & { more: Taken["more"] | null }} taken
   * @param {import("./answers.js").Evidence} evidence
   * @returns {Promise<FlagView>}
   */
  async #view(session, { more, handedOn }, evidence) {
    const read = await openCase(session, evidence, await keysOf(session, evidence.epoch));
    return { ...read, more, handedOn, ...askable(session, evidence) };
  }
}

/**
 * Who could be asked about a flag now.
 * @param {StaffSession} session
 * @param {import("./answers.js").Evidence} evidence
 */
function askable(session, { sat }) {
  const asked = others(session.trust.directory, session.kid, sat);
  return {
    others: asked.map(({ kid, profile }) => ({ kid, key: hex(kid), alias: profile.alias })),
    moderators: asked.some(({ roles }) => roles.includes("moderator")),
  };
}

/** Uncovers a message. @param {import("./case.js").FlaggedItem} item */
export const show = (item) => void (item.shown.value = true);

/**
 * The moderation team's keys that may open what was sealed under an epoch, its own first; none where that one is not
 * held. Those made since sign-in are fetched.
 * @param {StaffSession} session
 * @param {number} epoch
 */
async function keysOf(session, epoch) {
  if (!session.teamKey("moderation", epoch)) await session.refresh();
  const own = session.teamKey("moderation", epoch);
  return own ? [own, ...session.teamKeysOf("moderation").filter((key) => key !== own)] : [];
}
