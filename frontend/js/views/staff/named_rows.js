import { t } from "../../platform/locale.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {import("../../state/timeline.js").Row} Row */

/**
 * The rows of a talk. Whoever came here to talk stands under one word for them, and the name they gave, if they did.
 * @param {{ rows: { value: Row[] }, name: PeerRoom["name"] }} room
 * @returns {Row[]}
 */
export function namedRows({ rows, name }) {
  const who = name.value === "" ? t("talk-them") : t("talk-them-named", { name: name.value });
  return rows.value.map((row) => (row.from === "them" && row.who === "" ? { ...row, who } : row));
}
