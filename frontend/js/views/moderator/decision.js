import { h, html, useEffect, useId, useRef, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { reportsOutside } from "../../platform/surroundings.js";
import { ACTS, namesPeer, takesTwo, whyOff } from "../../state/moderator/acts.js";
import { Pebble } from "../parts/pebble.js";
import { Field } from "../staff/field.js";
import { PickOne } from "../staff/pick.js";
import { Missing } from "../staff/problem.js";
import { ABOUT_SOMEBODY } from "./reasons.js";

/** @typedef {import("../../state/moderator/case.js").Case} Case */
/** @typedef {import("../../state/moderator/acts.js").Decision} Made */
/** @typedef {import("../../state/moderator/answers.js").Act} Act */
/** @typedef {import("../../state/moderator/review.js").FlagView["others"][number]} Other */

/** The reasons that fit an act. @type {Record<Act, readonly string[]>} */
const REASONS = {
  none: ["nothing-wrong", "not-clear", "kept-as-note", "other"],
  talk: ABOUT_SOMEBODY,
  pause: ABOUT_SOMEBODY,
  reoffer: ABOUT_SOMEBODY,
  close: ABOUT_SOMEBODY,
  report: ["danger", "abuse", "sexual", "other"],
};
/** What the one who flagged reads then. @type {Record<Case["from"], Record<Act, string>>} */
const READS = {
  client: {
    none: "outcome-none",
    talk: "reads-client-talk",
    pause: "reads-client-pause",
    reoffer: "reads-client-reoffer",
    close: "outcome-closed",
    report: "reads-client-report",
  },
  peer: {
    none: "backing-outcome-none",
    talk: "backing-outcome-talked",
    pause: "backing-outcome-paused",
    reoffer: "backing-outcome-reoffered",
    close: "backing-outcome-closed",
    report: "backing-outcome-reported",
  },
};
/** Characters of the one line. */
const LINE = 500;

/**
 * What happens now: an act, a reason of the list and one line, then the same once more before it is final. With `others`
 * to ask, what takes two people asks one of them by name.
 * @param {{ flag: Case, busy: boolean, others: readonly Other[] | null, askedBy?: string, onDecide: (decision: Made) => void,
 *   onAsk?: (decision: Made, to: Other["kid"]) => void }} props others: null for a second reader, whom `askedBy` asks
 */
export function Decision({ flag, busy, others, askedBy = "", onDecide, onAsk = () => {} }) {
  const act = useSignal(/** @type {string | null} */ (null));
  const subject = useSignal(/** @type {string | null} */ (null));
  const reason = useSignal(/** @type {string | null} */ (null));
  const line = useSignal("");
  const to = useSignal(/** @type {string | null} */ (null));
  const asking = useSignal(false);
  const tried = useSignal(false);
  const seconds = others === null ? 1 : others.length;
  // Words leave the service only where the first page says that they may.
  const acts = ACTS.filter((each) => each !== "report" || reportsOutside());
  const off = new Map(acts.map((each) => [each, whyOff(each, flag, seconds)]));
  const chosen = acts.find((each) => each === act.value && off.get(each) === null) ?? null;
  const fitting = chosen && reason.value && REASONS[chosen].includes(reason.value) ? reason.value : null;
  const about = chosen && namesPeer(chosen) ? (flag.peers.find(({ key }) => key === subject.value) ?? null) : null;
  const asks = chosen !== null && others !== null && others.length > 0 && takesTwo(chosen, flag.category);
  const asked = asks ? (others.find(({ key }) => key === to.value) ?? null) : null;
  const missing = firstMissing([
    ["decide-title", chosen],
    ["decide-whom", chosen && namesPeer(chosen) ? about : true],
    ["decide-reason", fitting],
    ["decide-line", line.value.trim()],
    ["decide-second", asks ? asked : true],
  ]);

  if (asking.value && chosen && fitting && missing === null) {
    const decision = { act: chosen, subject: about?.kid ?? null, reason: fitting, line: line.value.trim() };
    return h(Sure, {
      flag, decision, whom: about?.alias ?? "", to: asked?.alias ?? "", askedBy, alone: others !== null && others.length === 0, busy,
      onYes: () => (asked ? onAsk(decision, asked.kid) : onDecide(decision)),
      onBack: () => void (asking.value = false),
    });
  }
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    asking.value = missing === null;
  };
  const reasons = [...new Set([...off.values()].filter((why) => why !== null))];
  return html`<form class="decision" onSubmit=${go}>
    ${h(PickOne, {
      legend: t("decide-title"),
      chosen: act,
      hint: t(acts.includes("report") ? "decide-undo" : "decide-undo-no-report"),
      kind: "lines",
      options: acts.map((each) => ({ value: each, label: t(`decide-${each}`), disabled: off.get(each) !== null })),
    })}
    ${reasons.map((why) => html`<p class="field-hint" key=${why}>${t(`decide-off-${why}`)}</p>`)}
    ${chosen && namesPeer(chosen) && h(PickOne, { legend: t("decide-whom"), chosen: subject, options: flag.peers.map(({ key, alias }) => ({ value: key, label: alias })) })}
    ${chosen && h(PickOne, { key: chosen, legend: t("decide-reason"), chosen: reason, options: REASONS[chosen].map((each) => ({ value: each, label: t(`reason-${each}`) })) })}
    ${h(Field, { label: t("decide-line"), hint: t("decide-line-hint"), value: line, maxLength: LINE })}
    ${asks && h(PickOne, { legend: t("decide-second"), hint: t("decide-second-hint"), chosen: to, options: others.map(({ key, alias }) => ({ value: key, label: alias })) })}
    ${h(Missing, { what: tried.value ? missing : null })}
    <button type="submit" class="pebble pebble-primary">${t(asks ? "decide-ask-second" : "decide-go")}</button>
  </form>`;
}

/** The first that is empty, as the locale id of its label; null for none. @param {[string, unknown][]} all */
const firstMissing = (all) => all.find(([, value]) => !value)?.[0] ?? null;

/**
 * Everything once more before it is final, with the very words that the person who flagged reads in their talk.
 * @param {{ flag: Case, decision: Made, whom: string, to: string, askedBy: string, alone: boolean, busy: boolean,
 *   onYes: () => void, onBack: () => void }} props
 */
function Sure({ flag, decision: { act, reason }, whom, to, askedBy, alone, busy, onYes, onBack }) {
  const id = useId();
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  return html`<section class="decision decision-ask" aria-labelledby=${id}>
    <h3 id=${id} tabindex="-1" ref=${heading}>${t("decide-ask")}</h3>
    <p>${t("decide-chosen", { act: t(`decide-${act}`), reason: t(`reason-${reason}`) })}</p>
    ${whom && html`<p>${t("decide-about", { alias: whom })}</p>`}
    ${act !== "none" && html`<p>${t(`decide-then-${act}`)}</p>`}
    ${act === "pause" && alone && html`<p>${t("decide-alone")}</p>`}
    ${to && html`<p>${t("decide-to", { alias: to })}</p>`}
    ${askedBy ? html`<p>${t("decide-second-by", { alias: askedBy })}</p>` : html`<p>${t(to ? "decide-reads-both" : "decide-reads")}</p>
      <blockquote class="preview">${t(READS[flag.from][act])}</blockquote>`}
    <div class="acts">
      ${h(Pebble, { kind: "primary", disabled: busy, onClick: onYes }, t(busy ? "decide-sending" : "decide-yes"))}
      ${h(Pebble, { kind: "quiet", disabled: busy, onClick: onBack }, t("decide-back"))}
    </div>
  </section>`;
}
