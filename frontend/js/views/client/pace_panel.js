// The pace belongs to the person who looks for help: always in view, changed with one tap more, told to the peer.

import { h } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { PaceChoice } from "./choosing.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** @param {{ engine: ClientEngine, open: boolean, onToggle: () => void }} props */
export const PaceChip = ({ engine, open, onToggle }) =>
  h(Pebble, { class: "pace-chip", expanded: open, onClick: onToggle }, t("pace-chip", { pace: engine.pace.value }));

/** @param {{ engine: ClientEngine, onClose: () => void }} props */
export function PacePanel({ engine, onClose }) {
  return h(Panel, { title: t("pace-title"), onClose }, h(PaceChoice, { engine }));
}
