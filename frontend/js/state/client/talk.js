// One talk of a client: its room, who was let in by name, and what they may read (docs/protocol.md, 8 and 12).

import { b64u, concat, equal } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { openWrap } from "../../crypto/seals.js";
import { ApiError } from "../../net/api.js";
import { parseFrame } from "../../net/frames.js";
import { readHistory, readMeet, readRekeyed, readStateNow, readWait } from "../answers.js";
import { packFrame } from "../outbox.js";
import { Participant } from "../participant.js";
import { Turns } from "../turns.js";
import { aFewTimes, isLost } from "./patience.js";
import { acceptedRead, makeRekey, sitting, teamReads } from "./rekeying.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("../answers.js").RoomState} RoomState */
/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("./opening.js").Ticket} Ticket */
/** @typedef {import("./opening.js").TicketChange} TicketChange */
/** @typedef {import("./rekeying.js").Shared} Shared */
/** @typedef {import("./rekeying.js").Slot} Slot */
/**
 * Who was let in: kids in base64url that were accepted or refused by name, and the epochs each reader was given.
 * @typedef {{ accepted: Set<string>, refused: Set<string>, shared: Shared }} Let
 */

/** Milliseconds between two looks at the room while there is no socket. */
const POLL = 4000;
/** Failed connections after which the room is looked at without one. */
const PATIENCE = 2;
/** Milliseconds that a message on its way may take before new keys are made without waiting for it. */
const ON_THE_WAY = 10_000;
const A_MOMENT = 200;
/** Milliseconds after which somebody who could not be looked up is looked up again. */
const AGAIN = 2000;
/** What a request carries of those who were refused. */
const MOST_REFUSED = 16;

/** Refusals of a new epoch that was made before all was read. */
const BEHIND = ["stale_epoch", "n_conflict", "gap_sender", "unknown_epoch"];
const OVER = ["closed", "deleted"];
/** States that nobody but the client leaves. */
const ONLY_OURS = ["resting", ...OVER];

export class Talk extends Participant {
  #room;
  #place;
  #let;
  #settled;
  #changing = new Turns();
  /** How many changes of keys are under way. */
  #changes = 0;
  /** Who was already shown as asking for a seat. @type {Set<string>} */
  #asked = new Set();
  /** Whether somebody sits here who may not read on: nothing is sent before there are new keys. */
  #unwelcome = false;
  /** Whether somebody sits here who was not accepted yet: nothing is sent before there is a word. */
  #unanswered = false;
  /** Who was already shown as wanting to talk. @type {string | null} */
  #meeting = null;
  /** How often the service told how the room stands. */
  #told = 0;
  #failures = 0;
  #polling = false;
  #over = false;

  /**
   * @param {ConstructorParameters<typeof Participant>[0] & { clock: import("./server_clock.js").ServerClock, room: Room,
   *   place: Slot, let: Let, settled: () => void }} parts settled is called whenever the server told of the room
   */
  constructor({ room, place, let: whom, settled, ...parts }) {
    super(parts);
    this.serverClock = parts.clock;
    this.#room = room;
    this.#place = place;
    this.#let = whom;
    this.#settled = settled;
    this.rooms.set(room.key, room);
  }

  get room() {
    return this.#room;
  }

  /** What opens this talk again. */
  get place() {
    return this.#place;
  }

  /** Who was let in. */
  get let() {
    return this.#let;
  }

