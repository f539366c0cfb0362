// A room's keys by epoch, and how an epoch answers for the next: docs/protocol.md, 2 and 8.

import { concat, ctx, readU16, sized, u16, u8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { sha256 } from "./primitives.js";
import { EPOCHS, ID, KEY, KEY_LIST } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {Map<number, Bytes>} RoomKeys room keys by epoch */

const ENTRY = 2 + KEY;

/** @param {number} epoch @param {Bytes} key */
const fits = (epoch, key) => Number.isInteger(epoch) && epoch >= 1 && epoch <= EPOCHS && key.length === KEY;

/**
 * @param {RoomKeys} keys in the order to be written
 * @returns {Bytes} 512 bytes
 * @throws {ProtocolError} keys_format
 */
export function packKeys(keys) {
  if (keys.size < 1 || keys.size > EPOCHS || ![...keys].every(([epoch, key]) => fits(epoch, key))) {
    throw new ProtocolError("keys_format");
  }
  const list = new Uint8Array(KEY_LIST);
  list.set(concat(u8(keys.size), ...[...keys].flatMap(([epoch, key]) => [u16(epoch), key])));
  return list;
}

/**
 * @param {Bytes} list 512 bytes
 * @returns {RoomKeys}
 * @throws {ProtocolError} keys_format
 */
export function unpackKeys(list) {
  const count = Number(sized(list, KEY_LIST, "keys_format")[0]);
  const end = 1 + count * ENTRY;
  /** @type {RoomKeys} */
  const keys = new Map();
  for (let at = 1; at < end && count <= EPOCHS; at += ENTRY) {
    keys.set(readU16(list, at), list.slice(at + 2, at + ENTRY));
  }
  const sound = count >= 1 && keys.size === count && [...keys].every(([epoch, key]) => fits(epoch, key));
  if (!sound || list.subarray(end).some((byte) => byte !== 0)) throw new ProtocolError("keys_format");
  return keys;
}

/**
 * What a `rekey` message promises about the next epoch's key.
 * @param {Bytes} room
 * @param {number} ke the epoch that begins
 * @param {Bytes} key its room key
 */
export const rekeyHash = (room, ke, key) => sha256(ctx("rekey", sized(room, ID), u16(ke), sized(key, KEY)));
