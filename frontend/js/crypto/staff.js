// Sign-in keys and enrolment of staff: docs/protocol.md, 5 (enrolment) and 6.

import { concat, ctx, equal, sized, utf8 } from "./encoding.js";
import { hkdf, hmac, pbkdf2 } from "./primitives.js";
import { ID, PUB } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */

/** A constant of version 1; never taken from a server, which could ask for few and guess the password. */
export const PASSWORD_ITERATIONS = 600_000;

/**
 * @param {string} password
 * @param {Bytes} salt 16 bytes
 * @param {Bytes} secret the staff secret, 16 bytes
 * @param {number} [iterations] another number only for test vectors
 * @returns {Promise<{ auth: Bytes, wrap: Bytes }>} what is shown to the service, and the key it never sees
 */
export async function staffKeys(password, salt, secret, iterations = PASSWORD_ITERATIONS) {
  const stretched = await pbkdf2(utf8(password.normalize("NFKC")), ctx("staff-pw", sized(salt, ID)), iterations);
  const okm = await hkdf(concat(stretched, sized(secret, ID)), ctx("staff"), 64, salt);
  return { auth: okm.slice(0, 32), wrap: okm.slice(32) };
}

/**
 * @param {Bytes} invite the invite secret, 16 bytes
 * @returns {Promise<{ macKey: Bytes, token: Bytes }>}
 */
export async function inviteKeys(invite) {
  const okm = await hkdf(sized(invite, ID), ctx("invite"), 64);
  return { macKey: okm.slice(0, 32), token: okm.slice(32) };
}

/**
 * The newcomer's proof that this key comes from whoever was handed the invitation.
 * @param {Bytes} invite
 * @param {{ instance: Bytes, staffId: Bytes, role: string, pub: Bytes }} newcomer
 */
export async function enrolMac(invite, { instance, staffId, role, pub }) {
  const { macKey } = await inviteKeys(invite);
  return hmac(macKey, ctx("enrol", sized(instance, ID), sized(staffId, ID), utf8(role), sized(pub, PUB)));
}

/**
 * Whether a submission carries the right proof; asked before anything is sealed to it or signed about it.
 * @param {Bytes} invite
 * @param {{ instance: Bytes, staffId: Bytes, role: string, pub: Bytes }} newcomer
 * @param {Bytes} mac
 */
export const isEnrolMac = async (invite, newcomer, mac) => equal(await enrolMac(invite, newcomer), mac);
