// A pause keeps the place, and asks nothing of anybody.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/client/pause.js").Kind} Kind */

/** Begins a pause, or ends one: one tap for the way back. @param {{ engine: ClientEngine, open: boolean, onToggle: () => void }} props */
export function PauseButton({ engine, open, onToggle }) {
  // One button with changing words: what has the focus stays where it is.
  const paused = engine.pause.value !== null;
  const onClick = paused ? () => engine.comeBackFromPause() : onToggle;
  return h(Pebble, { ...(paused ? {} : { expanded: open }), onClick }, t(paused ? "pause-end" : "pause"));
}

/** @param {{ engine: ClientEngine, onClose: () => void }} props */
export function PausePanel({ engine, onClose }) {
  const choose = (/** @type {Kind} */ kind) => () => {
    engine.setPause(kind);
    onClose();
  };
  return h(Panel, { title: t("pause"), onClose }, html`<div class="pause-ways">
    ${h(Pebble, { onClick: choose("here") }, t("pause-here"))}
    ${h(Pebble, { onClick: choose("away") }, t("pause-away"))}
  </div>`);
}

/** While a pause lasts: that nothing is expected, and how long the place is kept. @param {{ engine: ClientEngine }} props */
export function Paused({ engine }) {
  const pause = engine.pause.value;
  if (pause === null) return null;
  const peer = engine.peer.value?.alias ?? "";
  const kept = pause.until === null ? "" : t("pause-keep", { time: new Date(pause.until * 1000) });
  const renew = () => {
    engine.setPause(pause.kind);
    announce(kept);
  };
  return html`<section class="paused" aria-label=${t("pause")}>
    <p>${peer === "" || !pause.told ? t("pause-on-alone") : t("pause-on", { peer })}</p>
    ${!pause.told && html`<p class="send-state">${t("send-waiting")}</p>`}
    ${kept && html`<p class="soft">${kept}</p>
    <p class="acts">${h(Pebble, { kind: "quiet", onClick: renew }, t("pause-longer"))}</p>`}
  </section>`;
}
