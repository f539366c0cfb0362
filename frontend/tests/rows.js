// Rows of a talk, as the timeline of a client gives them.

/** @typedef {import("../js/state/timeline.js").Row} Row */

/**
 * @param {number} seq
 * @param {"me" | "them" | "note"} from
 * @param {string} text
 * @param {Partial<Row>} [more]
 * @returns {Row}
 */
export const row = (seq, from, text, more = {}) => ({
  key: `k${seq}`,
  seq,
  from,
  fromClient: from === "me",
  who: from === "them" ? "Mara" : "",
  stone: from === "them" ? "3" : null,
  kind: from === "note" ? "note" : "text",
  text,
  content: null,
  note: null,
  minutes: 29_000_000,
  status: from === "me" ? "sent" : null,
  folded: false,
  proof: { seq, kf: "", body: "" },
  reply: null,
  told: true,
  nodded: false,
  nodder: null,
  ...more,
});
