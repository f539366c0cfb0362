import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { topicName } from "../parts/topics.js";
import { languageName } from "./languages.js";

/** @typedef {import("../../state/staff/desk.js").Waiting} Waiting */

/** Minutes after which a row says so in words. */
const LONG = 20;

/**
 * What somebody's ticket says: tags, never a word of theirs.
 * @param {{ row: Waiting }} props
 */
export function Ticket({ row }) {
  return html`<p class="queue-when"><b>${waited(row)}</b>${row.minutes > LONG && html`<span class="tag">${t("queue-aged")}</span>`}</p>
    <ul class="tags">
      <li class="tag" lang=${row.language}><bdi>${languageName(row.language)}</bdi></li>
      <li class="tag ${row.here ? "tag-here" : ""}">${t(row.here ? "queue-here" : "queue-away")}</li>
      ${row.urgent && html`<li class="tag tag-told">${t("queue-urgent")}</li>`}
      ${row.back && html`<li class="tag">${t("queue-back")}</li>`}
      ${row.note && html`<li class="tag">${t("queue-note")}</li>`}
    </ul>
    ${row.topics.length > 0 && html`<p class="queue-about">${t("queue-topics", { topics: dotted(row.topics) })}</p>`}
    ${row.lived.length > 0 && html`<p class="queue-about">${t("queue-lived", { topics: dotted(row.lived) })}</p>`}`;
}

/** Which of those who wait, for who does not see the row. @param {Waiting} row */
export const ticketName = (row) => `${waited(row)}, ${languageName(row.language)}`;

/** Topics in one line. @param {readonly string[]} topics */
export const dotted = (topics) => topics.map(topicName).join(" · ");

/** @param {Waiting} row */
const waited = ({ minutes }) => t("queue-minutes", { minutes });
