// What was said in one room, as rows for a screen: from the outbox to the server's disk a row keeps its key and never
// jumps. A client's page and a peer's share it.

import { signal } from "../../vendor/preact.js";
import { b64u, hex } from "../crypto/encoding.js";
import { CLIENT_SEAT } from "../crypto/ids.js";

/** @typedef {import("../crypto/receiver.js").Received} Received */
/** @typedef {{ seq: number, seat: import("../crypto/encoding.js").Bytes, failed: string }} Unread an item that did not open */
/** @typedef {{ seq: number, kf: string, body: string }} Proof what a flag discloses of an item; kf and body base64url */
/** @typedef {{ id: string, args: Record<string, string | number | Date> }} Note id of a message in the locale files */
/**
 * One row. who: an alias, "" for oneself and for notes; stone: as in the directory; minutes: when it was written, since
 * 1970; status: of one's own rows only; proof: null where the row cannot be flagged. text of what a peer took back is
 * still there, for whoever flags it, and is not to be shown in the log.
 * @typedef {{ key: string, seq: number | null, from: "me" | "them" | "note", who: string, stone: string | null,
 *   kind: "text" | "taken-back" | "unreadable" | "hidden" | "unknown" | "note", text: string, note: Note | null,
 *   minutes: number | null, status: "waiting" | "sent" | "failed" | null, folded: boolean, proof: Proof | null }} Row
 */
/** @typedef {Omit<Row, "from" | "who" | "stone" | "folded"> & { seat: string }} Entry */

/** Kinds that leave no row of their own. */
const SILENT = ["hello", "rekey", "take-back"];

const CLIENT = hex(CLIENT_SEAT);

export class Timeline {
  /** The rows in the order of the room, what is not sent yet last. @type {import("@preact/signals").Signal<Row[]>} */
  rows = signal([]);
  #own;
  #names;
  #stones;
  /** By seq. @type {Map<number, Entry>} */
  #sent = new Map();
  /** @type {Entry[]} */
  #unsent = [];
  #foldedTo = 0;
  /** Entries and the rows made of them: a row that did not change stays the same object. @type {Map<Entry, Row>} */
  #made = new Map();

  /**
   * @param {{ own: string, names: (seat: string) => string, stones?: (seat: string) => string | null }} people own: the
   *   seat of this page; names, stones: of whoever sits in a seat; seats in hex
   */
  constructor({ own, names, stones = () => null }) {
    this.#own = own;
    this.#names = names;
    this.#stones = stones;
  }

  /**
   * Words go into the outbox.
   * @param {string} key theirs, from now on
   * @param {string} text
   * @param {number} minutes
   */
  queued(key, text, minutes) {
    const seat = this.#own;
    this.#unsent.push({ key, seq: null, seat, kind: "text", text, note: null, minutes, status: "waiting", proof: null });
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
    if ("body" in received && received.obeyed && received.body?.kind === "take-back") {
      this.takenBack(Number(received.body.fields.of));
    } else this.#show();
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
    const rest = entry.seat === CLIENT ? { text: "", proof: null } : {};
    this.#sent.set(seq, { ...entry, kind: "taken-back", note: null, status, ...rest });
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
    const own = lost.filter((entry) => entry.seat === this.#own && entry.kind === "text");
    this.#unsent.unshift(...own.map((entry) => ({ ...entry, seq: null, status: /** @type {const} */ ("failed"), proof: null })));
    this.#show();
  }

  /** Nothing is known any more. */
  forget() {
    this.#sent.clear();
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
      note: null,
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
    if (body.kind === "text") return { ...read, kind: "text", text: String(body.fields.x) };
    if (SILENT.includes(body.kind)) return null;
    const note = this.#note(seat, body);
    if (note === undefined) return { ...read, kind: "unknown" };
    return note && { ...read, kind: "note", note, status: null, proof: null };
  }

  /**
   * The line that stands for a message without words of its own: null for none, undefined for a kind that a later
   * version brings.
   * @param {string} seat
   * @param {import("../crypto/body.js").Body} body
   * @returns {Note | null | undefined}
   */
  #note(seat, { kind, fields }) {
    const mine = seat === this.#own;
    const peer = seat === CLIENT ? "" : this.#names(seat);
    const said = seat === CLIENT ? "client" : mine ? "own" : "peer";
    switch (kind) {
      case "bye":
        return mine ? null : { id: `note-${said}-bye`, args: { peer } };
      case "flagged":
        return seat === CLIENT ? null : { id: `note-${said}-flagged`, args: { peer } };
      case "pace":
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
    const entries = [...[...this.#sent.values()].sort((a, b) => Number(a.seq) - Number(b.seq)), ...this.#unsent];
    const before = this.#made;
    this.#made = new Map(entries.map((entry) => [entry, before.get(entry) ?? this.#row(entry)]));
    this.rows.value = [...this.#made.values()];
  }

  /** @param {Entry} entry @returns {Row} */
  #row({ seat, ...entry }) {
    const mine = seat === this.#own;
    const from = entry.kind === "note" ? "note" : mine ? "me" : "them";
    const named = from === "them";
    return {
      ...entry,
      from,
      who: named ? this.#names(seat) : "",
      stone: named ? this.#stones(seat) : null,
      folded: entry.seq !== null && entry.seq <= this.#foldedTo,
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
  const kept = entry.kind === "taken-back" && entry.seat !== CLIENT ? { text: before.text, proof: before.proof } : {};
  return { ...entry, ...kept, key: before.key, minutes: entry.minutes ?? before.minutes };
}
