import { h, html, useEffect, useId, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { askedOf } from "../../state/moderator/asked_of_me.js";
import { dayOf } from "../parts/days.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";
import { Field } from "../staff/field.js";
import { Missing, Problem } from "../staff/problem.js";
import { REASON } from "./appeals.js";
import { reasonWords } from "./reasons.js";

/** @typedef {import("../../state/moderator/pauses.js").PauseRow} PauseRow */

/** What a refusal means here. */
const HERE = { unknown: "pauses-gone" };

/**
 * Peers who take no new talks while somebody looks; any moderator or coordinator can end it.
 * @param {{ session: import("../../state/staff/session.js").StaffSession }} props
 */
export function PausedPeers({ session }) {
  const title = useId();
  const { pauses } = askedOf(session);
  useEffect(() => void pauses.look(), [pauses]);
  const all = pauses.pauses.value;
  const inRow = all?.some(({ key }) => key === pauses.at.value) || pauses.at.value.startsWith("appeal ");
  const lifted = pauses.did.value !== "" && !pauses.did.value.startsWith("appeal ");
  return html`<section aria-labelledby=${title}>
    <h2 id=${title}>${t("pauses-title")}</h2>
    <p class="soft">${t("pauses-what")}</p>
    ${h(Said, { code: inRow ? null : pauses.problem.value, done: lifted ? "pauses-lifted" : null, here: HERE })}
    ${all?.length === 0 && html`<p>${t("pauses-none")}</p>`}
    <ul class="rows">${all?.map((pause) => h(Paused, { key: pause.key, pauses, pause }))}</ul>
  </section>`;
}

/** @param {{ pauses: import("../../state/moderator/pauses.js").Pauses, pause: PauseRow }} props */
function Paused({ pauses, pause }) {
  const lifting = useSignal(false);
  const why = useSignal("");
  const tried = useSignal(false);
  const { alias, by, second, since, until, appeal, reason } = pause;
  const lift = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (why.value.trim() !== "") void pauses.lift(pause.kid, why.value.trim());
  };
  return html`<li class="row">
    <div>
      <b>${alias === "" ? t("review-from-unlisted") : alias}</b>
      <p class="soft">
        ${reasonWords(reason)} · ${t("pauses-since", { day: dayOf(since) })} ${until !== null && t("pauses-until", { time: new Date(until * 1000) })}
        ${" "}${second === "" ? t("pauses-by", { alias: by }) : t("pauses-by-two", { alias: by, second })}
        ${appeal !== null && html` ${t(`pauses-appeal-${appeal}`)}`}
      </p>
    </div>
    ${h(Pebble, { label: t("pauses-lift-one", { alias }), expanded: lifting.value, onClick: () => void (lifting.value = !lifting.value) }, t("pauses-lift"))}
    ${lifting.value && html`<form class="row-form" onSubmit=${lift}>
      ${h(Field, { label: t("trail-reason"), hint: t("trail-reason-hint"), value: why, maxLength: REASON })}
      ${h(Missing, { what: tried.value && why.value.trim() === "" ? "trail-reason" : null })}
      ${h(Problem, { code: pauses.at.value === pause.key ? pauses.problem.value : null, here: HERE })}
      <p><button type="submit" class="pebble pebble-primary" disabled=${pauses.busy.value}>${t("pauses-lift-yes")}</button></p>
    </form>`}
  </li>`;
}
