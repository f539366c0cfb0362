// What was said in one room, as rows for a screen: from the outbox to the server's disk a row keeps its key and never
// jumps. A client's page and a peer's share it.

import { signal } from "../../vendor/preact.js";
import { b64u, hex } from "../crypto/encoding.js";
import { CLIENT_SEAT } from "../crypto/ids.js";

/** @typedef {import("../crypto/receiver.js").Received} Received */
/** @typedef {{ seq: number, seat: import("../crypto/encoding.js").Bytes, failed: string }} Unread an item that did not open */
/** @typedef {{ seq: number, kf: string, body: string }} Proof what a flag discloses of an item; kf and body base64url */
/** @typedef {{ id: string, args: Record<string, string | number | Date> }} Note id of a message in the locale files */
/** @typedef {import("./outbox.js").Content} Content */
/** @typedef {"skip" | "not-ready"} Reply what a client may answer to a question with one tap */
/** @typedef {"text" | "page" | "drawing" | "step" | "handover" | "consent"} Shown kinds whose content stands in a row */
/**
 * One row. fromClient: whether it is the client's seat that said it; who: an alias, "" for oneself and for notes; stone: as in the directory; minutes: when it was written, since
 * 1970; status: of one's own rows only; proof: null where the row cannot be flagged. text of what a peer took back is
 * still there, for whoever flags it, and is not to be shown in the log; of a page, its lines; of a drawing, its words.
 * content: of a page or a drawing. reply: what the client answered to a peer's row with one tap; told: whether that is in
 * the transcript. nodded: a peer nodded at a client's row; nodder: their alias, "" where it is not known, null for
 * oneself and for none.
 * @typedef {{ key: string, seq: number | null, from: "me" | "them" | "note", fromClient: boolean, who: string, stone: string | null,
 *   kind: Shown | "taken-back" | "unreadable" | "hidden" | "unknown" | "note", text: string,
 *   content: { lines: string[], strokes: unknown[], words: string } | null, note: Note | null, minutes: number | null,
 *   status: "waiting" | "sent" | "failed" | null, folded: boolean, proof: Proof | null, reply: Reply | null,
 *   told: boolean, nodded: boolean, nodder: string | null }} Row
 */
/**
 * seat: of who said it, in hex; tells: what a note tells of.
 * @typedef {Pick<Row, "key" | "seq" | "kind" | "text" | "content" | "minutes" | "status" | "proof"> & { seat: string,
 *   tells: Content | null }} Entry
 */

/** Kinds that leave no row of their own. */
const SILENT = ["hello", "rekey", "take-back", "ours"];
/** Kinds that mark the row they name, and leave a line only where that row is not known. */
const MARKS = ["skip", "not-ready", "nod"];
/** Kinds that say how things stand from then on. */
const STANDING = ["pace", "need", "pause"];
/** @type {string[]} */
const SHOWN = ["text", "page", "drawing", "step", "handover", "consent"];

const CLIENT = hex(CLIENT_SEAT);

export class Timeline {
  /** The rows in the order of the room, what is not sent yet last. @type {import("@preact/signals").Signal<Row[]>} */
  rows = signal([]);
  #own;
  #names;
  #stones;
  #reader;
  /** By seq. @type {Map<number, Entry>} */
  #sent = new Map();
  /** @type {Entry[]} */
  #unsent = [];
  #foldedTo = 0;
  /** What the client answered to a peer's row, by its seq; at: where in the transcript. @type {Map<number, { reply: Reply, at: number | null }>} */
  #replies = new Map();
  /** Who nodded at a client's row, by its seq; seats in hex, at: where in the transcript. @type {Map<number, { seat: string, at: number }>} */
  #nods = new Map();
  /** Entries and the rows made of them: a row that did not change stays the same object. @type {Map<Entry, Row>} */
  #made = new Map();

  /**
   * @param {{ own: string, names: (seat: string) => string, stones?: (seat: string) => string | null,
   *   reader?: () => string }} people own: the seat of this page; names, stones: of whoever sits in a seat, in hex;
   *   reader: the alias of the peer who reads what a client says, "" while there is none
   */
  constructor({ own, names, stones = () => null, reader = () => "" }) {
    this.#own = own;
    this.#names = names;
    this.#stones = stones;
    this.#reader = reader;
  }

