// A symmetric blob that commits to its key: docs/protocol.md, 4.

import { concat, ctx, equal, sized, u8, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { gcmOpen, gcmSeal, hkdf, random } from "./primitives.js";
import { BOX_OVERHEAD, KEY } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {Bytes | CryptoKey} Key 32 bytes, or what importSecret of primitives.js made of them */

const VERSION = 1;
const NO_AAD = new Uint8Array(0);

/**
 * @param {Key} key
 * @param {Bytes} salt
 * @param {string} label
 * @param {Bytes} aad
 */
async function derive(key, salt, label, aad) {
  const okm = await hkdf(key instanceof Uint8Array ? sized(key, KEY) : key, ctx("box", utf8(label), aad), 76, salt);
  return { key: okm.slice(0, 32), nonce: okm.slice(32, 44), commit: okm.slice(44) };
}

/**
 * @param {Key} key
 * @param {string} label
 * @param {Bytes} aad
 * @param {Bytes} plain
 * @param {Bytes} [salt] given only by tests
 * @returns {Promise<Bytes>} 81 bytes longer than plain
 */
export async function boxSeal(key, label, aad, plain, salt = random(KEY)) {
  const derived = await derive(key, sized(salt, KEY), label, aad);
  return concat(u8(VERSION), salt, derived.commit, await gcmSeal(derived.key, derived.nonce, NO_AAD, plain));
}

/**
 * @param {Key} key
 * @param {string} label
 * @param {Bytes} aad
 * @param {Bytes} blob
 * @throws {ProtocolError} box_format; box_key (key, label or aad is another); aead (the content was changed)
 */
export async function boxOpen(key, label, aad, blob) {
  if (blob.length < BOX_OVERHEAD || blob[0] !== VERSION) throw new ProtocolError("box_format");
  const derived = await derive(key, blob.slice(1, 33), label, aad);
  // Before any decryption: GCM alone would let one blob open under several keys.
  if (!equal(derived.commit, blob.slice(33, 65))) throw new ProtocolError("box_key");
  return gcmOpen(derived.key, derived.nonce, NO_AAD, blob.slice(65));
}
