import { t } from "../../platform/locale.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {import("../../state/timeline.js").Row} Row */

/**
 * The rows of a talk. Who came here to talk has no name: their words stand under one word for them.
 * @param {PeerRoom} room
 * @returns {Row[]}
 */
export const namedRows = ({ rows }) => rows.value.map((row) => (row.from === "them" && row.who === "" ? { ...row, who: t("talk-them") } : row));
