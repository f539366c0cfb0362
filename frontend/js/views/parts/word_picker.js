// Picks the words that leave a talk: nothing else of it is disclosed.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { sharedInWords } from "./shared_row.js";
import { Stone } from "./stone.js";
import { stoneFor } from "./voice.js";

/** @typedef {import("../../state/timeline.js").Row} Row */

/** What one flag can hold. */
export const MOST_PICKED = 20;

/**
 * @param {{ rows: Row[], picked: ReadonlySet<string>, onPick: (keys: Set<string>) => void, legend: string }} props
 *   rows that cannot be flagged are passed over; keys are the rows'
 */
export function WordPicker({ rows, picked, onPick, legend }) {
  const full = picked.size >= MOST_PICKED;
  const toggle = (/** @type {string} */ key) => {
    const next = new Set(picked);
    if (!next.delete(key) && !full) next.add(key);
    onPick(next);
  };
  return html`<fieldset class="picker">
    <legend>${legend}</legend>
    ${full && html`<p class="soft">${t("pick-full", { most: MOST_PICKED })}</p>`}
    <div class="picker-rows">${rows.filter(({ proof }) => proof !== null).map((row) => html`<label key=${row.key} class="pick">
      <input type="checkbox" checked=${picked.has(row.key)} disabled=${full && !picked.has(row.key)} onChange=${() => toggle(row.key)} />
      <span class="pick-who">${h(Stone, { kind: stoneFor(row) })}<bdi>${row.from === "me" ? t("you") : row.who}</bdi></span>
      <span class="pick-words" dir="auto">${inWords(row)}</span>
    </label>`)}</div>
  </fieldset>`;
}

/** What a row holds, for whoever picks it. @param {Row} row */
export const inWords = (row) => (row.note ? t(row.note.id, row.note.args) : row.kind === "text" ? row.text : sharedInWords(row) || t("note-unknown"));
