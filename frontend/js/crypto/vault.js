// A client's journal in its box: docs/protocol.md, 3 and 4. The code's seven words alone find, prove and open it.

import { boxOpen, boxSeal } from "./box.js";
import { concat, fromJson, pad, sized, u32, unpad, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { ID } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {{ id: Bytes, key: Bytes }} VaultKeys of crypto/code.js, vaultKeys */

const LABEL = "vault";
const LENGTH = 4;

/** Blocks that a journal is padded to: its length says little of how much was written. */
const BLOCKS = Array.from({ length: 7 }, (_, k) => 4096 * 2 ** k);

/**
 * @param {VaultKeys} keys
 * @param {number} version counted from 1
 * @param {object} journal JSON
 * @param {Bytes} [salt] given only by tests
 * @returns {Promise<Bytes>} 4096 · 2^k + 81 bytes, k ≤ 6
 * @throws {ProtocolError} too_long
 */
export async function sealJournal({ id, key }, version, journal, salt) {
  const json = utf8(JSON.stringify(journal));
  const size = BLOCKS.find((each) => json.length + LENGTH <= each);
  if (size === undefined) throw new ProtocolError("too_long");
  return boxSeal(key, LABEL, concat(sized(id, ID), u32(version)), pad(json, size), salt);
}

/**
 * @param {VaultKeys} keys
 * @param {number} version
 * @param {Bytes} blob
 * @returns {Promise<Record<string, unknown>>}
 * @throws {ProtocolError} box_format; box_key, for another version too; aead; malformed
 */
export async function openJournal({ id, key }, version, blob) {
  return fromJson(unpad(await boxOpen(key, LABEL, concat(sized(id, ID), u32(version)), blob), "malformed"));
}
