// Whose words a row holds. A client's look alike on the client's page and on the peer's.

import { stoneOf } from "./stone.js";

/** @typedef {import("../../state/timeline.js").Row} Row */
/** @typedef {"client" | "peer"} Reader whose page it is */

/**
 * @param {Row} row
 * @param {Reader} reader
 * @returns {Reader} who spoke
 */
export const voiceOf = ({ from }, reader) => ((from === "me") === (reader === "client") ? "client" : "peer");

/**
 * @param {Row} row
 * @param {Reader} reader
 * @returns {import("./stone.js").StoneKind}
 */
export function stoneFor(row, reader) {
  if (row.stone !== null) return stoneOf(row.stone);
  return voiceOf(row, reader) === "client" ? "you" : "peer";
}
