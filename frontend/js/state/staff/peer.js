// A peer on the line: sees who waits, meets, sits in several rooms (docs/protocol.md, 6 to 8).

import { b64u, hex } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { seatId } from "../../crypto/ids.js";
import { openRoom, sealRoom } from "../../crypto/seals.js";
import { ApiError } from "../../net/api.js";
import { Line } from "../../net/line.js";
import { readAsked, readAvailability, readClaimed, readDesk, readOffer, readQueue, readStateNow, readWhom } from "../answers.js";
import { Participant } from "../participant.js";
import { codeOf } from "./codes.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/seals.js").RoomSeal} RoomSeal */
/** @typedef {import("../../net/line.js").Listener} Listener */
/** @typedef {import("../answers.js").RoomState} RoomState */
/** @typedef {import("../answers.js").Entered} Entered */
/** @typedef {import("../answers.js").Waiting} Waiting */
/** @typedef {import("../events.js").Event} Event */
/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("./session.js").StaffSession} StaffSession */

/** One signed-in peer. */
export class Peer extends Participant {
  /** Who waits, as the service lists them: tags only. @type {Waiting[]} */
  queue = [];
  /** Whom the service offers to this peer. @type {import("../answers.js").Offer | null} */
  offer = null;
  /** Milliseconds that the service's clock is ahead of this device's, as the last connection told. */
  ahead = 0;
  /** Rooms claimed, by their id in hex, whose client has not answered yet or whose keys are on their way. @type {Map<string, Bytes>} */
  claims = new Map();
  #session;
  /** Rooms, by their id in hex, into which this peer said they would come. @type {Set<string>} */
  #coming = new Set();
  /** Rooms, by their id in hex, whose ask waits for a word of this peer here. @type {Set<string>} */
  #asked = new Set();
  /** Those of the same whose yes was said in another window, which says hello then. @type {Set<string>} */
  #elsewhere = new Set();
  /** Rooms found on the desk and not read to their end yet, by their id in hex: the directory that their seal names. @type {Map<string, Bytes>} */
  #found = new Map();
  /** Rooms whose team seal is being opened. @type {Set<string>} */
  #opening = new Set();
  #gone = false;

  /**
   * @param {StaffSession} session
   * @param {{ clock: import("../../platform/clock.js").Clock, tell: (event: Event) => void,
   *   line?: (listener: Listener) => Pick<Line, "start" | "stop" | "say" | "up"> }} parts
   */
  constructor(session, { clock, tell, line }) {
    const made = line ?? ((listener) => new Line({ listener, clock, freshPass: () => session.freshPass() }));
    const { trust } = session;
    super({ api: /** @type {import("../../net/api.js").Api} */ (session.api), trust, clock, tell, line: made });
    this.#session = session;
  }

  // What a peer does

