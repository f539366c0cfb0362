// A page that a client and a peer both write on. What it reads is what the room's messages make of it in their order,
// so that all who can open the same messages read the same page, whoever was faster.

import { computed, signal } from "../../vendor/preact.js";
import { b64u, hex, isRecord } from "../crypto/encoding.js";
import { CLIENT_SEAT } from "../crypto/ids.js";

/** @typedef {import("../crypto/receiver.js").Received} Received */
/** @typedef {import("./timeline.js").Row} Row */
/** @typedef {{ do: "start" } | { do: "end" } | { do: "line", id: string, x: string }} Op x: empty takes the line out */
/**
 * seat in hex; past: said before this page was there; minutes: since 1970; opened: what proves it, where it is known.
 * @typedef {{ op: Op, seat: string, past: boolean, minutes: number | null, opened: Received["opened"] }} Said
 */
/**
 * seat: of who wrote it, in hex; mine: these words are this page's own; waits: not with the other yet.
 * @typedef {{ id: string, x: string, seat: string, mine: boolean, waits: boolean }} Line
 */
/** @typedef {{ x: string, seat: string, seq: number | null }} Standing seq: null for what is not in the room yet */
/** @typedef {{ lines: Map<string, Standing>, gone: Map<string, number> }} Page lines by id; gone: lines of peers that each seat took out or wrote over */
/** @typedef {{ page: Page | null, known: boolean }} State known: the client has said something of a page */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export const LINE_MOST = 400; // characters
/** Lines on the page from which on this page adds none. */
export const LINES_MOST = 100;

const CLIENT = hex(CLIENT_SEAT);
const ID = /^[0-9a-f]{16}$/;

