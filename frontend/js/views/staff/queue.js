import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { languageName } from "./languages.js";
import { topicName } from "../parts/topics.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/staff/desk.js").Waiting} Waiting */

/** Minutes after which a row says so in words. */
const LONG = 20;

/**
 * Who waits, in the order given: what their ticket says, never a word of theirs.
 * @param {{ desk: Desk, onHello: (key: string) => void }} props
 */
export function Queue({ desk, onHello }) {
  const rows = desk.waiting.value;
  const why = whyNot(desk);
  return html`<section class="queue" aria-labelledby="queue-title">
    <h2 id="queue-title">${t("desk-waiting")}</h2>
    ${why && html`<p class="queue-why">${t(why)}</p>`}
    ${rows.length === 0
      ? desk.on.value && html`<p class="queue-none">${t("queue-none")}</p>`
      : html`<ul class="queue-rows">
          ${rows.map((row) => h(Row, { key: row.key, row, mayMeet: why === null, onHello }))}
        </ul>`}
  </section>`;
}

/** Why nobody can be met now, as a locale id. @param {Desk} desk */
function whyNot(desk) {
  if (!desk.on.value) return "queue-off";
  if (desk.net.value === "off") return "queue-offline";
  return desk.full.value ? "queue-full" : null;
}

/** @param {{ row: Waiting, mayMeet: boolean, onHello: (key: string) => void }} props */
function Row({ row, mayMeet, onHello }) {
  const minutes = t("queue-minutes", { minutes: row.minutes });
  const language = languageName(row.language);
  return html`<li class="queue-row">
    <p class="queue-when"><b>${minutes}</b>${row.minutes > LONG && html`<span class="tag">${t("queue-aged")}</span>`}</p>
    <ul class="tags">
      <li class="tag" lang=${row.language}><bdi>${language}</bdi></li>
      <li class="tag ${row.here ? "tag-here" : ""}">${t(row.here ? "queue-here" : "queue-away")}</li>
      ${row.urgent && html`<li class="tag tag-told">${t("queue-urgent")}</li>`}
      ${row.back && html`<li class="tag">${t("queue-back")}</li>`}
      ${row.note && html`<li class="tag">${t("queue-note")}</li>`}
    </ul>
    ${row.topics.length > 0 && html`<p class="queue-about">${t("queue-topics", { topics: listed(row.topics) })}</p>`}
    ${row.lived.length > 0 && html`<p class="queue-about">${t("queue-lived", { topics: listed(row.lived) })}</p>`}
    ${h(
      Pebble,
      { kind: "primary", disabled: !mayMeet, label: t("queue-hello-to", { row: `${minutes}, ${language}` }), onClick: () => onHello(row.key) },
      t("queue-hello"),
    )}
  </li>`;
}

/** @param {readonly string[]} topics */
const listed = (topics) => topics.map(topicName).join(" · ");
