// The public record of a room: headers and their chain (docs/protocol.md, 9 and 10).

import { concat, ctx, sized, u16, u32 } from "./encoding.js";
import { sha256 } from "./primitives.js";
import { COM, HASH, ID } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/**
 * Where a message stands.
 * @typedef {{ room: Bytes, ke: number, seat: Bytes, n: number }} Header
 */

/** @param {Header} message @returns {Bytes} H */
export const header = ({ room, ke, seat, n }) => ctx("msg", sized(room, ID), u16(ke), sized(seat, ID), u32(n));

/** @param {Bytes} room @returns {Promise<Bytes>} C_0 */
export const chainStart = (room) => sha256(ctx("chain", sized(room, ID)));

/**
 * C_s from C_{s-1} and the message at seq s.
 * @param {Bytes} previous
 * @param {number} seq
 * @param {Header} message
 * @param {Bytes} com
 */
export const chainNext = (previous, seq, message, com) =>
  sha256(concat(ctx("chain-next", sized(previous, HASH), u32(seq), header(message)), sized(com, COM)));
