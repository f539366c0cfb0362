// Somebody's own line about a flag, for the moderation team: docs/protocol.md, 11.

import { b64u } from "../../crypto/encoding.js";
import { sealFlagNote } from "../../crypto/flag.js";
import { kidOf } from "../../crypto/ids.js";

/**
 * What a request says of it: the key it is sealed to and its number go along, so that it counts only where it opens.
 * @param {import("../staff/session.js").StaffSession} session
 * @param {import("./answers.js").Evidence} evidence
 * @param {string} line
 * @returns {Promise<{ flag: string, kid: string, note: number, sealed: string }>}
 * @throws {import("../../crypto/errors.js").ProtocolError} too_long
 */
export async function lineOn(session, { flag, note }, line) {
  const { pub } = session.trust.directory.teams.moderation;
  return { flag: b64u(flag), kid: b64u(await kidOf(pub)), note, sealed: b64u(await sealFlagNote(pub, flag, note, { line })) };
}

/** Refusals after which the same request would be refused for ever: another key of the team, or another line, came between. */
export const OVERTAKEN = ["stale_epoch", "n_conflict"];
