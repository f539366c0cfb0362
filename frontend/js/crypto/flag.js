// What is disclosed to the moderation team, sealed to its key: docs/protocol.md, 2 and 11.

import { pad, sized, u32, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { seal } from "./seals.js";
import { ID } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {import("./seals.js").Flag} Flag */

const LENGTH = 4;
const FLAG = { unit: 4096, doublings: 4, items: 20, reason: 200, note: 1000 };
/** A flag and what its reporter sent later, together. */
const SHOWN = { ...FLAG, doublings: 5, items: 40, note: 2002 };
const NOTE = { unit: 1024, doublings: 2 };

/**
 * The words a participant picked, with what proves them, for the moderation team alone.
 * @param {Bytes} pub the moderation team's, from an accepted directory
 * @param {Bytes} flag its id, 16 bytes
 * @param {Bytes} room
 * @param {Bytes} seat the reporter's
 * @param {Flag} content
 * @returns {Promise<Bytes>} 4096 · 2^k + 81 bytes, k ≤ 4
 * @throws {ProtocolError} flag_format: no item, too many, or words of another form; too_long
 */
export const sealFlag = (pub, flag, room, seat, content) => sealed(pub, flag, room, seat, content, FLAG);

/**
 * The same words again, for one person whom a moderator asks for a second opinion; with what the reporter sent later.
 * @param {Bytes} pub that person's own
 * @param {Bytes} flag its id
 * @param {Bytes} room
 * @param {Bytes} seat the reporter's
 * @param {Flag} content of up to 40 items
 * @returns {Promise<Bytes>} 4096 · 2^k + 81 bytes, k ≤ 5
 * @throws {ProtocolError} flag_format, too_long
 */
export const sealShown = (pub, flag, room, seat, content) => sealed(pub, flag, room, seat, content, SHOWN);

/**
 * @param {Bytes} pub
 * @param {Bytes} flag
 * @param {Bytes} room
 * @param {Bytes} seat
 * @param {Flag} content
 * @param {typeof FLAG} most
 */
async function sealed(pub, flag, room, seat, content, most) {
  const { items, reason, note } = content;
  const fits = items.length >= 1 && items.length <= most.items && isShort(reason, most.reason) && isShort(note, most.note);
  if (!fits) throw new ProtocolError("flag_format");
  const fields = [sized(flag, ID), sized(room, ID), sized(seat, ID)];
  return seal(pub, "flag", fields, padded(content, most));
}

/**
 * What a moderator writes down beside a decision.
 * @param {Bytes} pub the moderation team's
 * @param {Bytes} flag its id
 * @param {number} number counted from 1 in each flag
 * @param {{ line: string }} content
 * @returns {Promise<Bytes>} 1024 · 2^k + 81 bytes, k ≤ 2
 * @throws {ProtocolError} too_long
 */
export const sealFlagNote = async (pub, flag, number, content) =>
  seal(pub, "flag-note", [sized(flag, ID), u32(number)], padded(content, NOTE));

/** @param {string} text @param {number} most characters */
const isShort = (text, most) => [...text].length <= most;

/**
 * JSON in the smallest block that holds it: the length of a block tells little about what was picked.
 * @param {object} content
 * @param {{ unit: number, doublings: number }} block
 */
function padded(content, { unit, doublings }) {
  const json = utf8(JSON.stringify(content));
  const size = Array.from({ length: doublings + 1 }, (_, k) => unit * 2 ** k).find((each) => json.length + LENGTH <= each);
  if (size === undefined) throw new ProtocolError("too_long");
  return pad(json, size);
}