  /**
   * Words go into the outbox.
   * @param {string} key theirs, from now on
   * @param {string} text
   * @param {number} minutes
   */
  queued(key, text, minutes) {
    this.shared(key, { kind: "text", fields: { x: text } }, minutes);
  }

  /**
   * Something goes into the outbox that stands in a row of its own.
   * @param {string} key of its row, from now on
   * @param {Content} content of one of the kinds in `Shown`
   * @param {number} minutes
   */
  shared(key, content, minutes) {
    const bare = { key, seq: null, seat: this.#own, minutes, status: /** @type {const} */ ("waiting"), proof: null };
    this.#unsent.push({ ...bare, ...shownOf(content), tells: null });
    this.#show();
  }

  /**
   * The client answers a peer's row with one tap, or could not: then it stands as it stood before.
   * @param {number} seq of the peer's row
   * @param {Reply | null} reply
   */
  answered(seq, reply) {
    if (reply) this.#replies.set(seq, { reply, at: null });
    else this.#replies.delete(seq);
    this.#anew(seq);
    this.#show();
  }

  /**
   * Words of the outbox are on the server's disk.
   * @param {string} key
   * @param {number} seq
   */
  delivered(key, seq) {
    const entry = this.#unsent.find((each) => each.key === key);
    if (!entry) return;
    this.#unsent = this.#unsent.filter((each) => each !== entry);
    const echo = this.#sent.get(seq);
    this.#sent.set(seq, { ...entry, ...echo, key, seq, status: "sent" });
    this.#show();
  }

  /**
   * What one's own row stands at: `failed` words stay on the screen, `waiting` also while they are taken back.
   * @param {string} key
   * @param {"waiting" | "sent" | "failed"} status
   */
  stands(key, status) {
    this.#change((entry) => entry.key === key && { ...entry, status });
  }

  /**
   * Words that never went out are gone.
   * @param {string} key
   */
  withdrawn(key) {
    this.#unsent = this.#unsent.filter((each) => each.key !== key);
    this.#show();
  }

  /**
   * A verified item came, or one that did not open; an item that was emptied comes again.
   * @param {Received | Unread} received
   * @param {string | null} [key] of the words in the outbox that it was, where it went out from here
   */
  said(received, key = null) {
    const { seq } = received;
    if (key !== null) this.delivered(key, seq);
    const before = this.#sent.get(seq);
    const entry = this.#entry(received);
    if (entry) this.#sent.set(seq, before ? again(entry, before) : entry);
    if ("body" in received && received.obeyed && received.body) this.#mark(seq, hex(received.seat), received.body);
    this.#show();
  }

  /**
   * A row of a client is empty from now on. One of a peer is only folded: what it said can still be shown to a
   * moderator.
   * @param {number} seq
   */
  takenBack(seq) {
    const entry = this.#sent.get(seq);
    if (!entry) return;
    const status = entry.status && "sent";
    const rest = entry.seat === CLIENT ? { text: "", content: null, proof: null } : {};
    this.#sent.set(seq, { ...entry, kind: "taken-back", tells: null, status, ...rest });
    this.#show();
  }

  /**
   * The row that somebody pointed at.
   * @param {string} key
   * @returns {Row | null}
   */
  row(key) {
    return this.rows.value.find((row) => row.key === key) ?? null;
  }

  /**
   * Everything up to this seq is folded away; 0 shows it all.
   * @param {number} seq
   */
  foldTo(seq) {
    this.#foldedTo = seq;
    this.renamed();
  }

  /** Who sits where is known better now. */
  renamed() {
    this.#made.clear();
    this.#show();
  }

  /**
   * The service lost everything after a seq: one's own words stay, to be sent again.
   * @param {number} seq
   */
  cut(seq) {
    const lost = [...this.#sent.values()].filter((entry) => Number(entry.seq) > seq);
    for (const entry of lost) this.#sent.delete(Number(entry.seq));
    for (const marks of [this.#replies, this.#nods]) {
      for (const [of, { at }] of marks) if (of > seq || Number(at) > seq) marks.delete(of);
    }
    this.#made.clear();
    const own = lost.filter((entry) => entry.seat === this.#own && SHOWN.includes(entry.kind));
    this.#unsent.unshift(...own.map((entry) => ({ ...entry, seq: null, status: /** @type {const} */ ("failed"), proof: null })));
    this.#show();
  }

  /** Nothing is known any more. */
  forget() {
    this.#sent.clear();
    this.#replies.clear();
    this.#nods.clear();
    this.#unsent = [];
    this.#foldedTo = 0;
    this.#show();
  }

  /** @param {Received | Unread} received @returns {Entry | null} */
  #entry(received) {
    const { seq } = received;
    const seat = hex(received.seat);
    /** @type {Entry} */
    const bare = {
      key: `s${seq}`,
      seq,
      seat,
      kind: "unreadable",
      text: "",
      content: null,
      tells: null,
      minutes: null,
      status: seat === this.#own ? "sent" : null,
      proof: null,
    };
    if (!("body" in received)) return bare;
    const { body, opened } = received;
    if (received.erased) return { ...bare, kind: "taken-back" };
    if (body === null || opened === null) return { ...bare, kind: "hidden" };
    const proof = { seq, kf: b64u(opened.kf), body: b64u(opened.body) };
    const read = { ...bare, minutes: body.t, proof };
    if (!received.obeyed) return { ...read, kind: "unknown" };
    if (SHOWN.includes(body.kind)) return { ...read, ...shownOf(body) };
    if (SILENT.includes(body.kind)) return null;
    const note = this.#note(seat, body);
    if (note === undefined) return { ...read, kind: "unknown" };
    return note && { ...read, kind: "note", tells: body, status: null, proof: null };
  }

  /**
   * A message may change another row than its own.
   * @param {number} at its own seq
   * @param {string} seat
   * @param {Content} body
   */
  #mark(at, seat, { kind, fields = {} }) {
    const of = Number(fields.of);
    if (kind === "take-back") this.takenBack(of);
    else if (kind === "nod") this.#nods.set(of, { seat, at });
    else if (kind === "skip" || kind === "not-ready") this.#replies.set(of, { reply: kind, at });
    else return;
    this.#anew(of);
  }

  /** The row of this seq is made again; the others stay the same objects. @param {number} seq */
  #anew(seq) {
    const entry = this.#sent.get(seq);
    if (entry) this.#made.delete(entry);
  }

  /** Whether what a note tells of stands in the row it names, or stood there before that was taken back. @param {Entry} entry */
  #isMarked({ tells }) {
    if (tells === null || !MARKS.includes(tells.kind)) return false;
    const row = this.#sent.get(Number(tells.fields?.of));
    const holds = row !== undefined && (row.kind === "taken-back" || SHOWN.includes(row.kind));
    return holds && (row.seat === CLIENT) === (tells.kind === "nod");
  }

