import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";

/** A coordinator would suspend somebody, which takes a second person. @param {{ proposals: import("../../state/moderator/proposals.js").Proposals }} props */
export function Suspensions({ proposals }) {
  const here = { unknown: "propose-gone" };
  const at = proposals.at.value;
  const isOpen = proposals.open.value.some(({ key }) => key === at);
  return html`${h(Said, { code: isOpen ? null : proposals.problem.value, done: proposals.did.value === "" ? null : "propose-answered", here })}
    ${proposals.open.value.map(({ kid, key, alias, by, reason }) => html`<article class="card" key=${key} aria-label=${t("propose-title", { alias })}>
      <h3>${t("propose-title", { alias })}</h3>
      <p>${t("propose-by", { alias: by })} ${t(`propose-reason-${reason}`)}</p>
      <p class="soft">${t("propose-then")}</p>
      <div class="acts">
        ${h(Ask, { label: t("propose-agree"), ask: t("propose-ask", { alias }), yes: t("propose-yes"), no: t("decide-back"), busy: proposals.busy.value, act: () => void proposals.answer(kid, true) })}
        ${h(Pebble, { kind: "quiet", disabled: proposals.busy.value, onClick: () => void proposals.answer(kid, false) }, t("propose-no"))}
      </div>
      ${h(Said, { code: at === key ? proposals.problem.value : null, here })}
    </article>`)}`;
}
