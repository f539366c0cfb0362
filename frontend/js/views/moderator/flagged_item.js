import { h, html, useEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { isShown } from "../../state/timeline.js";
import { Pebble } from "../parts/pebble.js";
import { SharedRow } from "../parts/shared_row.js";
import { ProofBadge } from "../staff/proof_badge.js";

/** @typedef {import("../../state/moderator/case.js").FlaggedItem} Item */

/** Letters of a part, at most: it ends at a word before. */
const PART = 120;

/**
 * One flagged message. Until it is shown its words are not in the page at all; the cover names the category, nothing else.
 * @param {{ item: Item, number: number, category: string }} props number: its place in this flag
 */
export function FlaggedItem({ item, number, category }) {
  const words = useRef(/** @type {HTMLElement | null} */ (null));
  const uncovered = useRef(false);
  const shown = item.shown.value;
  const parts = item.parts.value;
  useEffect(() => {
    // The button that was tapped is gone: the focus goes on to what it uncovered.
    if (uncovered.current) words.current?.focus();
    uncovered.current = false;
  }, [shown, parts]);
  const show = () => {
    uncovered.current = true;
    item.shown.value = true;
  };
  const all = item.kind === "text" ? inParts(item.text) : [];
  const showPart = () => {
    uncovered.current = true;
    item.parts.value = parts + 1;
    if (parts + 1 >= all.length) item.shown.value = true;
  };
  return html`<li class="flag-item flag-from-${item.fromClient ? "client" : "staff"}">
    <p class="flag-speaker">
      <b>${speaker(item)}</b>
      ${item.minutes !== null && html` <span class="soft">${t("review-when", { time: new Date(item.minutes * 60_000) })}</span>`}
      ${item.later && html` <span class="soft">· ${t("review-later")}</span>`}
    </p>
    ${(shown || parts > 0) && html`<div class="flag-words" tabindex="-1" ref=${words}>
      ${shown ? h(Words, { item }) : html`<p dir="auto">${all.slice(0, parts).join("")}</p>`}
    </div>`}
    ${!shown && html`<div class="cover">
      <p>${parts > 0 ? t("review-cover-rest") : t("review-cover", { category: t(`category-${category}`) })}</p>
      <div class="acts">
        ${all.length > 1 && h(Pebble, { label: t(parts > 0 ? "review-show-more-one" : "review-show-parts-one", { number }), onClick: showPart }, t(parts > 0 ? "review-show-more" : "review-show-parts"))}
        ${h(Pebble, { label: t("review-show-one", { number }), onClick: show }, t("review-show"))}
      </div>
    </div>`}
    ${h(ProofBadge, { proof: item.proof })}
  </li>`;
}

/**
 * A text in pieces of a sentence, or of some words where a sentence is long; together they are the text.
 * @param {string} text
 * @returns {string[]}
 */
export function inParts(text) {
  const sentences = text.match(/[^.?!…\n]*[.?!…\n]+\s*|[^.?!…\n]+$/gu) ?? [];
  return sentences.flatMap((sentence) => sentence.match(new RegExp(`[\\s\\S]{1,${PART}}(?:\\s+|$)|\\S+\\s*`, "gu")) ?? []);
}

/** @param {{ item: Item }} props */
function Words({ item: { kind, text, content } }) {
  if (kind === "ours" && text !== "") return html`<p dir="auto">${t("ours-flag", { words: text })}</p>`;
  if (kind === "text") return html`<p dir="auto">${text}</p>`;
  if (!isShown(kind)) return html`<p>${t("review-kind", { kind })}</p>`;
  const row = h(SharedRow, { row: { kind, text, content, from: "them" } });
  return kind === "drawing" ? h(Small, {}, row) : row;
}

/** A drawing is small and grey first. @param {{ children?: import("preact").ComponentChildren }} props */
function Small({ children }) {
  const small = useSignal(true);
  return html`<div class=${small.value ? "flag-small" : ""}>${children}</div>
    <p>${h(Pebble, { kind: "quiet", expanded: !small.value, onClick: () => void (small.value = !small.value) }, t(small.value ? "review-larger" : "review-smaller"))}</p>`;
}

/** @param {Item} item */
function speaker({ from, fromClient }) {
  if (fromClient) return t("review-from-client");
  return from === "" ? t("review-from-unlisted") : t("review-from-staff", { alias: from });
}
