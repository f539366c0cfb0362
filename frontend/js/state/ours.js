// A page that a client and a peer both write on. What it reads is what the room's messages make of it in their order,
// so that all who can open the same messages read the same page, whoever was faster.

import { batch, signal } from "../../vendor/preact.js";
import { hex, isRecord } from "../crypto/encoding.js";
import { CLIENT_SEAT } from "../crypto/ids.js";

/** @typedef {import("../crypto/receiver.js").Received} Received */
/** @typedef {{ do: "start" } | { do: "end" } | { do: "line", id: string, x: string }} Op x: empty takes the line out */
/** @typedef {{ op: Op, seat: string }} Said seat in hex */
/** @typedef {{ id: string, x: string, mine: boolean, waits: boolean }} Line mine: these words are this page's own; waits: not with the other yet */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export const LINE_MOST = 400; // characters
/** Lines on the page; every reader leaves out what comes after that. */
export const LINES_MOST = 100;

const CLIENT = hex(CLIENT_SEAT);
const ID = /^[0-9a-f]{16}$/;

export class Ours {
  /** Whether there is such a page now. */
  open = signal(false);
  /** @type {Signal<Line[]>} */
  lines = signal([]);
  /** Whether the other wrote since this page was looked at. */
  news = signal(false);
  #own;
  #say;
  /** By seq. @type {Map<number, Said>} */
  #said = new Map();
  /** Own ones that are not in the room yet, in order. @type {Op[]} */
  #waiting = [];

  /**
   * @param {{ own: string, say: (kind: "ours", fields: { op: Op }) => void }} parts own: this page's seat in hex
   */
  constructor({ own, say }) {
    this.#own = own;
    this.#say = say;
  }

  /**
   * A verified item of the room; of other kinds nothing is taken. It may come again.
   * @param {Received | { seq: number, failed: string }} received
   */
  said(received) {
    const now = saidIn(received);
    const before = this.#said.get(received.seq);
    if (now === null && before === undefined) return;
    if (now === null) this.#said.delete(received.seq); // an older copy of the room was taken up: another message stands here
    else this.#said.set(received.seq, now);
    if (now !== null && before === undefined) {
      if (now.seat === this.#own) this.#arrived(now.op);
      else this.news.value = true;
    }
    this.#show();
  }

  /** The client's: a page begins. */
  start() {
    if (!this.open.value) this.#put({ do: "start" });
  }

  /** The client's: the page goes, on both sides. */
  end() {
    if (this.open.value) this.#put({ do: "end" });
  }

  /**
   * @param {string} x
   * @returns {boolean} whether there was a word in it, and room for it
   */
  add(x) {
    const words = x.trim();
    if (!this.open.value || words === "" || tooLong(words) || this.lines.value.length >= LINES_MOST) return false;
    this.#put({ do: "line", id: hex(crypto.getRandomValues(new Uint8Array(8))), x: words });
    return true;
  }

  /**
   * Puts other words in place of a line; none take it out.
   * @param {string} id
   * @param {string} x
   */
  change(id, x) {
    const words = x.trim();
    const line = this.lines.value.find((each) => each.id === id);
    if (line && line.x !== words && !tooLong(words)) this.#put({ do: "line", id, x: words });
  }

  /** Somebody looks at the page. */
  looked() {
    this.news.value = false;
  }

  forget() {
    this.#said.clear();
    this.#waiting = [];
    this.news.value = false;
    this.#show();
  }

  /** @param {Op} op */
  #put(op) {
    this.#waiting.push(op);
    this.#say("ours", { op });
    this.#show();
  }

  /** @param {Op} op an own one that is in the room now */
  #arrived(op) {
    const same = JSON.stringify(op);
    const at = this.#waiting.findIndex((each) => JSON.stringify(each) === same);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #show() {
    const said = [...this.#said].sort(([a], [b]) => a - b).map(([, each]) => each);
    const waiting = this.#waiting.map((op) => ({ op, seat: this.#own }));
    const page = pageOf([...said, ...waiting]);
    const unsent = new Set(this.#waiting.flatMap((op) => (op.do === "line" ? op.id : [])));
    batch(() => {
      this.open.value = page !== null;
      this.lines.value = [...(page ?? [])].map(([id, { x, seat }]) => ({ id, x, mine: seat === this.#own, waits: unsent.has(id) }));
    });
  }
}

/**
 * @param {Said[]} said in the room's order
 * @returns {Map<string, { x: string, seat: string }> | null} the lines by their id; null for no page
 */
function pageOf(said) {
  /** @type {Map<string, { x: string, seat: string }> | null} */
  let page = null;
  let known = false;
  for (const { op, seat } of said) {
    // Who joined later cannot read how the page began: to them it begins with the client's next line.
    if (op.do === "start" || (op.do === "line" && seat === CLIENT && !known)) page ??= new Map();
    known ||= seat === CLIENT;
    if (op.do === "end") page = null;
    if (op.do !== "line" || page === null) continue;
    if (op.x === "") page.delete(op.id);
    else if (page.has(op.id) || page.size < LINES_MOST) page.set(op.id, { x: op.x, seat });
  }
  return page;
}

/**
 * @param {Received | { seq: number, failed: string }} received
 * @returns {Said | null} null for what is not of this page
 */
function saidIn(received) {
  if (!("body" in received) || !received.obeyed || received.body?.kind !== "ours") return null;
  const seat = hex(received.seat);
  const op = readOp(received.body.fields.op, seat);
  return op && { op, seat };
}

/**
 * @param {unknown} op
 * @param {string} seat who said it
 * @returns {Op | null} null for another form, or where it is not theirs to say
 */
function readOp(op, seat) {
  if (!isRecord(op)) return null;
  const { id, x } = op;
  if (op.do === "start" || op.do === "end") return seat === CLIENT ? { do: op.do } : null;
  if (op.do !== "line" || typeof id !== "string" || typeof x !== "string") return null;
  return ID.test(id) && !tooLong(x) ? { do: "line", id, x } : null;
}

/** @param {string} x */
const tooLong = (x) => [...x].length > LINE_MOST;
