// Long words in short paragraphs.

const LONG = 60; // words
const SENTENCES = 3;

/** A sentence with the mark that ends it, in the scripts we know marks of; the rest of a text without one. */
const SENTENCE = /[^.!?…。！？؟]+(?:[.!?…。！？؟]+["'”’»)\]]*\s*|$)/gu;

/**
 * The paragraphs of a message: its own lines, and over 60 words no more than three sentences in each.
 * @param {string} text
 * @returns {string[]}
 */
export function paragraphs(text) {
  const lines = text.split(/\n+/u).map((line) => line.trim()).filter((line) => line !== "");
  if (text.split(/\s+/u).length <= LONG) return lines;
  return lines.flatMap((line) => {
    const sentences = line.match(SENTENCE) ?? [line];
    const groups = [];
    for (let at = 0; at < sentences.length; at += SENTENCES) groups.push(sentences.slice(at, at + SENTENCES).join("").trim());
    return groups.filter((group) => group !== "");
  });
}
