import { h, html, useEffect, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { Ask } from "../parts/ask.js";
import { listed } from "../parts/names.js";
import { OurPage } from "../parts/our_page.js";
import { Pebble } from "../parts/pebble.js";
import { Backing } from "./backing.js";
import { Bring } from "./bring.js";
import { GoingSoon } from "./going_soon.js";
import { roomName } from "./rooms.js";
import { ShowLines } from "./show_lines.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {"going" | "flag" | "ours" | "bring" | "show"} What a panel */

/**
 * What can be done about a talk beside answering, and the panels that it opens.
 * @param {{ room: PeerRoom, guide: { value: boolean }, guideId: string }} props guide: whether the guide is open where it is folded
 */
export function RoomActs({ room, guide, guideId }) {
  const open = useSignal(/** @type {What | null} */ (null));
  const turn = (/** @type {What} */ what) => void (open.value = open.value === what ? null : what);
  const close = () => void (open.value = null);
  const talking = room.stage.value === "talking";
  const ours = talking ? room.ours : null;
  const ourNews = open.value !== "ours" && (ours?.news.value ?? false);
  useEffect(() => {
    if (ourNews) announce(t("talk-says", { room: roomName(room), text: t("talk-our-news") }));
  }, [ourNews]);
  return html`<div class="room-acts" role="group" aria-label=${t("talk-more")}>
      ${talking && h(Pebble, { disabled: !room.mayWrite.value, onClick: () => void room.here() }, t("talk-here-say"))}
      ${talking && h(Pebble, { class: "guide-opener", expanded: guide.value, controls: guideId, onClick: () => void (guide.value = !guide.value) }, t("talk-guide"))}
      ${ours && h(Pebble, { expanded: open.value === "ours", onClick: () => turn("ours") }, t("ours-title"), ourNews && html` <span class="room-tab-unread">${t("talk-unread")}</span>`)}
      ${talking && h(Pebble, { expanded: open.value === "going", onClick: () => turn("going") }, t("talk-leave"))}
      ${talking && h(Pebble, { expanded: open.value === "bring", disabled: !room.mayWrite.value, onClick: () => turn("bring") }, t("bring-open"))}
      ${talking && h(Ask, { label: t("talk-release"), ask: releaseAsk(room), yes: t("talk-release-yes"), no: t("talk-stay"), act: () => void room.release() })}
      ${h(Pebble, { expanded: open.value === "show", onClick: () => turn("show") }, t("lines-open"))}
      ${h(Pebble, { expanded: open.value === "flag", onClick: () => turn("flag") }, t("talk-flag"))}
      ${!talking && h(Pebble, { onClick: () => room.close() }, t("talk-close"))}
    </div>
    ${ours && open.value === "ours" && h(OurPage, { ours, peer: null, mine: "peer", mayWrite: room.mayWrite.value, onClose: close })}
    ${talking && open.value === "going" && h(GoingSoon, { room, onClose: close })}
    ${talking && open.value === "bring" && h(Bring, { room, onClose: close })}
    ${open.value === "show" && h(ShowLines, { room, onClose: close })}
    ${open.value === "flag" && h(Backing, { room, onClose: close })}`;
}

/** What becomes of the talk that this peer leaves. @param {PeerRoom} room */
function releaseAsk({ colleagues }) {
  const names = colleagues.here.value;
  return names.length > 0 ? t("talk-release-others", { names: listed(names) }) : t("talk-release-ask");
}
