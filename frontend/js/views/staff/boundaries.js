import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

const LINES = ["choice", "story", "contact", "money", "romance", "health", "secret"];

/** What peers keep to, on one card, folded until it is wanted. */
export function Boundaries() {
  return html`<details class="bounds fold">
    <summary>${t("bounds-title")}</summary>
    <ul>
      ${LINES.map((line) => html`<li key=${line}>${t(`bounds-${line}`)}</li>`)}
    </ul>
  </details>`;
}
