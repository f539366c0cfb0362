import { html, useId, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** No key file is longer; anything else is not read into memory. */
const LONGEST = 10_000;

/**
 * Chooses a key file from this machine; its text stays in memory until the form goes.
 * @param {{ text: { value: string | null } }} props
 */
export function KeyFile({ text }) {
  const id = useId();
  const name = useSignal("");
  const odd = useSignal(false);
  const read = async (/** @type {{ currentTarget: HTMLInputElement }} */ event) => {
    const file = event.currentTarget.files?.[0];
    text.value = null;
    odd.value = false;
    if (!file) return;
    name.value = file.name;
    const content = file.size <= LONGEST ? await file.text().catch(() => null) : null;
    odd.value = content === null;
    text.value = content;
  };
  return html`<div class="field">
    <label for=${id}>${t("signin-file")}</label>
    <input id=${id} type="file" accept=".txt,text/plain" onChange=${read} />
    <p class="field-hint" role="status">${text.value !== null && t("signin-file-read", { name: name.value })}${odd.value && t("signin-file-odd")}</p>
  </div>`;
}
