// Words on screen (Project Fluent): which language, and one function for every sentence.
//
// A locale's words lie in parts, /locales/<language>.<part>.ftl; the part "" is the first, /locales/<language>.ftl.
// Two locales are made of the English words for whoever checks a screen: en-XA (longer, accented, in brackets: what
// is cut off, or was never taken from a locale file, shows) and ar-XB (words mirrored, right to left).

import { FluentBundle, FluentResource } from "../../vendor/fluent.js";
import { signal } from "../../vendor/preact.js";

/** The language that everything is written in, and that stands in where another lacks something. */
export const FIRST = "en";

/** @typedef {"ltr" | "rtl"} Direction */

/**
 * words: the language that the words are written in; forms: whose dates, numbers and plurals they take.
 * @typedef {{ words: string, forms: string, direction: Direction, dress: (text: string) => string, whole: (text: string) => string }} Look
 */

/** @typedef {{ code: string, name: string, read: boolean }} Offered name: in its own script; read: its reviewers are recorded */

const asIs = (/** @type {string} */ text) => text;

/** Every locale, by its name. @type {Map<string, Look>} */
const LOOKS = new Map([
  ["en", { words: "en", forms: "en", direction: "ltr", dress: asIs, whole: asIs }],
  ["es", { words: "es", forms: "es-US", direction: "ltr", dress: asIs, whole: asIs }],
  ["en-XA", { words: "en", forms: "en", direction: "ltr", dress: lengthened, whole: (text) => `[${text}]` }],
  ["ar-XB", { words: "en", forms: "en", direction: "rtl", dress: mirrored, whole: asIs }],
]);

/** Languages that have words of their own, by the names that their speakers give them. */
const NAMES = new Map([["en", "English"], ["es", "Español"]]);

const PLAIN = "aceinorsuyACEINORSUY";
const ACCENTED = "áçéíñóŕšúýÁÇÉÍÑÓŔŠÚÝ";

let name = FIRST;
let look = lookOf(FIRST);
let bundle = new FluentBundle(FIRST);
/** The English words, fetched once something is missing in another language. @type {FluentBundle | null} */
let instead = null;
/** The parts that this page has, each with its text in the language of the page. @type {Map<string, string>} */
let parts = new Map();
/** Whether a missing word is an error: while building, it is. */
let strict = true;
/** Grows with every change of words: whatever shows a sentence is drawn again then. */
const changes = signal(0);
/** What was asked for last: fetching words happens one thing after the other. @type {Promise<void>} */
let last = Promise.resolve();

/**
 * Takes up the locale that was chosen before a reload, or else the one that the browser asks for, of those offered.
 * @param {string[]} first parts
 * @param {string | null} [before] the language chosen before
 * @throws {Error} where one cannot be had; the page then keeps the words it came with
 */
export function useLocale(first, before = null) {
  const wanted = chosen(before === null ? navigator.languages : [before, ...navigator.languages], codes());
  return inTurn(async () => {
    parts = new Map();
    // The page has asked for English already, before it could know.
    const english = lookOf(wanted).words === FIRST ? [] : fetched(FIRST, first).catch(() => []);
    await takeUp(wanted, first);
    const texts = (await english).map(([, text]) => text);
    if (texts.length > 0) instead = bundleOf(lookOf(FIRST), texts);
  });
}

/**
 * Brings further parts, in the language of the page.
 * @param {string[]} more
 * @throws {Error} where one cannot be had; nothing has changed then, and it can be asked for again
 */
export function addLocale(more) {
  return inTurn(() => takeUp(name, [...parts.keys(), ...more]));
}

/**
 * Goes over to another language, with every part that is there; what shows words is drawn again.
 * @param {string} language one of those offered
 * @throws {Error} where its words cannot be had; the page then stays as it was
 */
export function chooseLanguage(language) {
  return inTurn(() => takeUp(language, [...parts.keys()]));
}

/**
 * The languages that can be chosen on this page, in the server's order.
 * @returns {Offered[]}
 */
export function offeredLanguages() {
  const offered = globalThis.document?.documentElement.dataset?.["languages"] ?? FIRST;
  return offered.split(" ").flatMap((entry) => {
    const [code = "", mark] = entry.split(":");
    const own = NAMES.get(code);
    return own === undefined ? [] : [{ code, name: own, read: mark !== "unread" }];
  });
}

