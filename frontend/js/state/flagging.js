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
/** @typedef {"open" | "none" | "closed"} Outcome none: no action; closed: the room was closed */
/** @typedef {{ flag: string, outcome: Outcome, room: string | null }} Report flag: its id; room: only for staff */
/** @typedef {{ secret: string } | { bearer: string }} Seat what shows whose flag it is: a client's secret or a pass of staff */

const OUTCOMES = ["open", "none", "closed"];
const TRIES = 3;

/**
 * Discloses exactly these proofs, and nothing else of the room.
 * @param {{ api: import("../net/api.js").Api, trust: import("./trust.js").Trust,
 *   clock: import("../platform/clock.js").Clock }} parts
 * @param {{ room: Bytes, seat: Bytes, shown: Seat }} reporter
 * @param {{ proofs: Proof[], category: Category, reason?: string, note?: string }} picked
 * @throws {ApiError} unknown, flag_format, slow_down, unreachable and the like
 * @throws {import("../crypto/errors.js").ProtocolError} flag_format, too_long
 */
export async function raiseFlag({ api, trust, clock }, reporter, { proofs, category, reason = "", note = "" }) {
  const flag = random(ID);
  const content = { v: /** @type {const} */ (1), items: proofs.toSorted((a, b) => a.seq - b.seq), reason, note };
  const seal = async () => {
    const { pub } = trust.directory.teams.moderation;
    const sealed = await sealFlag(pub, flag, reporter.room, reporter.seat, content);
    return { flag: b64u(flag), category, kid: b64u(await kidOf(pub)), sealed: b64u(sealed) };
  };
  let sealed = await seal();
  for (let tries = 1; ; tries++) {
    try {
      await post(api, "flags/open", { room: b64u(reporter.room), ...sealed }, reporter.shown);
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
