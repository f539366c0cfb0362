import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */

/**
 * What the other side asked for, always in view: how fast to go, what would help, what to call them.
 * @param {{ room: PeerRoom }} props
 */
export function Signs({ room }) {
  const { pace, need, name } = room;
  return html`<ul class="tags room-signs" aria-label=${t("sign-title")}>
    <li class="tag tag-told">${t(`sign-pace-${pace.value}`)}</li>
    ${need.value && html`<li class="tag">${t(`sign-need-${need.value}`)}</li>`}
    ${name.value !== "" && html`<li class="tag">${t("sign-name", { name: name.value })}</li>`}
  </ul>`;
}

/**
 * That nothing is expected of this peer for now, while the other side pauses.
 * @param {{ room: PeerRoom }} props
 */
export function Paused({ room }) {
  const pause = room.pause.value;
  return pause && html`<p class="room-pause">${t(`sign-pause-${pause}`)}</p>`;
}
