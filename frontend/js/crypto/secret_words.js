// A staff or invite secret as twelve words, and as a key file: docs/protocol.md, 5.

import { ctx, sized } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { sha256 } from "./primitives.js";
import { ID } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {import("./code.js").Words} Words */

const WORDS = 12;
const BITS = 11;
const CHECK_BITS = WORDS * BITS - ID * 8;
const ENOUGH = 4;
const LONGEST_TYPED = 500;
const TITLE = "beside staff secret 1";
const LONGEST_FILE = 1000;

/**
 * A secret as twelve words: its 128 bits, then 4 check bits, 11 a word.
 * @param {Bytes} secret 16 bytes
 * @param {Words} words the list to write them in
 */
export async function secretWords(secret, words) {
  const bits = (asNumber(sized(secret, ID)) << BigInt(CHECK_BITS)) | BigInt(await checksum(secret));
  const indices = Array.from({ length: WORDS }, (_, i) => (bits >> BigInt(BITS * (WORDS - 1 - i))) & 2047n);
  return indices.map((index) => String(words[Number(index)])).join(" ");
}

/**
 * The secret in twelve typed words of any list: case, accents, separators and letters after the fourth do not matter,
 * as long as they are the word's own.
 * @param {string} typed
 * @param {Iterable<Words>} lists
 * @returns {Promise<Bytes>} 16 bytes
 * @throws {ProtocolError} malformed; the check bits find 15 of 16 slips that are words themselves
 */
export async function readSecret(typed, lists) {
  if (typed.length > LONGEST_TYPED) throw new ProtocolError("malformed");
  const plain = typed.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const found = plain.match(/\p{L}+/gu) ?? [];
  for (const words of found.length === WORDS ? lists : []) {
    const secret = await spelled(found, words);
    if (secret) return secret;
  }
  throw new ProtocolError("malformed");
}

/**
 * The text of a key file.
 * @param {Bytes} secret
 * @param {Words} words
 */
export const keyFile = async (secret, words) => `${TITLE}\n${await secretWords(secret, words)}\n`;

/**
 * The secret in a key file.
 * @param {string} text
 * @param {Iterable<Words>} lists
 * @returns {Promise<Bytes>} 16 bytes
 * @throws {ProtocolError} malformed
 */
export async function readKeyFile(text, lists) {
  const [title = "", ...rest] = text.length > LONGEST_FILE ? [] : text.trim().split("\n");
  if (title.trim() !== TITLE) throw new ProtocolError("malformed");
  return readSecret(rest.join("\n"), lists);
}

/**
 * @param {string[]} typed twelve words
 * @param {Words} words
 * @returns {Promise<Bytes | null>} null where one is not of this list, or the check bits do not fit
 */
async function spelled(typed, words) {
  const openings = new Map(words.map((word, index) => [word.slice(0, ENOUGH), index]));
  let bits = 0n;
  for (const word of typed) {
    const index = openings.get(word.slice(0, ENOUGH));
    if (index === undefined || !words[index]?.startsWith(word)) return null;
    bits = (bits << BigInt(BITS)) | BigInt(index);
  }
  const whole = bits >> BigInt(CHECK_BITS);
  const secret = Uint8Array.from({ length: ID }, (_, i) => Number((whole >> BigInt(8 * (ID - 1 - i))) & 255n));
  return (bits & BigInt(2 ** CHECK_BITS - 1)) === BigInt(await checksum(secret)) ? secret : null;
}

/** @param {Bytes} bytes */
const asNumber = (bytes) => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

/** @param {Bytes} secret */
const checksum = async (secret) => Number((await sha256(ctx("secret-words", secret)))[0]) >> (8 - CHECK_BITS);
