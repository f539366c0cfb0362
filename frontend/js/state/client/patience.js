// Asking again: what got lost on the way is asked again as it was, since all that is asked this way may be repeated.

import { ProtocolError } from "../../crypto/errors.js";
import { ApiError } from "../../net/api.js";

/** @typedef {import("../../platform/clock.js").Clock} Clock */

/** Nothing was refused: the server was not reached, or is not at its best. */
const LOST = ["unreachable", "unavailable", "not_beside"];
const LONGEST = 30_000;

/** @param {unknown} error */
export const isLost = (error) => error instanceof ApiError && LOST.includes(error.code);

/**
 * @param {unknown} error
 * @returns {string} a code of docs/protocol.md, 16; what is wrong on our side reads as "unavailable"
 */
export const codeOf = (error) => (error instanceof ApiError || error instanceof ProtocolError ? error.code : "unavailable");

/**
 * A few tries, for an act that a person waits for.
 * @template T
 * @param {Clock} clock
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
export async function aFewTimes(clock, ask) {
  for (const wait of [1000, 2000, 4000]) {
    try {
      return await ask();
    } catch (error) {
      if (!isLost(error)) throw error;
    }
    await clock.sleep(wait);
  }
  return ask();
}

/**
 * As often as it takes, for what goes on in the background of a page.
 * @template T
 * @param {Clock} clock
 * @param {(reached: boolean) => void} told whether the server answers, after each try
 * @param {() => Promise<T>} ask it throws something else once the page has no use for the answer
 * @returns {Promise<T>}
 */
export async function untilReached(clock, told, ask) {
  for (let wait = 1000; ; wait = Math.min(LONGEST, 2 * wait)) {
    try {
      const answer = await ask();
      told(true);
      return answer;
    } catch (error) {
      if (!isLost(error)) throw error;
    }
    told(false);
    await clock.sleep(wait);
  }
}
