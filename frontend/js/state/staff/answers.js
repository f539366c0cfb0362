// What the two houses answer to staff: a field that this version does not know is passed over.

import { isRecord, isWhole, unb64u } from "../../crypto/encoding.js";
import { ID } from "../../crypto/sizes.js";
import { ApiError } from "../../net/api.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {"peer" | "moderator" | "coordinator"} Role */
/** @typedef {{ team: string, epoch: number, sealed: Bytes }} SealedTeamKey */
/** @typedef {{ staff: Bytes, role: Role, kid: Bytes, keys: Bytes, asksCode: boolean, teamKeys: SealedTeamKey[] }} SignedIn asksCode: at sign-in */
/** @typedef {{ staff: Bytes, role: Role, instance: Bytes, expires: number }} Opened expires in unix seconds */
/**
 * A pass to the conversation side. expires in unix seconds; kid and limit (rooms at once) are what its claims say.
 * @typedef {{ token: string, expires: number, kid: Bytes, limit: number }} Pass
 */

/** begun and used in unix seconds; this: the browser that asks. @typedef {{ begun: number, used: number, this: boolean }} OwnSession */
/** What an app takes up: secret in base32, rows of dark (1) and light (0). @typedef {{ secret: string, rows: string[] }} BegunSecond */
/**
 * Something that happened to the team, on a day since 1970: `by` did it, to `kid`, who had the name `alias` ("" for none).
 * @typedef {{ n: number, day: number, act: string, by: Bytes | null, kid: Bytes | null, alias: string, reason: string }} TrailEntry
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
    asksCode: json.second_factor === true,
    teamKeys: records(json.team_keys).map((each) => ({
      team: String(each.team),
      epoch: whole(each.epoch),
      sealed: unb64u(each.sealed),
    })),
  }));

/** @param {Json} json @returns {OwnSession[]} @throws {ApiError} not_beside */
export const readSessions = (json) =>
  read(() => records(json.sessions).map((each) => ({ begun: whole(each.begun), used: whole(each.used), this: each.this === true })));

/** @param {Json} json @returns {BegunSecond} @throws {ApiError} not_beside */
export const readBegunSecond = (json) =>
  read(() => {
    const rows = Array.isArray(json.rows) ? json.rows.map(String) : [];
    if (rows.length === 0 || rows.some((row) => row.length !== rows.length || !/^[01]+$/.test(row))) throw new RangeError("no square");
    return { secret: String(json.secret), rows };
  });

/** @param {Json} json @returns {TrailEntry[]} newest first @throws {ApiError} not_beside */
export const readTrail = (json) =>
  read(() =>
    records(json.entries).map(({ n, day, act, by, kid, alias, reason }) => ({
      n: whole(n),
      day: whole(day),
      act: String(act),
      by: by === null ? null : unb64u(by, ID),
      kid: kid === null ? null : unb64u(kid, ID),
      alias: String(alias),
      reason: String(reason),
    })),
  );

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

/** An answer, read whole. @template T @param {() => T} parse @returns {T} @throws {ApiError} not_beside */
export function read(parse) {
  try {
    return parse();
  } catch {
    throw new ApiError("not_beside");
  }
}

/** @param {unknown} value @returns {Role} */
export function role(value) {
  if (!ROLES.includes(String(value))) throw new RangeError("no role");
  return /** @type {Role} */ (value);
}

/** @param {unknown} value */
export function whole(value) {
  if (!isWhole(value, 0, MOST)) throw new RangeError("no whole number");
  return value;
}

/** @param {unknown} value */
export function record(value) {
  if (!isRecord(value)) throw new RangeError("no object");
  return value;
}

/** @param {unknown} value */
export function records(value) {
  if (!Array.isArray(value)) throw new RangeError("no list");
  return value.map(record);
}
