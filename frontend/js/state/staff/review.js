// The moderator's desk: one flag at a time, what was disclosed and no more, with a proof for every item.

import { signal } from "../../../vendor/preact.js";
import { isObeyed } from "../../crypto/body.js";
import { b64u, hex, isRecord } from "../../crypto/encoding.js";
import { sealFlagNote } from "../../crypto/flag.js";
import { isClient, seatId } from "../../crypto/ids.js";
import { openFlag } from "../../crypto/seals.js";
import { isShown, shownOf } from "../timeline.js";
import { readEvidence, readTaken } from "./answers.js";
import { codeOf } from "./codes.js";
import { judge } from "./proof.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./account.js").Account} Account */
/** @typedef {import("./answers.js").Evidence} Evidence */
/** @typedef {import("./answers.js").Taken} Taken */
/** @typedef {import("./proof.js").Judged} Judged */
/** @typedef {import("./proof.js").Proof} Proof */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/**
 * A disclosed message. from: "client", or the alias of the member of staff who said it, "" for somebody the directory
 * lists no longer; fromClient tells the two apart for sure. text, content: as in a row of a talk; kind: "unknown" for
 * what this version cannot show. Nothing is on the screen before `shown`.
 * @typedef {{ type: "item", key: string, seq: number, from: string, fromClient: boolean, minutes: number | null,
 *   text: string, content: import("../timeline.js").Row["content"], kind: string, shown: Signal<boolean>, proof: Proof }} FlaggedItem
 */
/** @typedef {{ type: "gap", count: number }} Gap messages between two others that were not disclosed */
/**
 * day: of its opening, days since 1970; mayAct: every item checks out; epochMissing: this moderator was not given the
 * team key it is sealed to, so that nothing of it can be read.
 * @typedef {{ key: string, category: string, day: number, from: "client" | "peer", reason: string, note: string,
 *   epochMissing: boolean, items: (Gap | FlaggedItem)[], room: "open" | "closed" | "deleted", mayAct: boolean }} FlagView
 */
/** @typedef {{ act: "none" | "close", reason: string, line: string }} Decision */

const FIRST_NOTE = 1;

/** Acts never throw: what went wrong is a code in `problem`. */
export class Review {
  /** @type {Signal<FlagView | null>} */
  flag = signal(null);
  /** Whether no flag waits. */
  none = signal(false);
  /** A code of docs/protocol.md, 16, or of ApiError; also `proof`: what does not check out is no ground to close a room.
   * @type {Signal<string | null>} */
  problem = signal(null);
  busy = signal(false);
  /** @type {StaffSession | null} */
  #session = null;
  /** What was posted, and what it was made of: asked again, the service takes only the very same. */
  #posted = { decided: "", request: {} };

  /** @param {Account} account */
  constructor(account) {
    account.session.subscribe((session) => {
      this.#forget();
      this.none.value = false;
      this.problem.value = null;
      this.#session = session?.role === "moderator" ? session : null;
    });
  }

  /** Takes the flag that is this moderator's, or the next. */
  async next() {
    await this.#work(async (session) => {
      const taken = readTaken(await session.post("flags/take", {}));
      if (this.#session !== session) return;
      this.none.value = taken === null;
      if (taken === null) return this.#forget();
      const evidence = readEvidence(await session.post("flags/read", { flag: b64u(taken.flag) }));
      const view = await this.#view(session, taken, evidence);
      if (this.#session === session) this.flag.value = view;
    });
  }

