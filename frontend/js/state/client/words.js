// What this person says, on its way, whether there is a room yet or not: what stands in a row has one, from the first
// moment on.

import { contentOf, isShown } from "../timeline.js";

/** @typedef {import("../outbox.js").Content} Content */
/** @typedef {import("../timeline.js").Timeline} Timeline */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {{ key: string, content: Content }} Waiting key: of its row, or what stands for it where it has none */

/** Kinds without a row that are meant for who reads now, and mean nothing to the next. */
const FOR_THIS_READER = ["skip", "not-ready", "pause", "ours"];

export class Words {
  #timeline;
  #clock;
  /** What waits for a room. @type {Waiting[]} */
  #queued = [];
  /** What goes along with the room's opening. @type {Waiting | null} */
  #first = null;
  /** @type {Talk | null} */
  #talk = null;
  /** What is in the room's hands, by the room's keys. @type {Map<string, Waiting>} */
  #handed = new Map();
  /** Rows that are being removed, by the room's key of the message that asks for it. @type {Map<string, string>} */
  #erasing = new Map();
  /** Rows to be removed once they are there. @type {Set<string>} */
  #toErase = new Set();
  #count = 0;

  /**
   * @param {Timeline} timeline
   * @param {import("../../platform/clock.js").Clock} clock
   */
  constructor(timeline, clock) {
    this.#timeline = timeline;
    this.#clock = clock;
  }

  /** How many wait to go out. */
  get unsent() {
    const room = this.#talk?.room;
    return this.#queued.length + (this.#first ? 1 : 0) + (room?.mayWrite ? room.waiting : 0);
  }

  /**
   * @param {Content} content of any kind
   * @param {string} [key] of a row that a screen shows already
   * @returns {string} its key
   */
  say(content, key = `w${++this.#count}`) {
    if (isShown(content.kind)) this.#timeline.shared(key, content, this.#clock.minutes());
    this.#put({ key, content });
    return key;
  }

