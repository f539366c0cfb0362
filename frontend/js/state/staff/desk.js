// The peer's desk: who waits, and the talks one sits in.

import { computed, signal } from "../../../vendor/preact.js";
import { hex } from "../../crypto/encoding.js";
import { ownFlags } from "../flagging.js";
import { NetState } from "../net_state.js";
import { Reports } from "../reports.js";
import { codeOf } from "./codes.js";
import { Peer } from "./peer.js";
import { PeerRoom } from "./peer_room.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../net/line.js").Listener} Listener */
/** @typedef {import("../../net/line.js").Line} Line */
/** @typedef {import("../events.js").Event} Event */
/** @typedef {import("./account.js").Account} Account */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/**
 * Somebody who waits. key: the room's id in hex; back: asked for this peer; note: words are ready; minutes: waited so far.
 * @typedef {{ key: string, language: string, urgent: boolean, topics: string[], lived: string[], back: boolean,
 *   note: boolean, here: boolean, minutes: number }} Waiting
 */

/** Milliseconds between two questions after one's own flags. */
const REPORTS = 60_000;

export { PeerRoom };

/** Begins when a peer signs in and ends with the session: then nothing of any talk stays. Acts never throw. */
export class Desk {
  /** Who waits, in the order they are to be met. @type {Signal<Waiting[]>} */
  waiting = signal([]);
  /** @type {Signal<PeerRoom[]>} */
  rooms = signal([]);
  /** The key of the room in view. @type {Signal<string | null>} */
  current = signal(null);
  /** @type {Signal<string | null>} */
  problem = signal(null);
  /** Whether this peer holds as many rooms as they may. */
  full = computed(() => this.#limit.value > 0 && this.rooms.value.filter(({ isHeld }) => isHeld).length >= this.#limit.value);
  /** What became of this peer's flags. */
  reports;
  /** Whether this peer is shown who waits. */
  on;
  net;
  #account;
  #reports;
  #cancelAsking = () => {};
  /** Rooms at once, as the last pass says; 0 before the first. */
  #limit = signal(0);
  #net;
  #line;
  /** @type {Peer | null} */
  #peer = null;
  /** @type {StaffSession | null} */
  #session = null;

  /**
   * Tests give their own line.
   * @param {Account} account
   * @param {{ line?: (listener: Listener) => Pick<Line, "start" | "stop" | "say" | "up"> }} [parts]
   */
  constructor(account, { line } = {}) {
    this.#account = account;
    this.#line = line;
    this.#net = new NetState(account.clock);
    this.net = this.#net.value;
    this.#reports = new Reports(account.clock);
    this.reports = this.#reports.value;
    this.on = account.on;
    account.isWriting = () => this.rooms.value.some(({ isHeld, draft }) => isHeld && draft.value.trim() !== "");
    account.session.subscribe((session) => {
      this.#end();
      if (session?.role === "peer") this.#begin(session);
    });
  }

  /**
   * Asks to meet somebody who waits.
   * @param {string} key
   */
  async claim(key) {
    const peer = this.#peer;
    const ticket = peer?.queue.find(({ room }) => hex(room) === key);
    this.problem.value = ticket ? null : "unknown";
    if (!peer || !ticket || this.#room(key)) return;
    const room = this.#add(ticket.room);
    if (ticket.here) room.client.value = "here";
    this.choose(key);
    try {
      await peer.claim(ticket.room);
    } catch (error) {
      this.#remove(room);
      this.problem.value = codeOf(error);
    }
  }

  /**
   * Takes a hello back before it was answered.
   * @param {string} key
   */
  async cancelClaim(key) {
    const room = this.#room(key);
    if (room?.stage.value === "claimed") await room.release();
  }

  /** @param {string} key of the room to be in view */
  choose(key) {
    this.current.value = key;
    this.#room(key)?.looked();
  }

  /** @param {boolean} on */
  setOn(on) {
    this.#account.setOn(on);
    this.#peer?.setOn(on);
    if (!on) this.waiting.value = [];
  }

  /** The outcomes on the screen were read. */
  readOutcomes() {
    this.#reports.read();
  }

  /** @param {StaffSession} session */
  #begin(session) {
    const { clock } = this.#account;
    const line = this.#line ? { line: this.#line } : {};
    const tell = (/** @type {Event} */ event) => this.#heard(event);
    this.#session = session;
    this.#peer = new Peer(session, { clock, tell, on: this.on.value, ...line });
    this.#net.online(false);
    this.#peer.start();
  }

  #end() {
    const peer = this.#peer;
    if (peer === null) return;
    // A page that locked is not one that left: its talks are kept, and the other side hears that the line was lost.
    if (this.#account.stage.value === "locked") peer.line.stop();
    peer.leave();
    this.#peer = this.#session = null;
    this.#net.stop();
    this.#cancelAsking();
    this.#reports.forget();
    this.rooms.value = [];
    this.waiting.value = [];
    this.current.value = null;
    this.problem.value = null;
    this.#limit.value = 0;
  }

  /** @param {Event} event */
  #heard(event) {
    switch (event.type) {
      case "online":
        this.#net.online(event.up);
        this.#limit.value = this.#session?.limit ?? 0;
        if (event.up) void this.#askReports();
        if (!event.up) for (const room of this.rooms.value) room.offline();
        break;
      case "slow":
        this.#net.slow(event.slow);
        break;
      case "queue":
        this.#heardQueue();
        break;
      case "joined":
        this.#heardJoined(event.room);
        break;
      case "seat-gone":
        this.#heardGone(event.room);
        break;
      default:
        if ("room" in event) this.#room(event.room)?.heard(event);
    }
    this.#net.unsent(this.rooms.value.reduce((sum, room) => sum + room.waiting, 0));
  }

