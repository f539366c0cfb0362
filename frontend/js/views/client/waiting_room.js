// What stands around the field of the waiting room once a room is being opened: the wait, who comes, what is ready.

import { Fragment, h, html, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { CrisisCard } from "../parts/help_panel.js";
import { Pebble } from "../parts/pebble.js";
import { TideLog } from "../parts/tide_log.js";
import { Banners, NetLine } from "./banners.js";
import { CodeOffer } from "./code_card.js";
import { Folded } from "./folded.js";
import { PeerIsHere } from "./meeting.js";
import { WaitingMore } from "./more.js";
import { SharedPhone } from "./shared_phone.js";

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

/** @param {{ engine: ClientEngine }} props */
export function WaitingBelow({ engine }) {
  return h(Fragment, {},
    h(Urgent, { engine }),
    h(CodeOffer, { engine }),
    h(SharedPhone, { engine }),
    html`<p class="soft">${t("readers-waiting")}</p>`,
    h(WaitingMore, { engine }));
}

/** The wait as it is known: a range, or that there is none. @param {{ engine: ClientEngine }} props */
function Wait({ engine }) {
  const wait = engine.wait.value;
  if (!wait) return engine.stage.value === "opening" ? html`<p class="lead">${t("opening")}</p>` : null;
  const { ahead, low, high } = wait;
  const known = low !== null && high !== null;
  return html`<p class="lead">${known ? t("wait-range", { low, high }) : t("wait-unsure")} ${t("wait-ahead", { n: ahead })}</p>`;
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
