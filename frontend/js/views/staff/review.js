import { h, html, useEffect, useRef } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { Flag } from "./flag.js";
import { Heading } from "./heading.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/review.js").Review} Review */

/** What a refusal means here: somebody else has this flag by now, or it is decided. */
const HERE = { unknown: "decide-gone", closed: "decide-gone", proof: "decide-off-bad" };

/**
 * The moderator's desk: one flag at a time, never how many wait.
 * @param {{ review: Review }} props
 */
export function ModeratorDesk({ review }) {
  const flag = review.flag.value;
  const decided = useRef(false);
  decided.current ||= flag !== null;
  useEffect(() => {
    if (review.flag.value === null) void review.next();
  }, []);
  return html`<div class="review">
    ${h(Heading, { key: flag?.key ?? "none", text: t("review-title"), arrive: true })}
    ${h(Problem, { code: review.problem.value, here: HERE })}
    ${flag ? h(Flag, { key: flag.key, review, flag }) : h(Between, { review, decided: decided.current })}
  </div>`;
}

/**
 * No flag is open: one was decided, one is looked for, or none waits.
 * @param {{ review: Review, decided: boolean }} props
 */
function Between({ review, decided }) {
  if (review.busy.value) return html`<p role="status">${t("review-looking")}</p>`;
  return html`<div class="review-none">
    ${review.none.value
      ? html`<p class="review-calm">${t("review-none")}</p><p class="soft">${t("review-none-hint")}</p>`
      : decided && html`<p class="review-calm">${t("decide-done")}</p>`}
    <p>${h(Pebble, { onClick: () => void review.next() }, t(decided && !review.none.value ? "decide-next" : "review-look"))}</p>
  </div>`;
}
