// What stands around the field of the waiting room once a room is being opened: the wait, who comes, what is ready.

import { Fragment, h, html, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { Fold } from "../parts/fold.js";
import { CrisisCard } from "../parts/help_panel.js";
import { Pebble } from "../parts/pebble.js";
import { TideLog } from "../parts/tide_log.js";
import { Banners, NetLine } from "./banners.js";
import { HowToStart, Wishes } from "./choosing.js";
import { CodeOffer } from "./code_card.js";
import { CompanyChoices } from "./company.js";
import { Folded } from "./folded.js";
import { Meanwhile } from "./meanwhile.js";
import { PeerIsHere } from "./meeting.js";
import { WaitingMore } from "./more.js";
import { SharedPhone } from "./shared_phone.js";
import { Wait, isLong } from "./wait.js";

/** @typedef {import("../../state/client/door.js").Door} Door */
/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/timeline.js").Row} Row */

/** @param {{ door: Door, engine: ClientEngine }} props */
export function WaitingAbove({ door, engine }) {
  const rows = engine.rows.value;
  return h(Fragment, {},
    h(Wait, { engine }),
    h(Banners, { engine }),
    h(PeerIsHere, { engine }),
    h(Folded, { engine }),
    rows.some(({ folded }) => !folded) && h(TideLog, {
      rows,
      label: t("wait-log"),
      under: (row) => heldState(row, door),
      onRetry: ({ key }) => void engine.retry(key),
    }),
    h(NetLine, { engine }));
}

/**
 * Beside a note stands the code, which brings one back to the answer; else it waits further down.
 * @param {{ engine: ClientEngine, pick: (words: string) => void }} props pick: puts words into the field
 */
export function WaitingBelow({ engine, pick }) {
  const code = h(CodeOffer, { key: "code", engine });
  const long = isLong(engine);
  return html`<div class="waiting-below">${[
    long && code,
    h(Urgent, { key: "urgent", engine }),
    h(Folds, { key: "folds", engine, pick }),
    !long && code,
    html`<div key="choices" class="waiting-choices">${h(CompanyChoices, {})}${h(SharedPhone, { engine })}</div>`,
    html`<p key="readers" class="soft">${t("readers-waiting")}</p>`,
    h(WaitingMore, { key: "more", engine }),
  ]}</div>`;
}

/** @typedef {"start" | "wish" | "while"} Open */

/** What nobody has to open; one at a time. @param {{ engine: ClientEngine, pick: (words: string) => void }} props */
function Folds({ engine, pick }) {
  const [open, setOpen] = useState(/** @type {Open | null} */ (null));
  const fold = (/** @type {Open} */ which) => ({ open: open === which, onToggle: () => setOpen(open === which ? null : which) });
  return html`<div class="folds">
    ${h(Fold, { title: t("start-title"), ...fold("start") }, h(HowToStart, { engine }))}
    ${h(Fold, { title: t("wish-title"), ...fold("wish") },
      h(Wishes, { wish: engine.wish, spoken: engine.service.value?.on ?? [], onChange: () => void engine.changeWish() }))}
    ${h(Fold, { title: t("while-title"), ...fold("while") }, h(Meanwhile, { engine, pick }))}
  </div>`;
}

/**
 * @param {Row} row
 * @param {Door} door
 */
function heldState(row, door) {
  if (row.kind !== "text" || row.status === "failed") return undefined;
  return html`<p class="send-state">${t(row.status === "waiting" ? "send-waiting" : "wait-held")}
    ${h(Pebble, { kind: "quiet", onClick: () => door.takeBack(row.key) }, t("wait-take-back"))}</p>`;
}

/** The person's own word for how it is, and who else is there right now. @param {{ engine: ClientEngine }} props */
function Urgent({ engine }) {
  const urgent = engine.urgent.value;
  const [folded, setFolded] = useState(false);
  const onClick = () => {
    setFolded(false);
    if (!urgent) announce(t("urgent-after"));
    void engine.setUrgent(!urgent);
  };
  return html`<div class="urgent">
    <p class="acts">${h(Pebble, { pressed: urgent, onClick }, t("urgent-chip"))}</p>
    ${urgent && !folded && html`<div class="card">
      <p><b>${t("urgent-after")}</b></p>
      ${CrisisCard({ private: true })}
      <p class="panel-close">${h(Pebble, { kind: "quiet", onClick: () => setFolded(true) }, t("crisis-later"))}</p>
    </div>`}
  </div>`;
}