  /** Nothing tells a peer of a room they are not in any more, so while a flag is open it is asked for. */
  async #askReports() {
    const session = this.#session;
    if (session === null) return;
    this.#cancelAsking();
    await this.#reports.ask(async () => ownFlags(session.api, null, { bearer: await session.bearer() }));
    if (this.#session !== session || !this.#reports.isOpen) return;
    this.#cancelAsking = this.#account.clock.after(REPORTS, () => void this.#askReports());
  }

  #heardQueue() {
    const peer = /** @type {Peer} */ (this.#peer);
    this.waiting.value = this.on.value ? peer.queue.map(({ room, ...ticket }) => ({ key: hex(room), ...ticket })) : [];
    for (const room of peer.claims.values()) if (!this.#room(hex(room))) this.#add(room);
  }

  /** @param {string} key */
  #heardJoined(key) {
    const room = this.#peer?.rooms.get(key);
    if (!room) return;
    const shown = this.#room(key);
    // One that was left and is sat in again begins anew: its words come from the start.
    if (shown && !shown.isHeld) this.#remove(shown);
    (this.#room(key) ?? this.#add(room.room)).joined(room);
    if (this.current.value === null) this.choose(key);
  }

  /** @param {string} key */
  #heardGone(key) {
    const room = this.#room(key);
    if (!room) return;
    const unanswered = room.stage.value === "claimed" && room.trouble.value === null;
    room.lostSeat();
    if (!unanswered) return;
    this.#remove(room);
    this.problem.value = "unknown";
  }

  /** @param {string} key */
  #room(key) {
    return this.rooms.value.find((room) => room.key === key) ?? null;
  }

  /** @param {Bytes} id */
  #add(id) {
    const labels = this.rooms.value.map(({ label }) => label);
    const label = Array.from({ length: labels.length + 1 }, (_, i) => i + 1).find((each) => !labels.includes(each)) ?? 1;
    const room = new PeerRoom(id, label, {
      peer: /** @type {Peer} */ (this.#peer),
      session: /** @type {StaffSession} */ (this.#session),
      turnOff: () => this.setOn(false),
      inView: ({ key }) => key === this.current.value,
      flagged: () => void this.#askReports(),
      closed: (closed) => this.#remove(closed),
    });
    this.rooms.value = [...this.rooms.value, room].sort((a, b) => a.label - b.label);
    return room;
  }

  /** @param {PeerRoom} room */
  #remove(room) {
    this.rooms.value = this.rooms.value.filter((each) => each !== room);
    if (this.current.value === room.key) this.current.value = null;
  }
}
