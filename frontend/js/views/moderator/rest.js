import { h, html, useEffect, useId, useRef } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { BATCH } from "../../state/moderator/dose.js";
import { Pebble } from "../parts/pebble.js";
import { AfterTalk } from "../staff/aftercare.js";
import { PickSome } from "../staff/pick.js";

/** @typedef {import("../../state/moderator/dose.js").Dose} Dose */
/** @typedef {import("../../state/staff/aftercare.js").Aftercare} Aftercare */

const CATEGORIES = ["danger", "contact", "abuse", "mistake", "other"];

/**
 * After a batch, or some heavy flags: go on, or a break. Nothing comes before one of them is chosen.
 * @param {{ dose: Dose, why: "batch" | "heavy", onGoOn: () => void, onRest: () => void }} props
 */
export function GoOnOrBreak({ dose, why, onGoOn, onRest }) {
  const id = useId();
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  const goOn = () => {
    dose.goOn();
    onGoOn();
  };
  return html`<section class="review-none" aria-labelledby=${id}>
    <h2 id=${id} tabindex="-1" ref=${heading}>${t(`dose-${why}`)}</h2>
    <p>${t("dose-choose")}</p>
    <div class="acts">
      ${h(Pebble, { kind: "primary", onClick: onRest }, t("dose-rest"))}
      ${h(Pebble, { onClick: goOn }, t("dose-go-on"))}
    </div>
  </section>`;
}

/**
 * A break: nothing is fetched, and there is a moment for oneself.
 * @param {{ dose: Dose, aftercare: Aftercare, onBack: () => void, onEnd: () => Promise<void> }} props onEnd: enough for today
 */
export function Resting({ dose, aftercare, onBack, onEnd }) {
  const back = () => {
    aftercare.done();
    dose.back();
    onBack();
  };
  return html`<section class="review-rest">
    <p class="review-calm">${t("dose-resting")}</p>
    <p>${h(Pebble, { onClick: back }, t("dose-back"))}</p>
    ${aftercare.open.value && h(AfterTalk, { desk: { aftercare, endShift: onEnd }, title: t("dose-after") })}
  </section>`;
}

/**
 * Where this moderator is in a batch, a break at any time, and what does not come today.
 * @param {{ dose: Dose, onRest: () => void, onTurned: () => void }} props onTurned: the categories changed
 */
export function BatchBar({ dose, onRest, onTurned }) {
  const skipped = {
    get value() {
      return dose.skipped.value;
    },
    set value(now) {
      for (const each of CATEGORIES) if (now.includes(each) !== dose.skipped.value.includes(each)) dose.turn(each);
      onTurned();
    },
  };
  const { at } = dose;
  return html`<div class="batch">
    ${at.value > 0 && html`<p>${t("dose-at", { at: at.value, of: BATCH })}</p>`}
    <p>${h(Pebble, { onClick: onRest }, t("dose-rest"))}</p>
    <details class="fold"><summary>${t("dose-skip")}</summary>
      <div>${h(PickSome, { legend: t("dose-skip-which"), hint: t("dose-skip-hint"), chosen: skipped, options: CATEGORIES.map((each) => ({ value: each, label: t(`category-${each}`) })) })}</div>
    </details>
  </div>`;
}