const codes = () => offeredLanguages().map(({ code }) => code);

/**
 * @param {string} wanted
 * @param {string[]} all parts
 */
async function takeUp(wanted, all) {
  const { words } = lookOf(wanted);
  const known = words === look.words ? parts : new Map();
  const read = await fetched(words, all.filter((part) => !known.has(part)));
  parts = new Map([...known, ...read]);
  speak([...parts.values()], wanted, false);
  document.documentElement.lang = name;
  document.documentElement.dir = look.direction;
  changes.value += 1;
}

/**
 * Takes up a locale from the texts of its parts. From then on a missing word is an error.
 * @param {string[]} all
 * @param {string} [wanted] one of en, es, en-XA, ar-XB
 */
export function readLocale(all, wanted = FIRST) {
  speak(all, wanted, true);
  changes.value += 1;
}

/**
 * @param {string[]} all
 * @param {string} wanted
 * @param {boolean} strictly
 */
function speak(all, wanted, strictly) {
  look = lookOf(wanted);
  name = wanted;
  bundle = bundleOf(look, all);
  instead = null;
  strict = strictly;
}

/**
 * A sentence. Values arrive isolated (U+2068 … U+2069), so that a name never turns the sentence around it. A view that
 * shows one is drawn again in another language.
 * @param {string} id
 * @param {Record<string, string | number | Date>} [args]
 * @returns {string} in English where the language lacks it; the id itself where a page has no such sentence
 * @throws {Error} the same, in a test; also where a value is missing
 */
export function t(id, args = {}) {
  void changes.value;
  const from = bundle.hasMessage(id) ? bundle : instead;
  const pattern = from?.getMessage(id)?.value;
  if (!from || !pattern) {
    if (strict) throw new Error(`no words for ${id}`);
    if (instead === null && look.words !== FIRST) void inTurn(fetchInstead).catch(() => undefined);
    return id;
  }
  /** @type {Error[]} */
  const errors = [];
  const text = from.formatPattern(pattern, args, errors);
  if (strict && errors[0]) throw errors[0];
  return look.whole(text);
}

/** The locale's name, as `lang` has it. */
export function locale() {
  void changes.value;
  return name;
}

/** The language that the words are in: also a made-up locale has the words of one. */
export function language() {
  void changes.value;
  return look.words;
}

/** Which way the locale is written. */
export const direction = () => look.direction;

/**
 * The first of these languages that can be had.
 * @param {readonly string[]} languages as navigator.languages has them
 * @param {readonly string[]} [offered] a made-up locale can always be had, by its whole name
 */
export function chosen(languages, offered = [FIRST]) {
  for (const each of languages) {
    if (LOOKS.has(each) && !NAMES.has(each)) return each;
    const [spoken = ""] = each.split("-");
    if (offered.includes(spoken) && LOOKS.has(spoken)) return spoken;
  }
  return FIRST;
}

/** English in place of what this language lacks. */
async function fetchInstead() {
  if (instead !== null || look.words === FIRST) return;
  instead = bundleOf(lookOf(FIRST), (await fetched(FIRST, [...parts.keys()])).map(([, text]) => text));
  changes.value += 1;
}

/**
 * @param {string} spoken
 * @param {string[]} wanted parts
 * @returns {Promise<[string, string][]>} each with its text
 */
function fetched(spoken, wanted) {
  return Promise.all(wanted.map(async (part) => {
    const answer = await fetch(`/locales/${part === "" ? spoken : `${spoken}.${part}`}.ftl`);
    if (!answer.ok) throw new Error("a locale file is missing");
    return /** @type {[string, string]} */ ([part, await answer.text()]);
  }));
}

/**
 * @param {Look} as
 * @param {string[]} all texts of its parts
 */
function bundleOf(as, all) {
  const made = new FluentBundle(as.forms, { transform: as.dress });
  for (const text of all) made.addResource(new FluentResource(text));
  return made;
}

/**
 * @param {() => Promise<void>} work begins when what was asked for before is done, however that ended
 */
function inTurn(work) {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
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
