import { h, html, useEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { mayNod } from "../../state/staff/peer_room.js";
import { comfort } from "../parts/comfort.js";
import { Composer } from "../parts/composer.js";
import { listed } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { Stone } from "../parts/stone.js";
import { TideLog } from "../parts/tide_log.js";
import { AskedOfOthers } from "./bring.js";
import { Boundaries } from "./boundaries.js";
import { Guide } from "./craft/guide.js";
import { Nudge } from "./craft/nudge.js";
import { namedRows } from "./named_rows.js";
import { Problem } from "./problem.js";
import { RoomActs } from "./room_acts.js";
import { panelId, roomName, tabId } from "./rooms.js";
import { Paused, Signs } from "./signs.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {import("../../state/timeline.js").Row} Row */

/** What does not verify reads alike to a peer: nothing more is sent here. */
const BROKEN = ["aead", "bad_commitment", "msg_format", "msg_padding", "gap_seq", "gap_sender", "chain_fork", "erased_unasked", "unknown_epoch"];
const HERE = {
  ...Object.fromEntries(BROKEN.map((code) => [code, "problem-broken"])),
  "older-copy": "problem-older",
  too_long: "problem-send",
  closed: "talk-closed",
  unknown: "problem-gone",
};

/**
 * One talk in view: who is there, what was said, the field to answer, and the ways out.
 * @param {{ desk: import("../../state/staff/desk.js").Desk, room: PeerRoom, arrive: boolean }} props arrive: the peer just said hello, so the focus comes here
 */
export function Room({ desk, room, arrive }) {
  const guide = useSignal(false);
  const tools = useRef(/** @type {HTMLElement | null} */ (null));
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const stage = room.stage.value;
  const talking = stage === "talking";
  const began = useRef(true);
  useEffect(() => {
    // Where one came by a tap of one's own, or what one was in is gone, the focus comes to the heading.
    if ((arrive && began.current) || focused() === null) heading.current?.focus();
    began.current = false;
  }, [stage]);
  useEffect(() => {
    if (guide.value) tools.current?.focus(); // on a narrow screen it lies below all the rest
  }, [guide.value]);
  const guideId = `guide-${room.label}`; // a room's own id is never in the page
  return html`<section class="room edge-${room.stone}" role="tabpanel" id=${panelId(room)} aria-labelledby=${tabId(room)}>
    <div class="room-talk">
      <header class="room-head">
        <h2 tabindex="-1" ref=${heading}>${h(Stone, { kind: room.stone })}${roomName(room)}</h2>
        ${talking && h(Pebble, { kind: "care", class: "end-now", onClick: () => void room.endNow() }, t("talk-end-now"))}
        ${stage !== "claimed" && h(Signs, { room })}
      </header>
      <p class="room-client" role="status">${about(room)}</p>
      ${stage === "claimed" ? html`<p>${h(Pebble, { onClick: () => void desk.cancelClaim(room.key) }, t("queue-cancel"))}</p>` : h(Words, { room })}
      ${talking && h(AskedOfOthers, { room })}
      ${talking && h(Paused, { room })}
      ${h(Problem, { code: room.trouble.value, here: HERE })}
      ${talking && h(Dock, { room })}
      ${stage !== "claimed" && h(RoomActs, { room, guide, guideId })}
      ${talking && h(Boundaries, {})}
    </div>
    ${talking && html`<div class="room-guide" id=${guideId} tabindex="-1" ref=${tools} data-open=${guide.value ? "yes" : "no"}>${h(Guide, { room })}</div>`}
  </section>`;
}

/** What was said. @param {{ room: PeerRoom }} props */
const Words = ({ room }) =>
  h(TideLog, {
    rows: namedRows(room),
    label: t("talk-log", { room: roomName(room) }),
    emptyText: t("talk-empty"),
    actionsFor: (row) => (row.from === "me" ? ownActions(room, row) : theirActions(room, row)),
    onRetry: (row) => void room.retry(row.key),
    under: answered,
  });

/** Where one answers: the field names its talk and has its edge, and what it holds goes there and nowhere else. @param {{ room: PeerRoom }} props */
const Dock = ({ room }) => html`<div class="room-dock">
  ${h(Composer, {
    draft: room.draft,
    onSend: (text) => void room.send(text),
    label: t("talk-reply", { room: roomName(room) }),
    sendLabel: t("send"),
    disabled: !room.mayWrite.value,
    edge: room.stone,
    enterSends: comfort.enterSends.value,
  })}
  ${h(Nudge, { room })}
</div>`;

/** What the other page does, or why nothing can be sent, in words. @param {PeerRoom} room */
function about(room) {
  switch (room.stage.value) {
    case "claimed":
      return t("talk-claimed");
    case "talking":
      return room.client.value === "unknown" ? readersOf(room) : html`${t(`talk-${room.client.value}`)} <span class="soft">${readersOf(room)}</span>`;
    case "resting":
      return t("talk-closed");
    case "left":
      return t("talk-goes-on");
    default:
      return t("talk-gone");
  }
}

/** Who can read the talk, by name. @param {PeerRoom} room */
function readersOf({ colleagues }) {
  const names = colleagues.here.value;
  return names.length > 0 ? t("talk-readers-with", { names: listed(names) }) : t("talk-readers");
}

/**
 * @param {PeerRoom} room
 * @param {Row} row
 */
function ownActions(room, row) {
  if (row.kind !== "text" && row.kind !== "handover") return [];
  const act = () => void room.takeBack(row.key);
  const label = t("talk-take-back");
  return [row.status === "sent" ? { label, act, confirm: { ask: t("talk-take-back-ask"), yes: label } } : { label, act }];
}

/**
 * @param {PeerRoom} room
 * @param {Row} row
 */
const theirActions = (room, row) => (room.mayWrite.value && mayNod(row) ? [{ label: t("talk-nod"), act: () => void room.nod(row.key) }] : []);

/** What they answered to an own message with one tap. @param {Row} row */
const answered = ({ reply }) => (reply === null ? undefined : html`<p class="room-answer">${t(`sign-${reply}`)}</p>`);
