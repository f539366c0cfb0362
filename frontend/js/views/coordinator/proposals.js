import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { Pebble } from "../parts/pebble.js";
import { Face } from "./face.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/coordination.js").Team} Team */

/**
 * Who may be suspended: for the second person to answer, or for anybody to carry out once two agree.
 * @param {{ desk: Coordination, team: Team }} props
 */
export function Proposals({ desk, team }) {
  const asked = team.people.flatMap((person) => (person.proposed && !person.me ? [{ ...person, proposed: person.proposed }] : []));
  if (asked.length === 0) return null;
  const disabled = desk.busy.value;
  return html`<section class="card proposals">
    <h2>${t("coord-proposals")}</h2>
    <ul class="people">${asked.map(({ key, kid, alias, stone, role, proposed }) => html`<li class="person" key=${key}>
      <p class="person-name">${h(Face, { alias, stone })}</p>
      <p>${proposed.mine ? t("coord-proposed-by-me") : t("coord-proposed-by", { by: proposed.by })} ${t(`suspend-${proposed.reason}`)}</p>
      <p>${t(`coord-let-go-${role}-held`, { alias })}</p>
      ${proposed.agreed && html`<p>${t("coord-agreed", { alias })}</p>`}
      ${!proposed.agreed && proposed.mine && html`<p class="soft">${t("coord-proposed-wait")}</p>`}
      ${!proposed.agreed && !proposed.mine && h(Ask, { label: t("coord-agree"), ask: t("coord-agree-ask", { alias }), yes: t("coord-agree-yes"), no: t("coord-ask-no"), busy: disabled, act: () => void desk.agree(kid) })}
      <p class="acts">
        ${proposed.agreed && h(Pebble, { kind: "care", disabled, onClick: () => void desk.suspend(kid) }, t("coord-suspend-now"))}
        ${!proposed.agreed && h(Pebble, { disabled, onClick: () => void desk.refuse(kid) }, t(proposed.mine ? "coord-unpropose" : "coord-refuse"))}
      </p>
    </li>`)}</ul>
  </section>`;
}
