// A return code as a person sees and types it. Words are fetched only where they are shown or typed.

import { readCode, showNumbers, showWords } from "../../crypto/code.js";
import { ProtocolError } from "../../crypto/errors.js";

/** @typedef {import("../../crypto/code.js").Code} Code */
/** @typedef {import("../../crypto/code.js").Words} Words */
/** @typedef {(...numbers: number[]) => Promise<Map<number, Words>>} Lists fetches word lists, all where none is named; ApiError("unreachable") */

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
    return { words: showWords(code, (await lists(code.list)).get(code.list) ?? []), numbers };
  } catch {
    return { words: "", numbers };
  }
}

/**
 * The codes that what somebody typed may mean, the likeliest first: words of the page's own list, then of the others,
 * which are fetched only where the own did not help; or numbers, for which no list is fetched.
 * @param {string} typed in any shape
 * @param {Lists} lists
 * @param {number} own the page's list
 * @returns {AsyncGenerator<Code>} at least one
 * @throws {ProtocolError} malformed
 * @throws {import("../../net/api.js").ApiError} unreachable
 */
export async function* typedCodes(typed, lists, own) {
  if (!/\p{L}/u.test(typed)) {
    /** @type {Map<number, Words>} */
    const unread = new Map([ENGLISH, SPANISH].map((list) => [list, []]));
    return yield* readCode(typed, unread);
  }
  let any = false;
  for (const list of [own, ...[ENGLISH, SPANISH].filter((each) => each !== own)]) {
    for (const code of inList(typed, list, await lists(list))) {
      any = true;
      yield code;
    }
  }
  if (!any) throw new ProtocolError("malformed");
}

/**
 * @param {string} typed
 * @param {number} list
 * @param {Map<number, Words>} lists
 * @returns {Code[]} none where not all words are in it
 */
function inList(typed, list, lists) {
  try {
    return readCode(typed, new Map([[list, lists.get(list) ?? []]]));
  } catch (error) {
    if (error instanceof ProtocolError) return [];
    throw error;
  }
}