  /** What shows that the room is ours, as JSON has it. */
  get secret() {
    return b64u(this.#place.seatSecret);
  }

  /** Everything here is forgotten at once: keys become zeros. @override */
  leave() {
    this.#over = true;
    for (const key of this.#room.keys.values()) key.fill(0);
    super.leave();
    this.#place.seatSecret.fill(0);
    this.#place.wrapKey.fill(0);
    this.#let.accepted.clear();
    this.#let.refused.clear();
    this.#let.shared.clear();
  }

  // What the person does. Each throws ApiError or ProtocolError.

  /**
   * Says yes or no to the peer in the meeting. Only who is accepted ever receives a key.
   * @param {Bytes} kid
   * @param {boolean} accept
   */
  async answer(kid, accept) {
    this.#judge(b64u(kid), accept);
    await this.#ask("queue/meet", { kid: b64u(kid), answer: accept ? "accept" : "refuse" });
  }

  /**
   * Says yes or no to somebody who holds a seat already: a no closes it with new keys.
   * @param {Bytes} kid
   * @param {boolean} accept
   */
  async answerSeat(kid, accept) {
    this.#judge(b64u(kid), accept);
    await this.#lookAtSeats();
    await this.inTurn(this.#room.key, () => this.settled(this.#room));
  }

  /**
   * Lets somebody in whom a peer of this talk would bring: the first key they get is that of a new epoch.
   * @param {Bytes} kid
   * @param {{ sharePast: boolean }} how sharePast: whether they may read what was said so far
   * @throws {ApiError} unknown: nobody brings them any more, or the directory does not know them as a peer
   */
  async letIn(kid, { sharePast }) {
    const name = b64u(kid);
    const member = this.#isBrought(kid) ? await this.trust.member(kid) : null;
    if (!member?.roles.includes("peer") || this.#room.state !== "talking") throw new ApiError("unknown");
    const wasRefused = this.#let.refused.has(name);
    this.#judge(name, true);
    try {
      await this.#rekey(null, false, new Map([[name, sharePast]]));
    } catch (error) {
      // They hold no key: should they sit here after all, the person is asked about them anew.
      this.#let.accepted.delete(name);
      if (wasRefused) this.#let.refused.add(name);
      throw error;
    }
  }

  /**
   * Says no to somebody whom a peer would bring.
   * @param {Bytes} kid
   */
  async turnAway(kid) {
    this.#judge(b64u(kid), false);
    const request = { room: b64u(this.#room.room), secret: this.secret, kid: b64u(kid) };
    await aFewTimes(this.clock, () => this.api.post("seats/refuse", request));
  }

  /** Ends for now: only who holds the code keeps the key. */
  async rest() {
    await this.#ask("rooms/rest", {});
  }

  /** Ends for good. */
  async close() {
    await this.#ask("rooms/close", {});
  }

  /** Removes words and keys from the server at once. */
  async delete() {
    await this.#ask("rooms/delete", {});
  }

  /** @param {TicketChange} ticket other tags, while waiting; what it leaves out stays as it is */
  async changeTicket(ticket) {
    await this.#ask("queue/ticket", { ticket: this.#refusing(ticket) });
  }

  /**
   * Waits for a peer again under a new epoch. Whoever comes is asked about anew.
   * @param {Ticket} ticket
   * @param {{ sharePast: boolean, refusing?: Bytes[] }} how
   */
  async lookForPeer(ticket, { sharePast, refusing = [] }) {
    for (const kid of refusing) this.#judge(b64u(kid), false);
    await this.#rekey(this.#refusing(ticket), sharePast);
    this.#let.accepted.clear();
    this.#asked.clear();
  }

  /** Goes on although the service went back to an older copy: under an epoch it has never seen. */
  async goOn() {
    this.#room.goOn();
    if (["waiting", "talking"].includes(this.#room.state)) await this.#rekey(null);
  }

  /** @param {Bytes} kid */
  isAccepted(kid) {
    return this.#isAccepted(b64u(kid));
  }

  // What only a client hears

  /** @param {{ store: string, time: number }} welcome @override */
  joined(welcome) {
    this.#failures = 0;
    this.serverClock.told(welcome.time);
    super.joined(welcome);
  }

  /** @override */
  lost() {
    super.lost();
    this.#failures += 1;
    if (this.#failures === PATIENCE) {
      this.tell({ type: "online", up: false });
      if (!this.#polling) void this.#withoutSocket();
    }
  }

  /** @param {Room} _room @override */
  proofOfSeat(_room) {
    return { secret: this.secret };
  }

  /** @param {Room} room @param {RoomState} news @override */
  async took(room, { seal, purpose, ke }) {
    this.#told += 1;
    if (seal === null || purpose !== "wrap" || room.keys.has(ke)) return;
    try {
      await room.addKeys(await openWrap(this.#place.wrapKey, room.room, ke, seal));
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** @param {Room} room @override */
  async settled(room) {
    if (this.#over) return;
    if (room.meet === null) this.#meeting = null;
    else if (!room.meet.accepted) this.#meet(room.meet.kid);
    void this.#seatsChanged();
    if (room.needsRekey) void this.#rekeyByItself();
    this.#settled();
  }

  /** @param {string} _key @override */
  gone(_key) {
    if (OVER.includes(this.#room.state)) return;
    this.#room.state = "deleted";
    this.#moved();
  }

  /** @param {import("../participant.js").ControlFrame} frame @override */
  heardOther(frame) {
    if (frame.type === "wait") {
      const { room, wait } = readWait(frame);
      if (equal(room, this.#room.room)) this.tell({ type: "wait", room: this.#room.key, wait });
    } else if (frame.type === "meet") {
      const { room, kid } = readMeet(frame);
      if (equal(room, this.#room.room)) this.#meet(kid);
    }
  }

  /** @param {Bytes} kid */
  #meet(kid) {
    if (b64u(kid) === this.#meeting) return; // the server says it with every answer about the room
    this.#meeting = b64u(kid);
    void this.#introduce(kid);
  }

  /**
   * Shows who would like to talk; somebody the directory does not know is refused unseen.
   * @param {Bytes} kid
   */
  async #introduce(kid) {
    try {
      const member = await this.trust.member(kid);
      if (this.#over || this.#meeting !== b64u(kid)) return;
      if (member?.roles.includes("peer")) this.tell({ type: "met", room: this.#room.key, member });
      else await this.answer(kid, false);
    } catch (error) {
      this.#meeting = null;
      if (isLost(error)) this.clock.after(AGAIN, () => this.#stillMeets(kid));
      this.#trouble(error);
    }
  }

  /** @param {Bytes} kid */
  #stillMeets(kid) {
    const { meet } = this.#room;
    if (!this.#over && meet && !meet.accepted && equal(meet.kid, kid)) this.#meet(kid);
  }

  async #seatsChanged() {
    try {
      await this.#lookAtSeats();
    } catch (error) {
      this.#trouble(error);
    }
  }

  /**
   * Asks about whoever holds a seat and was not accepted yet, and takes the seats of those who were refused. Somebody the
   * directory does not know is refused unseen. Until all is said nothing goes out.
   */
  async #lookAtSeats() {
    const room = this.#room;
    if (room.state === "talking") {
      const { strangers } = await sitting(room, this.trust.directory);
      for (const kid of strangers) {
        if (!this.#isJudged(b64u(kid)) && (await this.trust.member(kid)) === null) this.#judge(b64u(kid), false);
      }
    }
    const { members, strangers } = await sitting(room, this.trust.directory);
    if (this.#over) return;
    const kids = room.state === "talking" ? [...members.map(({ kid }) => b64u(kid)), ...strangers.map(b64u)] : [];
    this.#unanswered = kids.some((kid) => !this.#isJudged(kid));
    this.#unwelcome = kids.some((kid) => this.#let.refused.has(kid));
    this.#mayGoOn();
    for (const member of members) if (kids.includes(b64u(member.kid))) this.#askAbout(member);
    if (this.#unwelcome && this.#changes === 0) await this.#rekey(null);
  }

  /** @param {Member} member */
  #askAbout(member) {
    const kid = b64u(member.kid);
    if (this.#isJudged(kid) || this.#asked.has(kid)) return;
    this.#asked.add(kid);
    this.tell({ type: "seat-asked", room: this.#room.key, member });
  }

  /** Sends what waits, where nobody reads who should not. */
  #mayGoOn() {
    const room = this.#room;
    room.holding = this.#changes > 0 || this.#unanswered || this.#unwelcome;
    if (!room.holding) this.pushSoon(room);
  }

  // The way without a socket

  /** Where sockets do not get through: looks every few seconds, until one does (docs/protocol.md, 12). */
  async #withoutSocket() {
    this.#polling = true;
    let reached = false;
    while (!this.line.up && !this.#over) {
      const answers = await this.#isAnswered();
      if (answers !== reached && !this.line.up && !this.#over) this.tell({ type: "online", up: answers });
      reached = answers;
      await this.clock.sleep(POLL);
    }
    this.#polling = false;
  }

  async #isAnswered() {
    try {
      await this.#poll();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return false;
    }
  }

  async #poll() {
    // What a socket that came meanwhile tells is newer.
    if (!(await this.#readOn(() => this.line.up))) return;
    await this.settled(this.#room);
    await this.#postOutbox();
  }

  /**
   * Reads to the room's end over HTTP; whether it got there.
   * @param {() => boolean} isStale whether an answer is not to be used any more
   */
  async #readOn(isStale) {
    const room = this.#room;
    for (let more = true; more; ) {
      const request = { room: b64u(room.room), secret: this.secret, after: room.after };
      const news = await this.#orGone(async () => readHistory(await this.api.post("rooms/history", request)));
      if (news === null || this.#over || isStale()) return false;
      await this.took(room, news);
      await room.entered(news);
      for (const item of news.items) await room.received(item);
      if (news.wait) this.tell({ type: "wait", room: room.key, wait: news.wait });
      more = news.more && news.items.length > 0;
    }
    return true;
  }

  /**
   * @template T
   * @param {() => Promise<T>} ask
   * @returns {Promise<T | null>} null where the room is gone
   */
  async #orGone(ask) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "unknown") throw error;
      this.gone(this.#room.key);
      return null;
    }
  }

  async #postOutbox() {
    const room = this.#room;
    for (let frame = await room.nextFrame(); frame !== null && !this.line.up; frame = await room.nextFrame()) {
      const { n } = frame;
      try {
        const answer = await this.api.postBytes("messages/send", concat(this.#place.seatSecret, packFrame(frame)));
        const ack = parseFrame(answer);
        if (ack?.type !== "ack") throw new ApiError("not_beside");
        room.acked(ack);
      } catch (error) {
        if (!(error instanceof ApiError) || isLost(error)) throw error;
        room.refused(error.code, n);
        return;
      }
    }
  }

  // Keys

  /** Changes the keys because the service asks for it, once everyone here was accepted or refused. */
  async #rekeyByItself() {
    const room = this.#room;
    if (this.#changes > 0 || !["waiting", "talking"].includes(room.state)) return;
    try {
      const { members, strangers } = await sitting(room, this.trust.directory);
      const open = [...members, ...strangers.map((kid) => ({ kid }))].some(({ kid }) => !this.#isJudged(b64u(kid)));
      if (!open && this.#changes === 0 && room.needsRekey && !this.#over) await this.#rekey(null);
    } catch (error) {
      this.#trouble(error);
    }
  }

  /**
   * Begins a new epoch: for the team where the room waits or is to wait, else for who sits here and was accepted.
   * @param {Ticket | null} ticket
   * @param {boolean} [sharePast]
   * @param {import("./rekeying.js").Joining} [joining] who is let in with it
   */
  async #rekey(ticket, sharePast = false, joining = new Map()) {
    this.#changes += 1;
    this.#room.holding = true;
    try {
      await this.#changing.run(() => this.#change(ticket, sharePast, joining));
      this.#unwelcome = false;
    } finally {
      this.#changes -= 1;
      this.#mayGoOn();
    }
  }

  /** @param {Ticket | null} ticket @param {boolean} sharePast @param {import("./rekeying.js").Joining} joining */
  async #change(ticket, sharePast, joining) {
    const room = this.#room;
    await this.#nothingOnTheWay();
    await aFewTimes(this.clock, () => this.trust.refresh({ evenExpired: ticket === null && room.state === "talking" }));
    const { directory } = this.trust;
    if (joining.size > 0 && room.state !== "talking") throw new ApiError("unknown"); // it ended meanwhile
    const toTeam = ticket !== null || room.state === "waiting";
    const { members } = await sitting(room, directory);
    const shared = toTeam
      ? teamReads(room, this.#let.shared, sharePast)
      : acceptedRead(room, members, (kid) => this.#isAccepted(kid), this.#let.shared, joining);
    const { rekey, answer } = await this.#posted(() => makeRekey(room, this.#place, directory, shared, ticket));
    await room.addKeys(new Map([[rekey.epoch, rekey.key]]));
    room.counted(rekey.n);
    room.state = answer.state;
    room.ke = Math.max(room.ke, answer.ke);
    room.needsRekey = false;
    // The server says so too, a moment later.
    room.seats = room.seats.map((seat) => ({ ...seat, open: seat.open && seat.kid !== null && rekey.shared.has(b64u(seat.kid)) }));
    this.#let.shared = rekey.shared;
    this.#moved();
    if (this.line.up) this.enter(room);
  }

  /**
   * Posts a new epoch. One made before all was read is made anew, behind what another tab or the last epoch said.
   * @param {() => Promise<import("./rekeying.js").Rekey>} make
   */
  async #posted(make) {
    for (let behind = false; ; behind = true) {
      try {
        const rekey = await make();
        if (this.#over) throw new ApiError("left"); // its keys may be zeros by now: nobody may ever be given those
        const answer = readRekeyed(await aFewTimes(this.clock, () => this.api.post("rooms/rekey", rekey.request)));
        return { rekey, answer };
      } catch (error) {
        const known = error instanceof ApiError || error instanceof ProtocolError;
        if (behind || !known || !BEHIND.includes(error.code)) throw error;
        await this.#readOn(() => false); // the room is entered again once there are new keys
      }
    }
  }

  /** An epoch is opened by this seat's next message: one on its way gets its ack first. */
  async #nothingOnTheWay() {
    for (let waited = 0; waited < ON_THE_WAY && this.#room.onTheWay && this.line.up; waited += A_MOMENT) {
      await this.clock.sleep(A_MOMENT);
    }
    await this.#room.encryptAnew();
  }

  // Small parts

  /**
   * A request about this room, whose answer is its state.
   * @param {string} path
   * @param {object} request
   */
  async #ask(path, request) {
    const own = { room: b64u(this.#room.room), secret: this.secret };
    const before = this.#told;
    const state = readStateNow(await aFewTimes(this.clock, () => this.api.post(path, { ...own, ...request })));
    // What the line told meanwhile may be newer than this answer: a talk that began would be put back into its meeting.
    const isOld = this.#told !== before && !ONLY_OURS.includes(state);
    if (state === this.#room.state || isOld || this.#over) return;
    this.#room.state = state;
    this.#moved();
  }

  #moved() {
    this.tell({ type: "moved", room: this.#room.key, state: this.#room.state });
  }

  /** @param {Bytes} kid */
  #isBrought(kid) {
    return this.#room.asks.some((ask) => equal(ask.kid, kid));
  }

  /** @param {string} kid @param {boolean} accept */
  #judge(kid, accept) {
    const { accepted, refused } = this.#let;
    (accept ? accepted : refused).add(kid);
    (accept ? refused : accepted).delete(kid);
  }

  /** @param {string} kid */
  #isAccepted(kid) {
    return this.#let.accepted.has(kid);
  }

  /** @param {string} kid */
  #isJudged(kid) {
    return this.#let.accepted.has(kid) || this.#let.refused.has(kid);
  }

  /**
   * @template {TicketChange} T
   * @param {T} ticket
   * @returns {T}
   */
  #refusing(ticket) {
    return { ...ticket, refused: [...this.#let.refused].slice(-MOST_REFUSED) };
  }

  /**
   * What goes on in the background failed; what was only lost on the way is done again when the room is next told of.
   * @param {unknown} error
   */
  #trouble(error) {
    if (this.#over || isLost(error)) return;
    if (!(error instanceof ApiError || error instanceof ProtocolError)) throw error;
    this.tell({ type: "trouble", room: this.#room.key, code: error.code });
  }
}
