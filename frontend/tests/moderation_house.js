// Conversations as who reviews flags sees it: it keeps leases, asks for a second person, and judges as the service does.

import { b64u, unb64u } from "../js/crypto/encoding.js";
import { sealFlag } from "../js/crypto/flag.js";
import { CLIENT_SEAT, kidOf } from "../js/crypto/ids.js";
import { Receiver } from "../js/crypto/receiver.js";
import { ApiError } from "../js/net/api.js";
import { RK, Room as Kept } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./staff_house.js").StaffHouse} StaffHouse */
/** @typedef {import("./staff_house.js").Member} Member */
/** @typedef {import("./staff_house.js").Json} Json */
/**
 * by, to: kids. @typedef {{ by: string, to: string, act: string, subject: string | null, shown: string, state: "asked" | "agreed" | "differs" }} Question
 * @typedef {{ flag: string, room: Bytes, reporter: Bytes, category: string, epoch: number, kid: string, sealed: string,
 *   more: { state: string, sealed: string | null }, rows: Json[], sat: Member[], notes: Json[], lease: string | null,
 *   keptFor: string | null, second: Question | null, decision: Json | null, held: boolean, reported: boolean }} Held
 */

const ORDER = ["danger", "contact", "abuse", "mistake", "other"];
const BY_TWO = ["pause", "close", "report"];
const DAY = 20_000;
const AT_ONCE = 20;

export class ModerationHouse {
  /** @type {Held[]} */
  flags = [];
  /** Who was paused, for how long: by kid. @type {Map<string, { until: number | null }>} */
  paused = new Map();
  #house;

