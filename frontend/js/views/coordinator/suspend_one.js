import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { REASONS } from "../../state/coordinator/coordination.js";
import { Pebble } from "../parts/pebble.js";
import { PickOne } from "../staff/pick.js";
import { Missing } from "../staff/problem.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/coordination.js").Person} Person */
/** @typedef {import("../../state/coordinator/coordination.js").Team} Team */

/**
 * Asks for somebody to be suspended. It takes two people, so where there is no second one it is said what else helps.
 * @param {{ desk: Coordination, team: Team, person: Person }} props
 */
export function SuspendOne({ desk, team, person }) {
  const open = useSignal(false);
  const tried = useSignal(false);
  const reason = useSignal(/** @type {string | null} */ (null));
  if (person.proposed) return null;
  const seconds = team.people.filter(({ role, me, key }) => role !== "peer" && !me && key !== person.key);
  if (seconds.length === 0) return html`<p class="soft">${t("coord-suspend-alone")}</p>`;
  const opener = h(Pebble, { expanded: open.value, onClick: () => void (open.value = !open.value) }, t("coord-suspend"));
  if (!open.value) return html`<div>${opener}</div>`;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (reason.value !== null && !desk.busy.value) void desk.propose(person.kid, reason.value);
  };
  return html`<div>${opener}
    <form class="ask" onSubmit=${submit}>
      <p>${t("coord-suspend-how")}</p>
      ${h(PickOne, { legend: t("coord-suspend-reason"), chosen: reason, options: REASONS.map((each) => ({ value: each, label: t(`suspend-${each}`) })) })}
      ${h(Missing, { what: tried.value && reason.value === null ? "coord-suspend-reason" : null })}
      <button type="submit" class="pebble pebble-care" disabled=${desk.busy.value}>${t("coord-suspend-go")}</button>
    </form>
  </div>`;
}
