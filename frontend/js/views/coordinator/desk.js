import { h, html, useLayoutEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { askedOf } from "../../state/moderator/asked_of_me.js";
import { AskedOfMe } from "../moderator/asked.js";
import { KeptFlags } from "../moderator/kept.js";
import { PausedPeers } from "../moderator/pauses.js";
import { Pebble } from "../parts/pebble.js";
import { Heading } from "../staff/heading.js";
import { Problem } from "../staff/problem.js";
import { Deeds } from "./deeds.js";
import { Keeping } from "./keeping.js";
import { OpeningHours } from "./opening_hours.js";
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
};

/**
 * The coordinator's desk: the team, the hours, what is kept, who did what, and what moderators ask of coordinators.
 * @param {{ desk: Coordination, rules: ServiceRules }} props
 */
export function CoordinatorDesk({ desk, rules }) {
  const part = useSignal(/** @type {Part} */ ("team"));
  const session = desk.session.value;
  if (session === null) return null;
  const chip = (/** @type {Part} */ each, /** @type {string} */ label) =>
    h(Pebble, { key: each, pressed: part.value === each, onClick: () => {
      part.value = each;
      desk.heard();
    } }, label);
  const waits = askedOf(session).waits.value;
  return html`<div class="coordinator">
    ${h(Heading, { text: t("staff-title-coordinator"), arrive: true })}
    ${h(Renew, { desk })}
    <div class="coordinator-parts" role="group" aria-label=${t("coord-parts")}>
      ${OWN.map((each) => chip(each, t(`coord-part-${each}`)))}
      ${SHARED.map((each) => chip(each, t(each === "asked" && waits ? "desk-part-asked-waits" : `desk-part-${each}`)))}
    </div>
    ${h(Said, { code: desk.problem.value, done: desk.done.value })}
    ${part.value === "team" && h(TeamPart, { desk })}
    ${part.value === "hours" && h(OpeningHours, { desk, rules })}
    ${part.value === "keeping" && h(Keeping, { rules })}
    ${part.value === "deeds" && h(Deeds, { rules })}
    <div hidden=${part.value !== "asked"}>${h(AskedOfMe, { session })}</div>
    ${part.value === "pauses" && h(PausedPeers, { session })}
    ${part.value === "kept" && h(KeptFlags, { session })}
  </div>`;
}

/**
 * What came of the last act. Where its button is gone with its row, or was off meanwhile, the focus comes here.
 * @param {{ code: string | null, done: string | null }} props done: an id of the locale
 */
function Said({ code, done }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if ((code !== null || done !== null) && focused() === null) place.current?.focus({ preventScroll: true });
  }, [code, done]);
  return html`<div class="coordinator-said" tabindex="-1" ref=${place}>
    ${h(Problem, { code, here: HERE })}
    <div role="status">${done !== null && html`<p class="coordinator-done">${t(done)}</p>`}</div>
  </div>`;
}
