// Who a key and a seat are: docs/protocol.md, 2.

import { ctx, equal, sized } from "./encoding.js";
import { sha256 } from "./primitives.js";
import { ID, PUB } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */

/** The client's seat in every room. */
export const CLIENT_SEAT = new Uint8Array(ID);

/** @param {Bytes} seat */
export const isClient = (seat) => equal(seat, CLIENT_SEAT);

/** @param {Bytes} pub an uncompressed P-256 point, 65 bytes @returns {Promise<Bytes>} 16 bytes */
export const kidOf = async (pub) => (await sha256(ctx("kid", sized(pub, PUB)))).slice(0, ID);

/**
 * The seat of a member of staff in a room, 16 bytes: nobody has to take the server's word for who sits there.
 * @param {Bytes} room
 * @param {Bytes} kid
 */
export const seatId = async (room, kid) => (await sha256(ctx("seat", sized(room, ID), sized(kid, ID)))).slice(0, ID);
