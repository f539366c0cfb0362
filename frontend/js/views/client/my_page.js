// A page of one's own: written for nobody, shared line by line, or never.

import { Fragment, h, html, useId } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { PAGE_MOST } from "../../state/client/my_page.js";
import { Panel } from "../parts/panel.js";
import { Keep } from "./keep.js";
import { ShareNow, SharedSoFar } from "./sharing.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

const NEAR = 0.9;

/** @param {{ engine: ClientEngine, onClose: () => void }} props */
export function MyPage({ engine, onClose }) {
  const { page } = engine.pages;
  const id = useId();
  const text = page.text.value;
  return h(Panel, { title: t("page-title"), onClose },
    html`<p>${t("page-private")}</p>`,
    html`<div class="field own-field">
      <label for=${id}>${t("page-write")}</label>
      <textarea id=${id} class="my-page" rows="6" dir="auto" autocomplete="off" maxLength=${PAGE_MOST} value=${text}
        onInput=${(/** @type {import("preact").TargetedInputEvent<HTMLTextAreaElement>} */ event) => page.write(event.currentTarget.value)}></textarea>
      ${text.length > NEAR * PAGE_MOST && html`<p class="field-hint">${t("page-full")}</p>`}
    </div>`,
    page.lines.value.length > 0 && h(Lines, { engine }),
    h(SharedSoFar, { engine, kind: "page" }),
    h(Keep, { engine }));
}

/** @param {{ engine: ClientEngine }} props */
function Lines({ engine }) {
  const { page } = engine.pages;
  const chosen = page.chosen.value;
  return h(Fragment, {},
    html`<fieldset class="lines">
      <legend>${t("page-pick")}</legend>
      ${page.lines.value.map(({ at, text }) => html`<label key=${at} class="choice">
        <input type="checkbox" checked=${page.picked.value.has(at)}
          onChange=${(/** @type {import("preact").TargetedEvent<HTMLInputElement>} */ event) => page.pick(at, event.currentTarget.checked)} />
        <span dir="auto">${text}</span>
      </label>`)}
    </fieldset>`,
    chosen.length > 0 && (page.fits.value
      ? h(ShareNow, { engine, label: t("share-lines"), share: () => page.share() },
          chosen.map((line, at) => html`<p key=${at} class="preview-words" dir="auto">${line}</p>`))
      : html`<p class="care-words">${t("share-much")}</p>`));
}
