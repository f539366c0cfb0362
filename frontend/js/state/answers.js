// What the service answers, as types: a field this version does not know is passed over. Every reader takes parsed JSON
// and throws ApiError("not_beside") for another shape; bytes come out of it as bytes.

import { readChallenge } from "../crypto/pow.js";
import { isRecord, isWhole, unb64u } from "../crypto/encoding.js";
import { ProtocolError } from "../crypto/errors.js";
import { EPOCHS, HASH, ID, PUB, WRAP } from "../crypto/sizes.js";
import { ApiError } from "../net/api.js";
import { parseFrame } from "../net/frames.js";

/** @typedef {import("../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../net/frames.js").Item} Item */
/** @typedef {"waiting" | "meeting" | "talking" | "resting" | "closed" | "deleted"} State */
/**
 * Who sits there is checked against kid. on, of a seat that is left, to the client: that peer could meet them again now.
 * paused, to the client: that peer takes no new talks.
 * @typedef {{ seat: Bytes, kid: Bytes | null, open: boolean, on: boolean | null, paused: boolean }} SeatState
 */
/** @typedef {"handover" | "company"} AskPurpose */
/**
 * Whom a peer (by) would bring into the talk: the client sees those who are willing, staff of the room all of them.
 * @typedef {{ kid: Bytes, by: Bytes, purpose: AskPurpose, willing: boolean }} Ask
 */
/** @typedef {{ kid: Bytes, accepted: boolean }} MeetState */
/** @typedef {"closed" | "language" | "nobody" | "long"} Why why a wait may be long: docs/protocol.md, 8 */
/**
 * low, high: minutes most people waited. opens: unix seconds, where it is closed and known; over: minutes, where it is long.
 * @typedef {{ ahead: number, low: number | null, high: number | null, why: Why | null, opens: number | null,
 *   over: number | null }} WaitState
 */
/**
 * A room as its reader may see it. seal is the client's wrap, or a seal for staff: which, purpose says.
 * @typedef {{ room: Bytes, state: State, ke: number, seal: Bytes | null, purpose: string | null, flags: string[],
 *   seats: SeatState[], asks: Ask[], meet: MeetState | null }} RoomState
 */
/**
 * Where a room stands: the answer to `enter` and the head of `rooms/history`. store is kept in its only spelling.
 * @typedef {RoomState & { seq: number, head: Bytes | null, store: string }} Entered
 */
/** @typedef {Entered & { items: Item[], more: boolean, wait: WaitState | null }} History */
/** @typedef {{ code: string, room: Bytes | null, n: number | null }} ErrorFrame one of our frames was not carried out */
/** @typedef {{ room: Bytes, seat: Bytes, state: "here" | "lost" | "left" }} PresenceFrame */
/**
 * A ticket in the queue, as a peer sees it: tags only.
 * @typedef {{ room: Bytes, language: string, urgent: boolean, topics: string[], lived: string[], back: boolean,
 *   note: boolean, here: boolean, minutes: number }} Waiting
 */
/** @typedef {{ language: boolean, topics: string[], lived: string[], asked: boolean }} Fits what the two have in common */
/** @typedef {Waiting & { fits: Fits }} Offer somebody this peer could say hello to; nothing is reserved by it */
/** @typedef {"on" | "finishing" | "break" | "off"} ShiftState */
/**
 * A peer's shift: limit is the number of rooms at once, until the end of the minutes after a room (unix seconds).
 * @typedef {{ state: ShiftState, limit: number, until: number | null, paused: boolean }} Availability
 */
/**
 * A colleague (by) would bring this peer into a room; ask is null when that is over. Who was willing may have been let in
 * by then, and enters the room to see.
 * @typedef {{ room: Bytes, ask: { by: Bytes, purpose: AskPurpose, willing: boolean } | null }} Asked
 */
/** @typedef {{ seq: number, ke: number, n: number, com: Bytes }} LineRow the header of one message of the seat that shows */
/**
 * Own lines that a peer (by) showed to one colleague (to): a `flag` seal to that person's own key, its id the flag's.
 * @typedef {{ id: Bytes, room: Bytes, by: Bytes, to: Bytes, day: number, sealed: Bytes, rows: LineRow[] }} ShownLines
 */
