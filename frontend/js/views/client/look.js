// Looking around first: nothing is opened, and nobody is told of it.

import { Fragment, h, html, useState } from "../../../vendor/preact.js";
import { content } from "../../platform/content.js";
import { t } from "../../platform/locale.js";
import { Fold } from "../parts/fold.js";
import { Pebble } from "../parts/pebble.js";
import { ScreenTitle } from "../parts/screen_title.js";
import { Breathe } from "./breathe.js";
import { Facts } from "./facts.js";
import { Promises, Worries } from "./landing.js";
import { OwnPages } from "./meanwhile.js";
import { Stories } from "./stories.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {"facts" | "stories" | "breathe" | "own"} Open */

const STEPS = ["look-start", "look-wait", "look-meet", "look-talk", "look-end"];

/** Fetches all there is to read, once and for everybody alike: whoever looks around later asks for nothing. */
export function readAhead() {
  void Promise.allSettled([content("facts"), content("stories")]);
}

/** @param {{ engine: ClientEngine | null, onStart: () => void, onHome: () => void }} props */
export function Look({ engine, onStart, onHome }) {
  return html`<div class="look">
    ${h(ScreenTitle, {}, t("look-title"))}
    <ol class="steps">${STEPS.map((id) => html`<li>${t(id)}</li>`)}</ol>
    <p class="acts">
      ${h(Pebble, { kind: "primary", onClick: onStart }, t("landing-start"))}
      ${h(Pebble, { onClick: onHome }, t("look-back"))}
    </p>
    ${h(Tries, { engine })}
    ${Worries()}
    ${Promises()}
  </div>`;
}

/** What can be read and tried without a talk, one at a time. @param {{ engine: ClientEngine | null }} props */
function Tries({ engine }) {
  const [open, setOpen] = useState(/** @type {Open | null} */ (null));
  const fold = (/** @type {Open} */ which) => ({ open: open === which, onToggle: () => setOpen(open === which ? null : which) });
  return html`<section class="tries" aria-labelledby="tries">
    <h2 id="tries">${t("look-tries")}</h2>
    ${h(Fold, { title: t("look-facts"), ...fold("facts") }, h(Facts, {}))}
    ${h(Fold, { title: t("look-stories"), ...fold("stories") }, h(Stories, {}))}
    ${h(Fold, { title: t("while-breathe"), ...fold("breathe") }, h(Breathe, {}))}
    ${engine ? h(Fold, { title: t("look-own"), ...fold("own") }, h(OwnPages, { engine })) : h(Fragment, {})}
  </section>`;
}