  /**
   * The line that stands for a message without words of its own: null for none, undefined for a kind that a later
   * version brings.
   * @param {string} seat
   * @param {Content} body
   * @returns {Note | null | undefined}
   */
  #note(seat, { kind, fields = {} }) {
    const mine = seat === this.#own;
    const peer = seat === CLIENT ? "" : this.#names(seat);
    const said = seat === CLIENT ? "client" : mine ? "own" : "peer";
    switch (kind) {
      case "bye":
        return mine ? null : { id: `note-${said}-bye`, args: { peer } };
      case "flagged":
        return seat === CLIENT ? null : { id: `note-${said}-flagged`, args: { peer } };
      case "pace":
        if (mine && this.#reader() !== "") return { id: "pace-changed", args: { pace: String(fields.v), peer: this.#reader() } };
        return { id: "note-client-pace", args: { what: String(fields.v) } };
      case "need":
      case "pause":
        return { id: `note-client-${kind}`, args: { what: String(fields.v) } };
      case "skip":
      case "not-ready":
        return { id: `note-client-${kind}`, args: {} };
      case "here":
        return { id: `note-${said}-here`, args: { peer } };
      case "nod":
        return { id: `note-${said}-nod`, args: { peer } };
      case "leaving":
        return { id: `note-${said}-leaving`, args: { peer, time: new Date(Number(fields.at) * 60_000) } };
      default:
        return undefined;
    }
  }

  /** @param {(entry: Entry) => Entry | false} change */
  #change(change) {
    this.#unsent = this.#unsent.map((entry) => change(entry) || entry);
    for (const [seq, entry] of this.#sent) this.#sent.set(seq, change(entry) || entry);
    this.#show();
  }

