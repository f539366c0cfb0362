import { useRef, useSignalEffect } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce, unsay } from "../parts/announcer.js";
import { sharedInWords } from "../parts/shared_row.js";
import { roomName } from "./rooms.js";
import { ticketName } from "./ticket.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {import("../../state/timeline.js").Row} Row */

/**
 * Tells a screen reader once of each message and sign that comes while the page is open, when a talk begins, and of who
 * is offered. What was said before is in the log, and is not read out.
 * @param {Desk} desk
 */
export function useNews(desk) {
  const heard = useRef(/** @type {Map<string, Set<string>>} */ (new Map()));
  const claimed = useRef(/** @type {Set<string>} */ (new Set()));
  useSignalEffect(() => {
    for (const room of desk.rooms.value) {
      if (room.stage.value === "claimed") claimed.current.add(room.key);
      else if (claimed.current.delete(room.key) && room.stage.value === "talking") announce(t("talk-joined", { room: roomName(room) }));
      const before = heard.current.get(room.key);
      const now = newsOf(room.rows.value);
      if (room.caughtUp && before) {
        for (const [what, text] of now) if (!before.has(what)) announce(t("talk-says", { room: roomName(room), text }), `${room.key} ${what}`);
      }
      for (const { kind, seq } of room.rows.value) if (kind === "taken-back") unsay(`${room.key} ${seq}`);
      heard.current.set(room.key, new Set(now.keys()));
    }
  });
  const asked = useRef(/** @type {Set<string>} */ (new Set()));
  useSignalEffect(() => {
    const now = desk.asked.value.filter(({ willing }) => !willing);
    for (const { key, by, purpose } of now) if (!asked.current.has(key)) announce(t(`asked-${purpose}`, { peer: by }));
    asked.current = new Set(now.map(({ key }) => key));
  });
  const offered = useRef(/** @type {string | null} */ (null));
  const moved = useRef(0);
  useSignalEffect(() => {
    const offer = desk.offer.value;
    if (offer && offer.key !== offered.current) announce(t("offer-heard", { row: ticketName(offer) }));
    else if (!offer && desk.movedOn.value > moved.current) announce(t("offer-gone"));
    offered.current = offer?.key ?? null;
    moved.current = desk.movedOn.value;
  });
}

/**
 * What the other side said, showed or answered, each under a name of its own; what one did oneself is no news.
 * @param {readonly Row[]} rows
 * @returns {Map<string, string>} as it is read out
 */
export function newsOf(rows) {
  /** @type {Map<string, string>} */
  const news = new Map();
  for (const { key, seq, reply } of rows) if (reply !== null) news.set(`${seq ?? key} ${reply}`, t(`sign-${reply}`));
  for (const row of rows) {
    const words = row.seq === null ? "" : spoken(row);
    if (words !== "") news.set(String(row.seq), words);
  }
  return news;
}

/** @param {Row} row @returns {string} empty for what is not read out */
function spoken(row) {
  if (row.note) return row.note.id.startsWith("note-own-") ? "" : noted(row.note);
  if (row.from !== "them") return "";
  return row.kind === "text" ? row.text : sharedInWords(row);
}

/** A pause in the words that stand above the field: what it asks of this peer. @param {import("../../state/timeline.js").Note} note */
function noted({ id, args }) {
  const pauses = id === "note-client-pause" && (args.what === "here" || args.what === "away");
  return pauses ? t(`sign-pause-${args.what}`) : t(id, args);
}
