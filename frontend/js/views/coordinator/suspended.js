import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { Pebble } from "../parts/pebble.js";
import { Face } from "./face.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */

/**
 * Who is suspended: they can come back, get a new key, or be let go.
 * @param {{ desk: Coordination, team: import("../../state/coordinator/coordination.js").Team }} props
 */
export function SuspendedPeople({ desk, team }) {
  if (team.suspended.length === 0) return null;
  const disabled = desk.busy.value;
  return html`<section class="team-role">
    <h2>${t("coord-suspended")}</h2>
    <ul class="people">${team.suspended.map((each) => html`<li class="person" key=${each.profile.alias}>
      <p class="person-name">${h(Face, each.profile)}</p>
      <p class="tags"><span class="tag">${t(`coord-role-${each.role}`)}</span><span class="tag">${t(`suspend-${each.reason}`)}</span></p>
      <p class="soft">${t("coord-suspended-since", { day: new Date(each.day * 86_400_000) })}</p>
      <p class="acts">
        ${h(Pebble, { disabled, onClick: () => void desk.restore(each) }, t("coord-restore"))}
        ${h(Pebble, { disabled, onClick: () => void desk.invite(each.role, each.kid) }, t("coord-new-key"))}
      </p>
      ${h(Ask, { label: t("coord-let-go"), ask: t("coord-forget-ask", { alias: each.profile.alias }), yes: t("coord-let-go-yes"), no: t("coord-ask-no"), kind: "quiet", act: () => void desk.forget(each.kid) })}
    </li>`)}</ul>
  </section>`;
}
