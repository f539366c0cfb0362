// Words that come into a peer's draft by a tap. They stand there to be changed; nothing here sends.

/** @typedef {import("../../timeline.js").Row} Row */

/** Where the other person's words go in a frame such as "I'm hearing … Did I get that right?". */
const GAP = /\s*…\s*/u;
/** Characters of a piece, at most: what is reflected is short. */
const LONGEST = 160;
/** How many of the last pieces can be picked. */
const PIECES = 6;

/**
 * The draft with words at its end, on a line of their own where something stands there.
 * @param {string} draft
 * @param {string} words
 */
export function added(draft, words) {
  const before = draft.trimEnd();
  return before === "" ? words : `${before}\n${words}`;
}

/**
 * Their words in a frame.
 * @param {string} frame
 * @param {string} words
 */
export const reflected = (frame, words) => frame.replace(GAP, () => ` “${words}”. `).trim();

/**
 * What the client wrote last, in pieces of a sentence each, the newest first.
 * @param {readonly Row[]} rows
 * @returns {string[]}
 */
export function pieces(rows) {
  const texts = rows.filter(isTheirs).map(({ text }) => text);
  const all = texts.flatMap((text) => (text.match(/[^.!?？؟。…\n]+/gu) ?? []).map(short).filter((piece) => piece !== ""));
  return [...new Set(all.reverse())].slice(0, PIECES);
}

/** Whether a row holds words of the client that stand. @param {Row} row */
export const isTheirs = ({ from, who, kind }) => from === "them" && who === "" && kind === "text";

/** @param {string} sentence */
function short(sentence) {
  const words = sentence.trim().replace(/[“”"]/gu, "").replace(/\s+/gu, " ");
  if (words.length <= LONGEST) return words;
  const end = words.lastIndexOf(" ", LONGEST);
  return `${words.slice(0, end > 0 ? end : LONGEST)}…`;
}
