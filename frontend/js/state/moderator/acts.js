// What may be done about a flag, by whom: docs/protocol.md, 11.

import { equal } from "../../crypto/encoding.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/directory.js").Directory} Directory */
/** @typedef {import("./answers.js").Act} Act */
/**
 * reason: of the fixed list; line: one's own, for the moderation team alone; subject: the peer whom a pause is
 * about, null with every other act.
 * @typedef {{ act: Act, subject: Bytes | null, reason: string, line: string }} Decision
 */
/** @typedef {"bad" | "wait" | "closed" | "alone" | "nobody"} WhyOff */

export const ACTS = Object.freeze(/** @type {const} */ (["none", "talk", "pause", "reoffer", "close", "report"]));

/** @param {Act} act @param {string} category */
export const takesTwo = (act, category) => act === "pause" || act === "report" || (act === "close" && category === "danger");

/** Whether an act is about one peer by name. @param {Act} act */
export const namesPeer = (act) => act === "pause";

/**
 * Who else may read a flag: moderators and coordinators whom the directory lists, and who never sat in its room.
 * @param {Directory} directory
 * @param {Bytes} own
 * @param {Bytes[]} sat
 */
export const others = ({ staff }, own, sat) =>
  staff.filter(({ kid, roles }) =>
    (roles.includes("moderator") || roles.includes("coordinator")) && ![own, ...sat].some((each) => equal(each, kid)));

/**
 * Why an act is not possible; null where it is. Whatever affects a person needs every item to check out.
 * @param {Act} act
 * @param {Pick<import("./case.js").Case, "items" | "mayAct" | "epochMissing" | "room" | "category" | "peers">} flag
 * @param {number} seconds how many could be asked for a second opinion
 * @returns {WhyOff | null}
 */
export function whyOff(act, flag, seconds) {
  if (act === "none") return null;
  if (flag.items.some((item) => item.type === "item" && item.proof === "bad")) return "bad";
  if (!flag.mayAct) return "wait";
  if ((act === "reoffer" || act === "close") && flag.room !== "open") return "closed";
  if (namesPeer(act) && flag.peers.length === 0) return "nobody";
  // Where nobody else is there, one may pause a peer, for a while.
  return takesTwo(act, flag.category) && act !== "pause" && seconds === 0 ? "alone" : null;
}
