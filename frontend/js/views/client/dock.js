// What stays in reach while one reads: the pace, a pause, everything else, and the field to write in.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { comfort } from "../parts/comfort.js";
import { Composer } from "../parts/composer.js";
import { Pebble } from "../parts/pebble.js";
import { NetLine } from "./banners.js";
import { PaceChip } from "./pace_panel.js";
import { PauseButton } from "./pause_panel.js";

/** @typedef {import("./talk.js").Open} Open */

/**
 * @param {{
 *   door: import("../../state/client/door.js").Door, engine: import("../../state/client/engine.js").ClientEngine,
 *   open: Open["kind"] | null, turn: (kind: "pace" | "pause" | "more") => void,
 *   field: { current: HTMLTextAreaElement | null },
 * }} props open: the panel that is open; turn: opens one, or closes it
 */
export function Dock({ door, engine, open, turn, field }) {
  return html`<div class="dock">
    <div class="dock-row">
      ${h(PaceChip, { engine, open: open === "pace", onToggle: () => turn("pace") })}
      ${h(PauseButton, { engine, open: open === "pause", onToggle: () => turn("pause") })}
      ${h(Pebble, { expanded: open === "more", onClick: () => turn("more") }, t("more"))}
      ${h(NetLine, { engine })}
    </div>
    ${h(Composer, {
      draft: door.draft,
      onSend: (text) => door.send(text),
      label: t("write-here"),
      sendLabel: t("send"),
      disabled: !engine.mayWrite.value,
      enterSends: comfort.enterSends.value,
      field,
    })}
  </div>`;
}
