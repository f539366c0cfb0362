import { t } from "../../platform/locale.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {import("../../state/timeline.js").Row} Row */

/**
 * The rows of a talk. Whoever came here to talk stands under one word for them, and the name they gave, if they did; words
 * that are not shared with this peer stand once for all of them that are in a row.
 * @param {{ rows: { value: Row[] }, name: PeerRoom["name"] }} room
 * @returns {Row[]}
 */
export function namedRows({ rows, name }) {
  const who = name.value === "" ? t("talk-them") : t("talk-them-named", { name: name.value });
  const shown = rows.value.filter(({ kind }, at, all) => kind !== "hidden" || all[at - 1]?.kind !== "hidden");
  return shown.map((row) => (row.from !== "them" || (row.who !== "" && !row.fromClient) ? row : { ...row, who: row.fromClient ? who : t("talk-colleague") }));
}
