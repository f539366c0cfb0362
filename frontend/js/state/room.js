// One room from one seat: what it has verified, what waits to be sent. No I/O: frames and events out.
//
// One message is on its way at a time. Only that one is bound to a number and an epoch; what waits behind it is plain
// content, so a new epoch or another tab's message costs one re-encryption and no gap.

import { equal, hex } from "../crypto/encoding.js";
import { ProtocolError } from "../crypto/errors.js";
import { isClient } from "../crypto/ids.js";
import { Receiver } from "../crypto/receiver.js";
import { EPOCHS } from "../crypto/sizes.js";
import { Outbox } from "./outbox.js";
import { Turns } from "./turns.js";

/** @typedef {import("../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../crypto/key_list.js").RoomKeys} RoomKeys */
/** @typedef {import("../crypto/receiver.js").Send} Send */
/** @typedef {import("../net/frames.js").Item} Item */
/** @typedef {import("../net/frames.js").Ack} Ack */
/** @typedef {import("./answers.js").State} State */
/** @typedef {import("./answers.js").RoomState} RoomState */
/** @typedef {import("./answers.js").Entered} Entered */
/** @typedef {import("./answers.js").SeatState} SeatState */
/** @typedef {import("./answers.js").Ask} Ask */
/** @typedef {import("./answers.js").MeetState} MeetState */
/** @typedef {import("./events.js").RoomEvent} RoomEvent */
/** @typedef {import("./outbox.js").Content} Content */
/** @typedef {import("./outbox.js").Frame} Frame */

/** @type {State[]} */
const CLIENT_SPEAKS_IN = ["waiting", "meeting", "talking"];
/** @type {State[]} */
const STAFF_SPEAK_IN = ["talking"];

/** What a lost or doubled frame may look like too: asked for again once, believed the second time. */
const LINE_FAULTS = ["gap_seq", "gap_sender", "chain_fork", "unknown_epoch", "erased_unasked"];

/** Refusals that pass: the same frame is sent again a little later. */
export const AGAIN_LATER = ["slow_down", "unavailable"];
/** Refusals of a message that hold no longer once it is encrypted anew. */
const ANOTHER_TRY = ["stale_epoch", "n_conflict", "gap_sender"];

/**
 * A room at this end. `tell` hears events; `resync` is set when the room must be entered again.
 *
 * Calls that return a promise are carried out one after another, in the order they were made.
 */
export class Room {
  /** @type {State} */
  state = "waiting";
  ke = 1;
  needsRekey = false;
  /** @type {SeatState[]} */
  seats = [];
  /** Whom a peer would bring in, as far as this seat hears of it. @type {Ask[]} */
  asks = [];
  /** @type {MeetState | null} */
  meet = null;
  /** @type {string | null} */
  store = null;
  /** The code that stopped this room: nothing more is sent in it. @type {string | null} */
  broken = null;
  /** The service went back: nothing is sent before the person says so and the epoch has changed. */
  olderCopy = false;
  resync = false;
  /** Nothing is sent while the room's keys are being changed. */
  holding = false;
  /** Whether the server follows this room for us now. */
  attached = false;
  #tell;
  #clock;
  /** @type {Receiver} */
  #receiver;
  #outbox = new Outbox();
  #turns = new Turns();
  /** Where the server says the room stands. @type {{ seq: number, head: Bytes } | null} */
  #goal = null;
  #askedAgain = false;
  #acked = 0;
  /** What was verified before another store, or an older state of the same, told of the room. @type {Receiver | null} */
  #before = null;
  /** Epochs up to this one are known to a past that the service lost. */
  #floor = 0;
  /** Whether reading stopped, too. */
  #deaf = false;
  #forgotten = false;

  /**
   * @param {{ room: Bytes, seat: Bytes, receiver: Receiver, clock: import("../platform/clock.js").Clock,
   *   tell: (event: RoomEvent) => void }} parts
   */
  constructor({ room, seat, receiver, clock, tell }) {
    this.room = room;
    this.seat = seat;
    this.key = hex(room);
    this.#receiver = receiver;
    this.#clock = clock;
    this.#tell = (/** @type {RoomEvent} */ event) => void (this.#forgotten || tell(event));
  }

