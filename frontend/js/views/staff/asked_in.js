import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */

/** Colleagues who would bring this peer into a talk of theirs: a yes is no duty, and a no needs no reason. @param {{ desk: Desk }} props */
export function AskedIn({ desk }) {
  return html`<div class="asked-in">${desk.asked.value.map(({ key, by, purpose, willing }) => html`<section class="queue-row offer" key=${key}>
    <h2 class="asked-title">${t(`asked-${purpose}`, { peer: by })}</h2>
    <p>${t(willing ? "asked-waits" : "asked-free")}</p>
    <div class="acts">
      ${!willing && h(Pebble, { kind: "primary", onClick: () => void desk.answerAsk(key, true) }, t("asked-come"))}
      ${h(Pebble, { onClick: () => void desk.answerAsk(key, false) }, t(willing ? "bring-back" : "asked-not-now"))}
    </div>
  </section>`)}</div>`;
}
