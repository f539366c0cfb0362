import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";
import { Pebble } from "../parts/pebble.js";
import { REASONS } from "./backing.js";
import { Decision } from "./decision.js";
import { FlaggedItem } from "./flagged_item.js";

/** @typedef {import("../../state/staff/review.js").Review} Review */
/** @typedef {import("../../state/staff/review.js").FlagView} FlagView */

const DAY = 86_400_000;

/**
 * One flag: only what somebody chose to send, each message covered until it is shown, with its proof.
 * @param {{ review: Review, flag: FlagView }} props
 */
export function Flag({ review, flag }) {
  const days = Math.max(0, Math.floor(systemDate() / DAY) - flag.day);
  const messages = flag.items.filter((item) => item.type === "item");
  const covered = messages.filter((item) => !item.shown.value);
  return html`<article class="flag" aria-labelledby="flag-category">
    <h2 id="flag-category">${t(`category-${flag.category}`)}</h2>
    <p class="soft">${t(`review-by-${flag.from}`)} · ${t("review-age", { days })} · ${t(`review-${flag.room}`)}</p>
    ${flag.epochMissing
      ? html`<p class="problem">${t("review-no-key")}</p>`
      : html`<section class="flag-why" aria-labelledby="flag-why">
          <h3 id="flag-why">${t("review-why")}</h3>
          ${flag.reason ? html`<p dir="auto">${reasonText(flag.reason)}</p>` : !flag.note && html`<p>${t("review-no-why")}</p>`}
          ${flag.note && html`<h4>${t("review-note")}</h4><p class="flag-note" dir="auto">${flag.note}</p>`}
        </section>
        <section aria-labelledby="flag-words">
          <h3 id="flag-words">${t("review-words")}</h3>
          <p class="soft">${t("review-limits")}</p>
          ${covered.length > 1 && html`<p>${h(Pebble, { onClick: () => covered.forEach(({ key }) => review.show(key)) }, t("review-show-all"))}</p>`}
          <ol class="flag-items">
            ${flag.items.map((item, at) =>
              item.type === "gap"
                ? html`<li class="flag-gap" key=${`gap-${at}`}>${t("review-gap", { count: item.count })}</li>`
                : h(FlaggedItem, { key: item.key, item, number: messages.indexOf(item) + 1, category: flag.category, onShow: () => review.show(item.key) }),
            )}
          </ol>
        </section>`}
    ${h(Decision, { review, flag })}
  </article>`;
}

/** A reason of the list in this reader's words; any other as it was written. @param {string} reason */
const reasonText = (reason) => (Object.hasOwn(REASONS, reason) ? t(`backing-reason-${reason}`) : reason);
