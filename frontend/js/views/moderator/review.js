import { h, html, useEffect } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { LOOK } from "../../state/moderator/one_at_a_time.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";
import { Decision } from "./decision.js";
import { Flag } from "./flag.js";
import { HERE } from "./here.js";
import { OtherWays } from "./other_ways.js";
import { ReportPack } from "./pack.js";
import { GoOnOrBreak, Resting } from "./rest.js";

/** @typedef {import("../../state/moderator/review.js").Review} Review */
/** @typedef {import("../../state/moderator/review.js").FlagView} FlagView */
/** @typedef {import("../../state/staff/aftercare.js").Aftercare} Aftercare */

/**
 * One flag at a time, never how many wait.
 * @param {{ review: Review, aftercare: Aftercare, onRest: () => void, onEnd: () => Promise<void> }} props
 */
export function NextForYou({ review, aftercare, onRest, onEnd }) {
  const flag = review.flag.value;
  const { dose } = review;
  useEffect(() => {
    if (review.flag.value === null) void review.next();
  }, []);
  if (dose.resting.value) return h(Resting, { dose, aftercare, onBack: () => void review.next(), onEnd });
  if (flag === null && dose.choice.value !== null) {
    return html`${h(WhatHappened, { review })}${h(GoOnOrBreak, { dose, why: dose.choice.value, onGoOn: () => void review.next(), onRest })}`;
  }
  return html`${h(Said, { code: flag === null || review.at.value === LOOK ? review.problem.value : null, here: HERE })}
    ${flag ? h(InView, { key: flag.key, review, flag }) : h(Between, { review })}`;
}

/** @param {{ review: Review, flag: FlagView }} props */
function InView({ review, flag }) {
  const { second } = flag;
  const alias = second?.alias || t("review-from-unlisted");
  return h(
    Flag,
    { flag, more: flag.more, handedOn: flag.handedOn },
    second?.state === "differs" && html`<p class="preview">${t("review-differs", { alias })}</p>`,
    second?.state === "agreed" && second.act === "report" && html`<p class="preview">${t("review-report-agreed", { alias })}</p>`,
    second?.state === "agreed" && second.act === "report" && h(ReportPack, { take: () => review.pack(), busy: review.busy.value }),
    h(Decision, {
      flag, busy: review.busy.value, others: flag.others,
      onDecide: (decision) => void review.decide(decision),
      onAsk: (decision, to) => void review.askSecond(decision, to),
    }),
    h(Said, { code: review.at.value === "decide" ? review.problem.value : null, here: HERE }),
    h(OtherWays, { review, flag }),
  );
}

/**
 * No flag is open: one was done with, one is looked for, or none waits.
 * @param {{ review: Review }} props
 */
function Between({ review }) {
  const again = review.done.value !== null && !review.none.value;
  if (review.busy.value) return html`<p role="status">${t("review-looking")}</p>`;
  return html`<div class="review-none">
    ${review.none.value
      ? html`<p class="review-calm">${t("review-none")}</p><p class="soft">${t("review-none-hint")}</p>`
      : h(WhatHappened, { review })}
    <p>${h(Pebble, { onClick: () => void review.next() }, t(again ? "decide-next" : "review-look"))}</p>
  </div>`;
}

/** @param {{ review: Review }} props */
function WhatHappened({ review }) {
  const done = review.done.value;
  return html`<div role="status">${done && html`<p class="review-calm">${t(`done-${done}`)}</p>`}</div>`;
}
