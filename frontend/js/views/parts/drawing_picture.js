// A drawing as it was drawn. Colours have names, and each is dark enough by day and light enough by night.

import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { COLORS, EDGE, WIDTHS, readStrokes } from "../../state/strokes.js";

/** @typedef {import("../../state/strokes.js").Mark} Mark */

/** Half of a stamp's side; its outline lies around its middle. */
const HALF = 90;
/** Outlines in a square of 180 around 0, 0, by the stamp's name. @type {Map<string, string>} */
const OUTLINES = new Map([
  ["stone", "M-85 25C-85-25-40-60 15-60S85-25 85 20 40 65-10 65-85 60-85 25z"],
  ["wave", "M-90 20C-60-30-30-30 0 5S60 40 90-10"],
  ["house", "M-75-5 0-75 75-5M-55-20V70H55V-20M-15 70V25H15V70"],
  ["tree", "M0 80V0M0-80C45-80 70-45 60-15S25 25 0 20-50 15-60-15-45-80 0-80z"],
  ["heart", "M0 75C-90 15-90-60-40-65-15-67 0-45 0-35 0-45 15-67 40-65 90-60 90 15 0 75z"],
  ["circle", "M0-75A75 75 0 1 1-1-75z"],
]);

/** A drawing in words, for who does not see it. @param {string} words */
export const drawingInWords = (words) => (words.trim() === "" ? t("shared-drawing-bare") : t("shared-drawing", { words }));

/**
 * @param {{ strokes: unknown, words: string }} props strokes: as they came; anything of another form draws nothing
 */
export function DrawingPicture({ strokes, words }) {
  return html`<svg class="drawing" viewBox="0 0 ${EDGE + 1} ${EDGE + 1}" role="img" aria-label=${drawingInWords(words)}>${readStrokes(strokes).map(markOf)}</svg>`;
}

/** @param {Mark} mark @param {number} at */
export function markOf(mark, at) {
  const color = `ink-${COLORS[mark.c]}`;
  if ("s" in mark) {
    const [x, y] = mark.at.map((each) => Math.min(EDGE - HALF, Math.max(HALF, each)));
    return html`<path key=${at} class=${`${color} width-middle`} transform=${`translate(${x} ${y})`} d=${OUTLINES.get(mark.s)} />`;
  }
  return html`<path key=${at} class=${`${color} width-${WIDTHS[mark.w]}`} d=${pathOf(mark.p)} />`;
}

/** A stamp alone, beside its name. @param {string} stamp @param {number} color */
export const stampSign = (stamp, color) => html`<svg class="stamp-sign" viewBox="-100 -100 200 200" aria-hidden="true">
  <path class=${`ink-${COLORS[color]} width-middle`} d=${OUTLINES.get(stamp)} />
</svg>`;

/** @param {number[]} points x0, y0, x1, y1, …; a single one is a dot */
function pathOf(points) {
  const [x, y, ...rest] = points;
  return rest.length === 0 ? `M${x} ${y}h0` : `M${x} ${y}L${rest.join(" ")}`;
}
