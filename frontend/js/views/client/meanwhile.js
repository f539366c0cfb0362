// While one waits: write, something light, breathe. Three things, and one of them at a time.

import { Fragment, h, html, useId, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Fold } from "../parts/fold.js";
import { Pebble } from "../parts/pebble.js";
import { Breathe } from "./breathe.js";
import { Draw } from "./draw.js";
import { MyPage } from "./my_page.js";
import { Stories } from "./stories.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {"write" | "light" | "breathe"} Thing */

/** @type {[Thing, string][]} */
const THINGS = [["write", "while-write"], ["light", "while-light"], ["breathe", "while-breathe"]];
const LIGHT = ["light-food", "light-view", "light-song", "light-animal", "light-weather"];

/** @param {{ engine: ClientEngine, pick: (words: string) => void }} props pick: puts words into the field, as a start */
export function Meanwhile({ engine, pick }) {
  const [open, setOpen] = useState(/** @type {Thing | null} */ (null));
  return html`<div class="meanwhile">
    <p class="acts">${THINGS.map(([thing, id]) => h(Pebble, {
      key: thing, expanded: open === thing, onClick: () => setOpen(open === thing ? null : thing),
    }, t(id)))}</p>
    ${open === "write" && h(OwnPages, { engine })}
    ${open === "light" && h(LightTopics, { pick })}
    ${open === "breathe" && h(Breathe, {})}
  </div>`;
}

/** What one writes or draws for oneself, whether there is a talk or not. @param {{ engine: ClientEngine }} props */
export function OwnPages({ engine }) {
  const [open, setOpen] = useState(/** @type {"page" | "draw" | null} */ (null));
  const close = () => setOpen(null);
  return h(Fragment, {},
    html`<p>${t("while-own")}</p>
    <p class="acts">
      ${h(Pebble, { expanded: open === "page", onClick: () => setOpen(open === "page" ? null : "page") }, t("page-title"))}
      ${h(Pebble, { expanded: open === "draw", onClick: () => setOpen(open === "draw" ? null : "draw") }, t("draw-title"))}
    </p>`,
    open === "page" && h(MyPage, { key: "page", engine, onClose: close }),
    open === "draw" && h(Draw, { key: "draw", engine, onClose: close }));
}

/** @param {{ pick: (words: string) => void }} props */
function LightTopics({ pick }) {
  const id = useId();
  const [reading, setReading] = useState(false);
  return html`<div role="group" aria-labelledby=${id}>
      <p class="topics-title" id=${id}>${t("light-title")}</p>
      <p class="acts">${LIGHT.map((id) => h(Pebble, { key: id, onClick: () => pick(t(`${id}-start`)) }, t(id)))}</p>
    </div>
    ${h(Fold, { title: t("look-stories"), open: reading, onToggle: () => setReading(!reading) }, h(Stories, {}))}`;
}
