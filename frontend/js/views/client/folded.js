// Past words stay hidden after a return, from eyes behind one's shoulder and from one's own.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";

/** @param {{ engine: import("../../state/client/engine.js").ClientEngine }} props */
export function Folded({ engine }) {
  if (!engine.folded.value) return null;
  if (engine.fresh.value) return html`<p>${h(Pebble, { kind: "quiet", onClick: () => engine.unfold() }, t("back-earlier"))}</p>`;
  return html`<section class="card" aria-label=${t("back-hello")}>
    <p>${t("back-hello")}</p>
    <p class="acts">
      ${h(Pebble, { onClick: () => engine.unfold() }, t("back-show"))}
      ${h(Pebble, { kind: "quiet", onClick: () => engine.startFresh() }, t("back-fresh"))}
    </p>
  </section>`;
}
