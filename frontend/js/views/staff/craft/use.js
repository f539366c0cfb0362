import { h } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { added } from "../../../state/staff/craft/draft.js";
import { announce } from "../../parts/announcer.js";
import { Pebble } from "../../parts/pebble.js";

/**
 * Puts words at the end of the draft. It never sends them.
 * @param {{ room: Pick<import("./craft_room.js").CraftRoom, "draft">, words: string }} props
 */
export function Use({ room, words }) {
  const use = () => {
    room.draft.value = added(room.draft.value, words);
    announce(t("craft-used"));
  };
  return h(Pebble, { class: "guide-use", label: t("craft-use-these", { words }), onClick: use }, t("craft-use"));
}
