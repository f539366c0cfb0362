import { h, html, useEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { comfort } from "../parts/comfort.js";
import { Composer } from "../parts/composer.js";
import { Pebble } from "../parts/pebble.js";
import { Stone } from "../parts/stone.js";
import { TideLog } from "../parts/tide_log.js";
import { Backing } from "./backing.js";
import { Boundaries } from "./boundaries.js";
import { GoingSoon } from "./going_soon.js";
import { namedRows } from "./named_rows.js";
import { Problem } from "./problem.js";
import { panelId, roomName, tabId } from "./rooms.js";

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
  const open = useSignal(/** @type {"going" | "flag" | null} */ (null));
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const turn = (/** @type {"going" | "flag"} */ what) => void (open.value = open.value === what ? null : what);
  const close = () => void (open.value = null);
  const stage = room.stage.value;
  const talking = stage === "talking";
  const began = useRef(true);
  useEffect(() => {
    // Where one came by a tap of one's own, or what one was in is gone, the focus comes to the heading.
    if ((arrive && began.current) || focused() === null) heading.current?.focus();
    began.current = false;
  }, [stage]);
  return html`<section class="room edge-${room.stone}" role="tabpanel" id=${panelId(room)} aria-labelledby=${tabId(room)}>
    <header class="room-head">
      <h2 tabindex="-1" ref=${heading}>${h(Stone, { kind: room.stone })}${roomName(room)}</h2>
      ${talking && h(Pebble, { kind: "care", class: "end-now", onClick: () => void room.endNow() }, t("talk-end-now"))}
    </header>
    <p class="room-client" role="status">${about(room)}</p>
    ${stage === "claimed"
      ? html`<p>${h(Pebble, { onClick: () => void desk.cancelClaim(room.key) }, t("queue-cancel"))}</p>`
      : h(TideLog, {
          rows: namedRows(room),
          reader: "peer",
          label: t("talk-log", { room: roomName(room) }),
          emptyText: t("talk-empty"),
          actionsFor: (row) => ownActions(room, row),
          onRetry: (row) => void room.retry(row.key),
        })}
    ${h(Problem, { code: room.trouble.value, here: HERE })}
    ${talking &&
    h(Composer, {
      draft: room.draft,
      onSend: (text) => void room.send(text),
      label: t("talk-reply", { room: roomName(room) }),
      sendLabel: t("send"),
      disabled: !room.mayWrite.value,
      edge: room.stone,
      enterSends: comfort.enterSends.value,
    })}
    ${stage !== "claimed" &&
    html`<div class="room-acts" role="group" aria-label=${t("talk-more")}>
      ${talking && h(Pebble, { expanded: open.value === "going", onClick: () => turn("going") }, t("talk-leave"))}
      ${talking && h(Ask, { label: t("talk-release"), ask: t("talk-release-ask"), yes: t("talk-release-yes"), no: t("talk-stay"), act: () => void room.release() })}
      ${h(Pebble, { expanded: open.value === "flag", onClick: () => turn("flag") }, t("talk-flag"))}
      ${!talking && h(Pebble, { onClick: () => room.close() }, t("talk-close"))}
    </div>`}
    ${open.value === "going" && talking && h(GoingSoon, { room, onClose: close })}
    ${open.value === "flag" && h(Backing, { room, onClose: close })}
    ${talking && h(Boundaries, {})}
  </section>`;
}

/** What the other page does, or why nothing can be sent, in words. @param {PeerRoom} room */
function about(room) {
  switch (room.stage.value) {
    case "claimed":
      return t("talk-claimed");
    case "talking":
      return room.client.value === "unknown" ? t("talk-readers") : html`${t(`talk-${room.client.value}`)} <span class="soft">${t("talk-readers")}</span>`;
    case "resting":
      return t("talk-closed");
    default:
      return t("talk-gone");
  }
}

/**
 * @param {PeerRoom} room
 * @param {Row} row
 */
function ownActions(room, row) {
  if (row.from !== "me" || row.kind !== "text") return [];
  const act = () => void room.takeBack(row.key);
  const label = t("talk-take-back");
  return [row.status === "sent" ? { label, act, confirm: { ask: t("talk-take-back-ask"), yes: label } } : { label, act }];
}
