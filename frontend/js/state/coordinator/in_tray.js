// What came of the invitations: a key counts only where the invite secret vouches for it (docs/protocol.md, 5).

import { boxOpen, boxSeal } from "../../crypto/box.js";
import { b64u, concat, hex, utf8 } from "../../crypto/encoding.js";
import { kidOf } from "../../crypto/ids.js";
import { random, sha256 } from "../../crypto/primitives.js";
import { ID } from "../../crypto/sizes.js";
import { inviteKeys, isEnrolMac } from "../../crypto/staff.js";
import { asWords } from "../staff/carried_key.js";
import { readWaiting } from "./answers.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("../staff/answers.js").Role} Role */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/**
 * open: no answer yet; ready: the key is vouched for; forged: it is not, so somebody without the invitation sent it, or
 * it was changed on the way; elsewhere: another coordinator invited, and only they can check it.
 * @typedef {"open" | "ready" | "forged" | "elsewhere"} State
 */
/**
 * Somebody invited. handOver: the invitation as the fragment of a link and as twelve words, while it is of use; member:
 * as they would be listed; replaces: whose place they take.
 * @typedef {{ key: string, staff: Bytes, role: Role, state: State, expires: number,
 *   handOver: { fragment: string, words: string } | null, member: Member | null, replaces: Bytes | null }} Newcomer
 */

const LABEL = "invite";

/**
 * An invitation for one person, good for seven days; its secret never reaches the server but in a box of one's own.
 * @param {StaffSession} session
 * @param {Role} role
 * @param {Bytes | null} replaces the key of the same person, who gets a new one
 * @returns {Promise<Bytes>} the staff id it is for
 */
export async function invite(session, role, replaces) {
  const [staff, secret] = [random(ID), random(ID)];
  const { token } = await inviteKeys(secret);
  await session.ask("enrolment/invite", {
    staff: b64u(staff),
    role,
    token_hash: b64u(await sha256(token)),
    secret_box: b64u(await boxSeal(session.key.noteKey, LABEL, bound(staff, role, replaces), secret)),
    ...(replaces === null ? {} : { replaces: b64u(replaces) }),
  });
  return staff;
}

/**
 * Everybody invited and not admitted, judged.
 * @param {StaffSession} session
 * @param {import("../staff/typed.js").Lists} lists
 * @returns {Promise<Newcomer[]>}
 */
export async function inTray(session, lists) {
  const waiting = readWaiting(await session.ask("enrolment/waiting"));
  return Promise.all(waiting.map((applicant) => judged(session, lists, applicant)));
}

/**
 * @param {StaffSession} session
 * @param {import("../staff/typed.js").Lists} lists
 * @param {import("./answers.js").Applicant} applicant
 * @returns {Promise<Newcomer>}
 */
async function judged(session, lists, { staff, role, submitted, expires, pub, mac, profile, secretBox, replaces }) {
  const one = { key: hex(staff), staff, role, expires, replaces, handOver: null, member: null };
  const secret = await boxOpen(session.key.noteKey, LABEL, bound(staff, role, replaces), secretBox).catch(() => null);
  if (secret === null) return { ...one, state: "elsewhere" };
  if (!submitted) return { ...one, state: "open", handOver: await handOver(secret, lists) };
  if (pub === null || mac === null || profile === null) return { ...one, state: "forged" };
  const newcomer = { instance: session.trust.instance, staffId: staff, role, pub };
  if (!(await isEnrolMac(secret, newcomer, mac))) return { ...one, state: "forged" };
  return { ...one, state: "ready", member: { kid: await kidOf(pub), pub, roles: [role], profile } };
}

/**
 * What the box of an invite secret is bound to: else a server could say as what, and in whose place.
 * @param {Bytes} staff
 * @param {Role} role
 * @param {Bytes | null} replaces
 */
const bound = (staff, role, replaces) => concat(staff, utf8(role), replaces ?? new Uint8Array());

/** @param {Bytes} secret @param {import("../staff/typed.js").Lists} lists */
const handOver = async (secret, lists) => ({ fragment: `invite=${b64u(secret)}`, words: await asWords(secret, lists) });

/**
 * The list with these people on it, each once, those they take the place of gone from it.
 * @param {Member[]} staff
 * @param {Newcomer[]} newcomers that are ready
 */
export function admitted(staff, newcomers) {
  const gone = new Set(newcomers.flatMap(({ replaces }) => (replaces === null ? [] : [hex(replaces)])));
  const kept = staff.filter(({ kid }) => !gone.has(hex(kid)));
  const known = new Set(kept.map(({ kid }) => hex(kid)));
  const added = newcomers.flatMap(({ member }) => (member === null || known.has(hex(member.kid)) ? [] : [member]));
  return [...kept, ...added];
}
