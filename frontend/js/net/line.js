// The live socket, seen from a page: it comes back by itself (docs/protocol.md, 12; frames and codes in frames.json).
//
// A Line knows connections, not rooms. What it hears goes to its listener, which says again on each new connection what
// it still wants: which rooms to enter and which message has no ack yet.

import { liveAddress } from "../platform/address.js";
import { systemClock } from "../platform/clock.js";
import { ApiError } from "./api.js";
import { parseFrame } from "./frames.js";

/** @typedef {import("./frames.js").Bytes} Bytes */
/** @typedef {Record<string, unknown> & { type: string }} ControlFrame parsed JSON; nothing but `type` is checked */
/** @typedef {import("./frames.js").Item | import("./frames.js").Ack} MessageFrame */
/** @typedef {{ token: string, expires: number }} Pass what staff show; expires in unix seconds */
/**
 * Who lives at this end of the line; calls come in the order of what happened and are not waited for.
 *
 * joined: the line is up; store (base64url, 16 bytes) names the database's life, time is the server's, in unix seconds.
 * heard: a control frame. received: a message, or the word that one of ours is on disk. lost: the line is down, or could
 * not be made; it will be tried again. slow: the server has been silent for long after something was said, or has
 * answered after that. signedOut: no pass is given any more; the line has stopped.
 * @typedef {{ joined(welcome: { store: string, time: number }): void, heard(frame: ControlFrame): void,
 *   received(frame: MessageFrame): void, lost(): void, slow(slow: boolean): void, signedOut(): void }} Listener
 */
/**
 * What a Line uses of a WebSocket.
 * @typedef {{ binaryType: string, send(data: string | Bytes): void, close(): void, onopen: (() => void) | null,
 *   onmessage: ((event: { data: unknown }) => void) | null, onclose: ((event: { code: number }) => void) | null }} Socket
 */

const VERSION = 1;
const SECOND = 1000;
/** Time for a connection, and then for its `welcome`. */
const HELLO_LIMIT = 10 * SECOND;
/** Between two tries, at most. */
const LONGEST_WAIT = 30 * SECOND;
const PING_EVERY = 20 * SECOND;
const PONG_LIMIT = 10 * SECOND;
const SLOW_AFTER = 5 * SECOND;
/** Seconds before its end at which a pass is renewed. */
const RENEW_AHEAD = 120;
/** Closed for what this page did: malformed, slow_reader, slow_down. Back at once, it would only happen again. */
const OUR_FAULT = [4400, 4409, 4429];

/**
 * Milliseconds before try number `attempt` (from 0) is repeated: 1, 2, 4 … 30 seconds, shortened by up to half.
 * @param {number} attempt
 * @param {number} chance 0 to 1: without it, everybody would come back to a restarted server in the same second
 */
export const backoff = (attempt, chance) =>
  Math.min(LONGEST_WAIT, SECOND * 2 ** Math.min(attempt, 10)) * (1 - chance / 2);

/**
 * Seconds to wait before a pass that ends in `left` seconds is renewed.
 * @param {number} left
 */
export const renewAfter = (left) => Math.max(left - RENEW_AHEAD, left / 2, 1);

/** One live socket to the server that served the page. */
export class Line {
  #listener;
  #freshPass;
  #clock;
  #open;
  #chance;
  #running = false;
  #attempt = 0;
  /** The connection there is, or is being made. @type {Connection | null} */
  #connection = null;
  #cancelTry = () => {};

  /**
   * @param {{ listener: Listener, freshPass?: () => Promise<Pass>, clock?: import("../platform/clock.js").Clock,
   *   open?: () => Socket, chance?: () => number }} parts freshPass: for staff, gives the pass to show; it throws
   *   ApiError("unknown") once there will be none any more
   */
  constructor({ listener, freshPass, clock = systemClock, open = openSocket, chance = Math.random }) {
    this.#listener = listener;
    this.#freshPass = freshPass ?? null;
    this.#clock = clock;
    this.#open = open;
    this.#chance = chance;
  }

