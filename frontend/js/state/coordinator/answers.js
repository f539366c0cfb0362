// What the two houses answer to a coordinator: a field that this version does not know is passed over.

import { unb64u } from "../../crypto/encoding.js";
import { ID, KEY, PUB } from "../../crypto/sizes.js";
import { read, record, role, whole } from "../staff/answers.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/answers.js").Role} Role */
/** @typedef {import("../../crypto/directory.js").Profile} Profile */
/**
 * Somebody invited. expires: unix seconds; pub, mac and profile once they answered; secretBox: the coordinator's own who
 * invited; replaces: whose place they take, as the same person with a new key.
 * @typedef {{ staff: Bytes, role: Role, submitted: boolean, expires: number, pub: Bytes | null, mac: Bytes | null,
 *   profile: Profile | null, secretBox: Bytes, replaces: Bytes | null }} Applicant
 */
/** @typedef {{ kid: Bytes, secondFactor: boolean, roomLimit: number }} MemberState */
/** @typedef {{ kid: Bytes, reason: string, day: number }} Suspended day: days since 1970; who they are, only a signed list says */
/** @typedef {{ kid: Bytes, reason: string, by: Bytes, day: number, agreed: Bytes | null }} Proposal by, agreed: who asked, and who agreed */
/** @typedef {{ members: MemberState[], suspended: Suspended[], proposals: Proposal[] }} Members */
/** @typedef {[day: string, begins: string, ends: string]} Interval */
/** @typedef {{ zone: string, weekly: Record<string, Interval[]>, closures: [first: string, last: string][] }} Hours */
/** @typedef {{ hours: Hours | null, keepDays: number, hold: boolean }} Settings */
/** @typedef {{ n: number, day: number, act: string, by: Bytes, ofFlag: boolean, reason: string }} TrailEntry ofFlag: it is about one */

const MOST = { rows: 1000, text: 200 };

/** @template T @param {(json: Record<string, unknown>) => T} parse @returns {(json: unknown) => T} */
const reader = (parse) => (json) => read(() => parse(record(json)));

/** `enrolment/waiting` */
export const readWaiting = reader(({ waiting }) => rows(waiting).map(applicant));

/** `enrolment/members` @type {(json: unknown) => Members} */
export const readMembers = reader((json) => ({
  members: rows(json.members).map((each) => ({
    kid: id(each.kid),
    secondFactor: each.second_factor === true,
    roomLimit: whole(each.room_limit),
  })),
  suspended: rows(json.suspended).map((each) => ({
    kid: id(each.kid),
    reason: text(each.reason),
    day: whole(each.day),
  })),
  proposals: rows(json.proposals).map(proposal),
}));

/** `service/settings` and `service/set` @type {(json: unknown) => Settings} */
export const readSettings = reader((json) => ({
  hours: json.hours === null || json.hours === undefined ? null : hours(json.hours),
  keepDays: whole(json.keep_days),
  hold: json.hold === true,
}));

/** `flags/trail` */
export const readTrail = reader(({ entries }) => rows(entries).map(entry));

/** @param {Record<string, unknown>} json @returns {TrailEntry} */
const entry = ({ n, day, act, kid, flag, reason }) => ({
  n: whole(n),
  day: whole(day),
  act: text(act),
  by: id(kid),
  ofFlag: id(flag).some((byte) => byte !== 0),
  reason: text(reason),
});

/** @param {Record<string, unknown>} json @returns {Applicant} */
const applicant = (json) => ({
  staff: id(json.staff),
  role: role(json.role),
  submitted: json.submitted === true,
  expires: whole(json.expires),
  pub: json.pub === null ? null : unb64u(json.pub, PUB),
  mac: json.mac === null ? null : unb64u(json.mac, KEY),
  profile: json.profile === null ? null : profile(json.profile),
  secretBox: unb64u(json.secret_box),
  replaces: optionalId(json.replaces),
});

/** @param {Record<string, unknown>} json @returns {Proposal} */
const proposal = ({ kid, reason, by, day, agreed }) => ({
  kid: id(kid),
  reason: text(reason),
  by: id(by),
  day: whole(day),
  agreed: optionalId(agreed),
});

/** A profile as it stands in a directory, where a stone is a text. @param {unknown} value @returns {Profile} */
function profile(value) {
  const { alias, stone, line, languages, topics, lived } = record(value);
  return {
    alias: text(alias),
    stone: String(whole(Number(stone))),
    line: text(line),
    languages: texts(languages),
    topics: texts(topics),
    lived: texts(lived),
  };
}

/** @param {unknown} value @returns {Hours} */
function hours(value) {
  const { zone, weekly, closures } = record(value);
  const week = Object.entries(record(weekly)).map(([language, all]) => [language, list(all).map((each) => fixed(each, 3))]);
  return {
    zone: text(zone),
    weekly: /** @type {Record<string, Interval[]>} */ (Object.fromEntries(week)),
    closures: /** @type {Hours["closures"]} */ (list(closures ?? []).map((each) => fixed(each, 2))),
  };
}

/** @param {unknown} value @returns {unknown[]} */
function list(value) {
  if (!Array.isArray(value) || value.length > MOST.rows) throw new RangeError("no list");
  return value;
}

/** @param {unknown} value */
const rows = (value) => list(value).map(record);

/** @param {unknown} value @param {number} length */
function fixed(value, length) {
  const all = list(value).map(text);
  if (all.length !== length) throw new RangeError("another length");
  return all;
}

/** @param {unknown} value */
function text(value) {
  if (typeof value !== "string" || value.length > MOST.text) throw new RangeError("no text");
  return value;
}

/** @param {unknown} value */
const texts = (value) => list(value).map(text);

/** @param {unknown} value */
const id = (value) => unb64u(value, ID);

/** @param {unknown} value */
const optionalId = (value) => (value === null || value === undefined ? null : id(value));
