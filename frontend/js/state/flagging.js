// "Something felt wrong": the picked words with their proofs, sealed to the moderation team alone (docs/protocol.md, 11).
// A client's page and a peer's share it.

import { b64u, isRecord } from "../crypto/encoding.js";
import { sealFlag } from "../crypto/flag.js";
import { kidOf } from "../crypto/ids.js";
import { random } from "../crypto/primitives.js";
import { ID } from "../crypto/sizes.js";
import { ApiError } from "../net/api.js";

/** @typedef {import("../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./timeline.js").Proof} Proof */
/** @typedef {"danger" | "contact" | "abuse" | "mistake" | "other"} Category contact: sexual, contact or money */
/**
 * asked: a moderator would like more words of the talk; none: no action; talked: the team talked with the peer; paused: the
 * peer takes no new talks; reoffered: the talk with this peer ended, another is offered; closed: the room was closed;
 * reported: what was sent is passed on because of a duty to report.
 * @typedef {"open" | "asked" | "none" | "talked" | "paused" | "reoffered" | "closed" | "reported"} Outcome
 */
/** @typedef {{ flag: string, outcome: Outcome, room: string | null }} Report flag: its id; room: only for staff */
/** @typedef {{ secret: string } | { bearer: string }} Seat what shows whose flag it is: a client's secret or a pass of staff */

const OUTCOMES = ["open", "asked", "none", "talked", "paused", "reoffered", "closed", "reported"];
const TRIES = 3;

/** @typedef {import("./trust.js").Trust} Trust */
/** @typedef {{ api: import("../net/api.js").Api, trust: Trust, clock: import("../platform/clock.js").Clock }} Parts */
/** @typedef {{ room: Bytes, seat: Bytes, shown: Seat }} Reporter */

/**
 * Discloses exactly these proofs, and nothing else of the room.
 * @param {Parts} parts
 * @param {Reporter} reporter
 * @param {{ proofs: Proof[], category: Category, reason?: string, note?: string }} picked
 * @throws {ApiError} unknown, flag_format, slow_down, unreachable and the like
 * @throws {import("../crypto/errors.js").ProtocolError} flag_format, too_long
 */
export async function raiseFlag({ api, trust, clock }, reporter, { proofs, category, reason = "", note = "" }) {
  const flag = random(ID);
  const seal = async () => ({ category, ...(await sealedFlag(trust, flag, reporter, { proofs, reason, note })) });
  await posted({ api, trust, clock }, "flags/open", reporter, seal);
}

/**
 * Answers a moderator who asked for more of the talk a flag is about.
 * @param {Parts} parts
 * @param {Reporter} reporter
 * @param {Bytes} flag its id
 * @param {{ proofs: Proof[], note: string } | null} picked null: the reporter would rather not
 * @throws {ApiError} as raiseFlag; unknown: it is not asked for any more
 * @throws {import("../crypto/errors.js").ProtocolError} flag_format, too_long
 */
export async function giveMore({ api, trust, clock }, reporter, flag, picked) {
  const seal = async () =>
    picked
      ? sealedFlag(trust, flag, reporter, { ...picked, reason: "" })
      : { flag: b64u(flag), kid: b64u(await kidOf(trust.directory.teams.moderation.pub)), sealed: null };
  await posted({ api, trust, clock }, "flags/more", reporter, seal);
}

/**
 * What is disclosed, as the server takes it.
 * @param {Trust} trust
 * @param {Bytes} flag
 * @param {Reporter} reporter
 * @param {{ proofs: Proof[], reason: string, note: string }} picked
 */
async function sealedFlag(trust, flag, { room, seat }, { proofs, reason, note }) {
  const { pub } = trust.directory.teams.moderation;
  const content = { v: /** @type {const} */ (1), items: proofs.toSorted((a, b) => a.seq - b.seq), reason, note };
  return { flag: b64u(flag), kid: b64u(await kidOf(pub)), sealed: b64u(await sealFlag(pub, flag, room, seat, content)) };
}

/**
 * Posts what is sealed to the moderation team, a few times; sealed anew where the team has a newer key.
 * @param {Parts} parts
 * @param {string} path
 * @param {Reporter} reporter
 * @param {() => Promise<object>} seal
 */
async function posted({ api, trust, clock }, path, { room, shown }, seal) {
  let sealed = await seal();
  for (let tries = 1; ; tries++) {
    try {
      await post(api, path, { room: b64u(room), ...sealed }, shown);
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || tries === TRIES) throw error;
      if (error.code === "stale_epoch") {
        await trust.refresh({ evenExpired: true });
        sealed = await seal();
      } else if (["unreachable", "unavailable"].includes(error.code)) {
        await clock.sleep(1000 * tries); // posted again as it was: it may have arrived
      } else {
        throw error;
      }
    }
  }
}

/**
 * How one's own flags stand: a client's of one room, or all of a member of staff.
 * @param {Pick<import("../net/api.js").Api, "post">} api
 * @param {Bytes | null} room a client's
 * @param {Seat} shown
 * @returns {Promise<Report[]>}
 * @throws {ApiError}
 */
export async function ownFlags(api, room, shown) {
  const { reports } = await post(api, "flags/mine", room ? { room: b64u(room) } : {}, shown);
  if (!Array.isArray(reports)) throw new ApiError("not_beside");
  return reports.map(readReport);
}

/**
 * @param {Pick<import("../net/api.js").Api, "post">} api
 * @param {string} path
 * @param {object} body
 * @param {Seat} shown
 */
const post = (api, path, body, shown) =>
  "bearer" in shown ? api.post(path, body, shown) : api.post(path, { ...body, ...shown });

/** @param {unknown} value @returns {Report} */
function readReport(value) {
  if (!isRecord(value) || typeof value.flag !== "string" || !OUTCOMES.includes(String(value.outcome))) {
    throw new ApiError("not_beside");
  }
  const outcome = /** @type {Outcome} */ (value.outcome);
  return { flag: value.flag, outcome, room: typeof value.room === "string" ? value.room : null };
}
