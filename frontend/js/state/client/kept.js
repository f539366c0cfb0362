// What of an open talk outlives a reload: its slot and who was let in. Never the code, nor what the code opens, nor what
// somebody would like in a peer.

import { b64u, isRecord, unb64u } from "../../crypto/encoding.js";
import { ID, KEY } from "../../crypto/sizes.js";

/** @typedef {import("./rekeying.js").Slot} Slot */
/** @typedef {import("./talk.js").Let} Let */

/**
 * @param {{ place: Slot, let: Let }} talk
 * @param {import("./opening.js").Ticket} ticket what the service was told, so that it is not told otherwise
 * @returns {object} plain JSON
 */
export const toKept = ({ place, let: { accepted, refused, shared } }, { urgent, note, language }) => ({
  room: b64u(place.room),
  secret: b64u(place.seatSecret),
  wrapKey: b64u(place.wrapKey),
  accepted: [...accepted],
  refused: [...refused],
  shared: [...shared].map(([reader, epochs]) => [reader, [...epochs]]),
  urgent,
  note,
  language,
});

/**
 * @param {unknown} json
 * @returns {{ place: Slot, let: Let, urgent: boolean, note: boolean, language: string } | null} null for anything else than what `toKept` made
 */
export function fromKept(json) {
  try {
    if (!isRecord(json)) return null;
    const place = { room: unb64u(json.room, ID), seatSecret: unb64u(json.secret, KEY), wrapKey: unb64u(json.wrapKey, KEY) };
    const shared = new Map(list(json.shared).map((entry) => [text(list(entry)[0]), new Set(list(list(entry)[1]).map(Number))]));
    const ticket = { urgent: json.urgent === true, note: json.note === true, language: text(json.language) };
    return { place, ...ticket, let: { accepted: kids(json.accepted), refused: kids(json.refused), shared } };
  } catch {
    return null;
  }
}

/** @param {unknown} value */
const kids = (value) => new Set(list(value).map(text));

/** @param {unknown} value @returns {unknown[]} */
function list(value) {
  if (!Array.isArray(value)) throw new TypeError("no list");
  return value;
}

/** @param {unknown} value */
function text(value) {
  if (typeof value !== "string") throw new TypeError("no text");
  return value;
}
