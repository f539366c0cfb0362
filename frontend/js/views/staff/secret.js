import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Heading } from "./heading.js";
import { TwelveWords } from "./twelve_words.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */

/**
 * After joining: the key, shown this once, and then what happens next.
 * @param {{ account: Account, onSignIn: () => void }} props
 */
export function Secret({ account, onSignIn }) {
  const kept = useSignal(account.secretWords.value === null);
  const saved = useSignal(false);
  if (kept.value) {
    return html`<div class="way-in">
      ${h(Heading, { text: t("secret-next"), arrive: true })}
      <p>${t("secret-admit")}</p>
      <button type="button" class="pebble pebble-plain" onClick=${onSignIn}>${t("secret-signin")}</button>
    </div>`;
  }
  const save = () => {
    void account.downloadKeyFile();
    saved.value = true;
  };
  return html`<div class="way-in">
    ${h(Heading, { text: t("secret-title"), arrive: true })}
    <p>${t("secret-why")}</p>
    <p><strong>${t("secret-once")}</strong></p>
    ${h(TwelveWords, { words: account.secretWords.value ?? "" })}
    <div class="acts">
      <button type="button" class="pebble pebble-primary" onClick=${save}>${t("secret-file")}</button>
      <button type="button" class="pebble pebble-plain" onClick=${() => (kept.value = true)}>${t("secret-kept")}</button>
    </div>
    <p role="status">${saved.value && t("secret-saved")}</p>
  </div>`;
}
