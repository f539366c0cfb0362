import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** A staff secret, each word with its place. @param {{ words: string }} props */
export function TwelveWords({ words }) {
  return html`<ol class="secret-words" aria-label=${t("secret-words")} translate="no" lang="en">
    ${words.split(" ").map((word, at) => html`<li key=${at}>${word}</li>`)}
  </ol>`;
}
