// Somebody else: nobody has to say why.

import { h, html, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Fold } from "../parts/fold.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { Wishes } from "./choosing.js";
import { ShareChoice } from "./share_choice.js";

/** @param {{ engine: import("../../state/client/engine.js").ClientEngine, onClose: () => void }} props */
export function SwitchPanel({ engine, onClose }) {
  const [sharePast, setSharePast] = useState(false);
  const [wishing, setWishing] = useState(false);
  return h(Panel, { title: t("switch-short"), onClose, closeLabel: t("cancel") }, html`
    <p>${t("switch-ask")}</p>
    ${h(ShareChoice, { sharePast, onChange: setSharePast })}
    ${h(Fold, { title: t("wish-title"), open: wishing, onToggle: () => setWishing(!wishing) },
      h(Wishes, { wish: engine.wish, spoken: engine.service.value?.on ?? [] }))}
    <p class="acts">${h(Pebble, { kind: "primary", onClick: () => void engine.switchPeer({ sharePast }) }, t("switch-yes"))}</p>`);
}