  /**
   * A room before its first item is read.
   * @param {{ room: Bytes, seat: Bytes, keys: RoomKeys, clock: import("../platform/clock.js").Clock,
   *   tell: (event: RoomEvent) => void }} parts keys: room keys by epoch, as a wrap or seat seal held them
   */
  static async begin({ room, seat, keys, clock, tell }) {
    return new Room({ room, seat, receiver: await Receiver.start(room, seat, keys), clock, tell });
  }

  /** The number behind which items are asked for. */
  get after() {
    return this.#receiver.seq;
  }

  /** A copy of the room keys held, by epoch. */
  get keys() {
    return this.#receiver.keys;
  }

  /** Whether all that the server had when we entered has come and was verified. */
  get caughtUp() {
    return this.attached && this.#goal === null;
  }

  /** The number of this seat's next message. */
  get nextN() {
    return Math.max(this.#receiver.nextN, this.#acked + 1);
  }

  /** How many messages wait, the one on its way included. */
  get waiting() {
    return this.#outbox.size;
  }

  /** Whether a message is encrypted and without its ack. */
  get onTheWay() {
    return Boolean(this.#outbox.first?.frame);
  }

  /** Whether this seat has a say here: then words wait in the outbox for the line, or for keys. */
  get mayWrite() {
    const spoken = isClient(this.seat) ? CLIENT_SPEAKS_IN : STAFF_SPEAK_IN;
    return spoken.includes(this.state) && this.broken === null && !this.#forgotten;
  }

  /**
   * Puts words into the outbox.
   * @param {Content} content
   * @returns {string} their key in events, also after `retry`
   */
  say(content) {
    return this.#outbox.add(content);
  }

  /**
   * Takes words back that have not gone out; whether they had not.
   * @param {string} key
   */
  withdraw(key) {
    return this.#outbox.withdraw(key);
  }

  /**
   * Words without their ack stay here until they are said again; whether there were such.
   * @param {string} key
   */
  holdBack(key) {
    return this.#outbox.holdBack(key);
  }

  /**
   * Puts words that were refused at the end of the outbox, under the same key; whether there are such.
   * @param {string} key
   */
  retry(key) {
    return this.#outbox.retry(key);
  }

  /**
   * The message to put on the line now: the one on its way, or the next, encrypted for this epoch.
   * @returns {Promise<Frame | null>}
   */
  nextFrame() {
    return this.#turns.run(async () => {
      let first;
      do {
        first = this.#outbox.first;
        if (!first || !this.#maySpeak()) return null;
        if (first.frame === null) await this.#encrypt(first);
      } while (this.#outbox.first !== first);
      return first.frame;
    });
  }

  /**
   * The server's word on the room; keys from its seal come before, by `addKeys`.
   * @param {RoomState} news
   */
  tookState(news) {
    const changed =
      news.state !== this.state || !sameSeats(news.seats, this.seats) || !sameAsks(news.asks, this.asks);
    this.state = news.state;
    this.ke = news.ke;
    this.seats = news.seats;
    this.asks = news.asks;
    this.meet = news.meet;
    this.needsRekey = news.flags.includes("needs_rekey");
    if (changed) this.#tell({ type: "moved", room: this.key, state: this.state });
  }

  /**
   * The answer to entering: items up to (seq, head) follow, from behind `after`.
   * @param {Entered} news
   */
  entered(news) {
    return this.#turns.run(async () => {
      // While we follow, an item may overtake the answer; on a new line nothing can.
      const wentBack = !this.attached && news.head !== null && news.seq < this.#receiver.seq;
      const another = this.store !== null && news.store !== this.store;
      this.attached = true;
      // The same store sends from behind what was verified; all of it must be looked at again.
      this.resync = wentBack && !another;
      if (another || wentBack) this.#readAnew();
      this.store = news.store;
      this.tookState(news);
      if (news.head === null) return;
      this.#goal = { seq: news.seq, head: news.head };
      await this.#atGoal();
    });
  }