/** @typedef {{ room: Bytes, state: State, ke: number, seal: Bytes | null, purpose: string | null }} DeskRoom */
/** @typedef {{ open: boolean, until: number | null, opens: number | null }} Hours moments in unix seconds */
/**
 * The conversation side as anyone may see it; by time (unix seconds) months and expiry are counted. hours by language, "*"
 * for those without their own, empty where peers may be on at any time; on: the languages of the peers who are on; hold: what
 * nobody deletes stays longer than keepDays for now.
 * @typedef {{ time: number, store: string, open: boolean, serial: number | null, directory: Bytes | null,
 *   keepDays: number, hold: boolean, wait: Map<string, [number, number]>, hours: Map<string, Hours>, on: string[], queueOpen: boolean }} Service
 */

const U32 = 2 ** 32 - 1;
const STATES = ["waiting", "meeting", "talking", "resting", "closed", "deleted"];
const PRESENCES = ["here", "lost", "left"];
const WHYS = ["closed", "language", "nobody", "long"];
const SHIFTS = ["on", "finishing", "break", "off"];
const ASK_PURPOSES = ["handover", "company"];
const MOST = { seal: 1024, flags: 16, seats: 1000, items: 1000, rows: 1000, lines: 100_000, tags: 64, roots: 16 };

/** What no reader lets out: something here is not of this form. */
class Misshapen extends Error {}

/**
 * @template T
 * @param {(json: Record<string, unknown>) => T} read
 * @returns {(json: unknown) => T}
 */
const answer = (read) => (json) => {
  try {
    return read(record(json));
  } catch (error) {
    if (error instanceof Misshapen || error instanceof ProtocolError) throw new ApiError("not_beside");
    throw error;
  }
};

// Over HTTP

/** `/site.json`: the instance and the root keys that pages pin. */
export const readSite = answer(({ v, instance, roots }) => {
  whole(v, 1, 1);
  return { instance: id(instance), roots: list(roots, MOST.roots, (pub) => unb64u(pub, PUB)) };
});

/** @type {(json: unknown) => Service} */
export const readService = answer((json) => ({
  time: time(json.time),
  store: store(json.store),
  open: flag(json.open),
  serial: optional(json.serial, time),
  directory: optional(json.directory, (hash) => unb64u(hash, HASH)),
  keepDays: whole(json.keep_days, 0, U32),
  hold: flag(json.hold ?? false),
  wait: new Map(Object.entries(record(json.wait ?? {})).map(([language, range]) => [language, pair(range)])),
  hours: new Map(Object.entries(record(json.hours ?? {})).map(([language, entry]) => [language, hours(entry)])),
  on: list(json.on ?? [], MOST.rows, text),
  queueOpen: flag(record(json.queue).open),
}));

/** `rooms/challenge`, `staff/challenge` and `vault/challenge`. */
export const readChallenged = answer(({ challenge }) => readChallenge(challenge));

/** `vault/get` and `notes/get`: what only its owner opens; version 0 and null where there is none. */
export const readSealed = answer((json) => {
  const version = whole(json.version, 0, U32);
  const blob = optional(json.blob, (bytes) => unb64u(bytes));
  if ((version === 0) !== (blob === null)) throw new Misshapen();
  return { version, blob };
});

export const readRoomOpened = answer((json) => ({
  state: state(json.state),
  ke: epoch(json.ke),
  seq: whole(json.seq, 0, U32),
  store: store(json.store),
}));

/** `rooms/probe`: one entry for each slot asked for; all null where there is no such room, or it was deleted. */
export const readSlots = answer(({ slots }) =>
  list(slots, MOST.tags, (slot) => {
    const entry = record(slot);
    return {
      state: optional(entry.state, state),
      ke: optional(entry.ke, epoch),
      wrap: optional(entry.wrap, (wrap) => unb64u(wrap, WRAP)),
    };
  }),
);

/** `rooms/rest`, `close`, `delete`, `seal`, `queue/ticket`, `meet` and `release`. */
export const readStateNow = answer((json) => state(json.state));

export const readRekeyed = answer((json) => ({
  state: state(json.state),
  ke: epoch(json.ke),
  seq: whole(json.seq, 0, U32),
}));

/** `queue/claim`; until the client's yes it says epoch 0 and no seal. */
export const readClaimed = answer((json) => ({
  state: state(json.state),
  ke: whole(json.ke, 0, EPOCHS),
  accepted: flag(json.accepted),
  ...sealOf(json),
}));

/** @type {(json: unknown) => History} */
export const readHistory = answer((json) => ({
  ...entered(json),
  items: list(json.items, MOST.items, item),
  more: flag(json.more),
  wait: optional(json.wait, (wait) => waitState(record(wait))),
}));

/** `seats/whom`: the key ids of the colleagues who could come into a talk now. @type {(json: unknown) => Bytes[]} */
export const readWhom = answer(({ peers }) => list(peers, MOST.rows, id));

