import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";

/**
 * Until when the team's list is good, and its renewal in one tap.
 * @param {{ desk: import("../../state/coordinator/coordination.js").Coordination }} props
 */
export function Renew({ desk }) {
  const team = desk.team.value;
  if (team === null) return html`<p role="status">${desk.busy.value && t("coord-looking")}</p>`;
  return html`<div class="coordinator-renew">
    <p>${t("coord-list-until", { day: new Date(team.expires * 1000) })}</p>
    ${h(Pebble, { disabled: desk.busy.value, onClick: () => void desk.renew() }, t("coord-renew"))}
    ${h(Pebble, { kind: "quiet", onClick: () => void desk.look() }, t("coord-look"))}
  </div>`;
}
