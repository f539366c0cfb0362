// Everything else one may want in a talk. It opens inline and pushes the rest down.

import { Fragment, h, html, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { ComfortChoices } from "../parts/comfort_choices.js";
import { LanguageChoice } from "../parts/language_choice.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { goneAsk } from "./after.js";
import { NeedAndName } from "./choosing.js";
import { CodeWords } from "./code_card.js";
import { forDays } from "./for_days.js";
import { SharedPhone } from "./shared_phone.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** Other panels that are reached from here, in order, each with its name. @type {readonly ["page" | "draw" | "ours" | "steps", string][]} */
const OWN = [["page", "page-title"], ["draw", "draw-title"], ["ours", "ours-title"], ["steps", "step-add"]];

/**
 * @param {{ engine: ClientEngine, onClose: () => void, show: (kind: "page" | "draw" | "ours" | "steps" | "switch" | "flag") => void }} props
 *   show: opens another panel in place of this one
 */
export function More({ engine, onClose, show }) {
  return h(Panel, { title: t("more"), onClose }, html`
    <div class="more-list more-own">${OWN.map(([kind, id]) => h(Pebble, { key: kind, onClick: () => show(kind) }, t(id)))}</div>
    <div class="more-list">
      ${h(Unfolding, { label: t("more-need") }, h(NeedAndName, { engine }))}
      ${h(Unfolding, { label: t("code-mine") }, h(CodeWords, { engine }))}
      ${h(Pebble, { onClick: () => show("switch") }, t("switch-short"))}
      ${h(Pebble, { onClick: () => show("flag") }, t("flag-open"))}
    </div>
    ${h(LanguageChoice, {})}
    ${h(ComfortChoices, {})}
    ${h(SharedPhone, { engine })}
    <div class="more-list">
      ${h(Pebble, { kind: "primary", onClick: () => void engine.endForNow() }, t("end-start"))}
      ${h(Ask, { label: t("end-talk"), ask: forDays(t("end-ask", { days: engine.keepDays.value }), engine), yes: t("end-yes"), act: () => void engine.end() })}
    </div>`);
}

/** The same for who still waits. @param {{ engine: ClientEngine }} props */
export function WaitingMore({ engine }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return h(Fragment, {},
    html`<p>${h(Pebble, { expanded: open, onClick: () => setOpen(!open) }, t("more"))}</p>`,
    open && h(Panel, { title: t("more"), onClose: close }, html`
      <div class="more-list">${h(Unfolding, { label: t("code-mine") }, h(CodeWords, { engine }))}</div>
      ${h(LanguageChoice, {})}
      ${h(ComfortChoices, {})}
      <div class="more-list">
        ${h(Pebble, { kind: "primary", onClick: () => void engine.endForNow() }, t("end-start"))}
        ${h(Ask, { label: t("gone-delete"), ask: goneAsk(engine), yes: t("gone-yes"), act: () => void engine.deleteTalk() })}
      </div>`));
}

/** What a button shows below itself, and puts away again. @param {{ label: string, children?: import("preact").ComponentChildren }} props */
function Unfolding({ label, children }) {
  const [open, setOpen] = useState(false);
  return html`<div>
    ${h(Pebble, { expanded: open, onClick: () => setOpen(!open) }, label)}
    ${open && children}
  </div>`;
}
