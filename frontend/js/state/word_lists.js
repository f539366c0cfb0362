// The lists of 2,048 words, by number (docs/protocol.md, 3), each fetched once, when it is first asked for.

import { readWords } from "../crypto/code.js";
import { fetchWordList } from "../net/word_lists.js";

/** @typedef {import("../crypto/code.js").Words} Words */

/** Numbers are part of every code, so they never change. @type {Map<number, string>} */
const LISTS = new Map([
  [1, "en"],
  [2, "es"],
]);

/** @type {Map<number, Promise<Words>>} */
const fetched = new Map();

/**
 * @param {number[]} numbers of the lists that are needed; all of them where none is named
 * @returns {Promise<Map<number, Words>>}
 * @throws {import("../net/api.js").ApiError} unreachable; the next call tries again
 */
export async function wordLists(...numbers) {
  const wanted = numbers.length > 0 ? numbers.filter((number) => LISTS.has(number)) : [...LISTS.keys()];
  return new Map(await Promise.all(wanted.map(async (number) => /** @type {const} */ ([number, await list(number)]))));
}

/** @param {number} number */
function list(number) {
  const known = fetched.get(number);
  if (known) return known;
  const coming = fetchWordList(String(LISTS.get(number))).then(readWords);
  fetched.set(number, coming);
  coming.catch(() => fetched.delete(number));
  return coming;
}
