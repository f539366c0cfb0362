// Finding a talk by its code: month by month, in questions that all look alike (docs/protocol.md, 3).

import { SLOTS, monthOf, slot } from "../../crypto/code.js";
import { b64u } from "../../crypto/encoding.js";
import { CLIENT_SEAT } from "../../crypto/ids.js";
import { openWrap } from "../../crypto/seals.js";
import { ApiError } from "../../net/api.js";
import { readHistory, readSlots } from "../answers.js";
import { Room } from "../room.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./rekeying.js").Slot} Slot */

/** Months that a talk may be found in: it lives twelve, and clocks and month ends need one on each side. */
const PROBES = 14;
const LAST = 2 ** 32 - 1;
const OVER = ["closed", "deleted"];

/**
 * The newest talk of the month nearest to now that has one, an open talk before a closed one. Later months are asked
 * first, and no further than the first that has a talk.
 * @param {import("../../net/api.js").Api} api
 * @param {Bytes} root
 * @param {number} now unix seconds by the server's clock
 * @returns {Promise<Slot | null>} null where no month has one
 */
export async function findTalk(api, root, now) {
  const newest = monthOf(now) + 1;
  for (let month = newest; month > newest - PROBES; month--) {
    const places = await Promise.all(Array.from({ length: SLOTS }, (_, k) => slot(root, month, k)));
    const pairs = places.map(({ room, seatSecret }) => ({ room: b64u(room), secret: b64u(seatSecret) }));
    const slots = readSlots(await api.post("rooms/probe", { month: pairs }));
    const hits = places.flatMap((place, k) => {
      const state = slots[k]?.state ?? null;
      return state === null ? [] : [{ place, over: OVER.includes(state) }];
    });
    const best = hits.findLast(({ over }) => !over) ?? hits.at(-1);
    if (best) return best.place;
  }
  return null;
}

/**
 * The room of a slot as it stands, before its first item is read.
 * @param {import("../../net/api.js").Api} api
 * @param {Slot} place
 * @param {{ clock: import("../../platform/clock.js").Clock, tell: (event: import("../events.js").RoomEvent) => void }} parts
 * @returns {Promise<{ room: Room, seq: number }>} seq: the number of its last message
 * @throws {ApiError} unknown: there is no such room any more
 * @throws {import("../../crypto/errors.js").ProtocolError} box_key and the like: its keys are not for this slot
 */
export async function roomAt(api, place, { clock, tell }) {
  const request = { room: b64u(place.room), secret: b64u(place.seatSecret), after: LAST };
  const news = readHistory(await api.post("rooms/history", request));
  if (news.seal === null || news.purpose !== "wrap") throw new ApiError("not_beside");
  const keys = await openWrap(place.wrapKey, place.room, news.ke, news.seal);
  const room = await Room.begin({ room: place.room, seat: CLIENT_SEAT, keys, clock, tell });
  room.tookState(news);
  return { room, seq: news.seq };
}
