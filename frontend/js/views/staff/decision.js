import { h, html, useEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { Field } from "./field.js";
import { PickOne } from "./pick.js";
import { Missing } from "./problem.js";

/** @typedef {import("../../state/staff/review.js").Review} Review */
/** @typedef {import("../../state/staff/review.js").FlagView} FlagView */
/** @typedef {"none" | "close"} Act */

/** The reasons that fit an act. @type {Record<Act, readonly string[]>} */
const REASONS = {
  none: ["nothing-wrong", "not-clear", "kept-as-note", "other"],
  close: ["asked-contact", "sexual", "money", "abuse", "danger", "other"],
};
/** What the one who flagged reads then. @type {Record<FlagView["from"], Record<Act, string>>} */
const READS = {
  client: { none: "outcome-none", close: "outcome-closed" },
  peer: { none: "backing-outcome-none", close: "backing-outcome-closed" },
};
/** Characters of the one line. */
const LINE = 500;

/**
 * What happens now: an act, a reason of the list and one line, then the same once more before it is final.
 * @param {{ review: Review, flag: FlagView }} props
 */
export function Decision({ review, flag }) {
  const act = useSignal(/** @type {string | null} */ (null));
  const reason = useSignal(/** @type {string | null} */ (null));
  const line = useSignal("");
  const asking = useSignal(false);
  const tried = useSignal(false);
  const off = whyOff(flag);
  const chosen = act.value === "close" && off ? null : /** @type {Act | null} */ (act.value);
  const fitting = chosen && reason.value && REASONS[chosen].includes(reason.value) ? reason.value : null;
  const missing = !chosen ? "decide-title" : !fitting ? "decide-reason" : !line.value.trim() ? "decide-line" : null;

  if (asking.value && chosen && fitting && !missing) {
    const decide = () => void review.decide({ act: chosen, reason: fitting, line: line.value.trim() });
    return h(Asked, { from: flag.from, act: chosen, reason: fitting, busy: review.busy.value, onYes: decide, onBack: () => void (asking.value = false) });
  }
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    asking.value = missing === null;
  };
  return html`<form class="decision" onSubmit=${go}>
    ${h(PickOne, {
      legend: t("decide-title"),
      chosen: act,
      options: [
        { value: "none", label: t("decide-none") },
        { value: "close", label: t("decide-close"), disabled: off !== null },
      ],
      ...(off === null ? {} : { hint: t(off) }),
    })}
    ${chosen && h(PickOne, { key: chosen, legend: t("decide-reason"), chosen: reason, options: REASONS[chosen].map((each) => ({ value: each, label: t(`reason-${each}`) })) })}
    ${h(Field, { label: t("decide-line"), hint: t("decide-line-hint"), value: line, maxLength: LINE })}
    ${h(Missing, { what: tried.value ? missing : null })}
    <button type="submit" class="pebble pebble-primary">${t("decide-go")}</button>
  </form>`;
}

/** Why this flag allows nothing that affects a person, as a locale id; null where it does. @param {FlagView} flag */
export function whyOff(flag) {
  if (flag.epochMissing) return "decide-off-wait";
  const proofs = flag.items.map((item) => (item.type === "item" ? item.proof : "ok"));
  if (proofs.includes("bad")) return "decide-off-bad";
  if (proofs.includes("wait") || proofs.length === 0) return "decide-off-wait";
  if (flag.room !== "open") return "decide-off-closed";
  return flag.mayAct ? null : "decide-off-wait";
}

/**
 * Everything once more before it is final, with the very words that the person who flagged reads in their talk.
 * @param {{ from: FlagView["from"], act: Act, reason: string, busy: boolean, onYes: () => void, onBack: () => void }} props
 */
function Asked({ from, act, reason, busy, onYes, onBack }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  return html`<section class="decision decision-ask" aria-labelledby="decide-ask">
    <h3 id="decide-ask" tabindex="-1" ref=${heading}>${t("decide-ask")}</h3>
    <p>${t("decide-chosen", { act: t(`decide-${act}`), reason: t(`reason-${reason}`) })}</p>
    ${act === "close" && html`<p>${t("decide-both")}</p>`}
    <p>${t("decide-reads")}</p>
    <blockquote class="preview">${t(READS[from][act])}</blockquote>
    <div class="acts">
      ${h(Pebble, { kind: "primary", disabled: busy, onClick: onYes }, t(busy ? "decide-sending" : "decide-yes"))}
      ${h(Pebble, { kind: "quiet", disabled: busy, onClick: onBack }, t("decide-back"))}
    </div>
  </section>`;
}
