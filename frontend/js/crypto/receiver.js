// One room as a page may believe it: every item is checked before it is shown (docs/protocol.md, 8 to 10).

import { isObeyed, parseBody, writeBody } from "./body.js";
import { equal, hex, sized, unb64u } from "./encoding.js";
import { decrypt, encrypt } from "./envelope.js";
import { ProtocolError } from "./errors.js";
import { CLIENT_SEAT, isClient } from "./ids.js";
import { rekeyHash } from "./key_list.js";
import { COM, HASH, ID } from "./sizes.js";
import { chainNext, chainStart } from "./transcript.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {import("./key_list.js").RoomKeys} RoomKeys */
/** @typedef {import("./body.js").Body} Body */
/** @typedef {import("./body.js").Fields} Fields */
/** @typedef {{ room: Bytes, ke: number, n: number, com: Bytes, ct: Bytes }} Send what a send or erase frame carries */
/** @typedef {Send & { seq: number, seat: Bytes }} Item an item frame; ct is empty where the words were erased */
/**
 * A verified item. hidden: earlier words, not shared with this seat. erased: the words are gone. Where it is neither,
 * body is what was said, opened the exact bytes and the key that proves them, and obeyed tells whether to act on it.
 * @typedef {{ seq: number, seat: Bytes, ke: number, n: number, erased: boolean, hidden: boolean,
 *   body: Body | null, opened: { kf: Bytes, body: Bytes } | null, obeyed: boolean }} Received
 */
/**
 * An item whose place in the room is verified, but whose content does not open: something is missing there. failed says
 * why: aead, bad_commitment, msg_format or msg_padding.
 * @typedef {{ seq: number, seat: Bytes, ke: number, n: number, failed: string }} Unread
 */
/** @typedef {{ seat: string, ke: number, kind: string | null, erased: boolean, hidden: boolean }} Row */

/** Kinds nobody takes back: later items hang on the first, an empty row is judged by the second. */
const LASTING = ["rekey", "take-back"];

/** What is wrong inside an item: its header, and with it the room's chain, are not touched by that. */
const CONTENT_FAULTS = ["aead", "bad_commitment", "msg_format", "msg_padding"];

const CLIENT = hex(CLIENT_SEAT);

/**
 * Verifies the items of one room in order and composes messages that continue it.
 *
 * A refused item changes nothing: after fetching anew the same item may be given again. Calls may overlap; they are
 * carried out one after another.
 */
export class Receiver {
  #room;
  #seat;
  /** @type {RoomKeys} */
  #keys;
  /** Epochs this seat has ever held a key of. @type {Set<number>} */
  #held;
  /** Epochs whose key came while the room was followed, but no `rekey` message yet. @type {Set<number>} */
  #unvouched = new Set();
  /** The epoch the chain has reached. */
  #ke = 1;
  /** Hashes that `rekey` messages promised. @type {Map<number, Bytes>} */
  #promised = new Map();
  /** C_0 to C_seq. @type {Bytes[]} */
  #heads;
  /** By seq − 1. @type {Row[]} */
  #rows = [];
  /** The last n of each seat. @type {Map<string, number>} */
  #counters = new Map();
  /** Seqs of rows their own seat took back. @type {Set<number>} */
  #takenBack = new Set();
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();

  /**
   * @param {Bytes} room
   * @param {Bytes} seat this page's own
   * @param {Bytes} start C_0
   * @param {RoomKeys} keys
   * @param {Iterable<number>} heldBefore
   */
  constructor(room, seat, start, keys, heldBefore) {
    this.#room = sized(room, ID);
    this.#seat = sized(seat, ID);
    this.#heads = [start];
    this.#keys = new Map(keys);
    this.#held = new Set([...keys.keys(), ...heldBefore]);
  }

  /**
   * A receiver at the beginning of a room.
   * @param {Bytes} room
   * @param {Bytes} seat
   * @param {RoomKeys} keys out of this seat's wrap or seal
   * @param {Iterable<number>} [heldBefore] epochs this seat held keys of in an earlier life of the page
   */
  static async start(room, seat, keys, heldBefore = []) {
    return new Receiver(room, seat, await chainStart(room), keys, heldBefore);
  }

