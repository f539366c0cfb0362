// What of a client's pages a code keeps.

import { isRecord } from "../../crypto/encoding.js";
import { readStrokes } from "../strokes.js";

/**
 * page: its lines; steps: in the order they were named; next: a next step in the person's own words, or "".
 * @typedef {{ v: 1, page: string[], drawing: { strokes: import("../strokes.js").Mark[], words: string }, steps: { x: string }[], next: string }} Kept
 */

/**
 * @param {unknown} json what a vault holds
 * @returns {Kept | null} null for another form, or that of a later version
 */
export function readJournal(json) {
  if (!isRecord(json) || json.v !== 1) return null;
  const { page, drawing, steps, next } = json;
  if (!areTexts(page) || !isRecord(drawing) || !Array.isArray(drawing.strokes) || typeof next !== "string") return null;
  const strokes = readStrokes(drawing.strokes);
  const { words } = drawing;
  if (strokes.length !== drawing.strokes.length || typeof words !== "string" || !Array.isArray(steps)) return null;
  const named = steps.map((step) => (isRecord(step) ? step.x : null));
  return areTexts(named) ? { v: 1, page, drawing: { strokes, words }, steps: named.map((x) => ({ x })), next } : null;
}

/** @param {unknown} value @returns {value is string[]} */
const areTexts = (value) => Array.isArray(value) && value.every((each) => typeof each === "string");
