// Everything else one may want in a talk. It opens inline and pushes the rest down.

import { Fragment, h, html, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { ComfortChoices } from "../parts/comfort_choices.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { CodeWords } from "./code_card.js";
import { SharedPhone } from "./shared_phone.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** @param {{ engine: ClientEngine, onClose: () => void, onFlag: () => void, onSwitch: () => void }} props */
export function More({ engine, onClose, onFlag, onSwitch }) {
  return h(Panel, { title: t("more"), onClose }, html`
    <div class="more-list">
      ${h(MyCode, { engine })}
      ${h(Pebble, { onClick: onSwitch }, t("switch-short"))}
      ${h(Pebble, { onClick: onFlag }, t("flag-open"))}
    </div>
    ${h(ComfortChoices, {})}
    ${h(SharedPhone, { engine })}
    <div class="more-list">
      ${h(Pebble, { kind: "primary", onClick: () => void engine.endForNow() }, t("end-start"))}
      ${h(Ask, { label: t("end-talk"), ask: t("end-ask", { days: engine.keepDays.value }), yes: t("end-yes"), act: () => void engine.end() })}
    </div>`);
}

/** The same for who still waits. @param {{ engine: ClientEngine }} props */
export function WaitingMore({ engine }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return h(Fragment, {},
    html`<p>${h(Pebble, { expanded: open, onClick: () => setOpen(!open) }, t("more"))}</p>`,
    open && h(Panel, { title: t("more"), onClose: close }, html`
      <div class="more-list">${h(MyCode, { engine })}</div>
      ${h(ComfortChoices, {})}
      <div class="more-list">
        ${h(Pebble, { kind: "primary", onClick: () => void engine.endForNow() }, t("end-start"))}
        ${h(Ask, { label: t("gone-delete"), ask: t("gone-ask"), yes: t("gone-yes"), act: () => void engine.deleteTalk() })}
      </div>`));
}

/** @param {{ engine: ClientEngine }} props */
function MyCode({ engine }) {
  const [code, setCode] = useState(false);
  return html`<div>
    ${h(Pebble, { expanded: code, onClick: () => setCode(!code) }, t("code-mine"))}
    ${code && h(CodeWords, { engine })}
  </div>`;
}
