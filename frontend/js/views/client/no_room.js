// No talk could be opened: why, what to do, and who else is there. What was written stays.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { CrisisCard } from "../parts/help_panel.js";
import { Pebble } from "../parts/pebble.js";
import { ScreenTitle } from "../parts/screen_title.js";
import { TideLog } from "../parts/tide_log.js";
import { sentenceOf } from "./troubles.js";

/** @param {{ door: import("../../state/client/door.js").Door, engine: import("../../state/client/engine.js").ClientEngine }} props */
export function NoRoom({ door, engine }) {
  const rows = engine.rows.value;
  return html`<div class="after">
    ${h(ScreenTitle, {}, t("noroom-title"))}
    <p class="lead">${t(sentenceOf(engine.trouble.value ?? ""))}</p>
    <p class="acts">${h(Pebble, { kind: "primary", onClick: () => door.start() }, t("send-again"))}</p>
    ${rows.length > 0 && h(TideLog, { rows, label: t("wait-log") })}
    <div class="card"><h2>${t("noroom-help")}</h2>${CrisisCard({ private: true })}</div>
  </div>`;
}
