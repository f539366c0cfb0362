// A talk that goes on, and what it becomes.

import { h, html, useLayoutEffect, useRef, useState } from "../../../vendor/preact.js";
import { focused, hasKeyboard } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { comfort } from "../parts/comfort.js";
import { Composer } from "../parts/composer.js";
import { copied } from "../parts/copy_button.js";
import { listed } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";
import { TideLog } from "../parts/tide_log.js";
import { After } from "./after.js";
import { Banners, NetLine } from "./banners.js";
import { CodeOffer } from "./code_card.js";
import { FlagPanel } from "./flag_panel.js";
import { Folded } from "./folded.js";
import { SeatAsked } from "./meeting.js";
import { More } from "./more.js";
import { NoRoom } from "./no_room.js";
import { SwitchPanel } from "./switch_panel.js";

/** @typedef {import("../../state/client/door.js").Door} Door */
/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/timeline.js").Row} Row */
/** @typedef {{ kind: "more" } | { kind: "switch" } | { kind: "flag", picked: string | null }} Open a panel; picked: the row it was opened from */

/** @param {{ door: Door, engine: ClientEngine, backupDays: number }} props */
export function Talk({ door, engine, backupDays }) {
  switch (engine.stage.value) {
    case "no-room":
      return h(NoRoom, { door, engine });
    case "talking":
      return h(Talking, { door, engine });
    default:
      return h(After, { key: engine.stage.value, door, engine, backupDays });
  }
}

/** @param {{ door: Door, engine: ClientEngine }} props */
function Talking({ door, engine }) {
  const [open, setOpen] = useState(/** @type {Open | null} */ (null));
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const alias = engine.peer.value?.alias ?? "";
  const close = () => setOpen(null);
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useLayoutEffect(() => {
    if (focused() === null) (hasKeyboard() ? field : heading).current?.focus();
  }, []);
  const onFlag = (/** @type {string | null} */ picked) => setOpen({ kind: "flag", picked });
  const onSwitch = () => setOpen({ kind: "switch" });
  return html`<div class="talk">
    <div class="talk-head">
      <h1 class="talk-title" tabindex="-1" ref=${heading}>${alias === "" ? t("log-name") : t("room-with", { peer: alias })}</h1>
      <p class="soft">${readersOf(engine)}</p>
    </div>
    ${h(Banners, { engine })}
    ${h(SeatAsked, { engine })}
    ${h(Folded, { engine })}
    ${h(TideLog, {
      rows: engine.rows.value,
      label: t("log-name"),
      emptyText: engine.folded.value ? "" : t("log-empty"),
      actionsFor: (row) => actionsFor(row, engine, onFlag),
      onRetry: ({ key }) => void engine.retry(key),
    })}
    ${wasAnswered(engine.rows.value) && h(CodeOffer, { engine })}
    ${h(PeerAway, { engine, onSwitch })}
    ${open?.kind === "more" && h(More, { key: "more", engine, onClose: close, onFlag: () => onFlag(null), onSwitch })}
    ${open?.kind === "switch" && h(SwitchPanel, { key: "switch", engine, onClose: close })}
    ${open?.kind === "flag" && h(FlagPanel, { key: "flag", engine, picked: open.picked, onClose: close, onSwitch })}
    <div class="dock">
      <div class="dock-row">
        ${h(Pebble, { expanded: open?.kind === "more", onClick: () => setOpen(open?.kind === "more" ? null : { kind: "more" }) }, t("more"))}
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
    </div>
  </div>`;
}

/** Who holds a key now, by name. @param {ClientEngine} engine */
export function readersOf(engine) {
  const names = engine.readers.value;
  return names.length > 0 ? t("readers-now", { names: listed(names) }) : t("readers-none");
}

/**
 * @param {Row} row
 * @param {ClientEngine} engine
 * @param {(picked: string | null) => void} onFlag
 * @returns {import("../parts/tide_log.js").Action[]}
 */
function actionsFor(row, engine, onFlag) {
  const actions = [];
  if (row.kind === "text") actions.push({ label: t("note-copy"), act: () => void copied(row.text) });
  if (row.from === "me" && row.kind === "text") {
    const peer = engine.peer.value?.alias;
    const ask = peer ? t("delete-ask", { peer }) : t("delete-ask-alone");
    actions.push(row.status === "waiting"
      ? { label: t("wait-take-back"), act: () => void engine.takeBack(row.key) }
      : { label: t("delete-both"), act: () => void engine.takeBack(row.key), confirm: { ask, yes: t("delete-both") } });
  }
  if (row.proof !== null && row.from !== "note") actions.push({ label: t("flag-open"), act: () => onFlag(row.key) });
  return actions;
}

/** Whether both have said something: then a code is worth an offer. @param {Row[]} rows */
const wasAnswered = (rows) => rows.some(({ from }) => from === "me") && rows.some(({ from }) => from === "them");

/** The peer's line broke, or they left. @param {{ engine: ClientEngine, onSwitch: () => void }} props */
function PeerAway({ engine, onSwitch }) {
  const peer = engine.peer.value?.alias ?? "";
  const { value: left } = engine.peerLeft;
  if (left === null && !engine.peerLost.value) return null;
  const words = left === null ? t("peer-lost", { peer }) : t(left, { peer });
  return h(SystemLine, {}, [words, " ", h(Pebble, { key: "switch", onClick: onSwitch }, t("switch-short"))]);
}