  /**
   * Ends the flag in view, for a reason of the fixed list and with a line of one's own for the team.
   * @param {Decision} decision
   */
  async decide(decision) {
    const flag = this.flag.value;
    if (flag === null) return;
    if (decision.act === "close" && !flag.mayAct) return void (this.problem.value = "proof");
    await this.#work(async (session) => {
      const request = await this.#request(session, flag.key, decision);
      try {
        await session.post("flags/decide", request);
      } catch (error) {
        // Somebody else has it by now, or decided it: its words are no longer this moderator's to see.
        if (["unknown", "closed"].includes(codeOf(error))) this.#forget();
        throw error;
      }
      this.#forget();
    });
  }

  /**
   * Uncovers one message.
   * @param {string} key
   */
  show(key) {
    const item = this.flag.value?.items.find((each) => each.type === "item" && each.key === key);
    if (item?.type === "item") item.shown.value = true;
  }

  /**
   * Carries an act out, one at a time.
   * @param {(session: StaffSession) => Promise<void>} act
   */
  async #work(act) {
    const session = this.#session;
    if (session === null || this.busy.value) return;
    this.busy.value = true;
    this.problem.value = null;
    try {
      await act(session);
    } catch (error) {
      if (this.#session === session) this.problem.value = codeOf(error);
    }
    this.busy.value = false;
  }

  /**
   * The very request that was posted before, where it is the same decision.
   * @param {StaffSession} session
   * @param {string} key
   * @param {Decision} decision
   */
  async #request(session, key, { act, reason, line }) {
    const decided = JSON.stringify([key, act, reason, line]);
    if (this.#posted.decided === decided) return this.#posted.request;
    await session.trust.refresh({ evenExpired: true });
    const flag = fromHex(key);
    const sealed = await sealFlagNote(session.trust.directory.teams.moderation.pub, flag, FIRST_NOTE, { line });
    this.#posted = { decided, request: { flag: b64u(flag), act, reason, sealed: b64u(sealed) } };
    return this.#posted.request;
  }

  #forget() {
    this.flag.value = null;
    this.#posted = { decided: "", request: {} };
  }

  /**
   * @param {StaffSession} session
   * @param {Taken} taken
   * @param {Evidence} evidence
   * @returns {Promise<FlagView>}
   */
  async #view(session, taken, evidence) {
    const { room, reporter, rows, state } = evidence;
    /** @type {FlagView} */
    const view = {
      key: hex(taken.flag),
      category: taken.category,
      day: taken.day,
      from: isClient(reporter) ? "client" : "peer",
      reason: "",
      note: "",
      epochMissing: false,
      items: [],
      room: state === "closed" || state === "deleted" ? state : "open",
      mayAct: false,
    };
    const key = await teamKey(session, evidence.epoch);
    if (!key) return { ...view, epochMissing: true };
    try {
      const { items, reason, note } = await openFlag(key, taken.flag, room, reporter, evidence.sealed);
      const judged = await judge(room, rows, items);
      const speakers = await namedSeats(session, evidence);
      const mayAct = judged.length > 0 && judged.every(({ proof }) => proof === "ok");
      return { ...view, reason, note, mayAct, items: withGaps(judged.map((item) => flaggedItem(item, speakers))) };
    } catch (error) {
      // What does not open proves nothing; the flag can still be laid aside.
      this.problem.value = codeOf(error);
      return view;
    }
  }
}

/**
 * The moderation team's key of an epoch; where it is not held, those made since sign-in are fetched.
 * @param {StaffSession} session
 * @param {number} epoch
 */
async function teamKey(session, epoch) {
  if (!session.teamKey("moderation", epoch)) await session.refresh();
  return session.teamKey("moderation", epoch);
}

/**
 * Aliases by seat, in hex. A seat is recomputed from a key that the directory lists: who sat there is not the service's word.
 * @param {StaffSession} session
 * @param {Evidence} evidence
 */
async function namedSeats(session, { room, rows }) {
  const seats = new Set(rows.map(({ seat }) => hex(seat)));
  const { staff } = session.trust.directory;
  /** @type {Map<string, string>} */
  const named = new Map();
  for (const { kid, profile } of staff) named.set(hex(await seatId(room, kid)), profile.alias);
  return new Map([...named].filter(([seat]) => seats.has(seat)));
}

/**
 * @param {Judged} judged
 * @param {Map<string, string>} speakers
 * @returns {FlaggedItem}
 */
function flaggedItem({ seq, seat, body, proof }, speakers) {
  const fromClient = seat !== null && isClient(seat);
  const kind = body && seat && isObeyed(body, fromClient) ? body.kind : "unknown";
  return {
    type: "item",
    key: `${seq}`,
    seq,
    from: fromClient ? "client" : ((seat && speakers.get(hex(seat))) ?? ""),
    fromClient,
    minutes: body && body.t,
    ...(body && isShown(kind) ? shownOf(body) : { text: kind === "ours" ? lineOf(body?.fields.op) : "", content: null }),
    kind,
    shown: signal(false),
    proof,
  };
}

/** The words of a line of the page that both write on. @param {unknown} op @returns {string} "" for none */
const lineOf = (op) => (isRecord(op) && typeof op.x === "string" ? op.x : "");

/**
 * Between two messages stands how many were not disclosed.
 * @param {FlaggedItem[]} items by seq
 * @returns {(Gap | FlaggedItem)[]}
 */
const withGaps = (items) =>
  items.flatMap((item, i) => {
    const before = items[i - 1];
    const count = before ? item.seq - before.seq - 1 : 0;
    return count > 0 ? [{ type: /** @type {const} */ ("gap"), count }, item] : [item];
  });

/** @param {string} text @returns {Bytes} */
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
