// A piece that somebody shared: lines of a page, a drawing, a step, a card for the next peer. Alike on both pages of a talk.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { DrawingPicture, drawingInWords } from "./drawing_picture.js";
import { Stone } from "./stone.js";

/** @typedef {import("../../state/timeline.js").Row} Row */

/** Lines that are drawn one by one: a message can hold thousands. */
const LINES = 200;

/** @param {{ row: Pick<Row, "text" | "content" | "from"> & { kind: string } }} props row: of a kind that is shared; nothing is drawn of another */
export function SharedRow({ row }) {
  switch (row.kind) {
    case "page":
      return html`<div class="shared shared-page">
        <p class="shared-kind">${t(row.from === "me" ? "shared-page-own" : "shared-page")}</p>
        ${fewer(row.content?.lines ?? []).map((line, at) => html`<p key=${at} class="shared-line" dir="auto">${line}</p>`)}
      </div>`;
    case "drawing":
      return html`<div class="shared shared-drawing">
        ${h(DrawingPicture, { strokes: row.content?.strokes, words: row.content?.words ?? "" })}
        ${row.content?.words && html`<p aria-hidden="true" dir="auto">${row.content.words}</p>`}
      </div>`;
    case "step":
      return html`<div class="shared shared-step">
        <p class="shared-kind">${t("shared-step")}</p>
        <p class="step-words">${h(Stone, { kind: "you" })}<span dir="auto">${row.text}</span></p>
      </div>`;
    case "handover":
    case "consent":
      return html`<div class="shared shared-card">
        <p class="shared-kind">${t(`shared-${row.kind}`)}</p>
        <p dir="auto">${row.text}</p>
      </div>`;
    default:
      return null;
  }
}

/** The lines, of very many the last ones in one. @param {string[]} lines */
const fewer = (lines) => (lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), lines.slice(LINES - 1).join("\n")]);

/**
 * A piece that somebody shared, as it is read out to who does not see it.
 * @param {Pick<Row, "text" | "content"> & { kind: string }} row
 * @returns {string} empty for another kind of row
 */
export function sharedInWords({ kind, text, content }) {
  if (kind === "page") return t("shared-page-read", { words: (content?.lines ?? []).join(". ") });
  if (kind === "drawing") return drawingInWords(content?.words ?? "");
  if (kind === "handover" || kind === "consent") return t(`shared-${kind}-read`, { words: text });
  return kind === "step" ? t("shared-step-read", { words: text }) : "";
}
