// A scripted service for the tests of frontend/js/state/client: a signed directory, one client's rooms, and lines that
// come and go as a test says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { CODE_ITERATIONS, readWords } from "../js/crypto/code.js";
import { signDirectory } from "../js/crypto/directory.js";
import { b64u, equal, hex, readU16, readU32, unb64u, utf8 } from "../js/crypto/encoding.js";
import { CLIENT_SEAT, kidOf, seatId } from "../js/crypto/ids.js";
import { generateKey, importSealKey } from "../js/crypto/keys.js";
import { openRoom } from "../js/crypto/seals.js";
import { ApiError } from "../js/net/api.js";
import { ClientEngine } from "../js/state/client/engine.js";
import { Room as Kept, filled } from "./cast.js";
import { ManualClock } from "./manual_clock.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/keys.js").SealKey} SealKey */
/** @typedef {import("../js/net/line.js").Listener} Listener */
/** @typedef {Record<string, any>} Json */
/** @typedef {{ key: SealKey, kid: Bytes, alias: string }} Peer */
/**
 * A room as the service keeps it; rk: the keys a peer has, by epoch, since the tests play the peer too.
 * @typedef {{ kept: Kept, secret: string, state: string, ke: number, wrap: string, seats: Json[], meet: Json | null,
 *   asks: Json[], flags: string[], ticket: Json | null, rk: Map<number, Bytes>, opened: string }} Place
 */

// A root takes 600,000 rounds, in the vectors' tests too. One is enough where a hundred talks begin.
const deriveBits = crypto.subtle.deriveBits.bind(crypto.subtle);
crypto.subtle.deriveBits = (/** @type {any} */ algorithm, key, length) =>
  deriveBits(algorithm.iterations === CODE_ITERATIONS ? { ...algorithm, iterations: 1 } : algorithm, key, length);

const DAY = 86_400;
const INSTANCE = filled(16, 0x51);
const STORE = b64u(filled(16, 0x52));

const list = (/** @type {string} */ name) => readWords(readFileSync(new URL(`../words/words.${name}.txt`, import.meta.url), "utf8"));
export const LISTS = new Map([
  [1, list("en")],
  [2, list("es")],
]);

/** A socket that the test holds the other end of. */
export class FakeLine {
  up = false;
  running = false;
  /** @type {Json[]} */
  said = [];
  /** Packed messages. @type {Bytes[]} */
  packed = [];
  listener;
  #house;

  /** @param {House} house @param {Listener} listener */
  constructor(house, listener) {
    this.#house = house;
    this.listener = listener;
  }

