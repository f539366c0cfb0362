// The return code and everything it opens: docs/protocol.md, 3.

import { concat, ctx, sized, u16, u8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { hkdf, pbkdf2, random } from "./primitives.js";
import { ID, KEY } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {{ list: number, indices: number[] }} Code the number of a word list, and seven indices into it */
/** @typedef {string[]} Words the 2,048 words of one list */

const WORDS = 7;
const LIST_LENGTH = 2048;
const LONGEST_TYPED = 500;

/** A constant of version 1. */
export const CODE_ITERATIONS = 600_000;

/** Rooms a return code can open in one month. */
export const SLOTS = 8;

/**
 * The words of a list as it is served, one a line.
 * @param {string} text
 * @returns {Words}
 * @throws {ProtocolError} malformed, where it is not 2,048 words told apart by their first four letters
 */
export function readWords(text) {
  const words = text.split("\n");
  const ended = words.pop() === "";
  const plain = words.every((word) => /^[a-z]{3,}$/.test(word));
  if (!ended || !plain || words.length !== LIST_LENGTH || new Set(words.map(opening)).size !== LIST_LENGTH) {
    throw new ProtocolError("malformed");
  }
  return words;
}

/** @param {string} word the letters that tell it from every other */
const opening = (word) => word.slice(0, 4);

/**
 * A new code: 77 bits from the system's generator.
 * @param {number} list
 * @returns {Code}
 */
export function makeCode(list) {
  // 2,048 divides 65,536, so every index is equally likely and nothing has to be drawn again.
  const drawn = new Uint16Array(random(2 * WORDS).buffer);
  return { list, indices: Array.from(drawn, (value) => value % LIST_LENGTH) };
}

/**
 * @param {Code} code
 * @param {Words} words the list of the code
 */
export const showWords = ({ indices }, words) => indices.map((index) => String(words[index])).join(" ");

/** @param {Code} code @returns {string} eight groups of four digits: the list, then the indices */
export const showNumbers = ({ list, indices }) =>
  [list, ...indices].map((number) => String(number).padStart(4, "0")).join(" ");

/**
 * The codes that what someone typed may mean: one for each list that holds all seven words. Case, accents, separators
 * and letters after the fourth do not matter. The same code may be typed as numbers.
 * @param {string} typed
 * @param {Map<number, Words>} lists by number
 * @returns {Code[]} at least one
 * @throws {ProtocolError} malformed
 */
export function readCode(typed, lists) {
  if (typed.length > LONGEST_TYPED) throw new ProtocolError("malformed");
  const plain = typed.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/\p{L}+/gu);
  const codes = words === null ? numbered(plain, lists) : spelled(words, lists);
  if (codes.length === 0) throw new ProtocolError("malformed");
  return codes;
}

/**
 * @param {string[]} typed
 * @param {Map<number, Words>} lists
 * @returns {Code[]}
 */
function spelled(typed, lists) {
  if (typed.length !== WORDS) return [];
  const openings = typed.map(opening);
  return [...lists].flatMap(([list, words]) => {
    const known = words.map(opening);
    const indices = openings.map((letters) => known.indexOf(letters));
    return indices.includes(-1) ? [] : [{ list, indices }];
  });
}

/**
 * @param {string} typed
 * @param {Map<number, Words>} lists
 * @returns {Code[]}
 */
function numbered(typed, lists) {
  const digits = typed.replace(/[^0-9]/g, "");
  if (digits.length !== 4 * (WORDS + 1)) return [];
  const [list = 0, ...indices] = (digits.match(/.{4}/g) ?? []).map(Number);
  return lists.has(list) && indices.every((index) => index < LIST_LENGTH) ? [{ list, indices }] : [];
}

/**
 * @param {Code} code
 * @param {Bytes} instance 16 bytes of the signed directory
 * @param {number} [iterations] another number only for test vectors
 * @returns {Promise<Bytes>} the root secret, 32 bytes
 * @throws {ProtocolError} malformed
 */
export async function codeRoot({ list, indices }, instance, iterations = CODE_ITERATIONS) {
  if (indices.length !== WORDS || indices.some((index) => index >= LIST_LENGTH)) throw new ProtocolError("malformed");
  return pbkdf2(concat(u8(list), ...indices.map(u16)), ctx("return-code", sized(instance, ID)), iterations);
}

/**
 * Months since January 2020, by the service's clock: a phone with a wrong date must not lose a talk.
 * @param {number} seconds unix seconds
 */
export function monthOf(seconds) {
  const date = new Date(seconds * 1000);
  return (date.getUTCFullYear() - 2020) * 12 + date.getUTCMonth();
}

/**
 * One of the rooms a root can open in a month.
 * @param {Bytes} root
 * @param {number} month
 * @param {number} k 0 to 7
 */
export async function slot(root, month, k) {
  const okm = await hkdf(sized(root, KEY), ctx("slot", u16(month), u8(k)), 80);
  return { room: okm.slice(0, 16), seatSecret: okm.slice(16, 48), wrapKey: okm.slice(48) };
}

/** @param {Bytes} root */
export async function vaultKeys(root) {
  const okm = await hkdf(sized(root, KEY), ctx("vault"), 80);
  return { id: okm.slice(0, 16), token: okm.slice(16, 48), key: okm.slice(48) };
}
