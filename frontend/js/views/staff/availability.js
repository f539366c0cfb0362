import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { STATES } from "../../state/staff/availability.js";
import { Pebble } from "../parts/pebble.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */

/**
 * Whether this peer can be met, how many talks they hold at once, and what follows from that now.
 * @param {{ desk: Desk }} props
 */
export function AvailabilityChoice({ desk }) {
  const { state, limit, most, again, paused } = desk.availability;
  return html`<div class="available">
    <div class="switch" role="group" aria-label=${t("desk-switch")}>
      ${STATES.map((each) => h(Pebble, { key: each, pressed: state.value === each, disabled: each === "on" && paused.value, onClick: () => void desk.setAvailability(each) }, t(`desk-${each}`)))}
    </div>
    ${most.value > 1 &&
    html`<div class="available-limit">
      <span id="talks-at-once">${t("desk-limit")}</span>
      <div class="switch switch-few" role="group" aria-labelledby="talks-at-once">
        ${numbers(most.value).map((each) => h(Pebble, { key: each, pressed: limit.value === each, onClick: () => void desk.availability.hold(each) }, String(each)))}
      </div>
    </div>`}
    <div class="available-now" role="status">${now(desk)}</div>
    ${state.value === "on" && again.value && h(Pebble, { onClick: () => void desk.availability.ready() }, t("desk-ready"))}
  </div>`;
}

/** What the choice means at this moment; nothing where it says all by itself. @param {Desk} desk */
function now({ availability, held }) {
  const { state, again, finished } = availability;
  if (state.value === "on") return again.value && html`<p>${t("desk-again", { time: again.value })}</p>`;
  const over = finished.value || (state.value === "finishing" && held.value === 0);
  return html`<p>${over && `${t("desk-now-last")} `}${t(`desk-now-${state.value}`)}${held.value > 0 && ` ${t("desk-now-talks")}`}</p>`;
}

/** @param {number} most */
const numbers = (most) => Array.from({ length: most }, (_, at) => at + 1);
