import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { Field } from "../staff/field.js";
import { Missing, Problem } from "../staff/problem.js";
import { HERE } from "./here.js";

/** @typedef {import("../../state/moderator/review.js").Review} Review */
/** @typedef {import("../../state/moderator/review.js").FlagView} FlagView */

/** Characters of the one line. */
const LINE = 500;

/**
 * When a flag is not to be decided now: ask the one who flagged for more, or hand it on for a second opinion.
 * @param {{ review: Review, flag: FlagView }} props
 */
export function OtherWays({ review, flag }) {
  const handing = useSignal(false);
  return html`<section class="other-ways">
    <h3>${t("ways-title")}</h3>
    <div class="acts">
      ${flag.more === "none" && !flag.epochMissing && flag.room !== "deleted"
        && h(Ask, { label: t("ways-more"), ask: t("ways-more-ask"), yes: t("ways-more-yes"), no: t("decide-back"), busy: review.busy.value, act: () => void review.askMore() })}
      ${flag.moderators && h(Pebble, { expanded: handing.value, onClick: () => void (handing.value = !handing.value) }, t("ways-hand-on"))}
    </div>
    ${h(Problem, { code: review.at.value === "more" ? review.problem.value : null, here: HERE })}
    ${!flag.moderators && html`<p class="soft">${t("ways-hand-on-off")}</p>`}
    ${handing.value && h(HandOn, { review, onClose: () => void (handing.value = false) })}
  </section>`;
}

/** @param {{ review: Review, onClose: () => void }} props */
function HandOn({ review, onClose }) {
  const line = useSignal("");
  const tried = useSignal(false);
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (line.value.trim() !== "") void review.handOn(line.value.trim());
  };
  return h(
    Panel,
    { title: t("ways-hand-on"), onClose },
    html`<p>${t("ways-hand-on-what")}</p>
      <form onSubmit=${go}>
        ${h(Field, { label: t("decide-line"), hint: t("decide-line-hint"), value: line, maxLength: LINE })}
        ${h(Missing, { what: tried.value && line.value.trim() === "" ? "decide-line" : null })}
        ${h(Problem, { code: review.at.value === "hand-on" ? review.problem.value : null, here: HERE })}
        <p><button type="submit" class="pebble pebble-primary" disabled=${review.busy.value}>${t("ways-hand-on-yes")}</button></p>
      </form>`,
  );
}