export class Ours {
  /** Whether there is such a page now. */
  open = computed(() => this.#page.value.now !== null);
  lines = computed(() => this.#linesNow());
  /** How many lines of peers were taken out or written over by a peer, by that peer's seat in hex. */
  gone = computed(() => new Map(this.#page.value.now?.gone));
  /**
   * What was written on it and can be flagged, as rows: of a peer each line ever, of a client those that stand there.
   * folded: said before this page was there.
   */
  written = computed(() => this.#writtenNow());
  /** Whether the other wrote since this page was looked at. */
  news = signal(false);
  /** The line that is being written. */
  draft = signal("");
  /** Other words for lines, as far as they are written, by the line's id. @type {Signal<ReadonlyMap<string, string>>} */
  changes = signal(new Map());
  #own;
  #say;
  #names;
  /** By seq. @type {Map<number, Said>} */
  #said = new Map();
  /** What a peer said and the service emptied since: it stays provable. By seq. @type {Map<number, Said>} */
  #emptied = new Map();
  /** Own ones that are not in the room yet, in order. @type {{ key: string, op: Op }[]} */
  #waiting = [];
  /** What the messages up to a seq make of it. @type {State} */
  #state = nothing();
  #upTo = 0;
  /** Whether something changed before that seq. */
  #stale = false;
  /** Whether all that was said before this page was there has come. */
  #caughtUp = false;
  #version = signal(0);
  #page = computed(() => this.#pageNow());

  /**
   * @param {{ own: string, say: (kind: "ours", fields: { op: Op }) => string | null, names: (seat: string) => string }} parts
   *   own: this page's seat in hex; say: gives a key, null where nothing can be said now; names: of whoever of the staff
   *   sits in a seat, in hex
   */
  constructor({ own, say, names }) {
    this.#own = own;
    this.#say = say;
    this.#names = names;
  }

  /**
   * A verified item of the room; of other kinds nothing is taken. It may come again.
   * @param {Received | { seq: number, failed: string }} received
   * @param {boolean} [caughtUp] whether all that was said before this page was there has come: only then is it news
   */
  said(received, caughtUp = true) {
    const { seq } = received;
    this.#caughtUp ||= caughtUp;
    const now = saidIn(received, !this.#caughtUp);
    const before = this.#said.get(seq);
    if (now === null && before === undefined) return;
    if (now !== null && before !== undefined && isSame(now, before)) return;
    this.#emptied.delete(seq);
    if (now !== null) this.#said.set(seq, now);
    else this.#said.delete(seq); // emptied, or an older copy of the room was taken up: another message stands here
    if (now === null && before && before.seat !== CLIENT && "erased" in received && received.erased) this.#emptied.set(seq, before);
    if (now !== null && before === undefined && seq > this.#upTo && !this.#stale) this.#goOn(now, seq);
    else this.#stale = true;
    if (now !== null && before === undefined) {
      if (now.seat === this.#own) this.#arrived(now.op);
      else if (this.#caughtUp) this.news.value = true;
    }
    this.#changed();
  }

  /** The service lost everything after a seq. @param {number} seq */
  cut(seq) {
    for (const known of [this.#said, this.#emptied]) {
      for (const each of known.keys()) if (each > seq) known.delete(each);
    }
    this.#stale = true;
    this.#changed();
  }

  /** An own one was refused for good. @param {string} key as `say` gave it */
  refused(key) {
    this.#waiting = this.#waiting.filter((each) => each.key !== key);
    this.#changed();
  }

  /** Whoever wrote a line, by alias; "" for the client. @param {string} seat in hex */
  name(seat) {
    return seat === CLIENT ? "" : this.#names(seat);
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
   * @returns {boolean} whether there was a word in it, and room for it, and it can be said now
   */
  add(x) {
    const words = x.trim();
    if (!this.open.value || words === "" || tooLong(words) || this.lines.value.length >= LINES_MOST) return false;
    return this.#put({ do: "line", id: hex(crypto.getRandomValues(new Uint8Array(8))), x: words });
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

  /**
   * Other words for a line, as far as they are written.
   * @param {string} id
   * @param {string | null} x null: it stays as it is
   */
  write(id, x) {
    const others = [...this.changes.value].filter(([each]) => each !== id);
    this.changes.value = new Map(x === null ? others : [...others, [id, x]]);
  }

  /** Somebody looks at the page. */
  looked() {
    this.news.value = false;
  }

  forget() {
    this.#said.clear();
    this.#emptied.clear();
    this.#waiting = [];
    this.#stale = true;
    this.#caughtUp = false;
    this.news.value = false;
    this.draft.value = "";
    this.changes.value = new Map();
    this.#changed();
  }

  /** @param {Op} op @returns {boolean} whether it goes out */
  #put(op) {
    const key = this.#say("ours", { op });
    if (key === null) return false;
    this.#waiting.push({ key, op });
    this.#changed();
    return true;
  }

  /** @param {Op} op an own one that is in the room now */
  #arrived(op) {
    const same = JSON.stringify(op);
    const at = this.#waiting.findIndex((each) => JSON.stringify(each.op) === same);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #changed() {
    this.#version.value = this.#version.peek() + 1;
  }

  /** @param {Said} said @param {number} seq */
  #goOn(said, seq) {
    apply(this.#state, said, seq);
    this.#upTo = seq;
  }

  /** @returns {{ now: Page | null }} with what waits */
  #pageNow() {
    void this.#version.value;
    if (this.#stale) {
      this.#stale = false;
      this.#state = nothing();
      this.#upTo = 0;
      for (const [seq, said] of [...this.#said].sort(([a], [b]) => a - b)) this.#goOn(said, seq);
    }
    if (this.#waiting.length === 0) return { now: this.#state.page };
    const { page, known } = this.#state;
    const state = { known, page: page && { lines: new Map(page.lines), gone: new Map(page.gone) } };
    for (const { op } of this.#waiting) apply(state, { op, seat: this.#own }, null);
    return { now: state.page };
  }

  /** @returns {Line[]} */
  #linesNow() {
    return [...(this.#page.value.now?.lines ?? [])].map(([id, { x, seat, seq }]) => ({ id, x, seat, mine: seat === this.#own, waits: seq === null }));
  }

  /** @returns {Row[]} */
  #writtenNow() {
    const standing = new Set([...(this.#page.value.now?.lines.values() ?? [])].map(({ seq }) => seq));
    return [...this.#said, ...this.#emptied].flatMap(([seq, said]) => (said.seat !== CLIENT || standing.has(seq) ? this.#row(seq, said) : []));
  }

  /** @param {number} seq @param {Said} said @returns {Row[]} none for what holds no words, or cannot be proven */
  #row(seq, { op, seat, past, minutes, opened }) {
    if (op.do !== "line" || op.x === "" || opened === null) return [];
    const mine = seat === this.#own;
    return [{
      key: `ours${seq}`, seq, from: mine ? "me" : "them", fromClient: seat === CLIENT, who: mine ? "" : this.name(seat), stone: null, kind: "text", text: op.x, content: null,
      note: { id: "ours-flag", args: { words: op.x } }, minutes, status: mine ? "sent" : null, folded: past,
      proof: { seq, kf: b64u(opened.kf), body: b64u(opened.body) }, reply: null, told: false, nodded: false, nodder: null,
    }];
  }
}

/** @returns {State} */
const nothing = () => ({ page: null, known: false });

/**
 * @param {State} state before it, and after
 * @param {Pick<Said, "op" | "seat">} said the next in the room's order
 * @param {number | null} seq
 */
function apply(state, { op, seat }, seq) {
  // Who joined later cannot read how the page began: to them it begins with the client's next line. For the same reason
  // nothing here counts lines: they would count others.
  if (op.do === "start" || (op.do === "line" && seat === CLIENT && !state.known)) state.page ??= { lines: new Map(), gone: new Map() };
  state.known ||= seat === CLIENT;
  if (op.do === "end") state.page = null;
  if (op.do !== "line" || state.page === null) return;
  const { lines, gone } = state.page;
  const before = lines.get(op.id);
  if (before && before.x !== op.x && before.seat !== CLIENT && seat !== CLIENT) gone.set(seat, (gone.get(seat) ?? 0) + 1);
  if (op.x === "") lines.delete(op.id);
  else lines.set(op.id, { x: op.x, seat, seq });
}

/** @param {Said} now @param {Said} before */
const isSame = (now, before) => now.seat === before.seat && JSON.stringify(now.op) === JSON.stringify(before.op);

/**
 * @param {Received | { seq: number, failed: string }} received
 * @param {boolean} past
 * @returns {Said | null} null for what is not of this page
 */
function saidIn(received, past) {
  if (!("body" in received) || !received.obeyed || received.body?.kind !== "ours") return null;
  const seat = hex(received.seat);
  const op = readOp(received.body.fields.op, seat);
  return op && { op, seat, past, minutes: received.body.t ?? null, opened: received.opened ?? null };
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
