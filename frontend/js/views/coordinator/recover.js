import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { Face } from "./face.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/coordination.js").Team} Team */

/**
 * In place of everything else, where the list came back from a backup: who on it is still here is said person by person,
 * since nobody else knows who left.
 * @param {{ desk: Coordination, team: Team }} props
 */
export function Recover({ desk, team }) {
  const here = useSignal(/** @type {readonly string[]} */ ([]));
  const turn = (/** @type {string} */ key) =>
    void (here.value = here.value.includes(key) ? here.value.filter((each) => each !== key) : [...here.value, key]);
  const others = team.people.filter(({ me }) => !me);
  return html`<section class="card recover">
    <h2>${t("recover-title")}</h2>
    <p>${t("recover-what")}</p>
    <p>${t("recover-who")}</p>
    <ul class="people">${others.map((person) => html`<li key=${person.key} class="person">
      <label class="choice person-choice">
        <input type="checkbox" checked=${here.value.includes(person.key)} onChange=${() => turn(person.key)} />${h(Face, person)}
      </label>
      <p class="tags"><span class="tag">${t(`coord-role-${person.role}`)}</span></p>
    </li>`)}</ul>
    <p class="field-hint">${t("recover-since")}</p>
    ${h(Pebble, { kind: "primary", disabled: desk.busy.value, onClick: () => void desk.recover(here.value) }, t("recover-go", { count: here.value.length }))}
  </section>`;
}
