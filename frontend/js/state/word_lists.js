// The lists of 2,048 words, by number (docs/protocol.md, 3), fetched once, when they are first asked for.

import { readWords } from "../crypto/code.js";
import { fetchWordList } from "../net/word_lists.js";

/** @typedef {import("../crypto/code.js").Words} Words */

/** Numbers are part of every code, so they never change. @type {[number, string][]} */
const LISTS = [
  [1, "en"],
  [2, "es"],
];

/** @type {Promise<Map<number, Words>> | null} */
let fetched = null;

/**
 * @returns {Promise<Map<number, Words>>}
 * @throws {import("../net/api.js").ApiError} unreachable; the next call tries again
 */
export function wordLists() {
  fetched ??= fetchAll().catch((error) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

async function fetchAll() {
  const lists = LISTS.map(async ([number, name]) => /** @type {const} */ ([number, readWords(await fetchWordList(name))]));
  return new Map(await Promise.all(lists));
}
