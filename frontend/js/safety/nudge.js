// Reads a peer's own draft on the peer's own device, and says which one gentle hint fits it. Nothing here counts,
// keeps or sends anything, and no hint holds a message back.

/** @typedef {"left" | "shrink" | "steer" | "why" | "know" | "listen" | "story" | "slowly"} NudgeId */
/** @typedef {"listen" | "slowly" | "ask"} Pace */
/**
 * A turn of phrase. cue is looked for in one clause: small letters, no accents, straight apostrophes, without words in
 * quotation marks. What stands before it in the clause may neither match `notAfter` nor, where there is one, fail
 * `onlyAfter`. notAsked: a clause that begins with it and ends in a question mark does not count.
 * @typedef {{ cue: RegExp, notAfter?: RegExp, onlyAfter?: RegExp, notAsked?: boolean }} Phrase
 */
/**
 * What a language says in its own way.
 * - phrases: by the hint they ask for
 * - turn: where a new clause begins within a sentence, such as at "but"
 * - reflecting: before a phrase, that it gives back what they or others said
 * - plainly: asks plainly about suicide or safety, at any pace
 * - asking: asks without a question mark
 * - self, notStory, you, surelyStory: tell sentences of one's own story; accents are kept here
 * - common: words that name no topic; stem: what is left of a word without its endings
 * @typedef {{ phrases: Record<"shrink" | "steer" | "why" | "know", readonly Phrase[]>, turn: RegExp, reflecting: RegExp,
 *   plainly: RegExp, asking: RegExp, self: RegExp, notStory: RegExp, you: RegExp, surelyStory: RegExp,
 *   common: ReadonlySet<string>, stem: (word: string) => string }} Pack
 */
/**
 * A question that the client chose to leave. since: what the client has written after it; a topic that they bring up
 * themselves is open again.
 * @typedef {{ asked: string, since: readonly string[] }} Left
 */

/** Every hint, the weightiest first: only the first that fits is shown. @type {readonly NudgeId[]} */
export const NUDGES = Object.freeze(["left", "shrink", "steer", "why", "know", "listen", "story", "slowly"]);

/** Words of one's own story, and of a message at the pace "Slowly", that are plenty. */
export const PLENTY = 40;

const QUOTED = /“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|"[^"\n]*"/gu;
/** One question each; a mark inside a word, as in an address, is none. */
const MARK = /[?？؟]+(?![\p{L}\p{N}=&?？؟])/gu;
/** Shorter words name no topic. */
const SHORTEST_TOPIC = 4;

/**
 * The one hint that fits a draft.
 * @param {{ text: string, pace: Pace, left: readonly Left[] }} draft
 * @param {Pack} pack of the talk's language
 * @param {ReadonlySet<string>} off hints that this peer switched off
 * @returns {NudgeId | null}
 */
export function nudge({ text, pace, left }, pack, off) {
  const own = unquoted(text);
  const asksPlainly = pack.plainly.test(plain(own));
  const questions = own.match(MARK)?.length ?? 0;
  /** @type {Record<NudgeId, () => boolean>} */
  const fits = {
    left: () => !asksPlainly && left.some((each) => asksAgain(own, each, pack)),
    shrink: () => says(own, pack.phrases.shrink, pack),
    steer: () => says(own, pack.phrases.steer, pack),
    why: () => says(own, pack.phrases.why, pack),
    know: () => says(own, pack.phrases.know, pack),
    listen: () => !asksPlainly && pace === "listen" && questions > 0,
    story: () => storyWords(text, pack) > PLENTY && !/[?？؟]\s*$/u.test(own),
    slowly: () => !asksPlainly && pace === "slowly" && (questions > 1 || countWords(text) > PLENTY),
  };
  return NUDGES.find((id) => !off.has(id) && fits[id]()) ?? null;
}

/**
 * How many words of a draft tell the peer's own story.
 * @param {string} text
 * @param {Pack} pack
 */
export function storyWords(text, { self, notStory, you, surelyStory }) {
  return sentences(unquoted(text))
    .filter((sentence) => {
      const read = straight(sentence).toLowerCase();
      if (MARK_ENDS.test(sentence)) return false;
      if (surelyStory.test(read)) return true;
      return self.test(read) && !notStory.test(read) && !you.test(read);
    })
    .reduce((sum, sentence) => sum + countWords(sentence), 0);
}

/** @param {string} text */
export const countWords = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;

/**
 * The sentences of a text, each with the mark that ends it.
 * @param {string} text
 * @returns {string[]}
 */
export const sentences = (text) =>
  (text.match(/[^.!?？؟。…\n]+[.!?？؟。…]*/gu) ?? []).map((sentence) => sentence.trim()).filter((sentence) => countWords(sentence) > 0);

/**
 * Whether a draft asks once more about what was left.
 * @param {string} text
 * @param {Left} left
 * @param {Pack} pack
 */
function asksAgain(text, { asked, since }, pack) {
  const open = new Set(since.flatMap((each) => topicWords(each, pack)));
  const asking = (/** @type {string} */ sentence) => MARK_ENDS.test(sentence) || pack.asking.test(plain(sentence));
  const questions = sentences(unquoted(asked)).filter(asking);
  const topic = new Set((questions.length > 0 ? questions : [unquoted(asked)]).flatMap((each) => topicWords(each, pack)));
  return sentences(text)
    .filter(asking)
    .some((sentence) => {
      const shared = new Set(topicWords(sentence, pack).filter((word) => topic.has(word) && !open.has(word)));
      return shared.size >= 2 || (shared.size > 0 && shared.size * 2 >= topic.size);
    });
}

const MARK_ENDS = /[?？؟][.!…]*$/u;

/**
 * @param {string} text
 * @param {Pack} pack
 * @returns {string[]} what the words that name something come down to
 */
function topicWords(text, { common, stem }) {
  const words = plain(text).match(/[\p{L}][\p{L}'-]*/gu) ?? [];
  return words.filter((word) => word.length >= SHORTEST_TOPIC && !common.has(word)).map(stem);
}

/**
 * @param {string} text
 * @param {readonly Phrase[]} phrases
 * @param {Pack} pack
 */
function says(text, phrases, { turn, reflecting }) {
  return sentences(text).some((sentence) => {
    const asks = MARK_ENDS.test(sentence);
    return plain(sentence)
      .split(turn)
      .some((clause) => phrases.some((phrase) => stands(clause, asks, phrase, reflecting)));
  });
}

/**
 * @param {string} clause
 * @param {boolean} asks
 * @param {Phrase} phrase
 * @param {RegExp} reflecting
 */
function stands(clause, asks, { cue, notAfter, onlyAfter, notAsked = false }, reflecting) {
  return [...clause.matchAll(cue)].some(({ index }) => {
    const before = clause.slice(0, index);
    if (reflecting.test(before) || notAfter?.test(before)) return false;
    if (notAsked && asks && /^[\s¿]*$/u.test(before)) return false;
    return onlyAfter?.test(before) ?? true;
  });
}

/** Somebody else's words do not count as the peer's. @param {string} text */
const unquoted = (text) => text.replace(QUOTED, " ");

/** @param {string} text */
const straight = (text) => text.replace(/[’‘ʼ´`]/gu, "'");

/** @param {string} text */
const plain = (text) => straight(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim();
