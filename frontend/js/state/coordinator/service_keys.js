// Publishing: the root key is opened when something is signed, and forgotten (docs/protocol.md, 5 and 7). Every directory
// goes to identity first, then to conversations; a house that missed one is brought up before the next, so each act may be
// cut off anywhere and done again.

import { directoryHash, namesIn } from "../../crypto/directory.js";
import { equal, unb64u } from "../../crypto/encoding.js";
import { openSignedTeamKey } from "../../crypto/seals.js";
import { ApiError } from "../../net/api.js";
import { readService } from "../answers.js";
import { reseal } from "../moderator/reseal.js";
import { readSignedIn } from "../staff/answers.js";
import { nextDirectory } from "./directories.js";

/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {Pick<import("../../platform/clock.js").Clock, "now">} Clock */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */

/** What conversations answers where the next directory mends it: this one is over, or another coordinator was faster. */
const LATER = ["dir_expired", "dir_rollback"];

/** Identity came back from a backup, and lists who has left since: nothing is signed but by who says who is still here. */
export const BEHIND = "behind";

/** Seconds by which the server's clock and this device's may differ where something is signed. */
const APART = 86_400;

/**
 * The server's time, which a signature takes: one far off would sign a list that is over, or good for years.
 * @param {number} time unix seconds
 * @param {Clock} clock
 * @throws {ApiError} clock
 */
export function checkedTime(time, clock) {
  if (Math.abs(time - clock.now() / 1000) > APART) throw new ApiError("clock");
  return time;
}

/**
 * The root's private key, opened anew from what identity keeps sealed to this coordinator. Use it at once, and wipe it.
 * @param {StaffSession} session
 * @throws {ApiError} unknown: this person holds no root key; dir_signature (ProtocolError): another one than the signed
 */
export async function rootKey(session) {
  const { teamKeys } = readSignedIn(await session.ask("staff/me"));
  const { root } = session.trust.directory.teams;
  const held = teamKeys.find(({ team, epoch }) => team === "root" && epoch === root.epoch);
  if (held === undefined) throw new ApiError("unknown");
  return openSignedTeamKey(session.key, "root", root, held.sealed);
}

/**
 * Whether identity is the house that is behind. What this page believes is as new as identity's afterwards.
 * @param {StaffSession} session
 * @throws {ApiError} behind: even behind what this page saw, so that only a page opened anew can judge it
 */
export async function isBehind(session) {
  await refreshed(session);
  const service = readService(await session.api.get("service"));
  if (!isAhead(service, session)) return false;
  // Somebody may have published between the two looks: then identity, which has it first, is level by now.
  await refreshed(session);
  return isAhead(service, session);
}

/** @param {import("../answers.js").Service} service @param {StaffSession} session */
const isAhead = ({ serial, directory }, { trust }) =>
  serial !== null && directory !== null &&
  (serial > trust.directory.serial || (serial === trust.directory.serial && !equal(directory, trust.hash)));

/** @param {StaffSession} session */
async function refreshed(session) {
  try {
    await session.trust.refresh({ evenExpired: true });
  } catch (error) {
    throw error instanceof ApiError && error.code === "dir_rollback" ? new ApiError(BEHIND) : error;
  }
}

/**
 * Gives conversations the directory that identity has, where it missed it.
 * @param {StaffSession} session
 * @param {{ evenBehind?: boolean }} [how] evenBehind: nothing is given where identity is the one behind
 * @throws {ApiError} behind: it is, and lists who has left since, whom the next directory would let in again
 */
export async function bringUp(session, { evenBehind = false } = {}) {
  if (await isBehind(session)) {
    if (evenBehind) return;
    throw new ApiError(BEHIND);
  }
  const { serial } = readService(await session.api.get("service"));
  if (serial === session.trust.directory.serial) return;
  const { payload, sigs } = await session.api.get("directory");
  try {
    await session.api.post("service/directory", { directory: { payload, sigs } });
  } catch (error) {
    if (!(error instanceof ApiError && LATER.includes(error.code))) throw error;
  }
}

/**
 * Signs and posts a directory of these people to both houses.
 * @param {StaffSession} session
 * @param {(staff: Member[]) => Member[] | Promise<Member[]>} change what the list becomes, out of what it is once both
 *   houses are level
 * @param {Clock} clock this device's
 * @param {{ evenBehind?: boolean }} [how] evenBehind: also where identity came back from a backup
 * @throws {ApiError} dir_conflict, dir_rollback: another coordinator was first, nothing of this is applied; behind; clock:
 *   the server's is more than a day from this device's
 * @throws {import("../../crypto/errors.js").ProtocolError} malformed: a list that no service can have
 */
export async function publish(session, change, clock, how) {
  await bringUp(session, how);
  const service = readService(await session.api.get("service"));
  const { directory } = session.trust;
  const staff = await change(directory.staff);
  // Of a list that this page never held, only a recovery says that it was in force: anything else may be made up.
  const elsewhere = how?.evenBehind ? service : { serial: null, directory: null };
  const root = await rootKey(session);
  let next;
  try {
    next = await nextDirectory(directory, staff, { root, now: checkedTime(service.time, clock), serial: elsewhere.serial, hash: elsewhere.directory });
  } finally {
    root.pkcs8.fill(0);
  }
  session.signedHere = { hash: await directoryHash(unb64u(next.directory.payload)), before: namesIn(directory.staff) };
  await session.ask("directory/publish", next);
  await session.api.post("service/directory", { directory: next.directory });
  await session.refresh();
  // Moderators who were just admitted read what came before them: nobody has to wait for it, and a later look does it too.
  void reseal(session).catch(() => undefined);
}
