// P-256 key pairs of staff, teams and the root: docs/protocol.md, 1.

import { concat, u8, unb64u } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { kidOf } from "./ids.js";
import { KEY } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/**
 * A pair that opens seals; the private half cannot be read out of it again.
 * @typedef {{ privateKey: CryptoKey, publicKey: CryptoKey, pub: Bytes, kid: Bytes }} SealKey
 */

const ECDH = { name: "ECDH", namedCurve: "P-256" };

/**
 * A new pair as what is sealed or boxed (PKCS#8) and what is published (the uncompressed point).
 * @returns {Promise<{ pkcs8: Bytes, pub: Bytes }>}
 */
export async function generateKey() {
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ECDH, true, ["deriveBits"]));
  return {
    pkcs8: new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey)),
    pub: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)),
  };
}

/**
 * The public half of a private key.
 * @param {Bytes} pkcs8
 * @returns {Promise<Bytes>} 65 bytes
 * @throws {ProtocolError} malformed, for anything but a P-256 key
 */
export async function publicOf(pkcs8) {
  try {
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, ECDH, true, ["deriveBits"]);
    const { x, y } = await crypto.subtle.exportKey("jwk", key);
    return concat(u8(4), unb64u(x, KEY), unb64u(y, KEY));
  } catch {
    throw new ProtocolError("malformed");
  }
}

/**
 * The public key of an uncompressed point.
 * @param {Bytes} pub
 * @throws {ProtocolError} malformed, where the point is not on the curve
 */
export async function importPublic(pub) {
  try {
    return await crypto.subtle.importKey("raw", pub, ECDH, true, []);
  } catch {
    throw new ProtocolError("malformed");
  }
}

/**
 * @param {Bytes} pkcs8
 * @returns {Promise<SealKey>}
 * @throws {ProtocolError} malformed
 */
export async function importSealKey(pkcs8) {
  const pub = await publicOf(pkcs8);
  return {
    privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, ECDH, false, ["deriveBits"]),
    publicKey: await importPublic(pub),
    pub,
    kid: await kidOf(pub),
  };
}
