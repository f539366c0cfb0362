// After a talk: it rests, is closed, or is gone. Nothing is asked, everything stays open.

import { h, html, useEffect, useId, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { copied } from "../parts/copy_button.js";
import { Fold } from "../parts/fold.js";
import { Pebble } from "../parts/pebble.js";
import { ScreenTitle } from "../parts/screen_title.js";
import { TideLog } from "../parts/tide_log.js";
import { Banners, NetLine } from "./banners.js";
import { Wishes } from "./choosing.js";
import { CodeWords } from "./code_card.js";
import { FlagPanel } from "./flag_panel.js";
import { Folded } from "./folded.js";
import { forDays } from "./for_days.js";
import { ShareChoice } from "./share_choice.js";

/** @typedef {import("../../state/client/door.js").Door} Door */
/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** @param {{ door: Door, engine: ClientEngine, backupDays: number }} props */
export function After({ door, engine, backupDays }) {
  const [flagging, setFlagging] = useState(/** @type {{ picked: string | null } | null} */ (null));
  const stage = engine.stage.value;
  const days = engine.keepDays.value;
  const anew = h(Pebble, { kind: stage === "resting" ? "plain" : "primary", onClick: () => door.start() }, t("new-talk"));
  if (stage === "deleted") {
    return html`<div class="after">
      ${h(ScreenTitle, {}, t("gone-title"))}
      <p>${t("gone-backup", { days: backupDays })}</p>
      ${hasPages(engine) && html`<p>${t("gone-pages")}</p>`}
      ${h(Banners, { engine })}
      <p class="acts">${anew}</p>
    </div>`;
  }
  const resting = stage === "resting";
  return html`<div class="after">
    ${h(ScreenTitle, {}, t("end-title"))}
    <p class="lead">${resting ? forDays(t("rest-who", { days }), engine) : t("err-closed")}</p>
    ${h(Banners, { engine })}
    ${h(NetLine, { engine })}
    ${resting ? h(Again, { engine }) : html`<p class="acts">${anew}</p>`}
    ${engine.code.value && html`<section class="card"><h2>${t("code-mine")}</h2>${h(CodeWords, { engine })}</section>`}
    ${h(PastWords, { engine, onFlag: (picked) => setFlagging({ picked }) })}
    ${flagging && h(FlagPanel, { engine, picked: flagging.picked, onClose: () => setFlagging(null) })}
    <div class="after-acts">
      ${h(Pebble, { onClick: () => setFlagging({ picked: null }) }, t("flag-open"))}
      ${resting && h(Ask, { label: t("end-talk"), ask: forDays(t("end-ask", { days }), engine), yes: t("end-yes"), act: () => void engine.end() })}
      ${h(Ask, { label: t("gone-delete"), ask: goneAsk(engine), yes: t("gone-yes"), act: () => void engine.deleteTalk() })}
    </div>
  </div>`;
}

/** Whether there is something of the person's own that no talk holds. @param {ClientEngine} engine */
const hasPages = ({ pages }) => !pages.empty.value || pages.kept.value;

/** What goes with a talk, and what does not. @param {ClientEngine} engine */
export const goneAsk = (engine) => (hasPages(engine) ? `${t("gone-ask")} ${t("gone-pages")}` : t("gone-ask"));

/**
 * Looking for someone again: what they will see is chosen here, and the least is the default; who it may be, too.
 * @param {{ engine: ClientEngine }} props
 */
function Again({ engine }) {
  const [sharePast, setSharePast] = useState(false);
  const [urgent, setUrgent] = useState(false);
  const [wishing, setWishing] = useState(false);
  return html`<section class="card">
    <h2>${t("rest-again")}</h2>
    ${h(SamePeer, { engine })}
    ${h(ShareChoice, { sharePast, onChange: setSharePast })}
    ${h(Fold, { title: t("wish-title"), open: wishing, onToggle: () => setWishing(!wishing) },
      h(Wishes, { wish: engine.wish, spoken: engine.service.value?.on ?? [] }))}
    <p class="acts">
      ${h(Pebble, { kind: "primary", onClick: () => void engine.lookAgain({ sharePast, urgent }) }, t("rest-look"))}
      ${h(Pebble, { pressed: urgent, onClick: () => setUrgent(!urgent) }, t("urgent-chip"))}
    </p>
  </section>`;
}

/** The peer of before, where they are on; nobody is asked for unless the person says so. @param {{ engine: ClientEngine }} props */
function SamePeer({ engine }) {
  const name = useId();
  const { wish } = engine;
  const peer = engine.peerToday.value;
  const asked = wish.asked.value;
  useEffect(() => {
    if (peer === null) wish.askFor(null); // who has gone meanwhile cannot be asked for
  }, [peer]);
  if (peer === null) return null;
  const choice = (/** @type {string | null} */ who, /** @type {string} */ words) => html`<label class="choice">
    <input type="radio" name=${name} checked=${(asked === null) === (who === null)} onChange=${() => wish.askFor(who)} /><span>${words}</span>
  </label>`;
  return html`<fieldset>
    <legend>${t("back-peer", { peer: peer.alias })}</legend>
    ${choice(peer.kid, t("back-ask", { peer: peer.alias }))}${choice(null, t("back-anyone"))}
  </fieldset>`;
}

/** What was said, folded away. @param {{ engine: ClientEngine, onFlag: (picked: string) => void }} props */
function PastWords({ engine, onFlag }) {
  if (engine.folded.value) return h(Folded, { engine });
  const rows = engine.rows.value;
  if (rows.length === 0) return null;
  return html`<details class="fold"><summary>${t("past-words")}</summary>
    <div>${h(TideLog, {
      rows,
      label: t("log-name"),
      actionsFor: (row) => (row.kind === "text" || row.proof
        ? [
            ...(row.kind === "text" ? [{ label: t("note-copy"), act: () => void copied(row.text) }] : []),
            ...(row.proof ? [{ label: t("flag-open"), act: () => onFlag(row.key) }] : []),
          ]
        : []),
    })}</div>
  </details>`;
}
