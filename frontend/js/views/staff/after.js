import { h, html, useEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { Backing } from "./backing.js";
import { Problem } from "./problem.js";
import { panelId, tabId } from "./rooms.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */

/**
 * Nothing is asked of a peer who meets nobody new: after End now, and whenever no talk is open.
 * @param {{ desk: Desk, room?: PeerRoom }} props room: a talk ended just now; its words stay out of sight
 */
export function After({ desk, room }) {
  const flagging = useSignal(false);
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (room) heading.current?.focus();
  }, []);
  const about = room ? { role: "tabpanel", id: panelId(room), "aria-labelledby": tabId(room) } : {};
  const state = desk.availability.state.value;
  return html`<section class="after" ...${about}>
    <h2 tabindex="-1" ref=${heading}>${state === "on" ? t("talk-gone") : t(`desk-rest-${state}`)}</h2>
    ${room && html`<p>${t("talk-ended")}</p>`}
    ${room && h(Problem, { code: room.trouble.value })}
    <div class="acts">
      ${state !== "on" && !desk.availability.paused.value && h(Pebble, { onClick: () => void desk.setAvailability("on") }, t("desk-turn-on"))}
      ${room && h(Pebble, { expanded: flagging.value, onClick: () => void (flagging.value = !flagging.value) }, t("talk-flag"))}
      ${room && h(Pebble, { onClick: () => room.close() }, t("talk-close"))}
    </div>
    ${room && flagging.value && h(Backing, { room, onClose: () => void (flagging.value = false) })}
  </section>`;
}
