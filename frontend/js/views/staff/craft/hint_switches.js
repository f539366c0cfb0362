import { html } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { NUDGE_IDS } from "../../../state/staff/craft/nudging.js";
import { hints } from "../../../state/staff/craft/hints.js";

/** Every hint with its switch, so that one that was stopped can come back. */
export function HintSwitches() {
  const off = hints.off.value;
  return html`<details class="fold">
    <summary>${t("craft-hints")}</summary>
    <p class="soft">${t("craft-hints-how")}</p>
    ${NUDGE_IDS.map(
      (id) => html`<label class="choice" key=${id}>
        <input type="checkbox" checked=${!off.has(id)} onChange=${() => hints.turn(id, off.has(id))} />
        <span>${t(`craft-nudge-${id}`)}</span>
      </label>`,
    )}
  </details>`;
}
