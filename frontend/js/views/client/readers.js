// Who reads this talk now, always in view; where there are several, each part can be ended at any time.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { listed } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** @param {{ engine: ClientEngine }} props */
export function Readers({ engine }) {
  const sitting = engine.sitting.value;
  const names = engine.readers.value;
  return html`<div class="readers">
    <p class="soft">${names.length > 0 ? t("readers-now", { names: listed(names) }) : t("readers-none")}</p>
    ${sitting.length > 1 && html`<div class="readers-end">
      ${sitting.map(({ kid, alias }) => h(Ask, {
        key: kid, kind: "quiet", label: t("reader-end", { peer: alias }), ask: t("reader-end-ask", { peer: alias }),
        yes: t("reader-end", { peer: alias }), no: t("reader-keep", { peer: alias }), act: () => void engine.endPart(kid),
      }))}
    </div>`}
  </div>`;
}

/** With whom one talks, or "" before anybody is there. @param {ClientEngine} engine */
export function withWhom(engine) {
  const peer = engine.peer.value?.alias;
  if (!peer) return "";
  const names = engine.readers.value;
  return names.length > 1 ? t("room-with-both", { names: listed(names) }) : t("room-with", { peer });
}

/** The peer takes no new talks: staying is as good as going. @param {{ engine: ClientEngine, onSwitch: () => void }} props */
export function PeerPaused({ engine, onSwitch }) {
  const peer = engine.peerPaused.value;
  if (peer === null) return null;
  return h(SystemLine, {}, [
    t("peer-paused", { peer: peer.alias }), " ",
    h(Pebble, { key: "switch", onClick: onSwitch }, t("switch-short")), " ",
    h(Pebble, { key: "stay", kind: "quiet", onClick: () => engine.stay() }, t("peer-paused-stay", { peer: peer.alias })),
  ]);
}
