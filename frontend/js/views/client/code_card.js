// The seven words: offered, shown only when asked for, and never again after a reload.

import { h, html, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { CopyButton } from "../parts/copy_button.js";
import { Pebble } from "../parts/pebble.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/**
 * The offer while nothing was decided, then the words; nothing for who wants none, or has them already.
 * @param {{ engine: ClientEngine }} props
 */
export function CodeOffer({ engine }) {
  const kept = engine.codeKept.value;
  const [open, setOpen] = useState(false);
  if (!engine.code.value || kept === "declined" || (kept === "shown" && !open)) return null;
  const show = () => {
    setOpen(true);
    engine.codeKept.value = "shown";
  };
  return html`<section class="card code-card" aria-label=${t("code-mine")}>
    <p>${t("code-offer")}</p>
    ${kept === "offer"
      ? html`<p class="acts">
          ${h(Pebble, { onClick: show }, t("code-show"))}
          ${h(Pebble, { kind: "quiet", onClick: () => { engine.codeKept.value = "declined"; } }, t("code-none"))}
        </p>`
      : h(CodeWords, { engine, onNone: () => { engine.codeKept.value = "declined"; } })}
  </section>`;
}

/** @param {{ engine: ClientEngine, onNone?: () => void }} props */
export function CodeWords({ engine, onNone }) {
  const [numbers, setNumbers] = useState(false);
  const code = engine.code.value;
  if (!code) return html`<p>${t("code-gone")}</p>`;
  const shown = numbers ? code.numbers : code.words;
  return html`<div>
    <ol class=${`code ${numbers ? "code-numbers" : "code-words"}`} dir="ltr">
      ${shown.split(" ").map((each, at) => html`<li key=${at}>${each}</li>`)}
    </ol>
    <p class="soft">${t("code-care")}</p>
    <div class="acts">
      ${h(CopyButton, { key: shown, text: shown, label: t("code-copy") })}
      ${h(Pebble, { onClick: () => setNumbers(!numbers) }, t(numbers ? "code-words" : "code-numbers"))}
      ${onNone && h(Pebble, { kind: "quiet", onClick: onNone }, t("code-none"))}
    </div>
  </div>`;
}
