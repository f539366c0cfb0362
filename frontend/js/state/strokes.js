// What a drawing is made of: strokes and stamps on a square of 1,000 by 1,000, in the order they were made. No picture
// file, so nothing of a camera can be in it (docs/protocol.md, 9).

import { isRecord, isWhole, utf8 } from "../crypto/encoding.js";

/** @typedef {{ c: number, w: number, p: number[] }} Stroke c: colour 0 to 5; w: thickness 0 to 2; p: x0, y0, x1, y1, … */
/** @typedef {{ c: number, s: string, at: [number, number] }} Stamp s: one of STAMPS; at: its middle */
/** @typedef {Stroke | Stamp} Mark */

/** Names of the colours, as their words and their look have them. */
export const COLORS = ["gray", "blue", "green", "purple", "orange", "red"];
export const WIDTHS = ["thin", "middle", "thick"];
export const STAMPS = ["stone", "wave", "house", "tree", "heart", "circle"];
/** The largest coordinate. */
export const EDGE = 999;
/** Bytes of a drawing as JSON. */
export const MOST = 12_000;

/** @param {readonly Mark[]} marks @returns {number} bytes as JSON */
export const sizeOf = (marks) => utf8(JSON.stringify(marks)).length;

/**
 * A drawing that came from somewhere else.
 * @param {unknown} value
 * @returns {Mark[]} none at all where anything in it is of another form
 */
export function readStrokes(value) {
  if (!Array.isArray(value)) return [];
  const marks = value.map(readMark);
  const whole = marks.filter((mark) => mark !== null);
  return whole.length === marks.length && sizeOf(whole) <= MOST ? whole : [];
}

/**
 * The same line with fewer points: what lies within `near` of a straight piece is left out.
 * @param {number[]} points x0, y0, x1, y1, …
 * @param {number} near
 * @returns {number[]}
 */
export function simplified(points, near) {
  const last = points.length / 2 - 1;
  if (last < 2) return points;
  const kept = new Set([0, last]);
  /** @type {[number, number][]} */
  const pieces = [[0, last]];
  for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
    const [from, to] = piece;
    let [farthest, most] = [0, near];
    for (let at = from + 1; at < to; at += 1) {
      const off = offLine(points, at, from, to);
      if (off > most) [farthest, most] = [at, off];
    }
    if (farthest === 0) continue;
    kept.add(farthest);
    pieces.push([from, farthest], [farthest, to]);
  }
  return [...kept].sort((a, b) => a - b).flatMap((at) => pointAt(points, at));
}

/** @param {unknown} mark @returns {Mark | null} */
function readMark(mark) {
  if (!isRecord(mark) || !isWhole(mark.c, 0, COLORS.length - 1)) return null;
  const c = Number(mark.c);
  const { w, p, s, at } = mark;
  if (s !== undefined) {
    return typeof s === "string" && STAMPS.includes(s) && arePoints(at) && at.length === 2 ? { c, s, at: [Number(at[0]), Number(at[1])] } : null;
  }
  return isWhole(w, 0, WIDTHS.length - 1) && arePoints(p) ? { c, w: Number(w), p } : null;
}

/** @param {unknown} value @returns {value is number[]} */
const arePoints = (value) =>
  Array.isArray(value) && value.length >= 2 && value.length % 2 === 0 && value.every((each) => isWhole(each, 0, EDGE));

/** @param {number[]} points @param {number} at @returns {[number, number]} */
const pointAt = (points, at) => [points[2 * at] ?? 0, points[2 * at + 1] ?? 0];

/**
 * How far a point is from the straight piece between two others.
 * @param {number[]} points
 * @param {number} at
 * @param {number} from
 * @param {number} to
 */
function offLine(points, at, from, to) {
  const [x, y] = pointAt(points, at);
  const [x0, y0] = pointAt(points, from);
  const [x1, y1] = pointAt(points, to);
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
