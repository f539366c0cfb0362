// What a client and a peer have in common: a line, the rooms on it, and what happens there.

import { b64u, hex } from "../crypto/encoding.js";
import { ApiError } from "../net/api.js";
import { Line } from "../net/line.js";
import { readEntered, readError, readOfRoom, readPresence, readRoomState } from "./answers.js";
import { packFrame } from "./outbox.js";
import { AGAIN_LATER, Room } from "./room.js";
import { Turns } from "./turns.js";

/** @typedef {import("../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../net/line.js").ControlFrame} ControlFrame */
/** @typedef {import("../net/line.js").MessageFrame} MessageFrame */
/** @typedef {import("../platform/clock.js").Clock} Clock */
/** @typedef {import("./answers.js").RoomState} RoomState */
/** @typedef {import("./answers.js").Entered} Entered */
/** @typedef {import("./events.js").Event} Event */
/** @typedef {import("./outbox.js").Content} Content */
/** @typedef {import("./outbox.js").Frame} Frame */
/** @typedef {import("./trust.js").Trust} Trust */

/** Milliseconds after which a message that came too fast, or while a disk was full, is sent again. */
const AGAIN = 2000;
/** Milliseconds between two looks at whether all is on the server's disk. */
const LOOK = 100;

/**
 * One person at one service; client and peer each make the rest of it. Rooms stand in `rooms` by their id in hex.
 *
 * What concerns one room is carried out in turn; what came over a line that is gone is dropped, since a new one brings
 * it again.
 */
export class Participant {
  /** @type {Map<string, Room>} */
  rooms = new Map();
  /** Counts connections and their ends: what is on its way in here stems from one of them. */
  #connection = 0;
  #up = false;
  #left = false;
  #tell;
  /** By room. @type {Map<string, Turns>} */
  #turns = new Map();
  /** What was last said in each room that was entered on this line. @type {Map<string, Frame | null>} */
  #onLine = new Map();

  /**
   * @param {{ api: import("../net/api.js").Api, trust: Trust, clock: Clock, tell: (event: Event) => void,
   *   line?: (listener: import("../net/line.js").Listener) => Pick<Line, "start" | "stop" | "say" | "up"> }} parts
   *   tell hears what happens, in order; line makes the line of a listener
   */
  constructor({ api, trust, clock, tell, line = (listener) => new Line({ listener, clock }) }) {
    this.api = api;
    this.trust = trust;
    this.clock = clock;
    this.#tell = tell;
    this.line = line(this);
  }

  /** Goes online, and stays so until `leave`. */
  start() {
    this.line.start();
  }

  /** Stops following all rooms, so that others see "left" and not "lost", and forgets their keys. All at once: nothing is told any more. */
  leave() {
    for (const room of this.rooms.values()) {
      this.line.say({ type: "leave", room: b64u(room.room) });
      room.forget();
    }
    this.line.stop();
    this.#left = true;
    this.#connection += 1;
    this.rooms.clear();
    this.#turns.clear();
    this.#onLine.clear();
  }

  /**
   * Puts words into a room's outbox, and on the line as soon as there is one.
   * @param {Room} room
   * @param {Content} content
   * @returns {string} their key in events
   */
  say(room, content) {
    const key = room.say(content);
    this.pushSoon(room);
    return key;
  }

  /**
   * Takes words back that have not gone out; whether they had not.
   * @param {Room} room
   * @param {string} key
   */
  withdraw(room, key) {
    const withdrawn = room.withdraw(key);
    this.pushSoon(room);
    return withdrawn;
  }

  /**
   * Sends words again that were refused; whether there are such.
   * @param {Room} room
   * @param {string} key
   */
  retry(room, key) {
    const found = room.retry(key);
    this.pushSoon(room);
    return found;
  }

  /**
   * Waits until every word of a room is on the server's disk, at most so long; whether it is.
   * @param {Room} room
   * @param {number} ms
   */
  async flush(room, ms) {
    for (let waited = 0; waited < ms && room.waiting > 0; waited += LOOK) await this.clock.sleep(LOOK);
    return room.waiting === 0;
  }

  // What the line hears

  /** @param {{ store: string, time: number }} _welcome */
  joined(_welcome) {
    this.#connection += 1;
    this.#up = true;
    this.#onLine.clear();
    this.tell({ type: "online", up: true });
    for (const room of this.rooms.values()) {
      room.attached = false; // it may have been read without a line
      this.#fromLine(room.key, () => this.enter(room));
    }
  }

  lost() {
    this.#connection += 1;
    for (const room of this.rooms.values()) void this.inTurn(room.key, () => void (room.attached = false));
    if (this.#up) {
      this.#up = false;
      this.tell({ type: "online", up: false });
    }
  }

  /** @param {boolean} slow */
  slow(slow) {
    this.tell({ type: "slow", slow });
  }

  signedOut() {
    this.tell({ type: "signed-out" });
  }

  /** @param {MessageFrame} frame */
  received(frame) {
    const room = this.rooms.get(hex(frame.room));
    if (!room) return;
    this.#fromLine(room.key, () => (frame.type === "ack" ? room.acked(frame) : room.received(frame)));
  }

