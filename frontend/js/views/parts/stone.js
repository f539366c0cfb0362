// A voice is a stone: its own shape as well as its own colour.

import { html } from "../../../vendor/preact.js";

/** @typedef {"you" | "peer" | number} StoneKind */

/** Outlines in a square of 24; the client's own lies low and leans, a peer's stands round. */
const YOU = "M2 14.5C2 9.5 6.5 6 12.5 6S22 9.5 22 14s-4 5.5-10 5.5S2 19 2 14.5z";
const STONES = [
  "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  "M12 3.5c4.5 0 9 2.5 9 8.5s-4 8.5-9 8.5S3 17 3 12s4.5-8.5 9-8.5z",
  "M6 4.5h10c3.5 0 5 3 5 7.5s-2.5 7.5-6 7.5H8c-3.5 0-5-3-5-7.5s0-7.5 3-7.5z",
  "M12 3c2.5 0 9 8 9 12s-4 6-9 6-9-2-9-6 6.5-12 9-12z",
  "M8 3.5h8L21 12l-5 8.5H8L3 12z",
  "M12 3c5 0 6.5 4 6.5 9s-1.5 9-6.5 9-6.5-4-6.5-9S7 3 12 3z",
  "M4 7c2-3 7-3.5 10-2s7 4 7 8-4 7-8 7-9-1-10-5-.5-6 1-8z",
  "M5 5c3-2 11-2 14 0s2 12 0 14-11 2-14 0S2 7 5 5z",
];

/**
 * @param {{ name?: string, kind: StoneKind }} props name: only where no text beside it says whose stone it is
 */
export function Stone({ name, kind }) {
  const number = kind === "peer" ? 0 : kind;
  const look = number === "you" ? "you" : String(number % STONES.length);
  const path = number === "you" ? YOU : STONES[number % STONES.length];
  const spoken = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
  return html`<svg class=${`stone stone-${look}`} viewBox="0 0 24 24" ...${spoken}><path d=${path} /></svg>`;
}

/**
 * The stone a directory names, as a kind.
 * @param {string | null} stone "0" to "7"; another text of an older directory stands for the first
 * @returns {StoneKind}
 */
export function stoneOf(stone) {
  const number = Number(stone ?? "");
  return Number.isInteger(number) && number >= 0 ? number % STONES.length : "peer";
}
