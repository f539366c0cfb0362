// What people say to each other, as JSON inside the envelope: docs/protocol.md, 9.

import { b64u, fromJson, isRecord, isWhole, unb64u, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { EPOCHS, HASH } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {Record<string, unknown>} Fields what belongs to a kind, without k, t and seen */
/**
 * t: minutes since 1970; seen: the last (seq, head) its sender had verified.
 * @typedef {{ kind: string, t: number, seen: { seq: number, head: Bytes }, fields: Fields }} Body
 */

const U32 = 2 ** 32 - 1;
const LONGEST = { kind: 32, name: 200, code: 32, drawing: 12_000 };

/** @typedef {(value: unknown) => boolean} Check */

/** @param {unknown} value @returns {value is string} text with a UTF-8 form */
const isText = (value) => typeof value === "string" && !/\p{Cs}/u.test(value);

/** @param {number} most characters @returns {(value: unknown) => value is string} text without control characters */
const isLine = (most) => /** @type {(value: unknown) => value is string} */ (
  (value) => isText(value) && !/\p{Cc}/u.test(value) && [...value].length <= most
);
/** @param {Check} check @returns {Check} */
const optional = (check) => (value) => value === undefined || check(value);
const isKind = isLine(LONGEST.kind);
const isName = isLine(LONGEST.name);
const isCode = isLine(LONGEST.code);
/** @type {Check} */
const isSeq = (value) => isWhole(value, 1, U32);
/** @type {Check} */
const isMinute = (value) => isWhole(value, 0, U32);
/** @type {Check} */
const isEpoch = (value) => isWhole(value, 2, EPOCHS);
/** @type {Check} */
const isPause = (value) => value === "here" || value === "away" || value === "back";
/** A key id in hex. @type {Check} */
const isKid = (value) => typeof value === "string" && /^[0-9a-f]{32}$/.test(value);
/** @type {Check} */
const areLines = (value) => Array.isArray(value) && value.every(isText);
/** @type {Check} */
const areStrokes = (value) => Array.isArray(value) && utf8(JSON.stringify(value)).length <= LONGEST.drawing;

/** @type {Check} */
function isHash(value) {
  try {
    return unb64u(value, HASH).length === HASH;
  } catch {
    return false;
  }
}

const BOTH = { client: true, staff: true };
const CLIENT = { client: true, staff: false };
const STAFF = { client: false, staff: true };

/**
 * Who may say a kind, and what each of its fields must be; other fields are passed over.
 * @type {Map<string, { who: { client: boolean, staff: boolean }, fields: Record<string, Check> }>}
 */
const KINDS = new Map(
  Object.entries({
    hello: { who: BOTH, fields: { alias: optional(isName) } },
    text: { who: BOTH, fields: { x: isText } },
    pace: { who: CLIENT, fields: { v: isCode } },
    need: { who: CLIENT, fields: { v: isCode } },
    pause: { who: CLIENT, fields: { v: isPause } },
    skip: { who: CLIENT, fields: { of: isSeq } },
    "not-ready": { who: CLIENT, fields: { of: isSeq } },
    here: { who: STAFF, fields: {} },
    nod: { who: STAFF, fields: { of: isSeq } },
    leaving: { who: STAFF, fields: { at: isMinute } },
    page: { who: CLIENT, fields: { lines: areLines } },
    drawing: { who: CLIENT, fields: { strokes: areStrokes, words: optional(isText) } },
    step: { who: CLIENT, fields: { x: isText } },
    ours: { who: BOTH, fields: { op: isRecord } },
    "take-back": { who: BOTH, fields: { of: isSeq } },
    handover: { who: STAFF, fields: { text: isText, next: optional(isKid) } },
    consent: { who: CLIENT, fields: { of: isSeq, text: isText } },
    rekey: { who: CLIENT, fields: { e: isEpoch, next: isHash } },
    flagged: { who: BOTH, fields: {} },
    bye: { who: BOTH, fields: {} },
  }),
);

/**
 * @param {Bytes} bytes
 * @returns {Body} of a known kind or not
 * @throws {ProtocolError} msg_format
 */
export function parseBody(bytes) {
  const { k, t, seen, ...fields } = fromJson(bytes, "msg_format");
  if (!isKind(k) || !isMinute(t) || !Array.isArray(seen) || seen.length !== 2 || !isWhole(seen[0], 0, U32)) {
    throw new ProtocolError("msg_format");
  }
  return { kind: k, t: Number(t), seen: { seq: seen[0], head: unb64u(seen[1], HASH, "msg_format") }, fields };
}

/**
 * @param {Body} body
 * @returns {Bytes}
 * @throws {ProtocolError} msg_format
 */
export function writeBody({ kind, t, seen, fields }) {
  const bytes = utf8(JSON.stringify({ ...fields, k: kind, t, seen: [seen.seq, b64u(seen.head)] }));
  parseBody(bytes); // so that no page can send what every other page would refuse
  return bytes;
}

/**
 * Whether a body is of a kind this version knows, from a seat that may say it, with the fields that belong to it.
 * All others are shown as "cannot be shown here" and obeyed in nothing.
 * @param {Body} body
 * @param {boolean} fromClient
 */
export function isObeyed({ kind, fields }, fromClient) {
  const known = KINDS.get(kind);
  if (!known || !(fromClient ? known.who.client : known.who.staff)) return false;
  return Object.entries(known.fields).every(([name, fits]) => fits(fields[name]));
}
