// How much fits into one note: an envelope has a largest size, and what is longer goes in several.

/** Bytes of a text as it is written into the envelope; the rest of 16,384 is for what travels with it. */
export const FITS = 15_000;
const NEAR = 0.9;

const utf8 = new TextEncoder();

/** @param {string} text */
const size = (text) => utf8.encode(JSON.stringify(text)).length;

/**
 * @param {string} text
 * @returns {"fits" | "near" | "over"} silent until nine tenths are used
 */
export function lengthOf(text) {
  const used = size(text);
  if (used > FITS) return "over";
  return used > NEAR * FITS ? "near" : "fits";
}

/**
 * The text in notes that fit, cut at the end of a line where there is one, else of a sentence, else of a word.
 * @param {string} text
 * @returns {string[]}
 */
export function inParts(text) {
  const parts = [];
  let rest = text;
  while (size(rest) > FITS) {
    const most = longestFit(rest);
    const cut = [/\n/gu, /[.!?…。！？؟]\s/gu, /\s/gu]
      .map((end) => lastEnd(rest.slice(0, most), end))
      .find((at) => at > most / 2) ?? most;
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest === "" ? parts : [...parts, rest];
}

/** @param {string} text @returns {number} code units that fit, never in the middle of a character */
function longestFit(text) {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(text.slice(0, middle)) <= FITS) low = middle;
    else high = middle - 1;
  }
  return /[\uD800-\uDBFF]/u.test(text.charAt(low - 1)) ? low - 1 : low;
}

/**
 * @param {string} text
 * @param {RegExp} end
 * @returns {number} behind the last match, 0 for none
 */
const lastEnd = (text, end) => [...text.matchAll(end)].reduce((_, { index, 0: mark }) => index + mark.length, 0);