  /**
   * Asks to meet somebody who waits.
   * @param {Bytes} room
   * @throws {ApiError} unknown: not there now; slow_down: enough rooms
   */
  async claim(room) {
    const key = hex(room);
    this.claims.set(key, room);
    try {
      readClaimed(await this.#session.post("queue/claim", { room: b64u(room) }));
    } catch (error) {
      this.claims.delete(key);
      throw error;
    }
    this.#enterClaimed(room);
  }

  /**
   * Gives a meeting up, or leaves a talk: it rests until its client comes back. Over HTTP, so that it needs no line.
   * @param {Bytes} room
   * @throws {ApiError} unknown: this peer is not there any more
   */
  async release(room) {
    const key = hex(room);
    readStateNow(await this.#session.post("queue/release", { room: b64u(room) }));
    this.claims.delete(key);
    this.rooms.delete(key);
    this.line.say({ type: "leave", room: b64u(room) });
  }

  /**
   * Somebody offered is for another peer: no reason is asked, and nothing is counted.
   * @param {Bytes} room
   * @throws {ApiError} unknown: they are not offered to this peer any more
   */
  async pass(room) {
    await this.#session.post("queue/pass", { room: b64u(room) });
  }

  /**
   * Colleagues who could come into a talk now, by their key ids.
   * @param {Bytes} room
   * @throws {ApiError} unknown, closed
   */
  async whom(room) {
    return readWhom(await this.#session.post("seats/whom", { room: b64u(room) }));
  }

  /**
   * Asks a colleague in. Only the client opens the seat.
   * @param {Bytes} room
   * @param {Bytes} kid
   * @param {import("../answers.js").AskPurpose} purpose
   * @throws {ApiError} closed: they cannot come now; slow_down: enough are asked
   */
  async askIn(room, kid, purpose) {
    await this.#session.post("seats/ask", { room: b64u(room), kid: b64u(kid), purpose });
  }

  /**
   * Asks somebody in no more.
   * @param {Bytes} room
   * @param {Bytes} kid
   * @throws {ApiError}
   */
  async withdrawAsk(room, kid) {
    await this.#session.post("seats/withdraw", { room: b64u(room), kid: b64u(kid) });
  }

  /**
   * What this peer says to a colleague who would bring them in.
   * @param {Bytes} room
   * @param {boolean} come
   * @throws {ApiError} unknown: they are not asked any more; closed: not on, or no place; paused
   */
  async answerAsk(room, come) {
    this.#asked.delete(hex(room));
    await this.#session.post("seats/come", { room: b64u(room), come });
    if (come) this.#coming.add(hex(room));
    else this.#coming.delete(hex(room));
  }

  /**
   * This peer has been writing one reply for long.
   * @param {Room} room
   * @returns {boolean} whether it went out
   */
  sayWriting(room) {
    if (!this.line.up || !room.attached) return false;
    this.line.say({ type: "signal", room: b64u(room.room), kind: "writing" });
    return true;
  }

  /** @override */
  leave() {
    this.#gone = true;
    super.leave();
    this.claims.clear();
    this.#coming.clear();
    this.#asked.clear();
    this.#elsewhere.clear();
    this.#found.clear();
    this.queue = [];
    this.offer = null;
  }

  // What only a peer hears

  /**
   * @override
   * @param {{ store: string, time: number }} welcome
   */
  joined(welcome) {
    this.ahead = welcome.time * 1000 - this.clock.now();
    super.joined(welcome);
    for (const room of this.claims.values()) this.#enterClaimed(room);
  }

  /**
   * @override
   * @param {Room} room
   * @param {RoomState} news
   */
  async took(room, news) {
    if (news.purpose !== "seat-peer" || news.seal === null || room.keys.has(news.ke)) return;
    const seal = await this.#openOwn(news, true);
    if (seal) await room.addKeys(seal.keys);
  }

  /**
   * @override
   * @param {Room} room
   */
  async settled(room) {
    const seated = room.seats.some(({ seat, open }) => open && hex(seat) === hex(room.seat));
    if (!seated && room.attached) this.gone(room.key);
  }

  /**
   * A room without keys here: claimed and not answered, just accepted, or found on the desk.
   * @override
   * @param {RoomState | Entered} news
   */
  async unknownRoom(news) {
    const key = hex(news.room);
    if (news.purpose === "team-peer" && news.seal !== null) {
      if (this.#opening.has(key)) return;
      this.#opening.add(key);
      void this.#narrow(news);
    } else if (news.purpose === "seat-peer" && news.seal !== null) {
      const isNew = this.#coming.has(key);
      const seal = await this.#openOwn(news, isNew);
      const room = seal && (await this.#sitDown(news.room, seal));
      if (isNew && room && !this.#elsewhere.delete(key)) this.#greet(room);
      else if (!isNew && room) this.#found.set(key, seal.dirHash);
      if (room) this.#coming.delete(key);
    } else if (news.state !== "meeting" && this.claims.has(key)) {
      this.gone(key);
    }
  }

  /**
   * Nothing goes out before a room was read to its end: only then it shows whether this seat ever spoke in it.
   * @override
   * @param {Room} room
   */
  async push(room) {
    if (room.caughtUp && this.#found.has(room.key)) await this.#comesIn(room);
    await super.push(room);
  }

  /**
   * @override
   * @param {string} key
   */
  gone(key) {
    this.#found.delete(key);
    const sat = this.rooms.delete(key);
    if (this.claims.delete(key) || sat) this.tell({ type: "seat-gone", room: key });
  }

  /**
   * @override
   * @param {import("../../net/line.js").ControlFrame} frame
   */
  heardOther(frame) {
    if (frame.type === "queue") {
      this.queue = readQueue(frame);
      this.tell({ type: "queue" });
    } else if (frame.type === "offer") {
      this.offer = readOffer(frame);
      this.tell({ type: "offer" });
    } else if (frame.type === "asked") {
      this.#heardAsked(readAsked(frame));
    } else if (frame.type === "availability") {
      this.tell({ type: "availability", now: readAvailability(frame) });
    } else if (frame.type === "desk") {
      for (const { room, state } of readDesk(frame).filter((each) => !this.rooms.has(hex(each.room)))) {
        if (state === "meeting") this.claims.set(hex(room), room);
        this.#enterClaimed(room);
      }
      this.tell({ type: "queue" });
    }
  }

  /** @param {import("../answers.js").Asked} asked */
  #heardAsked(asked) {
    const key = hex(asked.room);
    if (asked.ask && !asked.ask.willing) {
      this.#asked.add(key);
      this.#elsewhere.delete(key);
    } else if (this.#asked.delete(key) && asked.ask) this.#elsewhere.add(key);
    if (asked.ask?.willing) this.#coming.add(key);
    // Who said yes may have been let in just now: only the room tells.
    else if (asked.ask === null && this.#coming.has(key)) this.#enterClaimed(asked.room);
    this.tell({ type: "asked", asked });
  }

  // Keys

  /**
   * Opens the team's seal, and puts one for this peer alone in its place.
   * @param {RoomState} news
   */
  async #narrow(news) {
    const key = hex(news.room);
    try {
      const seal = await this.#openTeam(news);
      // That client was given another directory: say nothing, and let a coordinator know.
      if (!(await this.trust.knows(seal.dirHash))) throw new ProtocolError("dir_signature");
      const { pub } = this.#session.key;
      const mine = await sealRoom(pub, "seat-peer", news.room, news.ke, { dirHash: this.trust.hash, keys: seal.keys });
      await this.#session.post("rooms/seal", { room: b64u(news.room), ke: news.ke, sealed: b64u(mine) });
      const room = await this.#sitDown(news.room, seal);
      if (room) this.#greet(room);
    } catch (error) {
      this.tell({ type: "trouble", room: key, code: codeOf(error) });
    } finally {
      this.#opening.delete(key);
    }
  }

  /**
   * The team's seal; where no team key held opens it, those made since sign-in are fetched.
   * @param {RoomState} news
   * @returns {Promise<RoomSeal>}
   */
  async #openTeam(news) {
    for (const look of [async () => {}, () => this.#session.refresh()]) {
      await look();
      for (const key of this.#session.teamKeysOf("peer")) {
        try {
          return await openRoom(key, "team-peer", news.room, news.ke, /** @type {Bytes} */ (news.seal));
        } catch (error) {
          if (codeOf(error) !== "aead") throw error;
        }
      }
    }
    throw new ProtocolError("aead");
  }

  /**
   * One's own seal.
   * @param {RoomState} news
   * @param {boolean} judged whether its directory is: the client made it just now. One found on the desk may be one's own
   *   of the day the talk began, under a directory that nobody lists any more; it was judged when it came.
   * @returns {Promise<RoomSeal | null>}
   */
  async #openOwn(news, judged) {
    try {
      const seal = await openRoom(this.#session.key, "seat-peer", news.room, news.ke, /** @type {Bytes} */ (news.seal));
      if (judged && !(await this.trust.knows(seal.dirHash))) throw new ProtocolError("dir_signature");
      return seal;
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof ApiError)) throw error;
      this.tell({ type: "trouble", room: hex(news.room), code: error.code });
      return null;
    }
  }

  /**
   * A room found on the desk, of which all is read. Where this seat never spoke the client made it while this page was
   * away, so it is judged as any that comes.
   * @param {Room} room
   */
  async #comesIn(room) {
    if (room.nextN === 1 && room.mayWrite) {
      room.holding = true;
      try {
        if (!(await this.trust.knows(/** @type {Bytes} */ (this.#found.get(room.key))))) throw new ProtocolError("dir_signature");
      } catch (error) {
        if (!(error instanceof ProtocolError || error instanceof ApiError)) throw error;
        this.tell({ type: "trouble", room: room.key, code: error.code });
        if (error instanceof ApiError) return; // judged with the next word of the room
        room.forget();
        this.tell({ type: "moved", room: room.key, state: room.state });
      }
      room.holding = false;
      if (room.mayWrite) this.#greet(room);
    }
    this.#found.delete(room.key);
  }

  /** @param {Room} room */
  #greet(room) {
    this.say(room, { kind: "hello", fields: { alias: this.#session.alias } });
  }

  /**
   * @param {Bytes} id
   * @param {RoomSeal} seal
   * @returns {Promise<Room | null>} null where the peer left meanwhile
   */
  async #sitDown(id, { keys }) {
    const key = hex(id);
    const room = await this.begin(id, await seatId(id, this.#session.kid), keys);
    if (this.#gone) return null;
    const there = this.rooms.get(key);
    if (there) return there;
    this.claims.delete(key);
    this.rooms.set(key, room);
    this.tell({ type: "joined", room: key });
    this.enter(room);
    return room;
  }

  /** @param {Bytes} room */
  #enterClaimed(room) {
    this.line.say({ type: "enter", room: b64u(room), after: 0 });
  }
}
