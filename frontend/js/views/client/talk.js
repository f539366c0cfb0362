// A talk that goes on, and what it becomes.

import { h, html, useLayoutEffect, useRef, useState } from "../../../vendor/preact.js";
import { focused, hasKeyboard } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { isShown } from "../../state/timeline.js";
import { copied } from "../parts/copy_button.js";
import { OurPage, OursNews } from "../parts/our_page.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";
import { TideLog } from "../parts/tide_log.js";
import { After } from "./after.js";
import { AskRow, openQuestions } from "./ask_row.js";
import { Banners } from "./banners.js";
import { CodeOffer } from "./code_card.js";
import { Dock } from "./dock.js";
import { Draw } from "./draw.js";
import { FlagPanel } from "./flag_panel.js";
import { Folded } from "./folded.js";
import { SeatAsked } from "./meeting.js";
import { More } from "./more.js";
import { MyPage } from "./my_page.js";
import { Newcomers } from "./newcomer.js";
import { NoRoom } from "./no_room.js";
import { PacePanel } from "./pace_panel.js";
import { Paused, PausePanel } from "./pause_panel.js";
import { PeerPaused, Readers, withWhom } from "./readers.js";
import { Steps } from "./steps.js";
import { SwitchPanel } from "./switch_panel.js";

/** @typedef {import("../../state/client/door.js").Door} Door */
/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/timeline.js").Row} Row */
/** @typedef {"pace" | "pause" | "more" | "switch" | "flag" | "page" | "draw" | "ours" | "steps"} Kind */
/** @typedef {{ kind: Kind, picked: string | null }} Open a panel; picked: the row that a flag was opened from */

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
  const show = (/** @type {Kind} */ kind, /** @type {string | null} */ picked = null) => setOpen({ kind, picked });
  const turn = (/** @type {Kind} */ kind) => (open?.kind === kind ? setOpen(null) : show(kind));
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useLayoutEffect(() => {
    if (focused() === null) (hasKeyboard() ? field : heading).current?.focus();
  }, []);
  const rows = engine.rows.value;
  const questions = openQuestions(rows);
  const quiet = engine.pause.value !== null;
  const { ours } = engine.pages;
  const writes = !quiet && engine.peerWriting.value;
  const hidden = engine.folded.value && !engine.fresh.value;
  const wrote = !quiet && !hidden && open?.kind !== "ours" && ours.open.value && ours.news.value;
  return html`<div class="talk">
    <div class="talk-head">
      <h1 class="talk-title" tabindex="-1" ref=${heading}>${withWhom(engine) || t("log-name")}</h1>
      ${h(Readers, { engine })}
    </div>
    ${h(Banners, { engine })}
    ${h(PeerPaused, { engine, onSwitch: () => show("switch") })}
    ${h(SeatAsked, { engine })}
    ${h(Newcomers, { engine })}
    ${h(Folded, { engine })}
    ${h(TideLog, {
      rows,
      label: t("log-name"),
      emptyText: engine.folded.value ? "" : t("log-empty"),
      actionsFor: (row) => actionsFor(row, engine, (picked) => show("flag", picked)),
      onRetry: ({ key }) => void engine.retry(key),
      beneath: (row) => row.kind === "text" && h(AskRow, { engine, row, open: questions.has(row.key) }),
      after: (writes || wrote) && html`<div>
        ${writes && h(SystemLine, {}, t("peer-writing", { peer: alias }))}
        ${wrote && h(OursNews, { ours, peer: alias, onOpen: () => show("ours") })}
      </div>`,
    })}
    ${!quiet && wasAnswered(rows) && h(CodeOffer, { engine })}
    ${h(Paused, { engine })}
    ${!quiet && h(PeerAway, { engine, onSwitch: () => show("switch") })}
    ${open && h(Opened, { key: open.kind, engine, open, show, onClose: () => setOpen(null) })}
    ${h(Dock, { door, engine, open: open?.kind ?? null, turn, field })}
  </div>`;
}

/**
 * The one panel that is open.
 * @param {{ engine: ClientEngine, open: Open, show: (kind: Kind) => void, onClose: () => void }} props
 */
function Opened({ engine, open: { kind, picked }, show, onClose }) {
  const peer = engine.peer.value?.alias ?? null;
  switch (kind) {
    case "pace":
      return h(PacePanel, { engine, onClose });
    case "pause":
      return h(PausePanel, { engine, onClose });
    case "more":
      return h(More, { engine, onClose, show });
    case "switch":
      return h(SwitchPanel, { engine, onClose });
    case "flag":
      return h(FlagPanel, { engine, picked, onClose, onSwitch: () => show("switch") });
    case "page":
      return h(MyPage, { engine, onClose });
    case "draw":
      return h(Draw, { engine, onClose });
    case "ours":
      return h(OurPage, { ours: engine.pages.ours, peer, mine: "client", mayWrite: engine.mayWrite.value, onClose, onKeep: () => engine.pages.copyOurs() });
    case "steps":
      return h(Steps, { engine, onClose });
  }
}

/**
 * @param {Row} row
 * @param {ClientEngine} engine
 * @param {(picked: string | null) => void} onFlag
 * @returns {import("../parts/tide_log.js").Action[]}
 */
function actionsFor(row, engine, onFlag) {
  const actions = [];
  if (["text", "step", "page"].includes(row.kind)) actions.push({ label: t("note-copy"), act: () => void copied(row.text) });
  if (row.from === "me" && isShown(row.kind)) {
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
