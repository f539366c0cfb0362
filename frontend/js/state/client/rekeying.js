// A new epoch of a room's keys, by the client alone (docs/protocol.md, 8). Whoever is given a key is given it by name,
// and nobody is given more of the past than they had.

import { memberOf } from "../../crypto/directory.js";
import { b64u, equal } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { kidOf, seatId } from "../../crypto/ids.js";
import { rekeyHash } from "../../crypto/key_list.js";
import { random } from "../../crypto/primitives.js";
import { sealRoom, sealWrap } from "../../crypto/seals.js";
import { KEY } from "../../crypto/sizes.js";
import { packSend } from "../../net/frames.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/key_list.js").RoomKeys} RoomKeys */
/** @typedef {import("../../crypto/directory.js").Directory} Directory */
/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("../room.js").Room} Room */
/** @typedef {{ room: Bytes, seatSecret: Bytes, wrapKey: Bytes }} Slot */
/** @typedef {Map<string, Set<number>>} Shared the epochs each reader was given, by kid in base64url, or TEAM while a room waits */
/**
 * A new epoch, ready to be posted, and posted again as it is where the answer was lost. n: of the message that opens it.
 * @typedef {{ epoch: number, key: Bytes, n: number, shared: Shared, request: Record<string, unknown> }} Rekey
 */

/** Whom the client lets in with a new epoch, by kid in base64url, and whether they may read what was said so far. @typedef {Map<string, boolean>} Joining */

/** The reader that stands for all peers. */
export const TEAM = "team";

/**
 * A fresh key for a room, sealed to the readers in `shared` under this directory.
 * @param {Room} room
 * @param {Slot} place
 * @param {Directory} directory
 * @param {Shared} shared who reads on, with the epochs they keep
 * @param {object | null} ticket with it the room gets in line
 * @returns {Promise<Rekey>}
 * @throws {ProtocolError} keys_format: the room has had all fifteen epochs; closed: no peer holds the team's key;
 *   unknown: a reader who is not in the directory; unknown_epoch: the room has not been read to its end
 */
export async function makeRekey(room, place, directory, shared, ticket) {
  const [epoch, key] = [room.nextEpoch(), random(KEY)];
  const keys = room.keys.set(epoch, key);
  const given = new Map([...shared].map(([reader, epochs]) => [reader, new Set([...epochs, epoch])]));
  const next = b64u(await rekeyHash(room.room, epoch, key));
  const opening = await room.compose({ kind: "rekey", fields: { e: epoch, next } });
  const seals = [...given].map(([reader, epochs]) =>
    readerSeal(directory, room.room, reader, epoch, new Map([...keys].filter(([each]) => epochs.has(each)))),
  );
  const request = {
    room: b64u(room.room),
    secret: b64u(place.seatSecret),
    ke: epoch,
    frame: b64u(packSend(opening)),
    wrap: b64u(await sealWrap(place.wrapKey, room.room, keys)),
    seals: await Promise.all(seals),
    ticket,
  };
  return { epoch, key, n: opening.n, shared: given, request };
}

/**
 * Who reads on where the room waits, or is to wait: the team, which keeps what it had.
 * @param {Room} room
 * @param {Shared} before
 * @param {boolean} sharePast whether peers may read everything said so far
 * @returns {Shared}
 */
export function teamReads(room, before, sharePast) {
  const kept = room.state === "waiting" ? (before.get(TEAM) ?? [room.ke]) : [];
  return new Map([[TEAM, new Set([...kept, ...(sharePast ? room.keys.keys() : [])])]]);
}

/**
 * Who reads on in a talk: everyone who sits there and was accepted by name, and who is let in now. Nobody else ever
 * receives a key, and who comes only now has none of the past unless it is shared.
 * @param {Room} room
 * @param {Member[]} sitting
 * @param {(kid: string) => boolean} isAccepted
 * @param {Shared} before
 * @param {Joining} joining
 * @returns {Shared}
 */
export function acceptedRead(room, sitting, isAccepted, before, joining) {
  const readers = sitting.map(({ kid }) => b64u(kid)).filter((kid) => isAccepted(kid) && !joining.has(kid));
  const stay = readers.map((kid) => /** @type {const} */ ([kid, new Set([...(before.get(kid) ?? before.get(TEAM) ?? []), room.ke])]));
  const come = [...joining].map(([kid, past]) => /** @type {const} */ ([kid, new Set(past ? room.keys.keys() : [])]));
  return new Map([...stay, ...come]);
}

/**
 * Who holds a seat beside the client, as the directory names them, and the kids it does not know. A seat that is not
 * its kid's is nobody's.
 * @param {Room} room
 * @param {Directory} directory
 * @returns {Promise<{ members: Member[], strangers: Bytes[] }>}
 */
export async function sitting(room, directory) {
  /** @type {{ members: Member[], strangers: Bytes[] }} */
  const found = { members: [], strangers: [] };
  for (const { seat, kid, open } of room.seats) {
    if (kid === null || !open || !equal(seat, await seatId(room.room, kid))) continue;
    const member = memberOf(directory, kid);
    if (member) found.members.push(member);
    else found.strangers.push(kid);
  }
  return found;
}

/**
 * The room's keys for the peer team.
 * @param {Directory} directory
 * @param {Bytes} room
 * @param {number} epoch
 * @param {RoomKeys} keys
 * @throws {ProtocolError} closed: no peer is in it
 */
export async function teamSeal(directory, room, epoch, keys) {
  const { pub, members } = directory.teams.peer;
  if (!members.some((kid) => memberOf(directory, kid)?.roles.includes("peer"))) throw new ProtocolError("closed");
  const sealed = await sealRoom(pub, "team-peer", room, epoch, { dirHash: directory.hash, keys });
  return { kid: b64u(await kidOf(pub)), sealed: b64u(sealed) };
}

/**
 * The room's keys for one reader, as the server takes them.
 * @param {Directory} directory
 * @param {Bytes} room
 * @param {string} reader
 * @param {number} epoch
 * @param {RoomKeys} keys
 */
async function readerSeal(directory, room, reader, epoch, keys) {
  if (reader === TEAM) return { purpose: "team-peer", ...(await teamSeal(directory, room, epoch, keys)) };
  const member = directory.staff.find(({ kid }) => b64u(kid) === reader);
  if (!member) throw new ProtocolError("unknown");
  const sealed = await sealRoom(member.pub, "seat-peer", room, epoch, { dirHash: directory.hash, keys });
  return { purpose: "seat-peer", kid: b64u(member.kid), sealed: b64u(sealed) };
}
