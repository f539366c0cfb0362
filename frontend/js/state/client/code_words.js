// A return code as a person sees and types it. Words are fetched only where they are shown or typed.

import { readCode, showNumbers, showWords } from "../../crypto/code.js";

/** @typedef {import("../../crypto/code.js").Code} Code */
/** @typedef {import("../../crypto/code.js").Words} Words */
/** @typedef {() => Promise<Map<number, Words>>} Lists fetches every word list, by its number; ApiError("unreachable") */

const [ENGLISH, SPANISH] = [1, 2];

/**
 * The number of the list in which a new code is made.
 * @param {string} language as `lang` has it
 */
export const listFor = (language) => (language.split("-")[0] === "es" ? SPANISH : ENGLISH);

/**
 * A code as words and as numbers; the words are empty where they cannot be had now.
 * @param {Code} code
 * @param {Lists} lists
 */
export async function shownCode(code, lists) {
  const numbers = showNumbers(code);
  try {
    return { words: showWords(code, (await lists()).get(code.list) ?? []), numbers };
  } catch {
    return { words: "", numbers };
  }
}

/**
 * The codes that what somebody typed may mean: words in any shape, or numbers, for which no list is fetched.
 * @param {string} typed
 * @param {Lists} lists
 * @returns {Promise<Code[]>} at least one
 * @throws {import("../../crypto/errors.js").ProtocolError} malformed
 * @throws {import("../../net/api.js").ApiError} unreachable
 */
export async function typedCodes(typed, lists) {
  /** @type {Map<number, Words>} */
  const none = new Map([ENGLISH, SPANISH].map((list) => [list, []]));
  return readCode(typed, /\p{L}/u.test(typed) ? await lists() : none);
}
