// Whose words a row holds. A client's look alike on the client's page and on the peer's, and so do a peer's.

import { stoneOf } from "./stone.js";

/** @typedef {import("../../state/timeline.js").Row} Row */

/** @param {Row} row @returns {"client" | "peer"} who spoke */
export const voiceOf = ({ fromClient }) => (fromClient ? "client" : "peer");

/** @param {Row} row @returns {import("./stone.js").StoneKind} */
export function stoneFor(row) {
  if (row.stone !== null) return stoneOf(row.stone);
  return row.fromClient ? "you" : "peer";
}