/** `lines/mine` and `lines/shown`. @type {(json: unknown) => ShownLines[]} */
export const readLines = answer(({ lines }) =>
  list(lines, MOST.rows, (entry) => {
    const { room, by, to, day, sealed: bytes, rows, ...shown } = record(entry);
    return {
      id: id(shown.id),
      room: id(room),
      by: id(by),
      to: id(to),
      day: whole(day, 0, U32),
      sealed: unb64u(bytes),
      rows: list(rows, MOST.lines, lineRow),
    };
  }),
);

// On the live socket

/** @type {(json: unknown) => RoomState} */
export const readRoomState = answer(roomState);

/** @type {(json: unknown) => Entered} */
export const readEntered = answer(entered);

/** The room that a frame means: `more`, `signal`. */
export const readOfRoom = answer((json) => id(json.room));

/** @type {(json: unknown) => ErrorFrame} */
export const readError = answer((json) => ({
  code: text(json.code),
  room: optional(json.room, id),
  n: optional(json.n, (n) => whole(n, 0, U32)),
}));

/** @type {(json: unknown) => PresenceFrame} */
export const readPresence = answer((json) => {
  if (!PRESENCES.includes(String(json.state))) throw new Misshapen();
  const told = /** @type {PresenceFrame["state"]} */ (json.state);
  return { room: id(json.room), seat: id(json.seat), state: told };
});

/** The client's place in line. */
export const readWait = answer((json) => ({ room: id(json.room), wait: waitState(json) }));

export const readMeet = answer((json) => ({ room: id(json.room), kid: id(json.kid) }));

/** @type {(json: unknown) => Waiting[]} */
export const readQueue = answer(({ waiting }) =>
  list(waiting, MOST.rows, (row) => waitingRow(record(row))),
);

/** Whom a peer is offered; null for nobody, or nobody any more. @type {(json: unknown) => Offer | null} */
export const readOffer = answer(({ offer }) =>
  optional(offer, (row) => {
    const entry = record(row);
    const { language, topics, lived, asked } = record(entry.fits);
    const fits = {
      language: flag(language),
      topics: list(topics, MOST.tags, text),
      lived: list(lived, MOST.tags, text),
      asked: flag(asked),
    };
    return { ...waitingRow(entry), fits };
  }),
);

/** @type {(json: unknown) => Availability} */
export const readAvailability = answer((json) => ({
  state: /** @type {ShiftState} */ (oneOf(SHIFTS, json.state)),
  limit: whole(json.limit, 0, MOST.rows),
  until: optional(json.until, time),
  paused: flag(json.paused ?? false),
}));

/** @type {(json: unknown) => Asked} */
export const readAsked = answer((json) => {
  const by = optional(json.by, id);
  const ask = by && { by, purpose: askPurpose(json.purpose), willing: flag(json.willing ?? false) };
  return { room: id(json.room), ask };
});

/** @type {(json: unknown) => DeskRoom[]} */
export const readDesk = answer(({ rooms }) =>
  list(rooms, MOST.rows, (room) => {
    const entry = record(room);
    return { room: id(entry.room), state: state(entry.state), ke: whole(entry.ke, 0, EPOCHS), ...sealOf(entry) };
  }),
);

// Parts

/** @param {Record<string, unknown>} json @returns {RoomState} */
function roomState(json) {
  return {
    room: id(json.room),
    state: state(json.state),
    ke: whole(json.ke, 0, EPOCHS), // 0 for a peer whose meeting is not accepted
    ...sealOf(json),
    flags: list(json.flags ?? [], MOST.flags, text),
    seats: list(json.seats ?? [], MOST.seats, seatState),
    asks: list(json.asks ?? [], MOST.tags, askState),
    meet: optional(json.meet, meetState),
  };
}

/** @param {Record<string, unknown>} json @returns {Entered} */
function entered(json) {
  const head = optional(json.head, (bytes) => unb64u(bytes, HASH));
  return { ...roomState(json), seq: whole(json.seq, 0, U32), head, store: store(json.store) };
}

/** @param {unknown} value @returns {SeatState} */
function seatState(value) {
  const seat = record(value);
  return {
    seat: id(seat.seat),
    kid: optional(seat.kid, id),
    open: flag(seat.open ?? true),
    on: optional(seat.on, flag),
    paused: flag(seat.paused ?? false),
  };
}

/** @param {unknown} value @returns {Ask} */
function askState(value) {
  const { kid, by, purpose, willing } = record(value);
  return { kid: id(kid), by: id(by), purpose: askPurpose(purpose), willing: flag(willing) };
}

