// The WebCrypto calls of suite 1 (docs/protocol.md, 1 and 2); every other file composes these.

import { ProtocolError } from "./errors.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */

const EMPTY = new Uint8Array(0);
const HMAC = { name: "HMAC", hash: "SHA-256" };

/** @param {number} length @returns {Bytes} from the system's generator */
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** @param {Bytes} data */
export const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));

/** @param {Bytes} key @param {Bytes} data */
export async function hmac(key, data) {
  const imported = await crypto.subtle.importKey("raw", key, HMAC, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
}

/**
 * A secret that hkdf takes, and that nobody reads out of it again.
 * @param {Bytes} secret
 */
export const importSecret = (secret) => crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);

/**
 * HKDF, RFC 5869.
 * @param {Bytes | CryptoKey} secret bytes, or what importSecret made of them
 * @param {Bytes} info
 * @param {number} length bytes wanted
 * @param {Bytes} [salt]
 */
export async function hkdf(secret, info, length, salt = EMPTY) {
  const imported = secret instanceof Uint8Array ? await importSecret(secret) : secret;
  const algorithm = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, imported, 8 * length));
}

/**
 * PBKDF2, RFC 8018, 32 bytes.
 * @param {Bytes} password
 * @param {Bytes} salt
 * @param {number} iterations
 */
export async function pbkdf2(password, salt, iterations) {
  const imported = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, imported, 256));
}

/**
 * AES-256-GCM; the tag is at the end of the result.
 * @param {Bytes} key
 * @param {Bytes} nonce
 * @param {Bytes} aad
 * @param {Bytes} plain
 */
export async function gcmSeal(key, nonce, aad, plain) {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, imported, plain));
}

/**
 * Opens gcmSeal; ProtocolError "aead" where key, nonce, aad or ciphertext do not belong together.
 * @param {Bytes} key
 * @param {Bytes} nonce
 * @param {Bytes} aad
 * @param {Bytes} sealed
 */
export async function gcmOpen(key, nonce, aad, sealed) {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, sealed));
  } catch {
    throw new ProtocolError("aead");
  }
}
