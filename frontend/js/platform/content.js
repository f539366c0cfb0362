// Content that is edited without touching code: what a service offers to read, by language, with the days it was checked.

import { signal } from "../../vendor/preact.js";
import { FIRST, language, locale } from "./locale.js";

/** @typedef {"help" | "facts" | "stories" | "prompts" | "guide"} Name */

/** What was read, by path. @type {Map<string, unknown>} */
const held = new Map();
/** What this page has read, in whatever language. @type {Set<Name>} */
const names = new Set();
/** Grows with every content that comes: whatever shows some is drawn again then. */
const changes = signal(0);

/**
 * A content file, fetched once.
 * @param {Name} name
 * @param {string} [spoken] another language than that of the page
 * @returns {Promise<unknown>} its JSON, as it was written
 * @throws {Error} where it cannot be had; it can be asked for again
 */
export async function content(name, spoken = language()) {
  return fetched(name, spoken);
}

/**
 * The list of people who can be reached: in the language of the page, and in English, which the page has asked for
 * already and which stands in where the other does not come.
 * @returns {Promise<unknown>} the list to show
 * @throws {Error} where neither can be had
 */
export async function takeHelp() {
  const english = fetched("help", FIRST);
  if (language() === FIRST) return english;
  const [own, first] = await Promise.allSettled([fetched("help", language()), english]);
  if (own.status === "fulfilled") return own.value;
  if (first.status === "fulfilled") return first.value;
  throw own.reason;
}

/**
 * Fetches in another language what this page has read so far, so that it is there when the page goes over to it.
 * @param {string} spoken
 * @throws {Error} where one cannot be had
 */
export async function bringContent(spoken) {
  await Promise.all([...names].map((name) => fetched(name, spoken)));
}

/**
 * The same, where it is there already; a view that reads it is drawn again when it comes, and in another language.
 * @param {Name} name
 * @param {string} [spoken] another language than that of the page
 * @returns {unknown} undefined where it is not there yet; numbers to call are then those in English
 */
export function contentNow(name, spoken = language()) {
  void changes.value;
  return held.get(pathOf(name, spoken)) ?? (name === "help" ? held.get(pathOf(name, FIRST)) : undefined);
}

/**
 * The language that `contentNow` gives a content in, for `lang`.
 * @param {Name} name
 * @returns {string | undefined} undefined where it is that of the page
 */
export function contentLanguage(name) {
  void changes.value;
  const spoken = held.has(pathOf(name, language())) || name !== "help" ? language() : FIRST;
  return spoken === locale() ? undefined : spoken;
}

/**
 * Takes content as read, in the language of the page: for tests, and for pages that are written ahead.
 * @param {Name} name
 * @param {unknown} json
 */
export function readContent(name, json) {
  keep(name, language(), json);
}

/** @param {Name} name @param {string} spoken */
async function fetched(name, spoken) {
  const path = pathOf(name, spoken);
  if (!held.has(path)) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error("a content file is missing");
    keep(name, spoken, await answer.json());
  }
  return held.get(path);
}

/** @param {Name} name @param {string} spoken @param {unknown} json */
function keep(name, spoken, json) {
  names.add(name);
  held.set(pathOf(name, spoken), json);
  changes.value += 1;
}

/** @param {Name} name @param {string} spoken */
const pathOf = (name, spoken) => `/content/${spoken}/${name}.json`;
