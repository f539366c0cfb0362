import { h, html, useId } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";
import { show } from "../../state/moderator/review.js";
import { Pebble } from "../parts/pebble.js";
import { REASONS } from "../staff/backing.js";
import { FlaggedItem } from "./flagged_item.js";

/** @typedef {import("../../state/moderator/case.js").Case} Case */
/** @typedef {import("../../state/moderator/answers.js").More} More */

const DAY = 86_400_000;

/**
 * One flag: only what somebody chose to send, each message covered until it is shown, with its proof; then what its
 * reader may do.
 * @param {{ flag: Case, more?: More | null, handedOn?: boolean, children?: import("preact").ComponentChildren }} props more: null where it is not known
 */
export function Flag({ flag, more = null, handedOn = false, children }) {
  const id = useId();
  const days = Math.max(0, Math.floor(systemDate() / DAY) - flag.day);
  return html`<article class="flag" aria-labelledby=${id}>
    <h2 id=${id}>${t(`category-${flag.category}`)}</h2>
    <p class="soft">${t(`review-by-${flag.from}`)} · ${t("review-age", { days })} · ${t(`review-${flag.room}`)}</p>
    ${handedOn && html`<p>${t("review-handed-on")}</p>`}
    ${more !== null && more !== "none" && html`<p>${t(`review-more-${more}`)}</p>`}
    ${flag.epochMissing ? html`<p class="problem">${t("review-no-key")}</p>` : h(Disclosed, { flag })}
    ${h(Notes, { notes: flag.notes })}
    ${children}
  </article>`;
}

/** @param {{ flag: Case }} props */
function Disclosed({ flag }) {
  const [why, words] = [useId(), useId()];
  const messages = flag.items.filter((item) => item.type === "item");
  const covered = messages.filter((item) => !item.shown.value);
  return html`<section class="flag-why" aria-labelledby=${why}>
      <h3 id=${why}>${t("review-why")}</h3>
      ${flag.reason ? html`<p dir="auto">${reasonText(flag.reason)}</p>` : !flag.note && html`<p>${t("review-no-why")}</p>`}
      ${[flag.note, flag.moreNote].filter(Boolean).map((note) => html`<h4>${t("review-note")}</h4><p class="flag-note" dir="auto">${note}</p>`)}
    </section>
    <section aria-labelledby=${words}>
      <h3 id=${words}>${t("review-words")}</h3>
      <p class="soft">${t("review-limits")}</p>
      ${covered.length > 1 && html`<p>${h(Pebble, { onClick: () => covered.forEach(show) }, t("review-show-all"))}</p>`}
      <ol class="flag-items">
        ${flag.items.map((item, at) =>
          item.type === "gap"
            ? html`<li class="flag-gap" key=${`gap-${at}`}>${t("review-gap", { count: item.count })}</li>`
            : h(FlaggedItem, { key: item.key, item, number: messages.indexOf(item) + 1, category: flag.category }),
        )}
      </ol>
    </section>`;
}

/** What others wrote down who had it before. @param {{ notes: import("../../state/moderator/case.js").Note[] }} props */
function Notes({ notes }) {
  const id = useId();
  if (notes.length === 0) return null;
  return html`<section aria-labelledby=${id}>
    <h3 id=${id}>${t("review-notes")}</h3>
    <ul class="flag-notes">
      ${notes.map(({ n, by, line }) => html`<li key=${n}>
        <b>${by === "" ? t("review-from-unlisted") : by}</b>
        ${line === null ? html`<span class="soft">${t("review-note-shut")}</span>` : html`<span dir="auto">${line}</span>`}
      </li>`)}
    </ul>
  </section>`;
}

/** A reason of the list in this reader's words; any other as it was written. @param {string} reason */
const reasonText = (reason) => (Object.hasOwn(REASONS, reason) ? t(`backing-reason-${reason}`) : reason);
