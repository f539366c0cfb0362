import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { PickOne } from "../staff/pick.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/staff/answers.js").Role} Role */

const ROLES = /** @type {const} */ (["peer", "moderator", "coordinator"]);

/**
 * An invitation for one person, with what their role can open said before it is made.
 * @param {{ desk: Coordination, first: Role }} props
 */
export function InviteOne({ desk, first }) {
  const role = useSignal(/** @type {string | null} */ (first));
  const chosen = /** @type {Role} */ (role.value ?? first);
  return html`<section class="card team-invite">
    <h2>${t("coord-invite")}</h2>
    ${h(PickOne, { legend: t("coord-invite-role"), chosen: role, options: ROLES.map((each) => ({ value: each, label: t(`coord-role-${each}`) })) })}
    <p>${t(`coord-opens-${chosen}`)}</p>
    ${h(Pebble, { kind: "primary", disabled: desk.busy.value, onClick: () => void desk.invite(chosen) }, t("coord-invite-go"))}
  </section>`;
}