  start() {
    this.running = true;
    if (this.#house.sockets) this.connect();
  }

  stop() {
    this.running = this.up = false;
  }

  connect() {
    this.up = true;
    this.listener.joined({ store: STORE, time: this.#house.now });
  }

  /** The line breaks, or cannot be made once more. */
  drop() {
    this.up = false;
    this.listener.lost();
  }

  /** @param {Json | Bytes} frame */
  say(frame) {
    if (!this.up) return;
    if (frame instanceof Uint8Array) this.packed.push(frame);
    else this.said.push(frame);
    if (!this.#house.silent) void this.#house.hears(this, frame);
  }
}

export class House {
  clock = new ManualClock();
  /** Seconds that the server is ahead of the device. */
  ahead = 0;
  /** @type {{ path: string, body: Json }[]} */
  calls = [];
  /** Codes with which the next requests to a path are refused. @type {Map<string, string[]>} */
  refusals = new Map();
  offline = false;
  /** Whether sockets get through. */
  sockets = true;
  /** Whether what is said on a line goes unheard. */
  silent = false;
  /** @type {FakeLine[]} */
  lines = [];
  /** By id in base64url. @type {Map<string, Place>} */
  rooms = new Map();
  /** @type {Peer[]} */
  peers = [];
  /** Each with the kid that it was sealed to. @type {Json[]} */
  flags = [];
  days = 30;
  #serial = 0;
  #root;
  #team;
  moderation;
  /** @type {Json} */
  #directory = {};

  /** @param {{ pkcs8: Bytes, pub: Bytes }} root @param {SealKey} team @param {SealKey} moderation */
  constructor(root, team, moderation) {
    this.#root = root;
    this.#team = team;
    this.moderation = moderation;
  }

  /** @param {string[]} aliases of its peers */
  static async founded(...aliases) {
    const key = async () => importSealKey((await generateKey()).pkcs8);
    const house = new House(await generateKey(), await key(), await key());
    for (const alias of aliases) {
      const mine = await key();
      house.peers.push({ key: mine, kid: mine.kid, alias });
    }
    await house.publish();
    return house;
  }

  get now() {
    return Math.floor(this.clock.now() / 1000) + this.ahead;
  }

  /** The only room, or the newest. @returns {Place} */
  get room() {
    return /** @type {Place} */ ([...this.rooms.values()].at(-1));
  }

  /** The newest line. @returns {FakeLine} */
  get line() {
    return /** @type {FakeLine} */ (this.lines.at(-1));
  }

  /** @param {number} [expires] unix seconds */
  async publish(expires = this.now + this.days * DAY) {
    this.#serial += 1;
    const staff = this.peers.map(({ kid, key, alias }) => ({
      kid: b64u(kid),
      pub: b64u(key.pub),
      roles: ["peer"],
      profile: { alias, stone: "3", line: "", languages: ["en"], topics: [], lived: [] },
    }));
    const members = staff.map(({ kid }) => kid);
    const team = (/** @type {SealKey} */ { pub }) => ({ suite: 1, epoch: this.#serial, pub: b64u(pub), members });
    const teams = { peer: team(this.#team), moderation: team(this.moderation), root: team(this.#team) };
    const form = { v: 1, instance: b64u(INSTANCE), serial: this.#serial, issued: expires - 20 * DAY, expires, earlier: [], teams, staff };
    const payload = utf8(JSON.stringify(form));
    const sig = b64u(await signDirectory(this.#root.pkcs8, payload));
    this.#directory = { payload: b64u(payload), sigs: [{ kid: b64u(await kidOf(this.#root.pub)), sig }] };
  }

  /** @param {object} [parts] */
  engine(parts = {}) {
    return new ClientEngine({
      api: /** @type {any} */ (this),
      clock: this.clock,
      line: (listener) => {
        this.lines.push(new FakeLine(this, listener));
        return this.line;
      },
      lists: async () => {
        if (this.offline) throw new ApiError("unreachable");
        return LISTS;
      },
      ...parts,
    });
  }

  /** @param {string} path the bodies of all requests to it */
  asked(path) {
    return this.calls.filter((call) => call.path === path).map(({ body }) => body);
  }

  // As net/api.js

  /** @param {string} path @returns {Promise<Json>} */
  async get(path) {
    if (this.offline) throw new ApiError("unreachable");
    if (path === "/site.json") return { v: 1, instance: b64u(INSTANCE), roots: [b64u(this.#root.pub)] };
    if (path === "directory") return this.#directory;
    assert.equal(path, "service");
    return { time: this.now, store: STORE, open: true, keep_days: 12, wait: {}, queue: { open: true } };
  }

  /** @param {string} path @param {Json} body @returns {Promise<Json>} */
  async post(path, body) {
    this.calls.push({ path, body });
    if (this.offline) throw new ApiError("unreachable");
    const refusal = this.refusals.get(path)?.shift();
    if (refusal) throw new ApiError(refusal);
    if (path === "rooms/challenge") {
      return { challenge: { salt: b64u(filled(16, 1)), cost: 1, bits: 0, puzzles: 1, expires: this.now + 600, mac: b64u(filled(32, 1)) } };
    }
    if (path === "rooms/open") return this.#open(body);
    if (path === "rooms/probe") return { slots: body.month.map((/** @type {Json} */ slot) => this.#probe(slot)) };
    const place = this.#mine(body);
    switch (path) {
      case "rooms/history":
        return { ...this.standing(place), items: this.#items(place, body.after).map(packItem), more: false, wait: null };
      case "rooms/rekey":
        return this.#rekey(place, body);
      case "rooms/rest":
        return this.#becomes(place, "resting");
      case "rooms/close":
        return this.#becomes(place, "closed");
      case "rooms/delete":
        this.rooms.delete(body.room);
        return { state: "deleted" };
      case "queue/ticket":
        place.ticket = { ...place.ticket, ...body.ticket }; // what a change leaves out stays as it is
        return { state: place.state };
      case "queue/meet":
        place.meet = body.answer === "accept" ? { kid: body.kid, accepted: true } : null;
        if (body.answer === "refuse") place.state = "waiting";
        return { state: place.state };
      case "flags/open":
        if (body.kid !== b64u(this.moderation.kid)) throw new ApiError("stale_epoch");
        this.flags.push({ ...body, outcome: "open" });
        return { outcome: "open" };
      case "flags/more":
        this.flags = this.flags.map((each) => (each.flag === body.flag ? { ...each, outcome: "open", more: body.sealed } : each));
        return { outcome: "open" };
      case "seats/refuse":
        if (!place.asks.some(({ kid }) => kid === body.kid)) throw new ApiError("unknown", 404);
        place.asks = place.asks.filter(({ kid }) => kid !== body.kid);
        return {};
      case "flags/mine":
        return { reports: this.flags.map(({ flag, outcome }) => ({ flag, outcome })) };
      default:
        throw new ApiError("unknown", 404);
    }
  }

  /** @param {string} path @param {Bytes} bytes */
  async postBytes(path, bytes) {
    assert.equal(path, "messages/send");
    if (this.offline) throw new ApiError("unreachable");
    return this.#commit(bytes.slice(32));
  }

  /** @param {FakeLine} line @param {Json | Bytes} frame */
  async hears(line, frame) {
    if (frame instanceof Uint8Array) {
      const before = this.#place(frame.slice(1, 17)).kept.items.length;
      const ack = await this.#commit(frame);
      const place = this.#place(frame.slice(1, 17));
      if (!line.up) return;
      line.listener.received({ type: "ack", room: place.kept.room, n: readU32(ack, 17), seq: readU32(ack, 21) });
      this.#show(line, place, before);
    } else if (frame["type"] === "enter") {
      const place = this.#place(unb64u(frame["room"]));
      if (!line.up) return;
      line.listener.heard({ type: "entered", ...this.standing(place) });
      this.#show(line, place, frame["after"]);
    }
  }

  // What the other side does

  /** A peer claims the room. @param {Peer} peer */
  claim({ kid }) {
    this.room.state = "meeting";
    this.room.meet = { kid: b64u(kid), accepted: false };
    this.tellRoom();
  }

  /**
   * A peer claims the room of this page and is let in.
   * @param {import("../js/state/client/engine.js").ClientEngine} engine
   * @param {Peer} peer
   */
  async meets(engine, peer) {
    this.claim(peer);
    await until(() => engine.meet.value !== null);
    await engine.answer(true);
    await this.sit(peer);
    await until(() => engine.peer.value !== null);
  }

  /** The peer opens the team's seal and takes the seat. @param {Peer} peer */
  async sit({ kid }) {
    const { room } = this;
    room.meet = room.ticket = null;
    room.state = "talking";
    const seat = b64u(await seatId(room.kept.room, kid));
    room.seats = [...room.seats.filter((each) => each.seat !== seat), { seat, kid: b64u(kid), open: true }];
    this.tellRoom();
  }

  /** @param {Peer} peer @param {string} kind @param {Json} [fields] */
  async says({ kid }, kind, fields = {}) {
    const { room } = this;
    room.kept.ke = room.ke;
    const key = /** @type {Bytes} */ (room.rk.get(room.ke));
    await room.kept.say(await seatId(room.kept.room, kid), kind, fields, { key });
    if (this.line.up) this.#show(this.line, room, room.kept.items.length - 1);
  }

  /**
   * A peer would bring another one, who is willing.
   * @param {Peer} peer
   * @param {Peer} next
   * @param {string} purpose
   */
  brings(peer, next, purpose) {
    this.room.asks = [...this.room.asks, { kid: b64u(next.kid), by: b64u(peer.kid), purpose, willing: true }];
    this.tellRoom();
  }

  /** Everybody hears how the room stands. */
  tellRoom() {
    if (this.line.up) this.line.listener.heard({ type: "room", ...this.standing(this.room) });
  }

  /** @param {Place} place @returns {Json} */
  standing(place) {
    const { kept, state, ke, wrap, flags, seats, asks, meet } = place;
    const news = { room: b64u(kept.room), state, ke, seal: wrap, purpose: "wrap", flags, seats, asks, meet };
    return { ...news, seq: kept.items.length, head: b64u(kept.head), store: STORE };
  }

  /** What the client said, as a peer who holds these epochs can read it. */
  async read() {
    const { decrypt } = await import("../js/crypto/envelope.js");
    const { parseBody } = await import("../js/crypto/body.js");
    const own = this.room.kept.items.filter(({ seat, ct }) => equal(seat, CLIENT_SEAT) && ct.length > 0);
    return Promise.all(
      own.map(async (item) => {
        const key = this.room.rk.get(item.ke);
        return key ? parseBody((await decrypt(key, item, item.com, item.ct)).body) : null;
      }),
    );
  }

  /** The texts the client said, in order. */
  async texts() {
    return (await this.read()).filter((body) => body?.kind === "text").map((body) => String(body?.fields.x));
  }

  /** @param {Bytes} room @param {number} ke @param {Bytes} sealed what the client left for the peer team */
  openTeamSeal(room, ke, sealed) {
    return openRoom(this.#team, "team-peer", room, ke, sealed);
  }

  // Small parts

  /** @param {Json} body */
  async #open(body) {
    const known = this.rooms.get(body.room);
    const same = JSON.stringify([body.secret, body.wrap]);
    if (known && known.opened !== same) throw new ApiError("slot_taken");
    if (known) return { state: known.state, ke: known.ke, seq: known.kept.items.length, store: STORE };
    const room = unb64u(body.room);
    const { keys } = await openRoom(this.#team, "team-peer", room, 1, unb64u(body.seal.sealed));
    /** @type {Place} */
    const place = { kept: await Kept.open(room), secret: body.secret, state: "waiting", ke: 1, wrap: body.wrap, seats: [], asks: [], meet: null, flags: [], ticket: body.ticket, rk: keys, opened: same };
    this.rooms.set(body.room, place);
    if (body.message) await this.#commit(unb64u(body.message));
    return { state: "waiting", ke: 1, seq: place.kept.items.length, store: STORE };
  }

  /** @param {Json} slot */
  #probe({ room, secret }) {
    const place = this.rooms.get(room);
    return place && place.secret === secret ? { state: place.state, ke: place.ke, wrap: place.wrap } : { state: null, ke: null, wrap: null };
  }

  /** @param {Place} place @param {Json} body */
  async #rekey(place, body) {
    const room = place.kept.room;
    if (readU16(unb64u(body.frame), 17) !== place.ke) throw new ApiError("stale_epoch");
    const known = [...place.seats.filter(({ open }) => open), ...place.asks].map(({ kid }) => kid);
    if (body.seals.some((/** @type {Json} */ seal) => seal.purpose === "seat-peer" && !known.includes(seal.kid))) throw new ApiError("unknown", 404);
    await this.#commit(unb64u(body.frame));
    place.ke = body.ke;
    place.wrap = body.wrap;
    place.flags = [];
    const team = body.seals.find((/** @type {Json} */ seal) => seal.purpose === "team-peer");
    const sealed = body.seals.map((/** @type {Json} */ seal) => seal.kid);
    place.seats = place.seats.map((seat) => ({ ...seat, open: seat.open && sealed.includes(seat.kid) }));
    for (const { kid } of place.asks.filter((ask) => sealed.includes(ask.kid))) {
      const seat = b64u(await seatId(room, unb64u(kid)));
      place.seats = [...place.seats.filter((each) => each.seat !== seat), { seat, kid, open: true }];
    }
    place.asks = place.asks.filter((ask) => !sealed.includes(ask.kid));
    place.state = body.ticket ? "waiting" : team ? place.state : sealed.length > 0 ? "talking" : "resting";
    place.ticket = body.ticket ?? place.ticket;
    for (const { purpose, kid, sealed: box } of body.seals) {
      const key = purpose === "team-peer" ? this.#team : this.peers.find((peer) => b64u(peer.kid) === kid)?.key;
      assert.ok(key);
      for (const [epoch, each] of (await openRoom(key, purpose, room, body.ke, unb64u(box))).keys) place.rk.set(epoch, each);
    }
    this.tellRoom();
    return { state: place.state, ke: place.ke, seq: place.kept.items.length };
  }

  /** @param {Place} place @param {string} state */
  #becomes(place, state) {
    place.state = state;
    place.meet = place.ticket = null;
    place.seats = place.seats.map((seat) => ({ ...seat, open: false }));
    this.tellRoom();
    return { state };
  }

  /** @param {Json} body */
  #mine({ room, secret }) {
    const place = this.rooms.get(room);
    if (!place || place.secret !== secret) throw new ApiError("unknown", 404);
    return place;
  }

  /** @param {Bytes} room */
  #place(room) {
    return /** @type {Place} */ (this.rooms.get(b64u(room)));
  }

  /**
   * One packed message of the client; the ack.
   * @param {Bytes} bytes
   */
  async #commit(bytes) {
    const at = bytes[0] === 4 ? 4 : 0;
    const room = bytes.slice(1, 17);
    const { kept } = this.#place(room);
    const message = { room, ke: readU16(bytes, 17 + at), n: readU32(bytes, 19 + at), com: bytes.slice(23 + at, 55 + at), ct: bytes.slice(55 + at) };
    let item = kept.items.find(({ seat, n }) => equal(seat, CLIENT_SEAT) && n === message.n);
    if (!item) {
      assert.equal(message.n, kept.nextN(CLIENT_SEAT));
      item = await kept.commit({ ...message, seat: CLIENT_SEAT });
      if (at) {
        const erased = kept.erase(readU32(bytes, 17));
        if (this.line?.up) this.line.listener.received({ type: "item", ...erased });
      }
    }
    assert.deepEqual(item.com, message.com);
    const ack = new Uint8Array(25);
    ack.set([2]);
    ack.set(room, 1);
    new DataView(ack.buffer).setUint32(17, message.n);
    new DataView(ack.buffer).setUint32(21, item.seq);
    return ack;
  }

  /** @param {Place} place @param {number} after */
  #items({ kept }, after) {
    return kept.items.slice(after);
  }

  /** @param {FakeLine} line @param {Place} place @param {number} after */
  #show(line, place, after) {
    for (const item of this.#items(place, after)) line.listener.received({ type: "item", ...item });
  }
}

/** @param {import("../js/crypto/receiver.js").Item} item @returns {string} as rooms/history has it */
function packItem({ room, seq, seat, ke, n, com, ct }) {
  const bytes = new Uint8Array(75 + ct.length);
  const view = new DataView(bytes.buffer);
  bytes.set([3]);
  bytes.set(room, 1);
  view.setUint32(17, seq);
  bytes.set(seat, 21);
  view.setUint16(37, ke);
  view.setUint32(39, n);
  bytes.set(com, 43);
  bytes.set(ct, 75);
  return b64u(bytes);
}

/**
 * Waits for what cryptography and turns bring about, whatever they take; no timer of the page runs meanwhile.
 * @param {() => unknown} happened
 */
export async function until(happened) {
  for (let looked = 0; looked < 20_000; looked++) {
    if (happened()) return;
    await new Promise((resolve) => void setTimeout(resolve, 0));
  }
  assert.fail(`it never came: ${happened}`);
}

/** @param {Peer} peer */
export const kidHex = ({ kid }) => hex(kid);
