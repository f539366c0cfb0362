import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { InviteOne } from "./invite_one.js";
import { Newcomers } from "./newcomers.js";
import { PersonCard } from "./person.js";
import { Proposals } from "./proposals.js";
import { SuspendedPeople } from "./suspended.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/coordination.js").Team} Team */

const ROLES = /** @type {const} */ (["coordinator", "moderator", "peer"]);

/**
 * Who is on the team, who comes, and who waits outside.
 * @param {{ desk: Coordination }} props
 */
export function TeamPart({ desk }) {
  const team = desk.team.value;
  if (team === null) return null;
  return html`<div class="team">
    <div class="team-come">
      ${isAlone(team) && html`<section class="card team-second"><h2>${t("coord-second")}</h2><p>${t("coord-second-why")}</p></section>`}
      ${h(Proposals, { desk, team })}
      ${h(Newcomers, { desk, team })}
      ${h(InviteOne, { desk, first: isAlone(team) ? "coordinator" : "peer" })}
    </div>
    <div class="team-are">
      ${ROLES.map((role) => {
        const people = team.people.filter((person) => person.role === role);
        return html`<section key=${role} class="team-role">
          <h2>${t(`coord-role-${role}s`)}</h2>
          ${people.length === 0 && html`<p class="soft">${t(`coord-no-${role}`)}</p>`}
          <ul class="people">${people.map((person) => h(PersonCard, { key: person.key, desk, team, person }))}</ul>
        </section>`;
      })}
      ${h(SuspendedPeople, { desk, team })}
    </div>
  </div>`;
}

/** Whether nobody else could take over, and nobody is on the way who could. @param {Team} team */
const isAlone = ({ people, newcomers }) => [...people, ...newcomers].filter(({ role }) => role === "coordinator").length < 2;
