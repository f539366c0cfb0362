// Which hint fits what stands in a talk's composer. It is worked out here, shown here, and nowhere else.

import { NUDGES, nudge, storyWords } from "../../../safety/nudge.js";
import { EN } from "../../../safety/nudges.en.js";
import { ES } from "../../../safety/nudges.es.js";
import { isTheirs } from "./draft.js";

/** @typedef {import("../../../safety/nudge.js").NudgeId} NudgeId */
/** @typedef {import("../../../safety/nudge.js").Pace} Pace */
/** @typedef {import("../../../safety/nudge.js").Left} Left */
/** @typedef {import("../../timeline.js").Row} Row */
/**
 * What of a talk a hint looks at.
 * @typedef {{ text: string, pace: Pace, rows: readonly Row[], language: string }} Draft language: that the talk is in
 */

/** Languages whose turns of phrase have been tried; in another one there are no hints. @type {Map<string, import("../../../safety/nudge.js").Pack>} */
const PACKS = new Map([["en", EN], ["es", ES]]);

/** Every hint, the weightiest first. */
export const NUDGE_IDS = NUDGES;

/**
 * The language to take words from for a talk: its own where there are words in it, else the page's.
 * @param {string} spoken in the talk, "" where that is not known
 * @param {string} page
 */
export const writtenIn = (spoken, page) => (PACKS.has(spoken) ? spoken : page);

/**
 * The one hint for a draft.
 * @param {Draft} draft
 * @param {ReadonlySet<string>} off hints that this peer switched off
 * @returns {NudgeId | null}
 */
export function nudgeFor({ text, pace, rows, language }, off) {
  const pack = PACKS.get(language);
  return pack ? nudge({ text, pace, left: leftIn(rows) }, pack, off) : null;
}

/**
 * How many words of a draft tell the peer's own story; 0 in a language whose stories cannot be told apart.
 * @param {Pick<Draft, "text" | "language">} draft
 */
export function storyIn({ text, language }) {
  const pack = PACKS.get(language);
  return pack ? storyWords(text, pack) : 0;
}

/**
 * The questions that the client chose to leave.
 * @param {readonly Row[]} rows
 * @returns {Left[]}
 */
export const leftIn = (rows) =>
  rows.flatMap(({ reply, text }, at) => (reply === null ? [] : [{ asked: text, since: rows.slice(at + 1).filter(isTheirs).map((row) => row.text) }]));
