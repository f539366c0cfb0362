// What one holder of a key leaves for another: HPKE seals and the client's own wrap (docs/protocol.md, 2, 4, 7, 11).
// The aad is empty and all context is in `info`: a seal opens only for the purpose, key, room and epoch it was made
// for.

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "../../vendor/hpke-core.js";
import { boxOpen, boxSeal } from "./box.js";
import { concat, ctx, equal, fromJson, isRecord, isWhole, pad } from "./encoding.js";
import { sized, u16, u32, unb64u, unpad, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { kidOf } from "./ids.js";
import { packKeys, unpackKeys } from "./key_list.js";
import { importPublic, publicOf } from "./keys.js";
import { HASH, ID, KEY, PUB, SEAL, SEAL_OVERHEAD, TEAM_KEY, TEAM_KEY_SEAL } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/** @typedef {import("./key_list.js").RoomKeys} RoomKeys */
/** @typedef {import("./keys.js").SealKey} SealKey */
/** @typedef {"team-peer" | "seat-peer"} Purpose */
/** @typedef {import("./directory.js").TeamName} TeamName */
/** @typedef {{ dirHash: Bytes, keys: RoomKeys }} RoomSeal keys, and the directory their sealer believed */

const SUITE = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

const FLAG_UNIT = 4096;
const NOTE_UNIT = 1024;
/** Of a flag as one person is shown it; the service takes half of that for any other. */
const MOST_UNITS = 32;

/**
 * @param {Bytes} kid
 * @param {string} purpose
 * @param {Bytes[]} fields
 */
const info = (kid, purpose, fields) => ctx("seal", utf8(purpose), kid, ...fields);

/**
 * One HPKE seal to the holder of a key.
 * @param {Bytes} pub
 * @param {string} purpose
 * @param {Bytes[]} fields what else stands in `info`
 * @param {Bytes} plain
 */
export async function seal(pub, purpose, fields, plain) {
  const recipient = { recipientPublicKey: await importPublic(pub), info: info(await kidOf(pub), purpose, fields) };
  const { enc, ct } = await SUITE.seal(recipient, plain);
  return concat(new Uint8Array(enc), new Uint8Array(ct));
}

/**
 * @param {SealKey} key
 * @param {string} purpose
 * @param {Bytes[]} fields
 * @param {Bytes} sealed
 */
async function open(key, purpose, fields, sealed) {
  // Always the pair: from a private half alone the library may be unable to tell the right point of two.
  const { privateKey, publicKey } = key;
  const recipient = {
    recipientKey: { privateKey, publicKey },
    enc: sealed.slice(0, PUB),
    info: info(key.kid, purpose, fields),
  };
  try {
    return new Uint8Array(await SUITE.open(recipient, sealed.slice(PUB)));
  } catch {
    throw new ProtocolError("aead");
  }
}

/**
 * The keys of a room for one key holder or team.
 * @param {Bytes} pub
 * @param {Purpose} purpose
 * @param {Bytes} room
 * @param {number} ke the room's present epoch
 * @param {RoomSeal} content
 * @returns {Promise<Bytes>} 625 bytes
 * @throws {ProtocolError} keys_format, malformed
 */
export const sealRoom = (pub, purpose, room, ke, { dirHash, keys }) =>
  seal(pub, purpose, [sized(room, ID), u16(ke)], concat(sized(dirHash, HASH), packKeys(keys)));

/**
 * @param {SealKey} key
 * @param {Purpose} purpose
 * @param {Bytes} room
 * @param {number} ke
 * @param {Bytes} sealed
 * @returns {Promise<RoomSeal>}
 * @throws {ProtocolError} seal_format, aead, keys_format
 */
export async function openRoom(key, purpose, room, ke, sealed) {
  const plain = await open(key, purpose, [sized(room, ID), u16(ke)], sized(sealed, SEAL, "seal_format"));
  return { dirHash: plain.slice(0, HASH), keys: unpackKeys(plain.slice(HASH)) };
}

/**
 * A team's private key for one member.
 * @param {Bytes} pub the member's
 * @param {TeamName} team
 * @param {number} epoch the team's
 * @param {Bytes} pkcs8 the team's
 * @returns {Promise<Bytes>} 337 bytes
 */
export const sealTeamKey = (pub, team, epoch, pkcs8) =>
  seal(pub, "team-key", [utf8(team), u32(epoch)], pad(pkcs8, TEAM_KEY));

/**
 * @param {SealKey} key the member's
 * @param {TeamName} team
 * @param {number} epoch
 * @param {Bytes} sealed
 * @returns {Promise<{ pkcs8: Bytes, pub: Bytes }>}
 * @throws {ProtocolError} seal_format, aead
 */
export async function openTeamKey(key, team, epoch, sealed) {
  const fields = [utf8(team), u32(epoch)];
  const pkcs8 = unpad(await open(key, "team-key", fields, sized(sealed, TEAM_KEY_SEAL, "seal_format")), "seal_format");
  try {
    return { pkcs8, pub: await publicOf(pkcs8) };
  } catch {
    throw new ProtocolError("seal_format");
  }
}

/**
 * A team's key as its member may use it: the private half must be that of the point the root signed.
 * @param {SealKey} key the member's
 * @param {TeamName} name
 * @param {import("./directory.js").Team} team from an accepted directory
 * @param {Bytes} sealed
 * @throws {ProtocolError} seal_format, aead; dir_signature where it is another key than the signed one
 */
export async function openSignedTeamKey(key, name, team, sealed) {
  const opened = await openTeamKey(key, name, team.epoch, sealed);
  if (!equal(opened.pub, team.pub)) throw new ProtocolError("dir_signature");
  return opened;
}

/**
 * The client's own copy of a room's keys.
 * @param {Bytes} wrapKey
 * @param {Bytes} room
 * @param {RoomKeys} keys
 * @returns {Promise<Bytes>} 593 bytes
 * @throws {ProtocolError} keys_format
 */
export async function sealWrap(wrapKey, room, keys) {
  const list = packKeys(keys);
  return boxSeal(wrapKey, "room-wrap", concat(sized(room, ID), u16(Math.max(...keys.keys()))), list);
}

/**
 * @param {Bytes} wrapKey
 * @param {Bytes} room
 * @param {number} ke the room's present epoch
 * @param {Bytes} wrap
 * @returns {Promise<RoomKeys>}
 * @throws {ProtocolError} box_format, box_key, aead, keys_format (also where the newest key is not that of ke)
 */
export async function openWrap(wrapKey, room, ke, wrap) {
  const keys = unpackKeys(await boxOpen(wrapKey, "room-wrap", concat(sized(room, ID), u16(ke)), wrap));
  if (Math.max(...keys.keys()) !== ke) throw new ProtocolError("keys_format");
  return keys;
}

/** @typedef {{ v: 1, items: { seq: number, kf: string, body: string }[], reason: string, note: string }} Flag */

/**
 * What a participant disclosed; kf and body of an item are base64url.
 * @param {SealKey} key the moderation team's
 * @param {Bytes} flag
 * @param {Bytes} room
 * @param {Bytes} seat the reporter's
 * @param {Bytes} sealed
 * @returns {Promise<Flag>}
 * @throws {ProtocolError} flag_format, aead
 */
export async function openFlag(key, flag, room, seat, sealed) {
  const units = (sealed.length - SEAL_OVERHEAD) / FLAG_UNIT;
  if (units < 1 || units > MOST_UNITS || !Number.isInteger(Math.log2(units))) throw new ProtocolError("flag_format");
  const fields = [sized(flag, ID), sized(room, ID), sized(seat, ID)];
  const json = unpad(await open(key, "flag", fields, sealed), "flag_format");
  const { v, items, reason, note } = fromJson(json, "flag_format");
  if (v !== 1 || !Array.isArray(items) || typeof reason !== "string" || typeof note !== "string") {
    throw new ProtocolError("flag_format");
  }
  const disclosed = items.map(flagItem);
  // Each message once, in the order of the room: a flag that shows one twice is made to look like more.
  if (disclosed.some(({ seq }, i) => i > 0 && seq <= Number(disclosed[i - 1]?.seq))) throw new ProtocolError("flag_format");
  return { v, items: disclosed, reason, note };
}

/**
 * What somebody wrote down beside a flag, or about a pause.
 * @param {SealKey} key the team's, or one's own where it was sealed to that
 * @param {Bytes} flag its id, or the pause's
 * @param {number} number as it was sealed under
 * @param {Bytes} sealed
 * @returns {Promise<string>}
 * @throws {ProtocolError} flag_format, aead
 */
export async function openFlagNote(key, flag, number, sealed) {
  const units = (sealed.length - SEAL_OVERHEAD) / NOTE_UNIT;
  if (![1, 2, 4].includes(units)) throw new ProtocolError("flag_format");
  const json = unpad(await open(key, "flag-note", [sized(flag, ID), u32(number)], sealed), "flag_format");
  const { line } = fromJson(json, "flag_format");
  if (typeof line !== "string") throw new ProtocolError("flag_format");
  return line;
}

/** @param {unknown} item */
function flagItem(item) {
  if (!isRecord(item) || !isWhole(item.seq, 1, 2 ** 32 - 1)) throw new ProtocolError("flag_format");
  const { seq, kf, body } = item;
  unb64u(kf, KEY, "flag_format");
  unb64u(body, undefined, "flag_format");
  return { seq, kf: String(kf), body: String(body) };
}
