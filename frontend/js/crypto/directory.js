// The signed directory: who may read and when to believe it (docs/protocol.md, 5).

import { b64u, concat, ctx, equal, fromJson, hex, isRecord, isWhole, unb64u, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { kidOf } from "./ids.js";
import { sha256 } from "./primitives.js";
import { HASH, ID, PUB, SIGNATURE } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {"peer" | "moderation" | "root"} TeamName */
/** @typedef {{ epoch: number, pub: Bytes, members: Bytes[] }} Team members by kid */
/**
 * @typedef {{ alias: string, stone: string, line: string, languages: string[], topics: string[], lived: string[] }} Profile
 */
/** @typedef {{ kid: Bytes, pub: Bytes, roles: string[], profile: Profile }} Member */
/**
 * issued, expires: unix seconds; earlier: hashes of the payloads it replaced; hash: of its own payload.
 * @typedef {{ instance: Bytes, serial: number, issued: number, expires: number, earlier: Bytes[],
 *   teams: Record<TeamName, Team>, staff: Member[], hash: Bytes }} Directory
 */
/** @typedef {{ payload: Bytes, sigs: { kid: Bytes, sig: Bytes }[] }} SignedDirectory */

const DAY = 86_400;
/** The longest that a directory may be good for, in seconds. */
export const LIFETIME = 35 * DAY;
/** Directories that one names as replaced, at most. */
export const MOST_EARLIER = 1000;
const SLACK = DAY;
const ROLES = ["peer", "moderator", "coordinator"];
const MOST = { payload: 1 << 20, signatures: 16, staff: 1000, earlier: MOST_EARLIER, text: 200, tags: 32 };
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

const refuse = () => new ProtocolError("malformed");

/**
 * @param {unknown} json {payload, sigs: [{kid, sig}]}
 * @returns {SignedDirectory}
 * @throws {ProtocolError} malformed
 */
export function readSignedDirectory(json) {
  if (!isRecord(json) || String(json.payload).length > MOST.payload * 1.4) throw refuse();
  return {
    payload: unb64u(json.payload),
    sigs: array(json.sigs, MOST.signatures).map((entry) => {
      if (!isRecord(entry)) throw refuse();
      return { kid: unb64u(entry.kid, ID), sig: unb64u(entry.sig, SIGNATURE) };
    }),
  };
}

/** @param {Bytes} payload @returns {Promise<Bytes>} the hash that rides inside every room seal */
export const directoryHash = (payload) => sha256(payload);

/** @param {Bytes} payload what a root key signs of it */
const signedBytes = (payload) => concat(ctx("directory"), payload);

/**
 * Whether the key of a point signed a payload (ES256, raw r‖s).
 * @param {Bytes} pub
 * @param {Bytes} payload
 * @param {Bytes} sig
 */
export async function verifyDirectory(pub, payload, sig) {
  if (sig.length !== SIGNATURE) return false;
  let key;
  try {
    key = await crypto.subtle.importKey("raw", pub, ECDSA, false, ["verify"]);
  } catch {
    return false;
  }
  return crypto.subtle.verify(ECDSA, key, sig, signedBytes(payload));
}

/**
 * A coordinator's signature with the root.
 * @param {Bytes} pkcs8 the root's private key
 * @param {Bytes} payload
 * @returns {Promise<Bytes>} 64 bytes
 */
export async function signDirectory(pkcs8, payload) {
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, ECDSA, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(ECDSA, key, signedBytes(payload)));
}

/**
 * The directory, where it may be believed.
 * @param {SignedDirectory} signed
 * @param {Bytes[]} roots the pinned root keys, 65 bytes each
 * @param {{ instance: Bytes | null, serial: number, now: number }} known the instance (null before the first), the
 *   highest serial seen (0 before the first), and unix seconds by the service's clock
 * @returns {Promise<Directory>}
 * @throws {ProtocolError} dir_signature: no pinned root signed it, or it is another instance's; malformed;
 *   dir_expired: more than a day ago; dir_rollback
 */
export async function acceptDirectory(signed, roots, { instance, serial, now }) {
  if (!(await isRootSigned(signed, roots))) throw new ProtocolError("dir_signature");
  const directory = await parseDirectory(signed.payload);
  if (now > directory.expires + SLACK) throw new ProtocolError("dir_expired");
  if (instance !== null && !equal(directory.instance, instance)) throw new ProtocolError("dir_signature");
  if (directory.serial < serial) throw new ProtocolError("dir_rollback");
  return directory;
}

/**
 * @param {SignedDirectory} signed
 * @param {Bytes[]} roots
 */
async function isRootSigned({ payload, sigs }, roots) {
  for (const root of roots) {
    const kid = await kidOf(root);
    for (const { sig } of sigs.filter((entry) => equal(entry.kid, kid))) {
      if (await verifyDirectory(root, payload, sig)) return true;
    }
  }
  return false;
}

/**
 * Whether the maker of a room seal believed this directory or one it replaced lately. If not, and no newer one
 * explains it, that client was given another directory: do not reply, tell the coordinator.
 * @param {Directory} directory
 * @param {Bytes} dirHash out of the seal
 */
