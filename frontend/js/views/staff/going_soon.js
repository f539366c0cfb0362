import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { PickOne } from "./pick.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */

/** Minutes of notice; nobody is left with less than ten. */
const NOTICE = [10, 15, 20, 30];
const MINUTE = 60_000;

/**
 * Says at about which time the peer needs to go, in set words that stand here before they are sent.
 * @param {{ room: PeerRoom, onClose: () => void }} props
 */
export function GoingSoon({ room, onClose }) {
  const chosen = useSignal(/** @type {string | null} */ (null));
  const now = systemDate();
  const at = (/** @type {number} */ minutes) => new Date(now + minutes * MINUTE);
  const minutes = chosen.value === null ? null : Number(chosen.value);
  const tell = () => {
    if (minutes === null) return;
    void room.leaving(minutes);
    onClose();
  };
  return h(
    Panel,
    { title: t("talk-leave-title"), onClose },
    h(PickOne, {
      legend: t("talk-leave"),
      chosen,
      options: NOTICE.map((each) => ({ value: String(each), label: t("talk-leave-in", { minutes: each, time: at(each) }) })),
    }),
    minutes !== null && html`<p class="preview">${t("talk-leave-says", { time: at(minutes) })}</p>`,
    html`<p>${h(Pebble, { kind: "primary", disabled: minutes === null, onClick: tell }, t("talk-leave-send"))}</p>`,
  );
}
