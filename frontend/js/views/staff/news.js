import { useRef, useSignalEffect } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { roomName } from "./rooms.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/timeline.js").Row} Row */

/**
 * Tells a screen reader once of each message that comes while the page is open, and when a talk begins. Words of before
 * are in the log, and are not read out.
 * @param {Desk} desk
 */
export function useNews(desk) {
  const heard = useRef(/** @type {Map<string, number>} */ (new Map()));
  const claimed = useRef(/** @type {Set<string>} */ (new Set()));
  useSignalEffect(() => {
    for (const room of desk.rooms.value) {
      if (room.stage.value === "claimed") claimed.current.add(room.key);
      else if (claimed.current.delete(room.key) && room.stage.value === "talking") announce(t("talk-joined", { room: roomName(room) }));
      const rows = room.rows.value;
      const before = heard.current.get(room.key);
      if (room.caughtUp && before !== undefined) for (const { text } of newWords(rows, before)) announce(t("talk-says", { room: roomName(room), text }));
      heard.current.set(room.key, lastSeq(rows));
    }
  });
}

/**
 * Words of the other side behind a number.
 * @param {readonly Row[]} rows
 * @param {number} heard the last number that was there before
 */
export const newWords = (rows, heard) => rows.filter((row) => row.from === "them" && row.kind === "text" && row.seq !== null && row.seq > heard);

/** @param {readonly Row[]} rows */
const lastSeq = (rows) => rows.reduce((last, { seq }) => Math.max(last, seq ?? 0), 0);
