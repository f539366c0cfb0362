// A peer's private notes on a room, in their box: docs/protocol.md, 4. Nobody but their writer opens them.

import { boxOpen, boxSeal } from "./box.js";
import { concat, fromUtf8, pad, sized, u32, unpad, utf8 } from "./encoding.js";
import { ID } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */

const LABEL = "note";
const BLOCK = 4096;

/** Bytes of UTF-8 that a note may have. */
export const NOTE_LENGTH = BLOCK - 4;

/**
 * @param {CryptoKey} noteKey of crypto/keyring.js
 * @param {Bytes} room
 * @param {number} version counted from 1
 * @param {string} text
 * @param {Bytes} [salt] given only by tests
 * @returns {Promise<Bytes>} 4177 bytes
 * @throws {import("./errors.js").ProtocolError} too_long, above NOTE_LENGTH
 */
export const sealNote = async (noteKey, room, version, text, salt) =>
  boxSeal(noteKey, LABEL, concat(sized(room, ID), u32(version)), pad(utf8(text), BLOCK), salt);

/**
 * @param {CryptoKey} noteKey
 * @param {Bytes} room
 * @param {number} version
 * @param {Bytes} blob
 * @returns {Promise<string>}
 * @throws {import("./errors.js").ProtocolError} box_format; box_key, for another room or version too; aead; malformed
 */
export const openNote = async (noteKey, room, version, blob) =>
  fromUtf8(unpad(await boxOpen(noteKey, LABEL, concat(sized(room, ID), u32(version)), blob), "malformed"));
