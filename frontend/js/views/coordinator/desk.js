import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { askedOf } from "../../state/moderator/asked_of_me.js";
import { AskedOfMe } from "../moderator/asked.js";
import { KeptFlags } from "../moderator/kept.js";
import { PausedPeers } from "../moderator/pauses.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";
import { Heading } from "../staff/heading.js";
import { Deeds } from "./deeds.js";
import { Keeping } from "./keeping.js";
import { OpeningHours } from "./opening_hours.js";
import { Recover } from "./recover.js";
import { Renew } from "./renew.js";
import { TeamPart } from "./team.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/service_rules.js").ServiceRules} ServiceRules */

const OWN = /** @type {const} */ (["team", "hours", "keeping", "deeds"]);
/** Parts that moderators have too. */
const SHARED = /** @type {const} */ (["asked", "pauses", "kept"]);
/** @typedef {typeof OWN[number] | typeof SHARED[number]} Part */

/** What a refusal means here. */
const HERE = {
  dir_conflict: "coord-problem-first",
  dir_rollback: "coord-problem-first",
  malformed: "coord-problem-list",
  unknown: "coord-problem-gone",
  slot_taken: "coord-problem-asked",
  behind: "coord-problem-behind",
  changed: "coord-problem-changed",
  clock: "coord-problem-clock",
};

/**
 * The coordinator's desk: the team, the hours, what is kept, who did what, and what moderators ask of coordinators.
 * @param {{ desk: Coordination, rules: ServiceRules }} props
 */
export function CoordinatorDesk({ desk, rules }) {
  const part = useSignal(/** @type {Part} */ ("team"));
  /** Parts that were open once: what is typed there stays while another is looked at. */
  const kept = useSignal(/** @type {readonly Part[]} */ ([]));
  const session = desk.session.value;
  if (session === null) return null;
  const asked = askedOf(session);
  const chip = (/** @type {Part} */ each, /** @type {string} */ label) =>
    h(Pebble, { key: each, pressed: part.value === each, onClick: () => {
      part.value = each;
      if (!kept.value.includes(each)) kept.value = [...kept.value, each];
      desk.heard();
      if (each === "asked") void asked.look();
    } }, label);
  const team = desk.team.value;
  if (team?.behind) {
    return html`<div class="coordinator">
      ${h(Heading, { text: t("staff-title-coordinator"), arrive: true })}
      ${h(Said, { code: desk.problem.value, done: desk.done.value, here: HERE })}
      ${h(Recover, { desk, team })}
    </div>`;
  }
  return html`<div class="coordinator">
    ${h(Heading, { text: t("staff-title-coordinator"), arrive: true })}
    ${h(Renew, { desk })}
    <div class="coordinator-parts" role="group" aria-label=${t("coord-parts")}>
      ${OWN.map((each) => chip(each, t(`coord-part-${each}`)))}
      ${SHARED.map((each) => chip(each, t(each === "asked" && asked.waits.value ? "desk-part-asked-waits" : `desk-part-${each}`)))}
    </div>
    ${h(Said, { code: desk.problem.value, done: desk.done.value, here: HERE })}
    ${part.value === "team" && h(TeamPart, { desk })}
    ${kept.value.includes("hours") && html`<div hidden=${part.value !== "hours"}>${h(OpeningHours, { desk, rules })}</div>`}
    ${kept.value.includes("keeping") && html`<div hidden=${part.value !== "keeping"}>${h(Keeping, { rules })}</div>`}
    ${part.value === "deeds" && h(Deeds, { rules })}
    <div hidden=${part.value !== "asked"}>${h(AskedOfMe, { session })}</div>
    ${part.value === "pauses" && h(PausedPeers, { session })}
    ${part.value === "kept" && h(KeptFlags, { session })}
  </div>`;
}
