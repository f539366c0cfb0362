// A talk begins: a room of this code's, opened with a proof of work (docs/protocol.md, 3, 8 and 13).

import { SLOTS, monthOf, slot } from "../../crypto/code.js";
import { b64u } from "../../crypto/encoding.js";
import { CLIENT_SEAT } from "../../crypto/ids.js";
import { solve } from "../../crypto/pow.js";
import { random } from "../../crypto/primitives.js";
import { sealWrap } from "../../crypto/seals.js";
import { KEY } from "../../crypto/sizes.js";
import { ApiError } from "../../net/api.js";
import { packSend } from "../../net/frames.js";
import { readChallenged, readRoomOpened } from "../answers.js";
import { Room } from "../room.js";
import { teamSeal } from "./rekeying.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./rekeying.js").Slot} Slot */
/**
 * What a client lets the service know while they wait: tags only. back asks for one peer again; note: words are ready;
 * refused: who was said no to; kids in base64url.
 * @typedef {{ language: string, urgent: boolean, back: string | null, note: boolean, topics: string[], lived: string[],
 *   refused: string[] }} Ticket
 */
/** @typedef {Omit<Ticket, "topics" | "lived" | "back"> & Partial<Ticket>} TicketChange what is left out stays as the service has it */
/** @typedef {{ challenge: unknown, solution: number[] }} Proof */
/**
 * What opening needs of the page. ask: carries a request out as often as it takes to reach the server; tell: hears what
 * happens in the room.
 * @typedef {{ api: import("../../net/api.js").Api, trust: import("../trust.js").Trust,
 *   clock: import("./server_clock.js").ServerClock, tell: (event: import("../events.js").RoomEvent) => void,
 *   ask: <T>(act: () => Promise<T>) => Promise<T> }} Parts
 */

/** Proofs that may be refused, one after another: it took too long to solve, or the server began anew. */
const PROOFS = 3;

/**
 * Solves a fresh challenge. WebCrypto does the work, so the page stays free.
 * @param {Parts} parts
 * @returns {Promise<Proof>}
 */
export async function freshProof({ api, ask }) {
  const given = await ask(() => api.post("rooms/challenge", {}));
  return { challenge: given.challenge, solution: await solve(readChallenged(given)) };
}

/**
 * Opens a room in the first free slot of this month, under the directory in force.
 * @param {Parts} parts
 * @param {Bytes} root
 * @param {Proof} proof
 * @param {Ticket} ticket
 * @param {import("../outbox.js").Content | null} first its first message
 * @returns {Promise<{ place: Slot, room: Room }>}
 * @throws {ApiError} queue_full, slow_down, dir_expired and the like; slot_taken: this code has had all eight rooms of
 *   the month
 * @throws {import("../../crypto/errors.js").ProtocolError} closed: no peer could read it
 */
export async function openRoom(parts, root, proof, ticket, first) {
  const { clock, trust, tell } = parts;
  const month = monthOf(Math.floor(clock.now() / 1000));
  for (let k = 0; k < SLOTS; k++) {
    const place = await slot(root, month, k);
    const keys = new Map([[1, random(KEY)]]);
    const room = await Room.begin({ room: place.room, seat: CLIENT_SEAT, keys, clock, tell });
    const message = first === null ? {} : { message: b64u(packSend(await room.compose(first))) };
    const request = {
      room: b64u(place.room),
      secret: b64u(place.seatSecret),
      wrap: b64u(await sealWrap(place.wrapKey, place.room, keys)),
      seal: await teamSeal(trust.directory, place.room, 1, keys),
      ticket,
      ...message,
    };
    const opened = await posted(parts, request, k === 0 ? proof : await freshProof(parts));
    if (opened === null) continue;
    room.state = opened.state;
    room.ke = opened.ke;
    room.store = opened.store;
    if (first !== null) room.counted(1);
    return { place, room };
  }
  throw new ApiError("slot_taken");
}

/**
 * The same request, with another proof where one is refused; null where the slot is taken.
 * @param {Parts} parts
 * @param {object} request
 * @param {Proof} proof
 */
async function posted(parts, request, proof) {
  for (let refused = 0; ; ) {
    try {
      return readRoomOpened(await parts.ask(() => parts.api.post("rooms/open", { ...request, proof })));
    } catch (error) {
      const code = error instanceof ApiError ? error.code : null;
      if (code === "slot_taken") return null;
      if (code !== "pow_invalid" || ++refused === PROOFS) throw error;
      proof = await freshProof(parts);
    }
  }
}