/** @param {unknown} value @returns {AskPurpose} */
const askPurpose = (value) => /** @type {AskPurpose} */ (oneOf(ASK_PURPOSES, value));

/** @param {unknown} value @returns {LineRow} */
function lineRow(value) {
  const { seq, ke, n, com } = record(value);
  return { seq: whole(seq, 1, U32), ke: epoch(ke), n: whole(n, 1, U32), com: unb64u(com, HASH) };
}

/** @param {unknown} value @returns {MeetState} */
function meetState(value) {
  const meet = record(value);
  return { kid: id(meet.kid), accepted: flag(meet.accepted ?? false) };
}

/** @param {Record<string, unknown>} wait @returns {WaitState} */
function waitState(wait) {
  const minutes = (/** @type {unknown} */ value) => whole(value, 0, U32);
  return {
    ahead: minutes(wait.ahead),
    low: optional(wait.low, minutes),
    high: optional(wait.high, minutes),
    why: /** @type {Why | null} */ (optional(wait.why, (why) => oneOf(WHYS, why))),
    opens: optional(wait.opens, time),
    over: optional(wait.over, minutes),
  };
}

/** @param {Record<string, unknown>} entry @returns {Waiting} */
function waitingRow(entry) {
  return {
    room: id(entry.room),
    language: text(entry.language),
    urgent: flag(entry.urgent),
    topics: list(entry.topics ?? [], MOST.tags, text),
    lived: list(entry.lived ?? [], MOST.tags, text),
    back: flag(entry.back ?? false),
    note: flag(entry.note ?? false),
    here: flag(entry.here ?? false),
    minutes: whole(entry.minutes ?? 0, 0, U32),
  };
}

/** @param {unknown} value @returns {Hours} */
function hours(value) {
  const { open, until, opens } = record(value);
  return { open: flag(open), until: optional(until, time), opens: optional(opens, time) };
}

/** @param {Record<string, unknown>} json */
const sealOf = ({ seal, purpose }) => ({ seal: optional(seal, sealed), purpose: optional(purpose, text) });

/** @param {unknown} value */
function sealed(value) {
  const bytes = unb64u(value);
  if (bytes.length < 1 || bytes.length > MOST.seal) throw new Misshapen();
  return bytes;
}

/** @param {unknown} value @returns {Item} */
function item(value) {
  const frame = parseFrame(unb64u(value));
  if (frame?.type !== "item") throw new Misshapen();
  return frame;
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function record(value) {
  if (!isRecord(value)) throw new Misshapen();
  return value;
}

/**
 * @template T
 * @param {unknown} value
 * @param {number} most
 * @param {(entry: unknown) => T} read
 * @returns {T[]}
 */
function list(value, most, read) {
  if (!Array.isArray(value) || value.length > most) throw new Misshapen();
  return value.map((entry) => read(entry));
}

/**
 * What the server leaves out, or sends as null, is null.
 * @template T
 * @param {unknown} value
 * @param {(value: unknown) => T} read
 * @returns {T | null}
 */
const optional = (value, read) => (value === undefined || value === null ? null : read(value));

/** @param {unknown} value @returns {State} */
function state(value) {
  if (typeof value !== "string" || !STATES.includes(value)) throw new Misshapen();
  return /** @type {State} */ (value);
}

/** @param {readonly string[]} codes @param {unknown} value @returns {string} one of these codes */
function oneOf(codes, value) {
  if (typeof value !== "string" || !codes.includes(value)) throw new Misshapen();
  return value;
}

/** @param {unknown} value */
const id = (value) => unb64u(value, ID);

/** @param {unknown} value @returns {string} */
function store(value) {
  id(value);
  return String(value);
}

/** @param {unknown} value @param {number} least @param {number} most */
function whole(value, least, most) {
  if (!isWhole(value, least, most)) throw new Misshapen();
  return value;
}

/** @param {unknown} value */
const epoch = (value) => whole(value, 1, EPOCHS);

/** @param {unknown} value */
const time = (value) => whole(value, 0, Number.MAX_SAFE_INTEGER);

/** @param {unknown} value @returns {[number, number]} */
function pair(value) {
  const [low, high, ...more] = list(value, 2, (minutes) => whole(minutes, 0, U32));
  if (low === undefined || high === undefined || more.length > 0) throw new Misshapen();
  return [low, high];
}

/** @param {unknown} value */
function flag(value) {
  if (typeof value !== "boolean") throw new Misshapen();
  return value;
}

/** @param {unknown} value */
function text(value) {
  if (typeof value !== "string") throw new Misshapen();
  return value;
}
