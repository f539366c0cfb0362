// What people bring to sign in or to join: a link, a key file, or twelve words.

import { unb64u } from "../../crypto/encoding.js";
import { readKeyFile, readSecret } from "../../crypto/secret_words.js";
import { ID } from "../../crypto/sizes.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {() => Promise<Map<number, import("../../crypto/code.js").Words>>} Lists fetches every word list, by its number */

/** How a key file begins, of any version. */
const KEY_FILE = "beside staff secret";

/**
 * The staff secret in a link, in its fragment, in a key file, or in twelve words.
 * @param {string} text
 * @param {Lists} lists
 * @returns {Promise<Bytes>} 16 bytes
 * @throws {import("../../crypto/errors.js").ProtocolError} malformed
 */
export async function readStaffSecret(text, lists) {
  const linked = inFragment("secret", text);
  if (linked !== null) return unb64u(linked, ID);
  const read = text.trimStart().startsWith(KEY_FILE) ? readKeyFile : readSecret;
  return read(text, (await lists()).values());
}

/**
 * The invite secret in a link, in its fragment, or in twelve words.
 * @param {string} text
 * @param {Lists} lists
 * @returns {Promise<Bytes>} 16 bytes
 * @throws {import("../../crypto/errors.js").ProtocolError} malformed
 */
export async function readInvitation(text, lists) {
  const linked = inFragment("invite", text);
  return linked === null ? readSecret(text, (await lists()).values()) : unb64u(linked, ID);
}

/** @param {string} name @param {string} text */
const inFragment = (name, text) => text.trim().match(new RegExp(`^(?:[^#\\s]*#)?${name}=([\\w-]*)$`))?.[1] ?? null;
