// Undecided flags follow the moderation team's key, so that who joined later can read them: docs/protocol.md, 7. Any
// moderator's browser does it, by itself; nobody hears of it, and what could not be done is done by the next one.

import { b64u } from "../../crypto/encoding.js";
import { sealFlag, sealFlagNote } from "../../crypto/flag.js";
import { kidOf } from "../../crypto/ids.js";
import { openFlag, openFlagNote } from "../../crypto/seals.js";
import { readStale } from "./answers.js";
import { openedBy } from "./case.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/account.js").Account} Account */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").Stale} Stale */

/** How often a page that stays open looks whether the key changed, in milliseconds. */
const LOOK = 15 * 60_000;

/** Begins whenever a moderator signs in, and goes on while they stay. @param {Account} account */
export const resealAfterSignIn = (account) =>
  account.session.subscribe((session) => {
    if (session?.role === "moderator") void keepSealed(session, account.clock);
  });

/**
 * @param {StaffSession} session
 * @param {import("../../platform/clock.js").Clock} clock
 */
async function keepSealed(session, clock) {
  while (session.isOpen) {
    await reseal(session).catch(() => undefined);
    await clock.sleep(LOOK);
  }
}

/**
 * Seals every undecided flag that this moderator can open, and that lies under an older key, to the present one.
 * @param {StaffSession} session
 * @throws {import("../../net/api.js").ApiError}
 */
export async function reseal(session) {
  await session.refresh();
  /** @type {Set<string>} */
  const tried = new Set();
  while (session.isOpen) {
    const stale = readStale(await session.post("flags/stale", {})).filter(({ flag }) => !tried.has(b64u(flag)));
    if (stale.length === 0) return;
    for (const each of stale) {
      tried.add(b64u(each.flag));
      // One that does not open, or that somebody decides meanwhile, keeps no other from being sealed.
      await again(session, each).catch(() => undefined);
    }
  }
}

/**
 * @param {StaffSession} session
 * @param {Stale} stale
 */
async function again(session, { flag, room, reporter, epoch, sealed, more, notes }) {
  const from = session.teamKey("moderation", epoch);
  if (from === undefined) return;
  const { pub } = session.trust.directory.teams.moderation;
  const keys = session.teamKeysOf("moderation");
  const anew = async (/** @type {Bytes} */ what) =>
    b64u(await sealFlag(pub, flag, room, reporter, await openedBy(keys, (key) => openFlag(key, flag, room, reporter, what))));
  const lines = await Promise.all(
    notes.map(async ({ n, sealed: line }) => {
      const read = await openedBy(keys, (key) => openFlagNote(key, flag, n, line)).catch(() => null);
      return read === null ? [] : [{ n, sealed: b64u(await sealFlagNote(pub, flag, n, { line: read })) }];
    }),
  );
  await session.post("flags/reseal", {
    flag: b64u(flag),
    from: b64u(from.kid),
    kid: b64u(await kidOf(pub)),
    sealed: await anew(sealed),
    more: more && (await anew(more)),
    notes: lines.flat(),
  });
}
