// What the next peer sees of a talk is the person's own choice, and the least is chosen before.

import { html, useId } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** @param {{ sharePast: boolean, onChange: (sharePast: boolean) => void }} props */
export function ShareChoice({ sharePast, onChange }) {
  const name = useId();
  const choice = (/** @type {boolean} */ past, /** @type {string} */ id) => html`<label class="choice">
    <input type="radio" name=${name} checked=${sharePast === past} onChange=${() => onChange(past)} /><span>${t(id)}</span>
  </label>`;
  return html`<fieldset><legend>${t("rest-sees")}</legend>${choice(false, "rest-fresh")}${choice(true, "rest-past")}
    <p class="soft">${t("rest-along")}</p></fieldset>`;
}