  /**
   * A control frame; one of another form is as good as none: what matters is asked for again.
   * @param {ControlFrame} frame
   */
  heard(frame) {
    try {
      this.#read(frame);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  // What a client and a peer do differently

  /**
   * What `enter` carries beside the room, as plain JSON.
   * @abstract
   * @param {Room} _room
   * @returns {object}
   */
  proofOfSeat(_room) {
    return {};
  }

  /**
   * Takes the keys from the seal in `news`, before the room takes the rest.
   * @abstract
   * @param {Room} _room
   * @param {RoomState} _news
   * @returns {Promise<void>}
   */
  async took(_room, _news) {}

  /**
   * Acts on where the room stands now. What it waits for keeps this room waiting.
   * @abstract
   * @param {Room} _room
   * @returns {Promise<void>}
   */
  async settled(_room) {}

  /**
   * News of a room that is not followed yet.
   * @abstract
   * @param {RoomState | Entered} _news
   * @returns {Promise<void>}
   */
  async unknownRoom(_news) {}

  /**
   * The server does not know this room of ours, or not any more.
   * @abstract
   * @param {string} _key the room's id in hex
   */
  gone(_key) {}

  /**
   * A control frame that only one side hears. ApiError("not_beside") of a reader may pass through: then it is dropped.
   * @abstract
   * @param {ControlFrame} _frame
   */
  heardOther(_frame) {}

  // Common parts, for those who make the rest

  /** @param {Event} event */
  tell(event) {
    if (!this.#left) this.#tell(event);
  }

  /**
   * A room on this line, before its first item is read; whoever follows it puts it into `rooms`.
   * @param {Bytes} room
   * @param {Bytes} seat
   * @param {import("../crypto/key_list.js").RoomKeys} keys
   */
  begin(room, seat, keys) {
    return Room.begin({ room, seat, keys, clock: this.clock, tell: (event) => this.tell(event) });
  }

  /**
   * Carries something out when all that came for a room before is done. It must not wait for another turn of the room.
   * @template T
   * @param {string} key the room's id in hex
   * @param {() => T | Promise<T>} act
   * @returns {Promise<T>}
   */
  inTurn(key, act) {
    const turns = this.#turns.get(key) ?? new Turns();
    this.#turns.set(key, turns);
    return turns.run(act);
  }

  /**
   * Asks the server to follow a room from behind what is verified.
   * @param {Room} room
   */
  enter(room) {
    room.resync = false;
    if (!this.#onLine.has(room.key)) this.#onLine.set(room.key, null);
    const store = room.store === null ? {} : { store: room.store };
    this.line.say({ type: "enter", room: b64u(room.room), after: room.after, ...store, ...this.proofOfSeat(room) });
  }

  /**
   * Sends what may be sent now; enters again where something was missed. For use in the room's turn.
   * @param {Room} room
   */
  async push(room) {
    if (!this.line.up || !this.#onLine.has(room.key)) return;
    if (room.resync) {
      this.enter(room);
      return;
    }
    const connection = this.#connection;
    const frame = await room.nextFrame();
    if (frame === null || connection !== this.#connection || this.#onLine.get(room.key) === frame) return;
    this.#onLine.set(room.key, frame);
    this.line.say(packFrame(frame));
  }

  /**
   * Sends what may be sent, as soon as it is the room's turn.
   * @param {Room} room
   */
  pushSoon(room) {
    void this.inTurn(room.key, () => this.push(room));
  }

  /** @param {ControlFrame} frame */
  #read(frame) {
    switch (frame.type) {
      case "entered":
        return this.#heardEntered(readEntered(frame));
      case "room":
        return this.#heardRoom(readRoomState(frame));
      case "more":
        return this.#heardMore(hex(readOfRoom(frame)));
      case "error":
        return this.#heardError(readError(frame));
      case "presence":
        return this.#heardPresence(readPresence(frame));
      case "signal":
        return this.#heardWriting(hex(readOfRoom(frame)));
      default:
        return this.heardOther(frame);
    }
  }

  /** @param {Entered} news */
  #heardEntered(news) {
    this.#news(news, (room) => room.entered(news));
  }

  /** @param {RoomState} news */
  #heardRoom(news) {
    this.#news(news, (room) => room.tookState(news));
  }

  /**
   * @param {RoomState} news
   * @param {(room: Room) => void | Promise<void>} take
   */
  #news(news, take) {
    const key = hex(news.room);
    this.#fromLine(key, async () => {
      const room = this.rooms.get(key);
      if (!room) return this.unknownRoom(news);
      await this.took(room, news);
      await take(room);
      await this.settled(room);
    });
  }

  /** @param {string} key */
  #heardMore(key) {
    this.#fromLine(key, () => {
      const room = this.rooms.get(key);
      if (room) this.enter(room);
    });
  }

  /** @param {import("./answers.js").ErrorFrame} news */
  #heardError({ code, room: id, n }) {
    if (id === null) return;
    const key = hex(id);
    this.#fromLine(key, () => {
      if (n === null) {
        if (code === "unknown") this.gone(key);
        return;
      }
      this.rooms.get(key)?.refused(code, n);
      if (AGAIN_LATER.includes(code)) this.clock.after(AGAIN, () => this.#pushAgain(key));
    });
  }

  /** @param {import("./answers.js").PresenceFrame} news */
  #heardPresence({ room, seat, state }) {
    const key = hex(room);
    if (this.rooms.has(key)) this.tell({ type: "presence", room: key, seat: hex(seat), state });
  }

  /** @param {string} key */
  #heardWriting(key) {
    if (this.rooms.has(key)) this.tell({ type: "writing", room: key });
  }

  /** @param {string} key */
  #pushAgain(key) {
    const room = this.rooms.get(key);
    if (!room) return;
    if (this.#onLine.has(key)) this.#onLine.set(key, null);
    this.pushSoon(room);
  }

  /**
   * Carries something out in a room's turn, and sends what may be sent after that. What came over a line that is gone
   * by then is dropped, and nothing is sent on a new line before it has entered the room.
   * @param {string} key
   * @param {() => void | Promise<void>} act
   */
  #fromLine(key, act) {
    const connection = this.#connection;
    void this.inTurn(key, async () => {
      if (connection !== this.#connection) return;
      await act();
      const room = this.rooms.get(key);
      if (room && connection === this.#connection) await this.push(room);
    });
  }
}
