import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** The switch that keeps nothing over a reload. @param {{ engine: import("../../state/client/engine.js").ClientEngine }} props */
export function SharedPhone({ engine }) {
  return html`<label class="choice">
    <input type="checkbox" checked=${engine.sharedPhone.value} onChange=${() => engine.setSharedPhone(!engine.sharedPhone.value)} />
    <span>${t("shared-phone")}</span>
  </label>`;
}
