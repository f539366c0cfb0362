// Looking around first: nothing is opened, and the server is not asked for anything.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { ScreenTitle } from "../parts/screen_title.js";
import { Promises, Worries } from "./landing.js";

const STEPS = ["look-start", "look-wait", "look-meet", "look-talk", "look-end"];

/** @param {{ onStart: () => void, onHome: () => void, mayStart: boolean }} props */
export function Look({ onStart, onHome, mayStart }) {
  return html`<div class="look">
    ${h(ScreenTitle, {}, t("look-title"))}
    <ol class="steps">${STEPS.map((id) => html`<li>${t(id)}</li>`)}</ol>
    <p class="acts">
      ${mayStart && h(Pebble, { kind: "primary", onClick: onStart }, t("landing-start"))}
      ${h(Pebble, { onClick: onHome }, t("look-back"))}
    </p>
    ${Worries()}
    ${Promises()}
  </div>`;
}
