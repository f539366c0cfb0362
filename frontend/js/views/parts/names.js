// Several names in one sentence, and languages by their own names.

import { locale } from "../../platform/locale.js";

/**
 * Names joined as the reader's language joins them; each is isolated, so that none turns the sentence around it.
 * @param {readonly string[]} names
 */
export const listed = (names) =>
  new Intl.ListFormat(locale(), { type: "conjunction" }).format(names.map((name) => `\u2068${name}\u2069`));

/**
 * A language by its own name, in its own script; its code where this browser does not know it.
 * @param {string} code as in the directory
 */
export function ownName(code) {
  try {
    return new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * A language as the reader's language calls it, for a sentence.
 * @param {string} code
 */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
