// What the tests of frontend/js/state share: one room at one seat, and the list a server keeps of what was said in it.

import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { Room } from "../js/state/room.js";
import { MARA, ROOM, Room as Kept, keys } from "./cast.js";
import { ManualClock } from "./manual_clock.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/receiver.js").Item} Item */
/** @typedef {import("../js/state/answers.js").Entered} Entered */
/** @typedef {import("../js/state/events.js").Event} Event */
/** @typedef {import("../js/state/outbox.js").Frame} Frame */

export const STORE = "S".repeat(21) + "A";
export const OTHER_STORE = "T".repeat(21) + "A";

/** @param {Item} item @returns {import("../js/net/frames.js").Item} as it comes off the line */
export const onWire = (item) => ({ type: "item", ...item });

/** @param {import("./cast.js").RoomKeys} held @returns {import("./cast.js").RoomKeys} bytes of their own */
export const copied = (held) => new Map([...held].map(([epoch, key]) => [epoch, key.slice()]));

export class Table {
  /** @type {Event[]} */
  events = [];
  kept;
  room;

  /** @param {Kept} kept @param {Room} room */
  constructor(kept, room) {
    this.kept = kept;
    this.room = room;
  }

  /** @param {Bytes} [seat] @param {import("./cast.js").RoomKeys} [held] */
  static async lay(seat = CLIENT_SEAT, held = keys(1)) {
    /** @type {Table} */
    const table = new Table(
      await Kept.open(),
      await Room.begin({ room: ROOM, seat, keys: copied(held), clock: new ManualClock(), tell: (event) => void table.events.push(event) }),
    );
    return table;
  }

  /** @param {Partial<Entered>} [change] @returns {Entered} */
  standing(change = {}) {
    const stood = { room: ROOM, state: /** @type {const} */ ("talking"), ke: this.kept.ke, seal: null, purpose: null };
    const rest = { flags: [], seats: [], asks: [], meet: null, seq: this.kept.items.length, head: this.kept.head, store: STORE };
    return { ...stood, ...rest, ...change };
  }

  /**
   * The room is entered, and all it asks for comes.
   * @param {Partial<Entered>} [change]
   */
  async enter(change = {}) {
    await this.room.entered(this.standing(change));
    for (const item of this.kept.items.slice(this.room.after)) await this.room.received(onWire(item));
  }

  /** @param {Item} item */
  async hears(item) {
    await this.room.received(onWire(item));
  }

  /** @param {string} x */
  async maraSays(x) {
    return this.kept.say(MARA, "text", { x });
  }

  /** @param {string} x @returns {string} the key */
  say(x) {
    return this.room.say({ kind: "text", fields: { x } });
  }

  /** The message to go out now, which there has to be. @returns {Promise<Frame>} */
  async out() {
    const frame = await this.room.nextFrame();
    if (frame === null) throw new Error("nothing goes out");
    return frame;
  }

  /**
   * The server commits a message of this seat.
   * @param {Frame} frame
   */
  async commit({ erases, ...message }) {
    const item = await this.kept.commit({ ...message, seat: this.room.seat });
    if (erases !== null) this.kept.erase(erases);
    return item;
  }

  /**
   * Everything told of one kind.
   * @template {Event["type"]} T
   * @param {T} type
   */
  told(type) {
    return this.events.filter((event) => event.type === type).map((event) => /** @type {Extract<Event, { type: T }>} */ (event));
  }

  /** The words that were shown, in order. */
  get shown() {
    return this.told("said").map(({ received }) => ("body" in received ? received.body?.fields.x : `? ${received.failed}`));
  }
}
