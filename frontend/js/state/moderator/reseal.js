// Undecided flags follow the moderation team's key, so that who joined later can read them: docs/protocol.md, 7. Any
// moderator's browser does it, by itself, and a coordinator's for flags that came while there was no moderator; nobody
// hears of it, and what could not be done is done by the next one.

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

/** Begins whenever somebody signs in who may hold the team's keys, and goes on while they stay. @param {Account} account */
export function resealAfterSignIn(account) {
  let cancel = () => {};
  /** @param {StaffSession} session */
  const keepSealed = async (session) => {
    await reseal(session).catch(() => undefined);
    // Nothing holds on to somebody who signed out.
    if (session.isOpen) cancel = account.clock.after(LOOK, () => void keepSealed(session));
  };
  return account.session.subscribe((session) => {
    cancel();
    if (session && ["moderator", "coordinator"].includes(session.role)) void keepSealed(session);
  });
}

/**
 * Seals every undecided flag that this person can open, and that lies under an older key, to the present one.
 * @param {StaffSession} session
 * @throws {import("../../net/api.js").ApiError}
 */
export async function reseal(session) {
  await session.refresh();
  // A coordinator who never stood in asks for nobody's flags.
  if (session.teamKeysOf("moderation").length === 0) return;
  /** @type {Set<string>} */
  const tried = new Set();
  /** @type {Bytes | null} */
  let after = null;
  while (session.isOpen) {
    /** @type {Stale[]} */
    const stale = readStale(await session.post("flags/stale", { after: after && b64u(after) })).filter(({ flag }) => !tried.has(b64u(flag)));
    const last = stale.at(-1);
    if (last === undefined) return;
    // What opens for nobody keeps its place before all others.
    after = last.flag;
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
async function again(session, { flag, room, reporter, kid, sealed, more, notes }) {
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
  // Lines that can be read are not kept back by words that cannot.
  const words = sealed && (await Promise.all([anew(sealed), more && anew(more)]).catch(() => null));
  if (words === null && lines.flat().length === 0) return;
  const [whole, later] = words ?? [null, null];
  await session.post("flags/reseal", {
    flag: b64u(flag),
    from: b64u(kid),
    kid: b64u(await kidOf(pub)),
    sealed: whole,
    more: later,
    notes: lines.flat(),
  });
}
