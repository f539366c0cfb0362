// A staff member's own keys, in the box that the service keeps for them: docs/protocol.md, 4 and 6.

import { boxOpen, boxSeal } from "./box.js";
import { concat, readU32, sized, u32 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { generateKey, importSealKey } from "./keys.js";
import { importSecret, random } from "./primitives.js";
import { ID, KEY } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {import("./keys.js").SealKey & { noteKey: CryptoKey }} OwnKey neither half of it can be read out again */
/** @typedef {{ pkcs8: Bytes, pub: Bytes, noteKey: Bytes }} Keyring the pair, and the key of what only its owner reads */

const SIZE = 1024;
const LABEL = "staff-keys";

/** @returns {Promise<Keyring>} fresh keys */
export const makeKeyring = async () => ({ ...(await generateKey()), noteKey: random(KEY) });

/**
 * @param {Keyring} keyring
 * @param {Bytes} wrap the owner's wrap key
 * @param {Bytes} staffId
 * @param {Bytes} [salt] given only by tests
 * @returns {Promise<Bytes>} 1105 bytes
 */
export function sealKeyring({ pkcs8, noteKey }, wrap, staffId, salt) {
  const plain = new Uint8Array(SIZE);
  plain.set(concat(u32(pkcs8.length), pkcs8, sized(noteKey, KEY)));
  return boxSeal(wrap, LABEL, sized(staffId, ID), plain, salt);
}

/**
 * The same keyring under another wrap key: a password was changed.
 * @param {Bytes} box
 * @param {Bytes} staffId
 * @param {Bytes} wrap
 * @param {Bytes} next the wrap key of the new password
 * @returns {Promise<Bytes>} 1105 bytes
 * @throws {ProtocolError} box_format, box_key, aead
 */
export async function resealKeyring(box, staffId, wrap, next) {
  const plain = await boxOpen(wrap, LABEL, sized(staffId, ID), box);
  return boxSeal(next, LABEL, staffId, plain);
}

/**
 * The pair in a box, and the key of one's own notes; what is secret of them cannot be read out again.
 * @param {Bytes} wrap
 * @param {Bytes} staffId
 * @param {Bytes} box
 * @returns {Promise<OwnKey>}
 * @throws {ProtocolError} box_format, box_key, aead, keys_format
 */
export async function openKeyring(wrap, staffId, box) {
  const plain = await boxOpen(wrap, LABEL, sized(staffId, ID), box);
  const end = 4 + readU32(sized(plain, SIZE, "keys_format"), 0);
  if (end + KEY > SIZE || plain.subarray(end + KEY).some((byte) => byte !== 0)) throw new ProtocolError("keys_format");
  try {
    return { ...(await importSealKey(plain.slice(4, end))), noteKey: await importSecret(plain.slice(end, end + KEY)) };
  } catch {
    throw new ProtocolError("keys_format");
  }
}