  /** @param {StaffHouse} house */
  constructor(house) {
    this.#house = house;
    /** @type {Record<string, (caller: Member, body: Json) => unknown>} */
    const doors = {
      "flags/take": (caller, { skip = [] }) => this.#take(caller, skip),
      "flags/read": (caller, { flag }) => this.#case(this.#mine(caller, flag)),
      "flags/decide": (caller, body) => this.#decide(caller, body),
      "flags/second": (caller, body) => this.#ask(caller, body),
      "flags/asked": (caller) => this.#asked(caller),
      "flags/second-read": (caller, { flag }) => this.#shown(this.#askedOf(caller, flag)),
      "flags/second-answer": (caller, body) => this.#answer(caller, body),
      "flags/hand-on": (caller, body) => this.#handOn(caller, body),
      "flags/context": (caller, { flag }) => this.#context(this.#mine(caller, flag), caller),
      "flags/pack": (caller, { flag }) => this.#pack(caller, flag),
      "flags/stale": (caller, { after = null }) => this.#stale(caller, after),
      "flags/reseal": (caller, body) => this.#reseal(caller, body),
      "flags/kept": (_, { before }) => this.#kept(before),
      "flags/hold": (_, { flag, hold }) => void (this.#known(flag).held = hold),
    };
    for (const [path, door] of Object.entries(doors)) house.answers.set(path, (body) => /** @type {Json} */ (door(this.#caller(), body)));
  }

  /**
   * Words of a talk are flagged by its client.
   * @param {Kept} kept
   * @param {Member} peer who sat there
   * @param {{ seqs?: number[], category?: string, id?: number, note?: string }} [what]
   */
  async flag(kept, peer, { seqs = [2, 4], category = "abuse", id = 1, note = "" } = {}) {
    const flag = new Uint8Array(16).fill(id);
    const { pub, epoch } = this.#house.team("moderation");
    /** @type {Held} */
    const held = {
      flag: b64u(flag), room: kept.room, reporter: CLIENT_SEAT, category, epoch, kid: b64u(await kidOf(pub)),
      sealed: b64u(await sealFlag(pub, flag, kept.room, CLIENT_SEAT, await contentOf(kept, seqs, note))),
      more: { state: "none", sealed: null },
      rows: kept.items.map(({ seq, ke, seat, n, com }) => ({ seq, ke, seat: b64u(seat), n, com: b64u(com) })),
      sat: [peer], notes: [], lease: null, keptFor: null, second: null, decision: null, held: false, reported: false,
    };
    this.flags.push(held);
    return held;
  }

  /** The reporter answers. @param {Held} held @param {Kept} kept @param {number[] | null} seqs null: rather not */
  async giveMore(held, kept, seqs) {
    const { pub } = this.#house.team("moderation");
    const sealed = seqs && b64u(await sealFlag(pub, unb64u(held.flag), held.room, held.reporter, await contentOf(kept, seqs, "more of it")));
    held.more = { state: seqs ? "given" : "refused", sealed };
  }

  /** @returns {Member} by the pass that the request carried */
  #caller() {
    const claims = JSON.parse(new TextDecoder().decode(unb64u(String(this.#house.calls.at(-1)?.bearer).split(".")[1])));
    const member = this.#house.members.find(({ kid }) => b64u(kid) === claims.kid);
    if (!member) throw new ApiError("unknown", 404);
    return member;
  }

  /** @param {Member} caller @param {string[]} skip */
  #take(caller, skip) {
    moderator(caller);
    const kid = b64u(caller.kid);
    const free = this.flags.filter((each) => !each.decision && !skip.includes(each.category) && each.second?.state !== "asked" && each.more.state !== "asked"
      && (each.lease === null || each.lease === kid) && (each.keptFor === null || each.keptFor === kid) && !each.notes.some(({ by, kind }) => by === kid && kind === "hand-on"));
    const next = free.find(({ lease }) => lease === kid) ?? free.sort((a, b) => ORDER.indexOf(a.category) - ORDER.indexOf(b.category))[0];
    if (!next) return { flag: null };
    next.lease = kid;
    const handed_on = next.notes.some(({ kind }) => kind === "hand-on");
    return { flag: { flag: next.flag, category: next.category, day: DAY, until: this.#house.now + 1800, more: next.more.state, held: next.held, handed_on } };
  }

  /** @param {Member} caller @param {Json} body */
  async #decide(caller, { flag, act, subject, reason, sealed, ...line }) {
    const held = this.#mine(caller, flag);
    await this.#checkLine(held, line);
    checkSubject(act, subject);
    if (act === "report" || (act === "close" && held.category === "danger") || (act === "pause" && this.#seconds(held, caller).length > 0)) throw new ApiError("second_needed", 409);
    if (act === "pause") this.#pause(held, subject, this.#house.now + 3 * 86_400);
    held.decision = { act, reason, sealed };
    held.lease = null;
    return { outcome: act };
  }

  /** @param {Member} caller @param {Json} body */
  async #ask(caller, { flag, to, shown, act, subject = null, sealed, ...line }) {
    const held = this.#mine(caller, flag);
    await this.#checkLine(held, line);
    checkSubject(act, subject);
    if (!BY_TWO.includes(act)) throw new ApiError("malformed", 400);
    if (!this.#seconds(held, caller).some(({ kid }) => b64u(kid) === to)) throw new ApiError("unknown", 404);
    held.notes.push({ n: held.notes.length + 1, by: b64u(caller.kid), kind: "asked", sealed, epoch: this.#house.team("moderation").epoch });
    held.second = { by: b64u(caller.kid), to, act, subject, shown, state: "asked" };
    held.lease = null;
    held.keptFor = b64u(caller.kid);
  }

  /** @param {Member} caller */
  #asked(caller) {
    const waiting = this.flags.filter(({ second, decision }) => second?.state === "asked" && !decision);
    const about = (/** @type {Held} */ { flag, category }) => ({ flag, category, day: DAY });
    return {
      asked: waiting.filter(({ second }) => second?.to === b64u(caller.kid)).map((each) => ({ ...about(each), by: each.second?.by })),
      mine: waiting.filter(({ second }) => second?.by === b64u(caller.kid)).map((each) => ({ ...about(each), to: each.second?.to })),
      reported: this.flags.flatMap((each) => {
        const { by, to } = (each.reported && each.second) || { by: "", to: "" };
        const other = { [by]: to, [to]: by }[b64u(caller.kid)];
        return other ? [{ ...about(each), other, last_day: DAY + 7 }] : [];
      }),
    };
  }

  /** @param {Member} caller @param {Json} body */
  async #answer(caller, { flag, act, subject = null, sealed, ...line }) {
    const held = this.#askedOf(caller, flag);
    await this.#checkLine(held, line);
    checkSubject(act, subject ?? undefined);
    const second = /** @type {Question} */ (held.second);
    const agreed = second.act === act && second.subject === subject;
    held.notes.push({ n: held.notes.length + 1, by: b64u(caller.kid), kind: "answered", sealed, epoch: this.#house.team("moderation").epoch });
    second.state = agreed ? "agreed" : "differs";
    if (agreed && act === "pause") this.#pause(held, String(subject), null);
    if (agreed && act === "report") held.reported = held.held = true;
    else if (agreed) held.decision = { act };
    return { agreed };
  }

  /** @param {Member} caller @param {Json} body */
  async #handOn(caller, { flag, sealed, ...line }) {
    const held = this.#mine(caller, flag);
    await this.#checkLine(held, line);
    if (!this.#seconds(held, caller).some(({ role }) => role === "moderator")) throw new ApiError("second_needed", 409);
    held.notes.push({ n: held.notes.length + 1, by: b64u(caller.kid), kind: "hand-on", sealed, epoch: this.#house.team("moderation").epoch });
    held.lease = held.keptFor = null;
  }

  /** @param {Held} held @param {Json} line */
  async #checkLine(held, { kid, note }) {
    if (kid !== b64u(await kidOf(this.#house.team("moderation").pub))) throw new ApiError("stale_epoch", 409);
    if (note !== held.notes.length + 1) throw new ApiError("n_conflict", 409);
  }

  /** @param {Held} held @param {Member} caller */
  #context(held, caller) {
    if (held.more.state !== "none") throw new ApiError("closed", 409);
    held.more.state = "asked";
    held.lease = null;
    held.keptFor = b64u(caller.kid);
  }

  /** @param {Member} caller @param {string} flag */
  #pack(caller, flag) {
    const held = this.#known(flag);
    const { second } = held;
    if (second?.act !== "report" || second.state !== "agreed") throw new ApiError("unknown", 404);
    if (second.by === b64u(caller.kid)) return this.#case(held);
    if (second.to === b64u(caller.kid)) return this.#shown(held);
    throw new ApiError("unknown", 404);
  }

  /** @param {Member} caller @param {string | null} after */
  #stale(caller, after) {
    const { epoch } = this.#house.team("moderation");
    const rest = this.flags.slice(1 + this.flags.findIndex(({ flag }) => flag === after));
    const isOld = (/** @type {{ epoch: number }} */ each) => each.epoch < epoch;
    const old = rest.filter((each) => !each.decision && (isOld(each) || each.notes.some((note) => isOld(/** @type {any} */ (note)))) && this.#mayReseal(caller, each)).slice(0, AT_ONCE);
    return {
      flags: old.map((each) => ({
        flag: each.flag, room: b64u(each.room), reporter: b64u(each.reporter), kid: each.kid, epoch: each.epoch, sealed: isOld(each) ? each.sealed : null,
        more: isOld(each) ? each.more.sealed : null, notes: each.notes.filter((note) => isOld(/** @type {any} */ (note))),
      })),
    };
  }

  /** @param {Member} caller @param {Held} held */
  #mayReseal(caller, held) {
    return caller.role === "moderator" || this.#house.teams.moderation?.some(({ epoch, standIns }) => epoch === held.epoch && standIns?.includes(caller));
  }

  /** @param {Member} caller @param {Json} body */
  async #reseal(caller, { flag, from, kid, sealed, more, notes }) {
    const held = this.#known(flag);
    if (!this.#mayReseal(caller, held)) throw new ApiError("unknown", 404);
    const { pub, epoch } = this.#house.team("moderation");
    if (kid !== b64u(await kidOf(pub))) throw new ApiError("stale_epoch", 409);
    if (sealed !== null) {
      if (from !== held.kid || held.epoch === epoch || (held.more.sealed === null) !== (more === null)) throw new ApiError("closed", 409);
      Object.assign(held, { kid, epoch, sealed });
      held.more.sealed = more;
    }
    for (const { n, sealed: line } of notes) Object.assign(held.notes[n - 1] ?? {}, { sealed: line, epoch });
  }

  /** @param {string | undefined} before */
  #kept(before) {
    const kept = this.flags.filter(({ held, decision }) => held || decision).sort((a, b) => Number(b.held) - Number(a.held));
    const rest = kept.slice(1 + kept.findIndex(({ flag }) => flag === before)).slice(0, 200);
    return { flags: rest.map((each) => ({ flag: each.flag, category: each.category, day: each.decision && DAY, act: each.decision && each.decision.act, held: each.held, reported: each.reported })) };
  }

  /** @param {Held} held @param {string} subject @param {number | null} until */
  #pause(held, subject, until) {
    if (!held.sat.some(({ kid }) => b64u(kid) === subject)) throw new ApiError("unknown", 404);
    this.paused.set(subject, { until });
  }

  /** @param {Held} held @param {Member} caller */
  #seconds(held, caller) {
    return this.#house.members.filter((each) => ["moderator", "coordinator"].includes(each.role) && each !== caller && !held.sat.includes(each));
  }

  /** @param {string} flag */
  #known(flag) {
    const held = this.flags.find((each) => each.flag === flag);
    if (!held) throw new ApiError("unknown", 404);
    return held;
  }

  /** @param {Member} caller @param {string} flag */
  #mine(caller, flag) {
    moderator(caller);
    const held = this.#known(flag);
    if (held.decision) throw new ApiError("closed", 409);
    const asks = held.second?.state === "asked" && held.second.by === b64u(caller.kid);
    if (held.lease !== b64u(caller.kid) && !asks) throw new ApiError("unknown", 404);
    return held;
  }

  /** @param {Member} caller @param {string} flag */
  #askedOf(caller, flag) {
    const held = this.#known(flag);
    if (held.second?.state !== "asked" || held.second.to !== b64u(caller.kid)) throw new ApiError("unknown", 404);
    return held;
  }

  /** @param {Held} held */
  #case(held) {
    const { second } = held;
    return {
      flag: held.flag, room: b64u(held.room), reporter: b64u(held.reporter), kid: held.kid, epoch: held.epoch, category: held.category, day: DAY,
      sealed: held.sealed, more: held.more.sealed, more_kid: null, more_epoch: null, state: "talking", rows: held.rows,
      seats: [{ seat: b64u(CLIENT_SEAT), kid: null }, ...held.sat.map(({ kid }) => ({ seat: b64u(CLIENT_SEAT), kid: b64u(kid) }))],
      notes: held.notes.map(({ n, by, sealed }) => ({ n, by, kid: held.kid, epoch: held.epoch, sealed })),
      note: held.notes.length + 1,
      second: second && { to: second.to, act: second.act, subject: second.subject, state: second.state },
    };
  }

  /** As a second person gets it: never the act, nor a line about it. @param {Held} held */
  #shown(held) {
    return { ...this.#case(held), epoch: 0, sealed: held.second?.shown, more: null, notes: [], second: null };
  }
}

/** @param {Member} caller */
function moderator({ role }) {
  if (role !== "moderator") throw new ApiError("unknown", 404);
}

/** @param {string} act @param {string | undefined} subject */
function checkSubject(act, subject) {
  if ((act === "pause") !== Boolean(subject)) throw new ApiError("malformed", 400);
}

/**
 * What the client of a room can disclose of it.
 * @param {Kept} kept
 * @param {number[]} seqs
 * @param {string} note
 * @returns {Promise<import("../js/crypto/seals.js").Flag>}
 */
async function contentOf(kept, seqs, note) {
  const receiver = await Receiver.start(kept.room, CLIENT_SEAT, RK);
  const items = [];
  for (const item of kept.items) {
    const { seq, opened } = await receiver.receive(item);
    if (opened && seqs.includes(seq)) items.push({ seq, kf: b64u(opened.kf), body: b64u(opened.body) });
  }
  return { v: 1, items, reason: "", note };
}
