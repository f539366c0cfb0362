// The peer's desk: who waits, and the talks one sits in.

import { batch, computed, signal } from "../../../vendor/preact.js";
import { fromHex, hex, unb64u } from "../../crypto/encoding.js";
import { seatId } from "../../crypto/ids.js";
import { giveMore, ownFlags } from "../flagging.js";
import { NetState } from "../net_state.js";
import { Reports } from "../reports.js";
import { StaffStorage } from "../../platform/staff_storage.js";
import { Aftercare } from "./aftercare.js";
import { Availability } from "./availability.js";
import { codeOf } from "./codes.js";
import { Notes } from "./notes.js";
import { OwnPause } from "./own_pause.js";
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
/** @typedef {Waiting & { fits: import("../answers.js").Fits }} Offer somebody for whom this peer was found; nothing is reserved by it */

/**
 * A colleague would bring this peer into a talk. key: the room's id in hex; by: their alias; willing: this peer said yes,
 * and the client decides.
 * @typedef {{ key: string, by: string, purpose: import("../answers.js").AskPurpose, willing: boolean }} AskedIn
 */

/** Milliseconds between two questions after one's own flags. */
const REPORTS = 60_000;

export { PeerRoom };

/** Begins when a peer signs in and ends with the session: then nothing of any talk stays. Acts never throw. */
export class Desk {
  /** Who waits, in the order they are to be met. @type {Signal<Waiting[]>} */
  waiting = signal([]);
  /** @type {Signal<Offer | null>} */
  offer = signal(null);
  /** How many offers went on to another peer before this one answered. */
  movedOn = signal(0);
  /** @type {Signal<AskedIn[]>} */
  asked = signal([]);
  pause = new OwnPause();
  /** @type {Signal<PeerRoom[]>} */
  rooms = signal([]);
  /** The key of the room in view. @type {Signal<string | null>} */
  current = signal(null);
  /** @type {Signal<string | null>} */
  problem = signal(null);
  /** Whether this peer holds as many rooms as they may. */
  full = computed(() => this.availability.most.value > 0 && this.held.value >= this.availability.limit.value);
  /** How many talks this peer is in, or asked to be in. */
  held = computed(() => this.rooms.value.filter(({ isHeld }) => isHeld).length);
  /** What became of this peer's flags. */
  reports;
  /** Whom this peer wants to meet. */
  availability;
  /** Whether this peer is shown who waits. */
  on = computed(() => this.availability.state.value === "on");
  aftercare;
  net;
  #account;
  #reports;
  #cancelAsking = () => {};
  /** Talks of colleagues into which this peer said they would come. @type {Set<string>} */
  #yes = new Set();
  #net;
  #line;
  /** @type {Peer | null} */
  #peer = null;
  /** @type {StaffSession | null} */
  #session = null;
  /** @type {Notes | null} */
  #notes = null;

  /**
   * Tests give their own line and storage.
   * @param {Account} account
   * @param {{ line?: (listener: Listener) => Pick<Line, "start" | "stop" | "say" | "up">,
   *   storage?: import("./aftercare.js").Storage }} [parts]
   */
  constructor(account, { line, storage = new StaffStorage() } = {}) {
    this.#account = account;
    this.availability = new Availability(account);
    this.aftercare = new Aftercare({ storage, clock: account.clock });
    this.#line = line;
    this.#net = new NetState(account.clock);
    this.net = this.#net.value;
    this.#reports = new Reports(account.clock);
    this.reports = this.#reports.value;
    account.isWriting = () => this.rooms.value.some(({ isHeld, draft }) => isHeld && draft.value.trim() !== "");
    account.session.subscribe((session) => {
      this.#end();
      if (session?.role === "peer") this.#begin(session);
    });
  }

