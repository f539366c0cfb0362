// A nod at somebody's row, in words.

import { t } from "../../platform/locale.js";

/** @param {import("../../state/timeline.js").Row} row that was nodded at @returns {string} who nodded, as far as this page knows */
export function nodWords({ nodder }) {
  if (nodder === null) return t("note-own-nod");
  return nodder === "" ? t("note-some-nod") : t("note-peer-nod", { peer: nodder });
}
