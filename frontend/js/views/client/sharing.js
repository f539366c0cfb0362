// How a piece of one's own goes to a peer: seen first exactly as they will see it, sent by a tap, taken back by a tap.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { Ask } from "../parts/ask.js";
import { useFocusStays } from "../parts/focus_stays.js";
import { listed } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { SharedRow } from "../parts/shared_row.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("preact").ComponentChildren} Children */

/** Who can be shown something now: their alias, or null while nobody is there. @param {ClientEngine} engine */
export function whoSees(engine) {
  if (engine.stage.value !== "talking" || !engine.mayWrite.value) return null;
  return engine.peer.value?.alias ?? null;
}

/**
 * The preview of what would go, and the button that sends it.
 * @param {{ engine: ClientEngine, label: string, share: () => boolean, children?: Children }} props
 *   share: whether anything went; children: exactly what goes
 */
export function ShareNow({ engine, label, share, children }) {
  const peer = whoSees(engine);
  if (peer === null) return html`<p class="soft">${t("share-nobody")}</p>`;
  const names = engine.readers.value;
  const several = names.length > 1 ? listed(names) : null;
  const onClick = () => {
    if (share()) announce(t("share-done", { peer: several ?? peer }));
  };
  return html`<div class="preview">
      <p>${several === null ? t("page-preview", { peer }) : t("page-preview-all", { names: several })}</p>
      ${children}
    </div>
    <p class="acts">${h(Pebble, { kind: "primary", onClick }, label)}</p>`;
}

/**
 * What went so far, each with the way back.
 * @param {{ engine: ClientEngine, kind: "page" | "drawing" }} props
 */
export function SharedSoFar({ engine, kind }) {
  const rows = engine.pages.shared.value.filter((row) => row.kind === kind);
  const place = useFocusStays(rows.length);
  const peer = engine.peer.value?.alias;
  const ask = peer ? t("delete-ask", { peer }) : t("delete-ask-alone");
  return html`<div ref=${place}>${rows.length > 0 && html`<h3>${t("share-so-far")}</h3>
    <ul class="shared-so-far">${rows.map((row) => html`<li key=${row.key}>
      ${h(SharedRow, { row })}
      ${h(Ask, { label: t("share-back"), ask, yes: t("share-back"), kind: "quiet", act: () => engine.pages.takeBack(row.key) })}
    </li>`)}</ul>`}</div>`;
}
