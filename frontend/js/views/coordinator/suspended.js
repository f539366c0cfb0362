import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { dayOf } from "../parts/days.js";
import { Pebble } from "../parts/pebble.js";
import { Face } from "./face.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/coordination.js").Away} Away */
/** @typedef {import("../../state/staff/answers.js").Role} Role */

/**
 * Who is suspended: they can come back, get a new key, or be let go.
 * @param {{ desk: Coordination, team: import("../../state/coordinator/coordination.js").Team }} props
 */
export function SuspendedPeople({ desk, team }) {
  if (team.suspended.length === 0) return null;
  return html`<section class="team-role">
    <h2>${t("coord-suspended")}</h2>
    <ul class="people">${team.suspended.map((away) => h(Suspended, { key: away.key, desk, away }))}</ul>
  </section>`;
}

/** @param {{ desk: Coordination, away: Away }} props */
function Suspended({ desk, away }) {
  const { kid, member, reason, day } = away;
  const disabled = desk.busy.value;
  const alias = member?.profile.alias ?? t("trail-someone");
  const role = /** @type {Role | undefined} */ (member?.roles[0]);
  return html`<li class="person">
    ${member ? html`<p class="person-name">${h(Face, member.profile)}</p>` : html`<p class="field-problem">${t("coord-suspended-unsigned")}</p>`}
    <p class="tags">${role && html`<span class="tag">${t(`coord-role-${role}`)}</span>`}<span class="tag">${t(`suspend-${reason}`)}</span></p>
    <p class="soft">${t("coord-suspended-since", { day: dayOf(day) })}</p>
    ${role && html`<p class="acts">
      ${h(Pebble, { disabled, onClick: () => void desk.restore(away) }, t("coord-restore"))}
      ${h(Pebble, { disabled, onClick: () => void desk.invite(role, kid) }, t("coord-new-key"))}
    </p>`}
    ${h(Ask, { label: t("coord-let-go"), ask: t("coord-forget-ask", { alias }), yes: t("coord-let-go-yes"), no: t("coord-ask-no"), kind: "quiet", busy: disabled, act: () => void desk.forget(kid) })}
  </li>`;
}
