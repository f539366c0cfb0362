// Publishing: the root key is opened when something is signed, and forgotten (docs/protocol.md, 5 and 7). Every directory
// goes to identity first, then to conversations; a house that missed one is brought up before the next, so each act may be
// cut off anywhere and done again.

import { equal } from "../../crypto/encoding.js";
import { openSignedTeamKey } from "../../crypto/seals.js";
import { ApiError } from "../../net/api.js";
import { readService } from "../answers.js";
import { readSignedIn } from "../staff/answers.js";
import { nextDirectory } from "./directories.js";

/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */

/** What conversations answers where only the next directory mends it: it is over, or this house is ahead. */
const LATER = ["dir_expired", "dir_rollback", "dir_conflict"];

/**
 * The root's private key, opened anew from what identity keeps sealed to this coordinator. Use it at once, and let it go.
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
 * Gives conversations the directory that identity has, where it missed it.
 * @param {StaffSession} session
 */
export async function bringUp(session) {
  await session.trust.refresh({ evenExpired: true });
  const { serial, directory } = readService(await session.api.get("service"));
  if (serial === session.trust.directory.serial && directory !== null && equal(directory, session.trust.hash)) return;
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
 * @param {(staff: Member[]) => Member[]} change what the list becomes, out of what it is once both houses are level
 * @throws {ApiError} dir_conflict, dir_rollback: another coordinator was first, nothing of this is applied
 * @throws {import("../../crypto/errors.js").ProtocolError} malformed: a list that no service can have
 */
export async function publish(session, change) {
  await bringUp(session);
  const service = readService(await session.api.get("service"));
  const { directory } = session.trust;
  const next = await nextDirectory(directory, change(directory.staff), {
    root: await rootKey(session),
    now: service.time,
    serial: service.serial,
    hash: service.directory,
  });
  await session.ask("directory/publish", next);
  await session.api.post("service/directory", { directory: next.directory });
  await session.refresh();
}