  #show() {
    const sent = [...this.#sent.values()].sort((a, b) => Number(a.seq) - Number(b.seq));
    const entries = [...changing(sent.filter((entry) => !this.#isMarked(entry))), ...this.#unsent];
    const before = this.#made;
    this.#made = new Map(entries.map((entry) => [entry, before.get(entry) ?? this.#row(entry)]));
    this.rows.value = [...this.#made.values()];
  }

  /** @param {Entry} entry @returns {Row} */
  #row({ seat, tells, ...entry }) {
    const { seq } = entry;
    const mine = seat === this.#own;
    const from = entry.kind === "note" ? "note" : mine ? "me" : "them";
    const named = from === "them";
    const ofClient = seat === CLIENT;
    const nod = seq !== null && ofClient && SHOWN.includes(entry.kind) ? this.#nods.get(seq) : undefined;
    const answer = seq !== null && !ofClient ? this.#replies.get(seq) : undefined;
    return {
      ...entry,
      from,
      fromClient: ofClient,
      who: named ? this.#names(seat) : "",
      stone: named ? this.#stones(seat) : null,
      note: tells && (this.#note(seat, tells) ?? null),
      folded: seq !== null && seq <= this.#foldedTo,
      reply: answer?.reply ?? null,
      told: answer !== undefined && answer.at !== null,
      nodded: nod !== undefined,
      nodder: nod === undefined || nod.seat === this.#own ? null : this.#names(nod.seat),
    };
  }
}

/**
 * An item that came before comes again. What a peer said stays provable, even should its row be emptied.
 * @param {Entry} entry
 * @param {Entry} before
 * @returns {Entry}
 */
function again(entry, before) {
  const { text, content, proof } = before;
  const kept = entry.kind === "taken-back" && entry.seat !== CLIENT ? { text, content, proof } : {};
  return { ...entry, ...kept, key: before.key, minutes: entry.minutes ?? before.minutes };
}

/**
 * Without what says again how things stand already: it was said for a reader who came later.
 * @param {Entry[]} entries in the order of the room
 */
function changing(entries) {
  /** @type {Map<string, unknown>} */
  const stand = new Map([["pause", "back"]]);
  return entries.filter(({ tells }) => {
    if (!tells || !STANDING.includes(tells.kind)) return true;
    const { kind, fields = {} } = tells;
    const isNews = stand.get(kind) !== fields.v;
    stand.set(kind, fields.v);
    return isNews;
  });
}

/**
 * What stands in the row of a message.
 * @param {Content} content of one of the kinds in `Shown`
 * @returns {{ kind: Shown, text: string, content: Row["content"] }}
 */
export function shownOf({ kind, fields = {} }) {
  const lines = Array.isArray(fields.lines) ? fields.lines.map(String) : [];
  const strokes = Array.isArray(fields.strokes) ? fields.strokes : [];
  const words = fields.words === undefined ? "" : String(fields.words);
  if (kind === "page") return { kind, text: lines.join("\n"), content: { lines, strokes, words } };
  if (kind === "drawing") return { kind, text: words, content: { lines, strokes, words } };
  if (kind === "handover" || kind === "consent") return { kind, text: String(fields.text), content: null };
  return { kind: kind === "step" ? kind : "text", text: String(fields.x), content: null };
}

/**
 * The message that a row stands for, to be said again. What somebody agreed to have told is said as their own words then:
 * the card that it answered may be gone.
 * @param {Row} row of one of the kinds in `Shown`
 * @returns {Content}
 */
export function contentOf({ kind, text, content }) {
  if (kind === "page") return { kind, fields: { lines: content?.lines ?? [] } };
  if (kind === "drawing") return { kind, fields: { strokes: content?.strokes ?? [], words: content?.words ?? "" } };
  return { kind, fields: { x: text } };
}

/** Whether messages of a kind stand in a row of their own. @param {string} kind */
export const isShown = (kind) => SHOWN.includes(kind);

/**
 * Whether words hold a question, in the scripts we know the marks of. A mark inside a word, as in an address, is none.
 * @param {string} text
 */
export const isQuestion = (text) => /[¿؟？]|\?(?![\p{L}\p{N}=&])/u.test(text);