  /**
   * Takes the keys of a newer list; a list that contradicts what is known stops the room.
   * @param {RoomKeys} keys
   */
  addKeys(keys) {
    return this.#turns.run(() => this.#checked(() => this.#receiver.addKeys(keys), (code) => this.#stop(code)));
  }

  /**
   * A message from the server: shown only if it verifies.
   * @param {Item} item
   */
  received(item) {
    return this.#turns.run(async () => {
      if (this.#deaf) return;
      await this.#checked(
        () => (item.seq <= this.#receiver.seq ? this.#receivedAgain(item) : this.#receivedNext(item)),
        (code) => this.#fault(code),
      );
    });
  }

  /**
   * The server has it on disk.
   * @param {{ n: number, seq: number }} ack
   */
  acked({ n, seq }) {
    const first = this.#outbox.first;
    if (first?.frame?.n === n) this.#delivered(first.key, n, seq);
  }

  /**
   * The server did not take message `n`.
   * @param {string} code
   * @param {number} n
   */
  refused(code, n) {
    const first = this.#outbox.first;
    if (first?.frame?.n !== n || AGAIN_LATER.includes(code)) return;
    if (ANOTHER_TRY.includes(code) || code === "closed") {
      first.frame = null;
      this.resync = true;
    } else {
      this.#refuse(code);
    }
  }

  /**
   * Our message `n` is on disk, although it did not go through the outbox.
   * @param {number} n
   */
  counted(n) {
    this.#acked = Math.max(this.#acked, n);
  }

  /** The person agreed to go on with the older copy; the next words wait for a fresh epoch. */
  goOn() {
    this.olderCopy = false;
  }

  /**
   * The epoch after any known here.
   * @throws {ProtocolError} keys_format: the room has had all fifteen
   */
  nextEpoch() {
    const epoch = Math.max(this.ke, ...this.keys.keys()) + 1;
    if (epoch > EPOCHS) throw new ProtocolError("keys_format");
    return epoch;
  }

  /**
   * The next message of this seat, past the outbox: what opens an epoch is posted together with its keys.
   * @param {Content} content
   * @returns {Promise<Send>}
   * @throws {ProtocolError} unknown_epoch, msg_format, too_long
   */
  compose({ kind, fields = {} }) {
    return this.#turns.run(async () => {
      const message = await this.#receiver.compose(this.nextN, kind, this.#clock.minutes(), fields);
      if (this.#forgotten) throw new ProtocolError("unknown_epoch");
      return message;
    });
  }

  /** Lets go of what was encrypted and not acknowledged: it gets another number or epoch. */
  encryptAnew() {
    return this.#turns.run(() => this.#outbox.encryptAnew());
  }

  /**
   * Keys become zeros at once, and nothing is said, shown or told any more. What is being encrypted at this moment never
   * gets out: it may be under those zeros.
   */
  forget() {
    this.#forgotten = this.#deaf = true;
    for (const receiver of [this.#receiver, this.#before]) receiver?.keys.forEach((key) => void key.fill(0));
    this.#outbox = new Outbox();
  }

  #maySpeak() {
    return this.mayWrite && this.caughtUp && this.ke > this.#floor && !this.olderCopy && !this.holding;
  }

  /** @param {import("./outbox.js").Outgoing} first */
  async #encrypt(first) {
    const { kind, fields = {} } = first.content;
    try {
      const message = await this.#receiver.compose(this.nextN, kind, this.#clock.minutes(), fields);
      // The keys may be changing by now, or the message that opens the new epoch still be on its way to us.
      if (!this.#maySpeak() || message.ke !== this.ke) return;
      const erases = kind === "take-back" && isClient(this.seat) ? Number(fields.of) : null;
      this.#outbox.bind(first, { ...message, erases });
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (error.code !== "unknown_epoch" && this.#outbox.first === first) this.#refuse(error.code);
    }
  }

  /** @param {Item} item */
  async #receivedAgain(item) {
    const received = await this.#receiver.receiveAgain(item);
    if (received.erased) this.#tell({ type: "said", room: this.key, received, key: null });
  }

  /** @param {Item} item */
  async #receivedNext(item) {
    const received = await this.#receiver.readOn(item);
    this.#askedAgain = false;
    const key = this.#settle(item);
    this.#tell({ type: "said", room: this.key, received, key });
    if ("failed" in received) this.#distrust(received.failed);
    await this.#atGoal();
  }

  /**
   * Our own message came round: it is on disk, or another tab took its number.
   * @param {Item} item
   * @returns {string | null} its key, where it went out from here
   */
  #settle(item) {
    if (!equal(item.seat, this.seat)) return null;
    const key = this.#outbox.keyOf(item.com);
    if (key !== null) this.#delivered(key, item.n, item.seq);
    else if (this.#outbox.first?.frame?.n === item.n) this.#outbox.encryptAnew();
    return key;
  }

  /**
   * @param {string} key
   * @param {number} n
   * @param {number} seq
   */
  #delivered(key, n, seq) {
    if (!this.#outbox.deliver(key)) return;
    this.counted(n);
    this.#tell({ type: "delivered", room: this.key, key, seq });
  }

  /** @param {string} code */
  #refuse(code) {
    const key = this.#outbox.refuse();
    if (key !== null) this.#tell({ type: "undelivered", room: this.key, key, code });
  }

  #readAnew() {
    this.#before ??= this.#receiver;
    this.#receiver = this.#receiver.fromStart();
    this.#acked = 0;
    this.#outbox.encryptAnew();
  }

  async #atGoal() {
    const goal = this.#goal;
    if (goal === null || this.#receiver.seq < goal.seq) return;
    this.#goal = null;
    await this.#checked(
      async () => {
        await this.#receiver.atHead(goal.seq, goal.head);
        this.#askedAgain = false;
        this.#compareWithBefore();
      },
      (code) => this.#fault(code),
    );
  }

  /** Whether another database still holds all that was verified in the one before. */
  #compareWithBefore() {
    const [before, now] = [this.#before, this.#receiver];
    this.#before = null;
    if (before === null) return;
    const same = Math.min(before.seq, now.seq);
    const [ours, theirs] = [before.headAt(same), now.headAt(same)];
    if (before.seq <= now.seq && ours && theirs && equal(ours, theirs)) return;
    this.olderCopy = true;
    this.#floor = Math.max(...now.keys.keys());
    this.#tell({ type: "older-copy", room: this.key, seq: now.seq });
  }

  /**
   * @param {() => Promise<void>} act
   * @param {(code: string) => void} failed
   */
  async #checked(act, failed) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      failed(error.code);
    }
  }

  /** @param {string} code */
  #fault(code) {
    if (LINE_FAULTS.includes(code) && !this.#askedAgain) this.#askedAgain = this.resync = true;
    else this.#stop(code);
  }

  /**
   * Nothing more is read or sent here.
   * @param {string} code
   */
  #stop(code) {
    if (this.#deaf) return;
    this.#deaf = true;
    this.broken = null;
    this.#distrust(code);
  }

  /**
   * Nothing more is sent here.
   * @param {string} code
   */
  #distrust(code) {
    if (this.broken !== null) return;
    this.broken = code;
    this.#tell({ type: "trouble", room: this.key, code });
  }
}

/**
 * @param {SeatState[]} some
 * @param {SeatState[]} others
 */
function sameSeats(some, others) {
  const plain = (/** @type {SeatState[]} */ seats) =>
    seats.map(({ seat, kid, open, paused }) => `${hex(seat)} ${kid && hex(kid)} ${open} ${paused}`).join();
  return plain(some) === plain(others);
}

/**
 * @param {Ask[]} some
 * @param {Ask[]} others
 */
function sameAsks(some, others) {
  const plain = (/** @type {Ask[]} */ asks) =>
    asks.map(({ kid, by, purpose, willing }) => `${hex(kid)} ${hex(by)} ${purpose} ${willing}`).join();
  return plain(some) === plain(others);
}
