// Words on screen (Project Fluent): which language, and one function for every sentence.
//
// Two locales are made of the English words for whoever checks a screen: en-XA (longer, accented, in brackets: what
// is cut off, or was never taken from a locale file, shows) and ar-XB (words mirrored, right to left).

import { FluentBundle, FluentResource } from "../../vendor/fluent.js";

const FIRST = "en";

/** @typedef {"ltr" | "rtl"} Direction */

/** @typedef {{ direction: Direction, words: (text: string) => string, whole: (text: string) => string }} Look */

const asIs = (/** @type {string} */ text) => text;

/** Every locale, by its name. @type {Map<string, Look>} */
const LOOKS = new Map([
  ["en", { direction: "ltr", words: asIs, whole: asIs }],
  ["en-XA", { direction: "ltr", words: lengthened, whole: (text) => `[${text}]` }],
  ["ar-XB", { direction: "rtl", words: mirrored, whole: asIs }],
]);

const PLAIN = "aceinorsuyACEINORSUY";
const ACCENTED = "áçéíñóŕšúýÁÇÉÍÑÓŔŠÚÝ";

let name = FIRST;
/** @type {Look} */
let look = lookOf(FIRST);
let bundle = new FluentBundle(FIRST);
/** Whether a missing word is an error: while building, it is. */
let strict = true;

/**
 * Takes up the locale that the browser asks for, and says so on the document.
 * @param {string[]} files names in /locales/, without their ending
 * @throws {Error} where one cannot be had; the page then keeps the words it came with
 */
export async function useLocale(files) {
  const texts = files.map(async (file) => {
    const answer = await fetch(`/locales/${file}.ftl`);
    if (!answer.ok) throw new Error("a locale file is missing");
    return answer.text();
  });
  readLocale(await Promise.all(texts), chosen(navigator.languages));
  strict = false;
  document.documentElement.lang = name;
  document.documentElement.dir = look.direction;
}

/**
 * Takes up a locale from the texts of its files. From then on a missing word is an error.
 * @param {string[]} texts
 * @param {string} [wanted] one of en, en-XA, ar-XB
 */
export function readLocale(texts, wanted = FIRST) {
  look = lookOf(wanted);
  name = wanted;
  // The words are English whatever is done to them, so plurals and numbers are too.
  bundle = new FluentBundle(FIRST, { transform: look.words });
  for (const text of texts) bundle.addResource(new FluentResource(text));
  strict = true;
}

/**
 * A sentence. Values arrive isolated (U+2068 … U+2069), so that a name never turns the sentence around it.
 * @param {string} id
 * @param {Record<string, string | number | Date>} [args]
 * @returns {string} the id itself where a page has no such sentence
 * @throws {Error} the same, in a test; also where a value is missing
 */
export function t(id, args = {}) {
  const pattern = bundle.getMessage(id)?.value;
  if (!pattern) {
    if (strict) throw new Error(`no words for ${id}`);
    return id;
  }
  /** @type {Error[]} */
  const errors = [];
  const text = bundle.formatPattern(pattern, args, errors);
  if (strict && errors[0]) throw errors[0];
  return look.whole(text);
}

/** The locale's name, as `lang` has it. */
export const locale = () => name;

/** Which way the locale is written. */
export const direction = () => look.direction;

/**
 * The first of these languages that there are words in.
 * @param {readonly string[]} languages as navigator.languages has them
 */
export function chosen(languages) {
  for (const each of languages) {
    if (LOOKS.has(each)) return each;
    const [language = ""] = each.split("-");
    if (LOOKS.has(language)) return language;
  }
  return FIRST;
}

/** @param {string} wanted */
function lookOf(wanted) {
  const found = LOOKS.get(wanted);
  if (!found) throw new RangeError(`no locale ${wanted}`);
  return found;
}

/**
 * About 40 % longer, as other languages are: each vowel twice.
 * @param {string} text
 */
function lengthened(text) {
  const doubled = text.replace(/[aeiouyAEIOUY]/g, (vowel) => vowel + vowel.toLowerCase());
  return doubled.replace(/[a-zA-Z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
}

/**
 * Each word from right to left (U+202E … U+202C), so that English shows what a right-to-left page does.
 * @param {string} text
 */
function mirrored(text) {
  return text.replace(/\p{L}+/gu, (word) => `\u202e${word}\u202c`);
}
