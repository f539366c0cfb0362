import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { listed } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { languageName } from "../staff/languages.js";
import { Face } from "./face.js";
import { SuspendOne } from "./suspend_one.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/coordination.js").Person} Person */
/** @typedef {import("../../state/coordinator/coordination.js").Team} Team */

const LIMITS = [1, 2, 3];

/**
 * Somebody on the team, and what can be done about them.
 * @param {{ desk: Coordination, team: Team, person: Person }} props
 */
export function PersonCard({ desk, team, person }) {
  const { me, role, languages, secondFactor, proposed } = person;
  const open = useSignal(false);
  return html`<li class="person">
    <div class="person-head">
      <p class="person-name">${h(Face, person)}</p>
      ${!me && h(Pebble, { kind: "quiet", expanded: open.value, label: t(open.value ? "coord-about-close" : "coord-about", { alias: person.alias }), onClick: () => void (open.value = !open.value) }, t(open.value ? "close" : "coord-change"))}
    </div>
    <p class="tags">
      ${me && html`<span class="tag tag-here">${t("coord-me")}</span>`}
      <span class="tag">${t(secondFactor ? "coord-second-factor" : "coord-no-second-factor")}</span>
      ${role === "peer" && html`<span class="tag">${t("coord-limit-is", { limit: person.limit })}</span>`}
      ${proposed && html`<span class="tag">${t("coord-proposed")}</span>`}
    </p>
    ${languages.length > 0 && html`<p class="soft">${t("coord-speaks", { languages: listed(languages.map(languageName)) })}</p>`}
    ${open.value && !me && h(Changes, { desk, team, person })}
  </li>`;
}

/** @param {{ desk: Coordination, team: Team, person: Person }} props */
function Changes({ desk, team, person }) {
  const { kid, alias, role, limit, proposed } = person;
  const isLastModerator = role === "moderator" && team.people.filter((each) => each.role === role).length === 1;
  const isReplaced = team.newcomers.some(({ replaced }) => replaced === alias);
  return html`<div class="person-changes">
    ${role === "peer" && html`<div class="person-limit" role="group" aria-label=${t("coord-limit")}>
      <p>${t("coord-limit")}</p>
      ${LIMITS.map((each) => h(Pebble, { key: each, pressed: each === limit, onClick: () => void desk.limit(kid, each) }, t("coord-limit-number", { limit: each })))}
    </div>`}
    <p class="soft">${t("coord-new-key-why")}</p>
    ${h(Pebble, { disabled: desk.busy.value || isReplaced, onClick: () => void desk.invite(role, kid) }, t(isReplaced ? "coord-new-key-made" : "coord-new-key"))}
    ${h(SuspendOne, { desk, team, person })}
    ${isLastModerator && html`<p class="soft">${t("coord-last-moderator")}</p>`}
    ${!proposed && h(Ask, {
      label: t("coord-let-go"),
      ask: t(`coord-let-go-${role}`, { alias }),
      yes: t("coord-let-go-yes"),
      no: t("coord-ask-no"),
      busy: desk.busy.value,
      act: () => void desk.letGo(kid),
    })}
  </div>`;
}
