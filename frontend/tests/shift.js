// A peer at their desk against a scripted service, and the rooms of clients that a test plays.

import { b64u, hex } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { Receiver } from "../js/crypto/receiver.js";
import { Desk } from "../js/state/staff/desk.js";
import { RK, Room as Kept, keys } from "./cast.js";
import { Browser, STORE, StaffHouse, moment, seated, until } from "./staff_house.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/state/staff/peer_room.js").PeerRoom} PeerRoom */
/** @typedef {import("./staff_house.js").Member} Member */

/** Somebody's time at the desk. */
export class Shift {
  /** @type {Map<string, Kept>} */
  kept = new Map();
  /** @type {Map<string, Bytes>} */
  seats = new Map();
  /** Of whoever signed in, also when they are gone. @type {import("../js/state/staff/session.js").StaffSession | null} */
  session = null;
  /** How much of what was said on the line is committed. */
  #taken = 0;

  /** @param {StaffHouse} house @param {Browser} browser @param {Member} member @param {import("../js/state/staff/account.js").Account} account @param {Desk} desk */
  constructor(house, browser, member, account, desk) {
    this.house = house;
    this.browser = browser;
    this.member = member;
    this.account = account;
    this.desk = desk;
  }

  static async begin() {
    const house = await StaffHouse.founded();
    house.answers.set("queue/claim", () => ({ state: "meeting", ke: 0, accepted: false, seal: null, purpose: null }));
    house.answers.set("rooms/seal", () => ({ state: "talking" }));
    house.answers.set("queue/pass", () => ({}));
    house.answers.set("queue/release", () => ({ state: "resting" }));
    house.answers.set("flags/open", () => ({ outcome: "open" }));
    const { browser, member, signIn } = await seated(house);
    const account = browser.page();
    const desk = new Desk(account, { line: browser.line, storage: browser.storage });
    await signIn(account);
    const shift = new Shift(house, browser, member, account, desk);
    shift.session = account.session.value;
    await shift.connect();
    return shift;
  }

  get wire() {
    return this.browser.wire;
  }

  async connect() {
    await this.account.session.value?.freshPass();
    this.wire.connect(this.house.now);
  }

  /** @param {Bytes[]} rooms */
  queue(...rooms) {
    const tags = { language: "en", urgent: false, topics: ["grief"], lived: [], back: false, note: false, here: true, minutes: 3 };
    this.wire.listener.heard({ type: "queue", waiting: rooms.map((room) => ({ room: b64u(room), ...tags })) });
  }

  /** Somebody is offered; null: nobody any more. @param {Bytes | null} room @param {object} [change] */
  offer(room, change = {}) {
    const fits = { language: true, topics: ["grief"], lived: [], asked: false };
    const tags = { language: "en", urgent: false, topics: ["grief"], lived: [], back: false, note: false, here: true, minutes: 3 };
    const offer = room && { room: b64u(room), ...tags, fits, ...change };
    this.wire.listener.heard({ type: "offer", ...(offer && { offer }) });
  }

  /** What the service has of this peer. @param {object} now */
  availability(now) {
    this.wire.listener.heard({ type: "availability", limit: 2, ...now });
  }

  /** @param {Bytes} room @param {object} [change] */
  state(room, change = {}) {
    const seat = this.seats.get(hex(room));
    const seats = [
      { seat: b64u(CLIENT_SEAT), open: true },
      { seat: b64u(seat ?? CLIENT_SEAT), kid: b64u(this.member.kid), open: true },
    ];
    return { room: b64u(room), state: "talking", ke: 1, flags: [], seats, ...change };
  }

  /** The client said yes: the team's seal comes. @param {Bytes} room @param {Parameters<StaffHouse["teamSeal"]>[2]} [how] @param {Map<number, Bytes>} [held] */
  async accept(room, how = {}, held = keys(1)) {
    this.seats.set(hex(room), await this.house.seat(room, this.member));
    if (!this.kept.has(hex(room))) this.kept.set(hex(room), await Kept.open(room));
    const seal = b64u(await this.house.teamSeal(room, held, how));
    this.wire.listener.heard({ type: "room", ...this.state(room, { state: "meeting", ke: Math.max(...held.keys()), seal, purpose: "team-peer", seats: [] }) });
  }

  /** What the service has of a room. @param {Bytes} room @param {object} [change] */
  entered(room, change = {}) {
    const kept = this.keptOf(room);
    const head = { seq: kept.items.length, head: b64u(kept.head), store: STORE };
    this.wire.listener.heard({ type: "entered", ...this.state(room, { ke: kept.ke, ...change }), ...head });
    for (const item of kept.items) this.wire.listener.received({ type: "item", ...item });
  }

  /** @param {Bytes} room */
  keptOf(room) {
    return /** @type {Kept} */ (this.kept.get(hex(room)));
  }

  /** @param {Bytes} room */
  room(room) {
    return /** @type {PeerRoom} */ (this.desk.rooms.value.find(({ key }) => key === hex(room)));
  }

  /** From the queue to the first word. @param {Bytes} room */
  async meet(room) {
    this.queue(room);
    await this.desk.claim(hex(room));
    await this.accept(room);
    await until(() => this.room(room)?.stage.value === "talking");
    this.entered(room);
    await this.commit();
    return this.room(room);
  }

  /** The service takes what was said on the line, and sends it round. @param {number} [least] messages to wait for */
  async commit(least = 1) {
    const messages = () => this.wire.said.slice(this.#taken).filter((frame) => frame instanceof Uint8Array);
    await until(() => messages().length >= least);
    const came = messages();
    this.#taken = this.wire.said.length;
    for (const bytes of came) {
      const room = bytes.slice(1, 17);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const message = { room, ke: view.getUint16(17), n: view.getUint32(19), com: bytes.slice(23, 55), ct: bytes.slice(55) };
      const item = await this.keptOf(room).commit({ ...message, seat: /** @type {Bytes} */ (this.seats.get(hex(room))) });
      this.wire.listener.received({ type: "item", ...item });
    }
  }

  /** @param {Bytes} room @param {string} kind @param {Record<string, unknown>} [fields] */
  async clientSays(room, kind, fields = {}) {
    const item = await this.keptOf(room).say(CLIENT_SEAT, kind, fields);
    this.wire.listener.received({ type: "item", ...item });
  }

  /** Time passes while something is done. @template T @param {Promise<T>} act @param {number} [ms] at once @returns {Promise<T>} */
  async passing(act, ms = 100) {
    let done = false;
    void act.finally(() => (done = true));
    while (!done) {
      await this.house.clock.pass(ms);
      await moment();
    }
    return act;
  }

  /** What its client reads in a room, as kinds. @param {Bytes} room */
  async read(room) {
    const receiver = await Receiver.start(room, CLIENT_SEAT, RK);
    const read = [];
    for (const item of this.keptOf(room).items) read.push(await receiver.receive(item));
    return read.map(({ body }) => body?.kind);
  }
}
