// What the two houses answer to staff: a field that this version does not know is passed over.

import { isRecord, isWhole, unb64u } from "../../crypto/encoding.js";
import { HASH, ID } from "../../crypto/sizes.js";
import { ApiError } from "../../net/api.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {"peer" | "moderator" | "coordinator"} Role */
/** @typedef {{ team: string, epoch: number, sealed: Bytes }} SealedTeamKey */
/** @typedef {{ staff: Bytes, role: Role, kid: Bytes, keys: Bytes, teamKeys: SealedTeamKey[] }} SignedIn */
/** @typedef {{ staff: Bytes, role: Role, instance: Bytes, expires: number }} Opened expires in unix seconds */
/**
 * A pass to the conversation side. expires in unix seconds; kid and limit (rooms at once) are what its claims say.
 * @typedef {{ token: string, expires: number, kid: Bytes, limit: number }} Pass
 */
/** @typedef {{ flag: Bytes, category: string, day: number }} Taken day: of its opening, days since 1970 */
/**
 * @typedef {{ room: Bytes, reporter: Bytes, epoch: number, sealed: Bytes, state: string,
 *   rows: import("./proof.js").EvidenceRow[] }} Evidence
 */

/** @typedef {Record<string, unknown>} Json */

const ROLES = ["peer", "moderator", "coordinator"];
const MOST = Number.MAX_SAFE_INTEGER;

/** @param {Json} json @returns {SignedIn} @throws {ApiError} not_beside */
export const readSignedIn = (json) =>
  read(() => ({
    staff: unb64u(json.staff, ID),
    role: role(json.role),
    kid: unb64u(json.kid, ID),
    keys: unb64u(json.keys),
    teamKeys: records(json.team_keys).map((each) => ({
      team: String(each.team),
      epoch: whole(each.epoch),
      sealed: unb64u(each.sealed),
    })),
  }));

/** @param {Json} json @returns {Opened} @throws {ApiError} not_beside */
export const readOpened = (json) =>
  read(() => ({
    staff: unb64u(json.staff, ID),
    role: role(json.role),
    instance: unb64u(json.instance, ID),
    expires: whole(json.expires),
  }));

/** @param {Json} json @returns {Pass} @throws {ApiError} not_beside */
export const readPass = (json) =>
  read(() => {
    const token = String(json.pass);
    const claims = JSON.parse(new TextDecoder().decode(unb64u(token.split(".")[1])));
    return { token, expires: whole(json.expires), kid: unb64u(claims.kid, ID), limit: whole(claims.limit) };
  });

/** @param {Json} json @returns {Taken | null} null where no flag waits @throws {ApiError} not_beside */
export const readTaken = (json) =>
  read(() => {
    if (json.flag === null) return null;
    const { flag, category, day } = record(json.flag);
    return { flag: unb64u(flag, ID), category: String(category), day: whole(day) };
  });

/** @param {Json} json @returns {Evidence} @throws {ApiError} not_beside */
export const readEvidence = (json) =>
  read(() => ({
    room: unb64u(json.room, ID),
    reporter: unb64u(json.reporter, ID),
    epoch: whole(json.epoch),
    sealed: unb64u(json.sealed),
    state: String(json.state),
    rows: records(json.rows).map(({ seq, ke, seat, n, com }) => ({
      seq: whole(seq),
      ke: whole(ke),
      seat: unb64u(seat, ID),
      n: whole(n),
      com: unb64u(com, HASH),
    })),
  }));

/** @template T @param {() => T} parse @returns {T} */
function read(parse) {
  try {
    return parse();
  } catch {
    throw new ApiError("not_beside");
  }
}

/** @param {unknown} value @returns {Role} */
function role(value) {
  if (!ROLES.includes(String(value))) throw new RangeError("no role");
  return /** @type {Role} */ (value);
}

/** @param {unknown} value */
function whole(value) {
  if (!isWhole(value, 0, MOST)) throw new RangeError("no whole number");
  return value;
}

/** @param {unknown} value */
function record(value) {
  if (!isRecord(value)) throw new RangeError("no object");
  return value;
}

/** @param {unknown} value */
function records(value) {
  if (!Array.isArray(value)) throw new RangeError("no list");
  return value.map(record);
}