  /** @param {string} key of a row whose words were refused */
  retry(key) {
    const row = this.#timeline.row(key);
    if (row?.status !== "failed") return;
    this.#timeline.stands(key, "waiting");
    const talk = this.#talk;
    if (!talk?.retry(talk.room, this.#roomKey(key))) this.#put({ key, content: contentOf(row) });
  }

  /**
   * Withdraws words that have not gone out, and removes those that have; whether that can be.
   * @param {string} key of the row
   */
  takeBack(key) {
    const row = this.#timeline.row(key);
    if (row?.from !== "me" || !isShown(row.kind)) return true;
    if (row.seq !== null && row.proof !== null) return this.#erase(key, row.seq);
    if (this.withdraw(key) || row.status === "failed") this.#timeline.withdrawn(key);
    else this.#toErase.add(key); // it may be there already: the room will tell
    return true;
  }

  /**
   * Takes something out of the line; whether it had not gone out yet.
   * @param {string} key as `say` gave it
   */
  withdraw(key) {
    const talk = this.#talk;
    const queued = this.#queued.length;
    this.#queued = this.#queued.filter((waiting) => waiting.key !== key);
    return (talk?.withdraw(talk.room, this.#roomKey(key)) ?? false) || queued > this.#queued.length;
  }

  /**
   * What goes along with the room's opening: the first that stands in a row; the same again until it is there or it
   * failed.
   */
  first() {
    const at = this.#queued.findIndex(({ content }) => isShown(content.kind));
    if (this.#first === null && at >= 0) this.#first = this.#queued.splice(at, 1)[0] ?? null;
    return this.#first?.content ?? null;
  }

  /** The first words are the room's first message. */
  firstIsThere() {
    const first = this.#first;
    this.#first = null;
    if (first) this.#timeline.delivered(first.key, 1);
  }

  /** No room was opened: its first words wait with the others. */
  firstIsBack() {
    if (this.#first && this.#toErase.delete(this.#first.key)) this.#timeline.withdrawn(this.#first.key);
    else if (this.#first) this.#queued.unshift(this.#first);
    this.#first = null;
  }

  /**
   * There is a room: what waits goes into it.
   * @param {Talk} talk
   */
  follow(talk) {
    this.#talk = talk;
    for (const waiting of this.#queued.splice(0)) this.#put(waiting);
  }

  /**
   * Somebody else may read what comes next: what was meant for the one before and is not with them does not go out.
   * What stands in a row is as if it were refused; sending it again is the person's own act.
   * @returns {Waiting[]} what was held back
   */
  holdBack() {
    const room = this.#talk?.room;
    const held = [...this.#handed].filter(([roomKey, { content: { kind } }]) =>
      (isShown(kind) || FOR_THIS_READER.includes(kind)) && room?.holdBack(roomKey));
    for (const [, { key }] of held) this.#timeline.stands(key, "failed");
    return held.map(([, waiting]) => waiting);
  }

  /**
   * The service lost everything after a seq: what is there next is not what was to be removed.
   * @param {number} seq
   */
  cut(seq) {
    for (const [roomKey, erased] of this.#erasing) {
      if (Number(this.#timeline.row(erased)?.seq) <= seq) continue;
      this.#talk?.room.holdBack(roomKey);
      this.#erasing.delete(roomKey);
    }
  }

  /** There is no room any more. */
  leave() {
    this.#talk = null;
    this.#handed.clear();
    this.#erasing.clear();
    this.#toErase.clear();
    this.firstIsBack();
  }

  /** Nothing is known any more. */
  forget() {
    this.leave();
    this.#queued = [];
  }

  /** @param {string} roomKey @returns {string} what `say` gave */
  keyOf(roomKey) {
    return this.#handed.get(roomKey)?.key ?? roomKey;
  }

  /**
   * A row is verified: only from now on can it be removed.
   * @param {number} seq
   */
  said(seq) {
    if (this.#toErase.size === 0) return;
    const row = this.#timeline.rows.value.find((each) => each.seq === seq);
    if (row && this.#toErase.delete(row.key)) this.#erase(row.key, seq);
  }

  /**
   * @param {string} roomKey
   * @param {number} seq
   * @returns {boolean} whether it is something for a peer to read
   */
  delivered(roomKey, seq) {
    const erased = this.#erasing.get(roomKey);
    if (erased === undefined) {
      this.#timeline.delivered(this.keyOf(roomKey), seq);
      return isShown(this.#handed.get(roomKey)?.content.kind ?? "");
    }
    this.#erasing.delete(roomKey);
    const row = this.#timeline.row(erased);
    if (row?.seq) this.#timeline.takenBack(row.seq);
    return false;
  }

  /**
   * @param {string} roomKey
   * @returns {Waiting | null} what was refused
   */
  undelivered(roomKey) {
    const kept = this.#erasing.get(roomKey);
    this.#erasing.delete(roomKey);
    if (kept === undefined) this.#timeline.stands(this.keyOf(roomKey), "failed");
    else this.#timeline.stands(kept, "sent");
    return this.#handed.get(roomKey) ?? null;
  }

  /** @param {Waiting} waiting */
  #put(waiting) {
    const talk = this.#talk;
    if (talk === null) this.#queued.push(waiting);
    else this.#handed.set(talk.say(talk.room, waiting.content), waiting);
  }

  /**
   * Asks for a row to be removed on both sides; whether it can be. The words stay on the screen until they are gone.
   * @param {string} key
   * @param {number} seq
   */
  #erase(key, seq) {
    const talk = this.#talk;
    if (!talk?.room.mayWrite) return false;
    if ([...this.#erasing.values()].includes(key)) return true;
    this.#erasing.set(talk.say(talk.room, { kind: "take-back", fields: { of: seq } }), key);
    this.#timeline.stands(key, "waiting");
    return true;
  }

  /** @param {string} key @returns {string} the room's key of what `say` gave a key */
  #roomKey(key) {
    return [...this.#handed].findLast(([, handed]) => handed.key === key)?.[0] ?? key;
  }
}
