// What a peer shows of their own words to one colleague by name, provably, and what colleagues show to oneself: with the
// words of nobody else (docs/protocol.md, 11).

import { computed, signal } from "../../../vendor/preact.js";
import { isObeyed, parseBody } from "../../crypto/body.js";
import { b64u, fromHex, hex, isRecord, unb64u } from "../../crypto/encoding.js";
import { verifyItem } from "../../crypto/envelope.js";
import { sealFlag } from "../../crypto/flag.js";
import { seatId } from "../../crypto/ids.js";
import { random } from "../../crypto/primitives.js";
import { openFlag } from "../../crypto/seals.js";
import { ID } from "../../crypto/sizes.js";
import { ApiError } from "../../net/api.js";
import { readLines } from "../answers.js";
import { isShown, shownOf } from "../timeline.js";
import { codeOf } from "./codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../answers.js").ShownLines} ShownLines */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/**
 * proven: said in that talk, in these words, by who shows it. Of a line that is not, nothing else is here: it may be
 * somebody else's.
 * @typedef {{ key: string, text: string, minutes: number | null, proven: boolean }} Line
 */
/**
 * key: the id, in hex; by: the alias of who shows it, "" for somebody whom the directory lists no longer; day: days since
 * 1970; lines: null where it did not open.
 * @typedef {{ key: string, by: string, day: number, note: string, lines: Line[] | null }} Shown
 */
/** @typedef {{ key: string, to: string, day: number }} OwnShown what one shows oneself; to: an alias, as `by` */

/** Milliseconds between two looks. */
const BETWEEN = 180_000;

/**
 * Shows own words to one member of the team, and to nobody else.
 * @param {StaffSession} session
 * @param {Bytes} room
 * @param {{ to: Bytes, proofs: import("../timeline.js").Proof[], note: string }} picked to: a key id; proofs: of own words
 * @throws {ApiError} unknown, slow_down: ten are shown already, unreachable and the like
 * @throws {import("../../crypto/errors.js").ProtocolError} flag_format, too_long
 */
export async function showOwnLines(session, room, { to, proofs, note }) {
  const reader = await session.trust.member(to);
  if (!reader) throw new ApiError("unknown");
  const id = random(ID);
  const content = { v: /** @type {const} */ (1), items: proofs.toSorted((a, b) => a.seq - b.seq), reason: "", note };
  const sealed = await sealFlag(reader.pub, id, room, await seatId(room, session.kid), content);
  await session.post("lines/show", { room: b64u(room), to: b64u(to), id: b64u(id), sealed: b64u(sealed) });
}

/** What is shown to somebody of the team, and what they show. Acts never throw: what went wrong is a code in `problem`. */
export class LinesShown {
  /** @type {Signal<Shown[]>} */
  toMe = signal([]);
  /** @type {Signal<OwnShown[]>} */
  byMe = signal([]);
  /** Whether there are some that were not in view yet. */
  news = computed(() => this.toMe.value.some(({ key }) => !this.#seen.value.includes(key)));
  /** @type {Signal<string | null>} */
  problem = signal(null);
  /** @type {Signal<string[]>} */
  #seen = signal([]);
  #session;

  /** @param {StaffSession} session */
  constructor(session) {
    this.#session = session;
  }

  /** All that are there now are in view. */
  looked() {
    this.#seen.value = this.toMe.value.map(({ key }) => key);
  }

  /**
   * Looks now and every few minutes: nothing tells of new ones.
   * @param {import("../../platform/clock.js").Clock} clock
   * @returns {() => void} stops
   */
  watch(clock) {
    let cancel = () => {};
    const again = () => {
      if (!this.#session.isOpen) return;
      void this.look();
      cancel = clock.after(BETWEEN, again);
    };
    again();
    return () => cancel();
  }

  /** Looks for what is there now. */
  async look() {
    await this.#work(async (session) => {
      const shown = readLines(await session.post("lines/shown", {}));
      const mine = session.role === "peer" ? readLines(await session.post("lines/mine", {})) : [];
      const read = await Promise.all(shown.map((each) => readShown(session, each)));
      this.toMe.value = read;
      this.byMe.value = await Promise.all(mine.map(async ({ id, to, day }) => ({ key: hex(id), to: await aliasOf(session, to), day })));
    });
  }

  /**
   * Puts away what was shown, or takes back what one shows.
   * @param {string} key
   */
  async drop(key) {
    await this.#work(async (session) => {
      await session.post("lines/drop", { id: b64u(fromHex(key)) });
      this.toMe.value = this.toMe.value.filter((each) => each.key !== key);
      this.byMe.value = this.byMe.value.filter((each) => each.key !== key);
    });
  }

  /** @param {(session: StaffSession) => Promise<void>} act */
  async #work(act) {
    this.problem.value = null;
    try {
      await act(this.#session);
    } catch (error) {
      this.problem.value = codeOf(error);
    }
  }
}

/**
 * What does not open proves nothing, and nothing of it is shown.
 * @param {StaffSession} session
 * @param {ShownLines} shown
 * @returns {Promise<Shown>}
 */
async function readShown(session, { id, room, by, day, sealed, rows }) {
  const head = { key: hex(id), by: await aliasOf(session, by), day };
  try {
    const seat = await seatId(room, by);
    const { items, note } = await openFlag(session.key, id, room, seat, sealed);
    const lines = items.map(({ seq, kf, body }) => readLine({ room, seat, row: rows.find((row) => row.seq === seq), seq, kf, body }));
    return { ...head, note, lines: await Promise.all(lines) };
  } catch (error) {
    if (codeOf(error) === "unexpected") throw error;
    return { ...head, note: "", lines: null };
  }
}

/**
 * The seat is recomputed from who shows it: a header of another seat cannot carry these words.
 * @param {{ room: Bytes, seat: Bytes, row: import("../answers.js").LineRow | undefined, seq: number, kf: string, body: string }} line
 * @returns {Promise<Line>}
 */
async function readLine({ room, seat, row, seq, kf, body }) {
  const bytes = unb64u(body);
  const proven = row !== undefined && (await verifyItem({ room, seat, ...row }, row.com, unb64u(kf), bytes));
  return { key: String(seq), proven, ...(proven ? wordsOf(bytes) : { text: "", minutes: null }) };
}

/** @param {Bytes} bytes @returns {{ text: string, minutes: number | null }} */
function wordsOf(bytes) {
  try {
    const body = parseBody(bytes);
    const { kind, t, fields } = body;
    if (!isObeyed(body, false)) return { text: "", minutes: t };
    if (isShown(kind)) return { text: shownOf(body).text, minutes: t };
    const op = kind === "ours" && isRecord(fields.op) ? fields.op.x : "";
    return { text: typeof op === "string" ? op : "", minutes: t };
  } catch {
    return { text: "", minutes: null };
  }
}

/** @param {StaffSession} session @param {Bytes} kid */
const aliasOf = async (session, kid) => (await session.trust.member(kid).catch(() => null))?.profile.alias ?? "";
