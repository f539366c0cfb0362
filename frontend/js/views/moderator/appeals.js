import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { LOOK } from "../../state/moderator/one_at_a_time.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";
import { Field } from "../staff/field.js";
import { PickOne } from "../staff/pick.js";
import { Missing, Problem } from "../staff/problem.js";
import { reasonWords } from "./reasons.js";

/** @typedef {import("../../state/moderator/pauses.js").Pauses} Pauses */
/** @typedef {import("../../state/moderator/pauses.js").AppealRow} AppealRow */

/** What a refusal means here. */
const HERE = { unknown: "pauses-gone" };
/** Characters of a reason in the trail. */
export const REASON = 100;

/** Paused peers who ask this very person, who had no part in it, to look anew. @param {{ pauses: Pauses }} props */
export function Appeals({ pauses }) {
  const at = pauses.at.value;
  const isGone = at.startsWith("appeal ") && !pauses.appeals.value.some(({ key }) => at === `appeal ${key}`);
  const answered = pauses.did.value.startsWith("appeal ");
  return html`${h(Said, { code: isGone || at === LOOK ? pauses.problem.value : null, done: answered ? "appeal-answered" : null, here: HERE })}
    ${pauses.appeals.value.map((appeal) => h(Appeal, { key: appeal.key, pauses, appeal }))}`;
}

/** @param {{ pauses: Pauses, appeal: AppealRow }} props */
function Appeal({ pauses, appeal }) {
  const shown = useSignal(false);
  const act = useSignal(/** @type {string | null} */ (null));
  const reason = useSignal("");
  const tried = useSignal(false);
  const chosen = act.value === "lift" || act.value === "uphold" ? act.value : null;
  const missing = chosen === null ? "appeal-what" : reason.value.trim() === "" ? "trail-reason" : null;
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (chosen && missing === null) void pauses.answer(appeal.kid, chosen, reason.value.trim());
  };
  return html`<article class="card appeal" aria-label=${t("appeal-title", { alias: appeal.alias })}>
    <h3>${t("appeal-title", { alias: appeal.alias })}</h3>
    <p>${t("appeal-why", { reason: reasonWords(appeal.reason) })}</p>
    ${appeal.words === null
      ? html`<p class="problem">${t("appeal-shut")}</p>`
      : shown.value
        ? html`<p class="flag-note preview" dir="auto">${appeal.words}</p>`
        : html`<div class="cover"><p>${t("appeal-covered")}</p>${h(Pebble, { onClick: () => void (shown.value = true) }, t("review-show"))}</div>`}
    <form onSubmit=${go}>
      ${h(PickOne, { legend: t("appeal-what"), chosen: act, options: [{ value: "lift", label: t("appeal-lift") }, { value: "uphold", label: t("appeal-uphold") }] })}
      ${h(Field, { label: t("trail-reason"), hint: t("trail-reason-hint"), value: reason, maxLength: REASON })}
      ${h(Missing, { what: tried.value ? missing : null })}
      ${h(Problem, { code: pauses.at.value === `appeal ${appeal.key}` ? pauses.problem.value : null, here: HERE })}
      <p><button type="submit" class="pebble pebble-primary" disabled=${pauses.busy.value}>${t("appeal-send")}</button></p>
    </form>
  </article>`;
}
