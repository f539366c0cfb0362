// The next directory: who is on it, which team keys are new, what it replaces (docs/protocol.md, 5 and 7). The same rules
// as app/companion/coordinator.py.

import { LIFETIME, MOST_EARLIER, directoryPayload, memberOf, signDirectory } from "../../crypto/directory.js";
import { b64u, equal, hex } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { kidOf } from "../../crypto/ids.js";
import { generateKey } from "../../crypto/keys.js";
import { sealTeamKey } from "../../crypto/seals.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/directory.js").Directory} Directory */
/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("../../crypto/directory.js").Team} Team */
/** @typedef {import("../../crypto/directory.js").TeamName} TeamName */
/** @typedef {{ pkcs8: Bytes, pub: Bytes }} Pair */
/** @typedef {Record<TeamName, Pair>} TeamPairs */
/** @typedef {{ payload: string, sigs: { kid: string, sig: string }[] }} SignedJson */
/** @typedef {{ team: TeamName, epoch: number, kid: string, sealed: string }} SealedJson */
/** @typedef {{ directory: SignedJson, team_keys: SealedJson[] }} Publication what identity takes; conversations takes its directory */

/** @type {readonly TeamName[]} */
const TEAMS = ["peer", "moderation", "root"];
/** @type {Record<TeamName, string>} */
const HOLDER = { peer: "peer", moderation: "moderator", root: "coordinator" };

/**
 * How a service begins: one coordinator, alone in all three teams.
 * @param {{ instance: Bytes, now: number, root: Pair, me: Member }} founding now: unix seconds by the server's clock
 * @returns {Promise<Publication>}
 */
export async function firstDirectory({ instance, now, root, me }) {
  const pairs = { peer: await generateKey(), moderation: await generateKey(), root };
  const team = (/** @type {Pair} */ { pub }) => ({ epoch: 1, pub, members: [me.kid] });
  const teams = { peer: team(pairs.peer), moderation: team(pairs.moderation), root: team(root) };
  const directory = { instance, serial: 1, issued: now, expires: now + LIFETIME, earlier: [], teams, staff: [me] };
  return publication(directory, pairs, null);
}

/**
 * A directory of these people, good for 35 days, with new epochs of the peer and the moderation team.
 * @param {Directory} before
 * @param {Member[]} staff
 * @param {{ root: Pair, now: number, serial: number | null, hash: Bytes | null }} how serial, hash: of the directory that
 *   conversations has, where identity lost it; null for none
 * @returns {Promise<Publication>}
 * @throws {ProtocolError} malformed: an alias twice, or nobody left who coordinates
 */
export async function nextDirectory(before, staff, { root, now, serial, hash }) {
  const aliases = new Set(staff.map(({ profile }) => folded(profile.alias)));
  if (aliases.size !== staff.length) throw new ProtocolError("malformed");
  const pairs = { peer: await generateKey(), moderation: await generateKey(), root };
  const next = Math.max(before.serial, serial ?? 0) + 1;
  // As many epochs as serials: conversations may hold directories that identity lost, and no epoch has two keys.
  const ahead = next - before.serial;
  const teams = {
    peer: { epoch: before.teams.peer.epoch + ahead, pub: pairs.peer.pub, members: holders("peer", staff) },
    moderation: { epoch: before.teams.moderation.epoch + ahead, pub: pairs.moderation.pub, members: holders("moderation", staff) },
    // Pinned: its key stays, whoever holds it.
    root: { ...before.teams.root, members: holders("root", staff) },
  };
  const directory = {
    instance: before.instance,
    serial: next,
    issued: now,
    expires: now + LIFETIME,
    earlier: earlierOf(before, hash, now),
    teams,
    staff,
  };
  return publication(directory, pairs, before);
}

/** An alias as it is compared: nobody tells "Mara" from "MARA". @param {string} alias */
export const folded = (alias) => alias.normalize("NFKC").toLowerCase();

/**
 * Who holds a team's key. Coordinators stand in for a team without anybody, so that it has a key.
 * @param {TeamName} team
 * @param {Member[]} staff
 */
function holders(team, staff) {
  const named = (/** @type {string} */ role) => staff.filter(({ roles }) => roles.includes(role)).map(({ kid }) => kid);
  const own = named(HOLDER[team]);
  if (own.length > 0) return own;
  if (team === "root") throw new ProtocolError("malformed");
  return named(HOLDER.root);
}

/**
 * Hashes of the directories replaced in the last 35 days, newest last. A directory does not say when each was, but all
 * of its `earlier` were by the time it was issued.
 * @param {Directory} before
 * @param {Bytes | null} elsewhere what conversations has, where that is another one
 * @param {number} now
 */
function earlierOf(before, elsewhere, now) {
  const replaced = elsewhere === null || equal(elsewhere, before.hash) ? [before.hash] : [elsewhere, before.hash];
  const known = now - before.issued > LIFETIME ? [] : before.earlier;
  const others = known.filter((hash) => !replaced.some((each) => equal(each, hash)));
  return [...others, ...replaced].slice(-MOST_EARLIER);
}

/**
 * Signed, and each team's key sealed to each member who does not hold this epoch yet; then every private key is wiped.
 * @param {Omit<Directory, "hash">} directory
 * @param {TeamPairs} pairs
 * @param {Directory | null} before
 * @returns {Promise<Publication>}
 */
async function publication(directory, pairs, before) {
  try {
    return await signed(directory, pairs, before);
  } finally {
    for (const { pkcs8 } of Object.values(pairs)) pkcs8.fill(0);
  }
}

/**
 * @param {Omit<Directory, "hash">} directory
 * @param {TeamPairs} pairs
 * @param {Directory | null} before
 * @returns {Promise<Publication>}
 */
async function signed(directory, pairs, before) {
  const payload = directoryPayload(directory);
  const sig = { kid: b64u(await kidOf(pairs.root.pub)), sig: b64u(await signDirectory(pairs.root.pkcs8, payload)) };
  /** @type {SealedJson[]} */
  const sealed = [];
  for (const team of TEAMS) {
    const { epoch, members } = directory.teams[team];
    const old = before?.teams[team];
    const held = new Set(old?.epoch === epoch ? old.members.map(hex) : []);
    for (const kid of members.filter((each) => !held.has(hex(each)))) {
      const { pub } = /** @type {Member} */ (memberOf({ ...directory, hash: payload }, kid));
      sealed.push({ team, epoch, kid: b64u(kid), sealed: b64u(await sealTeamKey(pub, team, epoch, pairs[team].pkcs8)) });
    }
  }
  return { directory: { payload: b64u(payload), sigs: [sig] }, team_keys: sealed };
}
