// The lists of 2,048 words that codes and secrets are written in, as they are served.

import { ApiError } from "./api.js";

/**
 * @param {string} name such as "en"
 * @returns {Promise<string>} one word a line
 * @throws {ApiError} unreachable, also where the list is not there
 */
export async function fetchWordList(name) {
  try {
    const answer = await fetch(`/words/words.${name}.txt`, { referrerPolicy: "no-referrer", redirect: "error" });
    if (answer.ok) return await answer.text();
  } catch {
    // as good as not there
  }
  throw new ApiError("unreachable");
}