  /** Whether frames can be said now. */
  get up() {
    return this.#connection?.welcomed ?? false;
  }

  /** Connects, and stays connected until `stop`. */
  start() {
    if (this.#running) return;
    this.#running = true;
    this.#attempt = 0;
    void this.#try();
  }

  /** Ends the connection for good; the listener hears nothing more. What was said before still goes out. */
  stop() {
    this.#running = false;
    this.#cancelTry();
    this.#connection?.end();
    this.#connection = null;
  }

  /**
   * Sends a frame. Without a line it goes nowhere: `joined` says it again.
   * @param {object | Bytes} frame a control frame as plain JSON (bytes in it as base64url), or a packed message
   */
  say(frame) {
    if (this.up) this.#connection?.say(frame);
  }

  async #try() {
    const connection = new Connection(this.#clock, this.#listener, (fault) => this.#lost(connection, fault));
    this.#connection = connection;
    try {
      const pass = this.#freshPass && (await this.#freshPass());
      if (this.#connection === connection) connection.begin(this.#open(), pass, this.#freshPass);
    } catch (error) {
      if (this.#connection !== connection) return;
      if (error instanceof ApiError && error.code === "unknown") {
        this.stop();
        this.#listener.signedOut();
      } else {
        this.#lost(connection, true);
      }
    }
  }

  /**
   * @param {Connection} connection
   * @param {boolean} fault whether it should not be tried again soon
   */
  #lost(connection, fault) {
    if (this.#connection !== connection) return;
    this.#connection = null;
    if (connection.welcomed && !fault) this.#attempt = 0;
    const wait = backoff(this.#attempt, this.#chance());
    this.#attempt += 1;
    this.#cancelTry = this.#clock.after(wait, () => void this.#try());
    this.#listener.lost();
  }
}

/** One connection, from the first byte to the last. */
class Connection {
  welcomed = false;
  #clock;
  #listener;
  #lost;
  /** @type {Socket | null} */
  #socket = null;
  /** @type {Pass | null} */
  #pass = null;
  /** @type {(() => Promise<Pass>) | null} */
  #freshPass = null;
  /** What cancels each timer that runs, by its purpose. @type {Map<string, () => void>} */
  #timers = new Map();
  #slow = false;

  /**
   * @param {import("../platform/clock.js").Clock} clock
   * @param {Listener} listener
   * @param {(fault: boolean) => void} lost
   */
  constructor(clock, listener, lost) {
    this.#clock = clock;
    this.#listener = listener;
    this.#lost = lost;
  }

  /**
   * @param {Socket} socket
   * @param {Pass | null} pass
   * @param {(() => Promise<Pass>) | null} freshPass
   */
  begin(socket, pass, freshPass) {
    this.#socket = socket;
    this.#pass = pass;
    this.#freshPass = freshPass;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#heard(data);
    socket.onclose = ({ code }) => this.#drop(OUR_FAULT.includes(code));
    this.#set("hello", HELLO_LIMIT, () => this.#drop(false));
  }

  /** @param {object | Bytes} frame */
  say(frame) {
    this.#socket?.send(frame instanceof Uint8Array ? frame : JSON.stringify(frame));
    if (!this.#timers.has("slow") && isAnswered(frame)) this.#set("slow", SLOW_AFTER, () => this.#isSlow(true));
  }

  /** Lets go of the socket and of every timer. */
  end() {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    // A dead network may close it minutes later: nobody listens then.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** @param {boolean} fault */
  #drop(fault) {
    this.end();
    this.#isSlow(false);
    this.#lost(fault);
  }

  #opened() {
    this.#set("hello", HELLO_LIMIT, () => this.#drop(false));
    const hello = { type: "hello", v: VERSION };
    this.#socket?.send(JSON.stringify(this.#pass ? { ...hello, pass: this.#pass.token } : hello));
  }

  /** @param {unknown} data */
  #heard(data) {
    this.#clear("pong"); // a long page of items may stand before it; the line is alive
    this.#clear("slow");
    this.#isSlow(false);
    if (!this.welcomed) this.#welcome(data);
    else if (data instanceof ArrayBuffer) this.#message(new Uint8Array(data));
    else this.#control(data);
  }

  /** @param {unknown} data */
  #welcome(data) {
    const frame = parseControl(data);
    if (frame?.type === "bye") return; // why, the code that follows says
    const { store, time } = frame ?? { store: null, time: null };
    if (frame?.type !== "welcome" || !isStore(store) || !isTime(time)) {
      this.#drop(true);
      return;
    }
    this.welcomed = true;
    this.#clear("hello");
    this.#ping();
    if (this.#pass) this.#renewLater(this.#pass, time);
    this.#listener.joined({ store, time });
  }

  /** @param {Bytes} bytes */
  #message(bytes) {
    const frame = parseFrame(bytes);
    if (frame) this.#listener.received(frame);
    else this.#drop(true);
  }

  /** @param {unknown} data */
  #control(data) {
    const frame = parseControl(data);
    if (frame === null) this.#drop(true);
    else if (frame.type !== "pong") this.#listener.heard(frame);
  }

  #ping() {
    this.#set("ping", PING_EVERY, () => {
      this.say({ type: "ping" });
      this.#set("pong", PONG_LIMIT, () => this.#drop(false));
      this.#ping();
    });
  }

  /**
   * @param {Pass} pass
   * @param {number} time by the server's clock
   */
  #renewLater(pass, time) {
    const wait = renewAfter(pass.expires - time);
    this.#set("renew", wait * SECOND, () => void this.#renew(time + Math.ceil(wait)));
  }

  /** @param {number} time */
  async #renew(time) {
    try {
      const pass = await this.#freshPass?.();
      if (!pass || this.#socket === null) return;
      this.say({ type: "renew", pass: pass.token });
      this.#renewLater(pass, time);
    } catch {
      // The server closes the socket when the pass ends; the next connection says why there is no other.
    }
  }

  /** @param {boolean} slow */
  #isSlow(slow) {
    if (slow === this.#slow) return;
    this.#slow = slow;
    this.#listener.slow(slow);
  }

  /**
   * @param {string} purpose
   * @param {number} ms
   * @param {() => void} act
   */
  #set(purpose, ms, act) {
    this.#clear(purpose);
    const cancel = this.#clock.after(ms, () => {
      this.#timers.delete(purpose);
      act();
    });
    this.#timers.set(purpose, cancel);
  }

  /** @param {string} purpose */
  #clear(purpose) {
    this.#timers.get(purpose)?.();
    this.#timers.delete(purpose);
  }
}

/** @returns {Socket} */
const openSocket = () => /** @type {Socket} */ (new WebSocket(liveAddress()));

/**
 * Whether the server says something to this frame: an ack, `entered`, `pong`, or an error.
 * @param {object | Bytes} frame
 */
const isAnswered = (frame) =>
  frame instanceof Uint8Array || ("type" in frame && (frame.type === "enter" || frame.type === "ping"));

/** @param {unknown} store @returns {store is string} */
const isStore = (store) => typeof store === "string" && /^[A-Za-z0-9_-]{21}[AQgw]$/.test(store);

/** @param {unknown} time @returns {time is number} */
const isTime = (time) => Number.isSafeInteger(time) && Number(time) >= 0;

/**
 * A control frame; null for anything else.
 * @param {unknown} data
 * @returns {ControlFrame | null}
 */
function parseControl(data) {
  if (typeof data !== "string") return null;
  try {
    const frame = JSON.parse(data);
    return typeof frame === "object" && frame !== null && typeof frame.type === "string" ? frame : null;
  } catch {
    return null;
  }
}