  /**
   * Asks to meet somebody who waits, offered or picked from the list.
   * @param {string} key
   */
  async claim(key) {
    const peer = this.#peer;
    const ticket = [peer?.offer, ...(peer?.queue ?? [])].find((each) => each && hex(each.room) === key);
    this.problem.value = ticket ? null : "unknown";
    if (!peer || !ticket || this.#room(key)) return;
    this.aftercare.done();
    if (this.offer.value?.key === key) this.offer.value = null;
    const room = this.#add(ticket.room);
    room.language = ticket.language;
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

  /**
   * Whoever is offered is for another peer.
   * @param {string} key
   */
  async pass(key) {
    const peer = this.#peer;
    const offered = peer?.offer;
    if (!peer || !offered || hex(offered.room) !== key) return;
    this.offer.value = null;
    try {
      await peer.pass(offered.room);
    } catch (error) {
      const code = codeOf(error);
      if (code === "unknown") return;
      this.problem.value = code;
      this.#heardOffer(); // it stands as it stood
    }
  }

  /**
   * Says to a colleague whether this peer would come into their talk.
   * @param {string} key
   * @param {boolean} come
   */
  async answerAsk(key, come) {
    const peer = this.#peer;
    if (!peer || !this.asked.value.some((each) => each.key === key)) return;
    this.problem.value = null;
    try {
      await peer.answerAsk(fromHex(key), come);
      if (come) this.#yes.add(key);
      this.asked.value = this.asked.value.flatMap((each) => (each.key !== key ? [each] : come ? [{ ...each, willing: true }] : []));
    } catch (error) {
      const code = codeOf(error);
      if (code === "unknown") this.asked.value = this.asked.value.filter((each) => each.key !== key);
      if (code !== "unknown" || come) this.problem.value = code === "unknown" ? "asked-over" : code === "closed" ? "asked-full" : code;
    }
  }

  /**
   * Asks somebody to look anew at this peer's own pause.
   * @param {{ to: string, text: string }} word
   * @returns {Promise<boolean>}
   */
  async appeal(word) {
    return this.#session !== null && this.pause.appeal(this.#session, word);
  }

  /** @param {string} key of the room to be in view */
  choose(key) {
    this.aftercare.done();
    this.current.value = key;
    this.#room(key)?.looked();
  }

  /** @param {import("../../platform/staff_storage.js").Wanted["state"]} state */
  setAvailability(state) {
    this.availability.choose(state);
    if (state !== "on") this.#listEmpty();
  }

  /** Off, and what the shift was like is forgotten. */
  endShift() {
    this.aftercare.shiftOver();
    this.setAvailability("off");
  }

  /** The outcomes on the screen were read. */
  readOutcomes() {
    this.#reports.read();
  }

  /** The talk that a flag of this peer's is about, where it is on the desk still. @param {import("../flagging.js").Report} report */
  roomOf({ room }) {
    return room === null ? null : this.#room(hex(unb64u(room)));
  }

  /**
   * Answers a moderator who asked for more words of a talk: with picked ones, or with a no, which needs no reason.
   * @param {import("../flagging.js").Report} report
   * @param {{ keys: string[], note: string } | null} picked null: rather not
   * @returns {Promise<{ ok: boolean, code?: string }>}
   */
  async answerModerator(report, picked) {
    const [peer, session] = [this.#peer, this.#session];
    if (!peer || !session || report.room === null) return { ok: false, code: "unknown" };
    const room = unb64u(report.room);
    const rows = this.roomOf(report)?.flaggable.value ?? [];
    const proofs = rows.flatMap(({ key, proof }) => (proof && picked?.keys.includes(key) ? [proof] : []));
    try {
      const reporter = { room, seat: await seatId(room, session.kid), shown: { bearer: await session.bearer() } };
      await giveMore(peer, reporter, unb64u(report.flag), picked && { proofs, note: picked.note });
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
    void this.#askReports();
    return { ok: true };
  }

  /** @param {StaffSession} session */
  #begin(session) {
    const { clock } = this.#account;
    const line = this.#line ? { line: this.#line } : {};
    const tell = (/** @type {Event} */ event) => this.#heard(event);
    this.#session = session;
    this.#peer = new Peer(session, { clock, tell, ...line });
    this.#net.online(false);
    void this.aftercare.begin(session);
    this.#notes = new Notes(session);
    this.#peer.start();
  }

  #end() {
    const peer = this.#peer;
    if (peer === null) return;
    for (const { notes } of this.rooms.value) void notes.keep();
    // A page that locked is not one that left: its talks are kept, and the other side hears that the line was lost.
    const isLocked = this.#account.stage.value === "locked";
    if (isLocked) peer.line.stop();
    peer.leave();
    this.availability.end();
    if (!isLocked) this.aftercare.shiftOver();
    this.aftercare.end();
    this.#peer = this.#session = this.#notes = null;
    this.#net.stop();
    this.#cancelAsking();
    this.#reports.forget();
    this.pause.over();
    this.asked.value = [];
    this.#yes.clear();
    this.rooms.value = [];
    this.#listEmpty();
    this.current.value = null;
    this.problem.value = null;
  }

  #listEmpty() {
    this.waiting.value = [];
    this.offer.value = null;
  }

  /** @param {Event} event */
  #heard(event) {
    switch (event.type) {
      case "online":
        this.#net.online(event.up);
        if (event.up) this.#heardOnline();
        if (!event.up) for (const room of this.rooms.value) room.offline();
        break;
      case "slow":
        this.#net.slow(event.slow);
        break;
      case "queue":
        this.#heardQueue();
        break;
      case "offer":
        this.#heardOffer();
        break;
      case "availability":
        this.availability.heard(event.now);
        this.#heardPaused(event.now.paused);
        if (!this.on.value) this.#listEmpty();
        break;
      case "asked":
        void this.#heardAsked(event.asked);
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

  #heardOnline() {
    const peer = /** @type {Peer} */ (this.#peer);
    this.offer.value = peer.offer = null; // a new line tells anew who is offered, and who asks
    this.asked.value = [];
    const say = (/** @type {{ type: string }} */ frame) => peer.line.say(frame);
    this.availability.joined({ most: this.#session?.limit ?? 0, ahead: peer.ahead, say });
    void this.#askReports();
  }

  #heardOffer() {
    const offer = this.on.value ? this.#peer?.offer : null;
    const before = this.offer.value;
    const now = offer ? asRow(offer) : null;
    const next = now && this.#room(now.key)?.isHeld ? null : now;
    batch(() => {
      if (before && before.key !== next?.key) this.movedOn.value += 1;
      this.offer.value = next;
    });
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

  /** @param {boolean} paused */
  #heardPaused(paused) {
    if (!paused) this.pause.over();
    else if (this.#session) void this.pause.look(this.#session);
  }

  /** @param {import("../answers.js").Asked} asked */
  async #heardAsked({ room, ask }) {
    const [key, session] = [hex(room), this.#session];
    const others = () => this.asked.value.filter((each) => each.key !== key);
    if (ask === null || session === null) return void (this.asked.value = others());
    const by = (await session.trust.member(ask.by).catch(() => null))?.profile.alias ?? "";
    if (session === this.#session) this.asked.value = [...others(), { key, by, purpose: ask.purpose, willing: ask.willing }];
  }

  #heardQueue() {
    const peer = /** @type {Peer} */ (this.#peer);
    this.waiting.value = this.on.value ? peer.queue.map(asRow) : [];
    for (const room of peer.claims.values()) if (!this.#room(hex(room))) this.#add(room);
  }

  /** @param {string} key */
  #heardJoined(key) {
    const room = this.#peer?.rooms.get(key);
    if (!room) return;
    this.asked.value = this.asked.value.filter((each) => each.key !== key);
    const shown = this.#room(key);
    // One that was left and is sat in again begins anew: its words come from the start.
    if (shown && !shown.isHeld) this.#remove(shown);
    (this.#room(key) ?? this.#add(room.room)).joined(room);
    if (this.current.value === null) this.choose(key);
    else if (this.#yes.has(key) && this.current.value !== key) /** @type {PeerRoom} */ (this.#room(key)).unread.value = true;
    this.#yes.delete(key);
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
      notes: /** @type {Notes} */ (this.#notes),
      turnOff: () => this.setAvailability("off"),
      inView: ({ key }) => key === this.current.value,
      flagged: () => void this.#askReports(),
      closed: (closed) => this.#closed(closed),
    });
    this.rooms.value = [...this.rooms.value, room].sort((a, b) => a.label - b.label);
    return room;
  }

  /** @param {PeerRoom} room taken off the list, by the peer */
  #closed(room) {
    this.#remove(room);
    if (room.stage.value !== "claimed" && this.current.value === null) this.aftercare.talkClosed();
  }

  /** @param {PeerRoom} room */
  #remove(room) {
    this.rooms.value = this.rooms.value.filter((each) => each !== room);
    if (this.current.value === room.key) this.current.value = null;
  }
}

/**
 * The same without the room's id as bytes, which no view needs.
 * @template {{ room: Bytes }} T
 * @param {T} ticket
 */
function asRow({ room, ...ticket }) {
  return { key: hex(room), ...ticket };
}