  /** The last verified seq; 0 before the first. */
  get seq() {
    return this.#rows.length;
  }

  /** A copy of the keys this seat holds. */
  get keys() {
    return new Map(this.#keys);
  }

  /**
   * The epoch to write under: the one the chain has reached, or, where that is not shared with this seat, the next it
   * holds. Null while it holds none. A key that no `rekey` message vouches for is never chosen.
   * @returns {number | null}
   */
  get epoch() {
    return [...this.#keys.keys()].find((epoch) => this.#mayBeNext(epoch)) ?? null;
  }

  /**
   * C_seq, or null where the receiver has not come so far. For telling a rolled-back service by its heads.
   * @param {number} seq
   */
  headAt(seq) {
    return this.#heads[seq] ?? null;
  }

  /** The n of this seat's next message, as far as the chain tells. */
  get nextN() {
    return (this.#counters.get(hex(this.#seat)) ?? 0) + 1;
  }

  /**
   * Takes the keys of a newer wrap or seal while the room is being followed. A key of a later epoch is used once its
   * `rekey` message has come. Someone who was away for an epoch and is seated anew starts a new receiver.
   * @param {RoomKeys} keys
   * @throws {ProtocolError} key_fork: a key contradicts one that is held, or the promise of a `rekey` message
   */
  addKeys(keys) {
    return this.#inTurn(async () => {
      for (const [epoch, key] of keys) {
        const known = this.#keys.get(epoch);
        if (known && !equal(known, key)) throw new ProtocolError("key_fork");
        await this.#keepsPromise(epoch, key, this.#promised.get(epoch));
      }
      for (const [epoch, key] of keys) {
        if (epoch > this.#ke && !this.#keys.has(epoch)) this.#unvouched.add(epoch);
        this.#keys.set(epoch, key);
        this.#held.add(epoch);
      }
    });
  }

  /**
   * Verifies the next item, or the notice that an earlier one was erased.
   * @param {Item} item
   * @returns {Promise<Received>}
   * @throws {ProtocolError} unknown (another room), malformed, gap_seq, gap_sender, key_fork, unknown_epoch, aead,
   *   msg_format, msg_padding, bad_commitment, chain_fork
   */
  receive(item) {
    return this.#inTurn(async () => {
      if (!equal(item.room, this.#room)) throw new ProtocolError("unknown");
      return item.ct.length === 0 && item.seq >= 1 && item.seq <= this.seq ? this.#again(item) : this.#take(item);
    });
  }

  /**
   * Verifies the next item as `receive` does, but reads on behind one that does not open: its number, count, epoch and
   * commitment are in the chain, and it says nothing here. A rekey that was in it is not followed, so the epoch it
   * announced is refused.
   * @param {Item} item
   * @returns {Promise<Received | Unread>}
   * @throws {ProtocolError} unknown (another room), malformed, gap_seq, gap_sender, key_fork, unknown_epoch, chain_fork
   */
  readOn(item) {
    return this.#inTurn(async () => {
      if (!equal(item.room, this.#room)) throw new ProtocolError("unknown");
      try {
        return await this.#take(item);
      } catch (error) {
        if (!(error instanceof ProtocolError) || !CONTENT_FAULTS.includes(error.code)) throw error;
        return this.#stepOver(item, error.code);
      }
    });
  }

  /**
   * An item with a number already verified: a repeat, or the row sent again because it was emptied. Its words are not
   * opened a second time.
   * @param {Item} item
   * @returns {Promise<Received>}
   * @throws {ProtocolError} unknown (another room), malformed, gap_seq (not verified yet), chain_fork (not the item
   *   verified under that number)
   */
  receiveAgain(item) {
    return this.#inTurn(async () => {
      if (!equal(item.room, this.#room)) throw new ProtocolError("unknown");
      return this.#again(item);
    });
  }

  /**
   * The same seat before the first item, to read the room anew where another store tells of it. Keys, and what is
   * known of them, stay.
   */
  fromStart() {
    const anew = new Receiver(this.#room, this.#seat, /** @type {Bytes} */ (this.#heads[0]), this.#keys, this.#held);
    anew.#promised = new Map(this.#promised);
    anew.#unvouched = new Set(this.#unvouched);
    return anew;
  }

  /**
   * To be called whenever everything up to the service's head has been received: only then is it known whether an
   * empty row was asked for.
   * @param {number} seq
   * @param {Bytes} head
   * @throws {ProtocolError} gap_seq: there is more; chain_fork: another transcript; erased_unasked
   */
  atHead(seq, head) {
    return this.#inTurn(async () => {
      if (seq > this.seq) throw new ProtocolError("gap_seq");
      const ours = this.headAt(seq);
      if (ours === null || !equal(ours, head)) throw new ProtocolError("chain_fork");
      const unasked = this.#rows.some((row, i) => row.erased && !this.#isExplained(row, i + 1));
      if (unasked) throw new ProtocolError("erased_unasked");
    });
  }

  /**
   * Encrypts a message of this seat under the present epoch, naming what has been verified so far.
   * @param {number} n nextN, or more where earlier ones are still on their way
   * @param {string} kind
   * @param {number} t minutes since 1970
   * @param {Fields} [fields]
   * @returns {Promise<Send>}
   * @throws {ProtocolError} unknown_epoch: this seat holds no key of the present epoch; msg_format: not a kind this
   *   seat may say; too_long
   */
  compose(n, kind, t, fields = {}) {
    return this.#inTurn(async () => {
      const ke = this.epoch;
      const key = ke === null ? undefined : this.#keys.get(ke);
      if (ke === null || key === undefined) throw new ProtocolError("unknown_epoch");
      const body = { kind, t, seen: { seq: this.seq, head: this.#head }, fields };
      const message = { room: this.#room, ke, seat: this.#seat, n };
      if (!this.#isObeyed(body, message)) throw new ProtocolError("msg_format");
      return { room: this.#room, ke, n, ...(await encrypt(key, message, writeBody(body))) };
    });
  }

  get #head() {
    return /** @type {Bytes} */ (this.#heads[this.seq]);
  }

  /**
   * @template T
   * @param {() => Promise<T>} act
   * @returns {Promise<T>}
   */
  #inTurn(act) {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** @param {Item} item @returns {Promise<Received>} */
  async #take(item) {
    const { seq, seat, ke, n, com } = item;
    const { key, next } = await this.#placed(item);
    const erased = item.ct.length === 0;
    const opened = key && !erased ? await decrypt(key, item, com, item.ct) : null;
    const body = opened && parseBody(opened.body);
    if (body) this.#isSeen(body);
    const obeyed = body !== null && this.#isObeyed(body, item);
    const announced = body && obeyed && body.kind === "rekey" ? await this.#announced(body) : null;

    // Everything has been checked; from here on nothing may fail.
    this.#append(item, next, { kind: body && body.kind, erased, hidden: !key });
    if (announced) {
      this.#promised.set(announced.ke, announced.hash);
      this.#unvouched.delete(announced.ke);
      this.#ke = announced.ke;
    }
    if (obeyed && body.kind === "take-back") this.#takenBack.add(Number(body.fields.of));
    return { seq, seat, ke, n, erased, hidden: !key, body, opened, obeyed };
  }

  /**
   * Keeps the place of the next item, whose content says nothing here.
   * @param {Item} item
   * @param {string} failed
   * @returns {Promise<Unread>}
   */
  async #stepOver(item, failed) {
    const { next } = await this.#placed(item);
    this.#append(item, next, { kind: null, erased: false, hidden: false });
    const { seq, seat, ke, n } = item;
    return { seq, seat, ke, n, failed };
  }

  /**
   * Whether an item is the next one, from all but its content: the key to open it with, and the head behind it.
   * @param {Item} item
   */
  async #placed({ seq, seat, ke, n, com }) {
    if (seq !== this.seq + 1) throw new ProtocolError("gap_seq");
    if (n !== (this.#counters.get(hex(seat)) ?? 0) + 1) throw new ProtocolError("gap_sender");
    const key = this.#keyFor(ke);
    return { key, next: await chainNext(this.#head, seq, { room: this.#room, ke, seat, n }, sized(com, COM)) };
  }

  /**
   * @param {Item} item
   * @param {Bytes} next
   * @param {{ kind: string | null, erased: boolean, hidden: boolean }} what
   */
  #append({ seat, ke, n }, next, what) {
    this.#heads.push(next);
    this.#rows.push({ seat: hex(seat), ke, ...what });
    this.#counters.set(hex(seat), n);
    this.#ke = ke;
  }

  /**
   * The key to open an item with; null where it stems from before this seat and is checked without opening.
   * @param {number} ke
   */
  #keyFor(ke) {
    if (ke < this.#ke) throw new ProtocolError("key_fork");
    const key = this.#keys.get(ke);
    if (!key && (isClient(this.#seat) || this.#held.has(ke) || ke > Math.max(0, ...this.#keys.keys()))) {
      throw new ProtocolError("unknown_epoch");
    }
    if (!this.#mayBeNext(ke)) throw new ProtocolError("key_fork");
    return key ?? null;
  }

  /**
   * Whether the next item may be of an epoch: the one the chain has reached; or a later one, if the last item can have
   * been its `rekey` message and this seat could read neither that nor any epoch between.
   * @param {number} ke
   */
  #mayBeNext(ke) {
    if (ke === this.#ke) return true;
    const last = this.#rows.at(-1);
    const mayAnnounce = last !== undefined && !last.erased && last.seat === CLIENT && last.ke === this.#ke;
    const readable = [...this.#held].some((epoch) => epoch >= this.#ke && epoch < ke);
    return mayAnnounce && ke > this.#ke && !readable && !this.#unvouched.has(ke);
  }

  /**
   * What the sender had verified must be what we have.
   * @param {Body} body
   */
  #isSeen({ seen }) {
    const head = this.headAt(seen.seq);
    if (head === null || !equal(head, seen.head)) throw new ProtocolError("chain_fork");
  }

  /**
   * @param {Body} body
   * @param {import("./transcript.js").Header} message
   */
  #isObeyed(body, { seat, ke }) {
    if (!isObeyed(body, isClient(seat))) return false;
    if (body.kind === "rekey" && Number(body.fields.e) <= ke) throw new ProtocolError("key_fork");
    if (body.kind !== "take-back") return true;
    const row = this.#rows[Number(body.fields.of) - 1];
    return row !== undefined && row.seat === hex(seat) && !LASTING.includes(String(row.kind));
  }

  /**
   * The epoch a `rekey` message begins and the hash of its key, which a key already held must match, and a promise
   * heard when the room was read before.
   * @param {Body} body
   */
  async #announced({ fields }) {
    const announced = { ke: Number(fields.e), hash: unb64u(fields.next, HASH) };
    const key = this.#keys.get(announced.ke);
    const promised = this.#promised.get(announced.ke);
    if (promised && !equal(promised, announced.hash)) throw new ProtocolError("key_fork");
    if (key) await this.#keepsPromise(announced.ke, key, announced.hash);
    return announced;
  }

  /**
   * @param {number} ke
   * @param {Bytes} key
   * @param {Bytes | undefined} hash
   */
  async #keepsPromise(ke, key, hash) {
    if (hash && !equal(hash, await rekeyHash(this.#room, ke, key))) throw new ProtocolError("key_fork");
  }

  /**
   * A known row again, perhaps emptied since.
   * @param {Item} item
   * @returns {Promise<Received>}
   */
  async #again(item) {
    const { seq, seat, ke, n, com } = item;
    const [before, after] = [this.headAt(seq - 1), this.headAt(seq)];
    const row = this.#rows[seq - 1];
    if (!before || !after || !row) throw new ProtocolError("gap_seq");
    if (!equal(await chainNext(before, seq, item, sized(com, COM)), after)) throw new ProtocolError("chain_fork");
    row.erased ||= item.ct.length === 0;
    return { seq, seat, ke, n, erased: row.erased, hidden: row.hidden, body: null, opened: null, obeyed: false };
  }

  /**
   * Whether an empty row was asked for by the client whose words it held. Where this seat was not shown all the client
   * said later, the asking may be among that.
   * @param {Row} row
   * @param {number} seq
   */
  #isExplained(row, seq) {
    if (row.seat !== CLIENT) return false;
    return this.#takenBack.has(seq) || this.#rows.slice(seq).some((later) => later.hidden && later.seat === CLIENT);
  }
}