export const knowsDirectory = ({ hash, earlier }, dirHash) => [hash, ...earlier].some((known) => equal(known, dirHash));

/** The public names of these people, by their keys in hex. @param {Member[]} staff @returns {Record<string, string>} */
export const namesIn = (staff) => Object.fromEntries(staff.map(({ kid, profile }) => [hex(kid), profile.alias]));

/**
 * @param {Directory} directory
 * @param {Bytes} kid
 * @returns {Member | undefined}
 */
export const memberOf = ({ staff }, kid) => staff.find((member) => equal(member.kid, kid));

/**
 * The directory in a payload, without asking who signed it. Fields of later versions are passed over.
 * @param {Bytes} payload
 * @returns {Promise<Directory>}
 * @throws {ProtocolError} malformed
 */
export async function parseDirectory(payload) {
  if (payload.length > MOST.payload) throw refuse();
  const { v, instance, serial, issued, expires, earlier, teams, staff } = fromJson(payload);
  if (v !== 1 || !isRecord(teams)) throw refuse();
  /** @type {Directory} */
  const directory = {
    instance: unb64u(instance, ID),
    serial: whole(serial, 1),
    issued: whole(issued, 0),
    expires: whole(expires, 0),
    earlier: array(earlier, MOST.earlier).map((hash) => unb64u(hash, HASH)),
    teams: { peer: team(teams.peer), moderation: team(teams.moderation), root: team(teams.root) },
    staff: await Promise.all(array(staff, MOST.staff).map(member)),
    hash: await directoryHash(payload),
  };
  const lifetime = directory.expires - directory.issued;
  const kids = new Set(directory.staff.map(({ kid }) => hex(kid)));
  const listed = Object.values(directory.teams).every(({ members }) => members.every((kid) => kids.has(hex(kid))));
  if (lifetime <= 0 || lifetime > LIFETIME || kids.size !== directory.staff.length || !listed) throw refuse();
  return directory;
}

/**
 * The payload to sign. `parseDirectory` gives the same directory back.
 * @param {Omit<Directory, "hash">} directory
 * @returns {Bytes}
 */
export function directoryPayload({ instance, serial, issued, expires, earlier, teams, staff }) {
  const { peer, moderation, root } = teams;
  const form = { v: 1, instance: b64u(instance), serial, issued, expires, earlier: earlier.map(b64u) };
  const faces = staff.map(({ kid, pub, roles, profile }) => ({ kid: b64u(kid), pub: b64u(pub), roles, profile }));
  const keys = { peer: teamJson(peer), moderation: teamJson(moderation), root: teamJson(root) };
  return utf8(JSON.stringify({ ...form, teams: keys, staff: faces }));
}

/** @param {Team} team */
const teamJson = ({ epoch, pub, members }) => ({ suite: 1, epoch, pub: b64u(pub), members: members.map(b64u) });

/** @param {unknown} value @returns {Team} */
function team(value) {
  if (!isRecord(value) || value.suite !== 1 || !isWhole(value.epoch, 1, 2 ** 32 - 1)) throw refuse();
  const members = array(value.members, MOST.staff).map((kid) => unb64u(kid, ID));
  if (!distinct(members)) throw refuse();
  return { epoch: value.epoch, pub: point(value.pub), members };
}

/** @param {unknown} value @returns {Promise<Member>} */
async function member(value) {
  if (!isRecord(value) || !isRecord(value.profile)) throw refuse();
  const { alias, stone, line, languages, topics, lived } = value.profile;
  const [kid, pub, roles] = [unb64u(value.kid, ID), point(value.pub), texts(value.roles)];
  const known = roles.length > 0 && roles.every((role) => ROLES.includes(role)) && new Set(roles).size === roles.length;
  if (!known || !equal(kid, await kidOf(pub))) throw refuse();
  const profile = {
    alias: text(alias),
    stone: text(stone),
    line: text(line),
    languages: texts(languages),
    topics: texts(topics),
    lived: texts(lived),
  };
  return { kid, pub, roles, profile };
}

/** @param {unknown} value */
function point(value) {
  const pub = unb64u(value, PUB);
  if (pub[0] !== 4) throw refuse();
  return pub;
}

/** @param {unknown} value @param {number} least */
function whole(value, least) {
  if (!isWhole(value, least, Number.MAX_SAFE_INTEGER)) throw refuse();
  return value;
}

/** @param {unknown} value @param {number} most @returns {unknown[]} */
function array(value, most) {
  if (!Array.isArray(value) || value.length > most) throw refuse();
  return value;
}

/** @param {unknown} value */
function text(value) {
  if (typeof value !== "string" || [...value].length > MOST.text || /[\p{Cc}\p{Cs}]/u.test(value)) throw refuse();
  return value;
}

/** @param {unknown} value */
const texts = (value) => array(value, MOST.tags).map(text);

/** @param {Bytes[]} ids */
const distinct = (ids) => new Set(ids.map(hex)).size === ids.length;
