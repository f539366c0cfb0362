import { h, html, useEffect, useRef } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { isShown } from "../../state/timeline.js";
import { Pebble } from "../parts/pebble.js";
import { SharedRow } from "../parts/shared_row.js";
import { ProofBadge } from "./proof_badge.js";

/** @typedef {import("../../state/staff/review.js").FlaggedItem} Item */

/**
 * One flagged message. Until it is shown its words are not in the page at all; the cover names the category, nothing else.
 * @param {{ item: Item, number: number, category: string, onShow: () => void }} props number: its place in this flag
 */
export function FlaggedItem({ item, number, category, onShow }) {
  const words = useRef(/** @type {HTMLElement | null} */ (null));
  const uncovered = useRef(false);
  const shown = item.shown.value;
  useEffect(() => {
    // The button that was tapped is gone: the focus goes on to what it uncovered.
    if (shown && uncovered.current) words.current?.focus();
    uncovered.current = false;
  }, [shown]);
  const show = () => {
    uncovered.current = true;
    onShow();
  };
  const { minutes } = item;
  return html`<li class="flag-item flag-from-${item.fromClient ? "client" : "staff"}">
    <p class="flag-speaker">
      <b>${speaker(item)}</b>
      ${minutes !== null && html` <span class="soft">${t("review-when", { time: new Date(minutes * 60_000) })}</span>`}
    </p>
    ${shown
      ? html`<div class="flag-words" tabindex="-1" ref=${words}>
          ${wordsOf(item)}
        </div>`
      : html`<div class="cover">
          <p>${t("review-cover", { category: t(`category-${category}`) })}</p>
          ${h(Pebble, { label: t("review-show-one", { number }), onClick: show }, t("review-show"))}
        </div>`}
    ${h(ProofBadge, { proof: item.proof })}
  </li>`;
}

/** @param {Item} item */
function wordsOf({ kind, text, content }) {
  if (kind === "ours" && text !== "") return html`<p dir="auto">${t("ours-flag", { words: text })}</p>`;
  if (kind === "text") return html`<p dir="auto">${text}</p>`;
  return isShown(kind) ? h(SharedRow, { row: { kind, text, content, from: "them" } }) : html`<p>${t("review-kind", { kind })}</p>`;
}

/** @param {Item} item */
function speaker({ from, fromClient }) {
  if (fromClient) return t("review-from-client");
  return from === "" ? t("review-from-unlisted") : t("review-from-staff", { alias: from });
}
