// One message, encrypted and committed to: docs/protocol.md, 9; disclosure: 11.

import { concat, ctx, equal, pad, sized, u32, unpad } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { gcmOpen, gcmSeal, hkdf, hmac, random } from "./primitives.js";
import { COM, GCM_TAG, KEY, MESSAGES } from "./sizes.js";
import { header } from "./transcript.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {import("./transcript.js").Header} Header */

/**
 * @param {Bytes} kf
 * @param {Header} message
 * @param {Bytes} body
 */
const commit = (kf, message, body) => hmac(kf, concat(ctx("com", header(message)), u32(body.length), body));

/**
 * Key, nonce and aad of one message: they depend on the commitment, so no two contents can share a nonce.
 * @param {Bytes} roomKey
 * @param {Header} message
 * @param {Bytes} com
 */
async function derive(roomKey, message, com) {
  const aad = concat(header(message), com);
  const okm = await hkdf(sized(roomKey, KEY), aad, 44);
  return { key: okm.slice(0, 32), nonce: okm.slice(32), aad };
}

/**
 * @param {Bytes} roomKey RK of the message's epoch
 * @param {Header} message
 * @param {Bytes} body
 * @param {Bytes} [kf] the opening key; given only by tests
 * @returns {Promise<{ com: Bytes, ct: Bytes }>}
 * @throws {ProtocolError} too_long
 */
export async function encrypt(roomKey, message, body, kf = random(KEY)) {
  const size = MESSAGES.find((capacity) => KEY + 4 + body.length <= capacity);
  if (size === undefined) throw new ProtocolError("too_long");
  const com = await commit(sized(kf, KEY), message, body);
  const { key, nonce, aad } = await derive(roomKey, message, com);
  return { com, ct: await gcmSeal(key, nonce, aad, concat(kf, pad(body, size - KEY))) };
}

/**
 * @param {Bytes} roomKey
 * @param {Header} message
 * @param {Bytes} com
 * @param {Bytes} ct
 * @returns {Promise<{ kf: Bytes, body: Bytes }>} the opening key and the exact bytes that were sent
 * @throws {ProtocolError} msg_format, aead, msg_padding, bad_commitment
 */
export async function decrypt(roomKey, message, com, ct) {
  sized(com, COM, "msg_format");
  if (!MESSAGES.includes(ct.length - GCM_TAG)) throw new ProtocolError("msg_format");
  const { key, nonce, aad } = await derive(roomKey, message, com);
  const plain = await gcmOpen(key, nonce, aad, ct);
  const kf = plain.slice(0, KEY);
  const body = unpad(plain.subarray(KEY), "msg_format", "msg_padding");
  if (!equal(await commit(kf, message, body), com)) throw new ProtocolError("bad_commitment");
  return { kf, body };
}

/**
 * Whether a disclosed body is the one a row commits to.
 * @param {Header} message the row's own header
 * @param {Bytes} com the row's com
 * @param {Bytes} kf
 * @param {Bytes} body
 */
export async function verifyItem(message, com, kf, body) {
  return kf.length === KEY && equal(await commit(kf, message, body), com);
}
