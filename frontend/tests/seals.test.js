import assert from "node:assert/strict";
import { test } from "node:test";
import { boxSeal } from "../js/crypto/box.js";
import { concat, u16 } from "../js/crypto/encoding.js";
import { packKeys, unpackKeys } from "../js/crypto/key_list.js";
import { generateKey, importSealKey, publicOf } from "../js/crypto/keys.js";
import {
  openFlag,
  openRoom,
  openSignedTeamKey,
  openTeamKey,
  openWrap,
  sealRoom,
  sealTeamKey,
  sealWrap,
} from "../js/crypto/seals.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { ROOM, filled, flipped, keys, refused } from "./cast.js";

const MINE = await generateKey();
const MY_KEY = await importSealKey(MINE.pkcs8);
const OTHER_KEY = await importSealKey((await generateKey()).pkcs8);
const CONTENT = { dirHash: filled(32, 8), keys: keys(1, 2) };

test("a room seal opens for its holder, purpose, room and epoch only", async () => {
  const sealed = await sealRoom(MINE.pub, "seat-peer", ROOM, 2, CONTENT);
  assert.equal(sealed.length, 625);
  assert.deepEqual(await openRoom(MY_KEY, "seat-peer", ROOM, 2, sealed), CONTENT);
  await refused(openRoom(OTHER_KEY, "seat-peer", ROOM, 2, sealed), "aead");
  await refused(openRoom(MY_KEY, "team-peer", ROOM, 2, sealed), "aead");
  await refused(openRoom(MY_KEY, "seat-peer", filled(16, 9), 2, sealed), "aead");
  await refused(openRoom(MY_KEY, "seat-peer", ROOM, 3, sealed), "aead");
});

test("a room seal refuses damage anywhere", async () => {
  const sealed = await sealRoom(MINE.pub, "seat-peer", ROOM, 2, CONTENT);
  for (const at of [0, 1, 64, 65, 624]) await refused(openRoom(MY_KEY, "seat-peer", ROOM, 2, flipped(sealed, at)), "aead");
  for (const wrong of [sealed.slice(1), concat(sealed, filled(1, 0)), new Uint8Array(0)]) {
    await refused(openRoom(MY_KEY, "seat-peer", ROOM, 2, wrong), "seal_format");
  }
});

test("nothing is sealed to a point off the curve, or with a hash of another length", async () => {
  await refused(sealRoom(flipped(MINE.pub, 64), "seat-peer", ROOM, 2, CONTENT), "malformed");
  await refused(async () => sealRoom(MINE.pub, "seat-peer", ROOM, 2, { ...CONTENT, dirHash: filled(31, 0) }), "malformed");
});

test("a key list holds 1 to 15 keys of epochs 1 to 15", async () => {
  const fifteen = new Map(Array.from({ length: 15 }, (_, i) => [i + 1, filled(32, i)]));
  assert.deepEqual(unpackKeys(packKeys(fifteen)), fifteen);
  for (const wrong of [new Map(), new Map([[0, filled(32, 0)]]), new Map([[16, filled(32, 0)]]), new Map([[1, filled(31, 0)]])]) {
    await refused(() => packKeys(wrong), "keys_format");
  }
});

test("a key list refuses a wrong count, epochs twice and padding", async () => {
  const list = packKeys(keys(1, 2));
  assert.deepEqual(unpackKeys(list), keys(1, 2));
  const twice = list.slice();
  twice.set(u16(1), 35);
  const zeroth = list.slice();
  zeroth.set(u16(0), 1);
  for (const wrong of [list.with(0, 0), list.with(0, 1), list.with(0, 3), list.with(0, 16), list.with(0, 255), list.with(511, 1), twice, zeroth, list.slice(1)]) {
    await refused(() => unpackKeys(wrong), "keys_format");
  }
});

test("the client's wrap opens with its wrap key, for its room and newest epoch", async () => {
  const wrap = await sealWrap(filled(32, 4), ROOM, keys(1, 2));
  assert.equal(wrap.length, 593);
  assert.deepEqual(await openWrap(filled(32, 4), ROOM, 2, wrap), keys(1, 2));
  await refused(openWrap(filled(32, 5), ROOM, 2, wrap), "box_key");
  await refused(openWrap(filled(32, 4), filled(16, 9), 2, wrap), "box_key");
  await refused(openWrap(filled(32, 4), ROOM, 3, wrap), "box_key");
  await refused(openWrap(filled(32, 4), ROOM, 2, wrap.slice(0, 40)), "box_format");
  const behind = await boxSeal(filled(32, 4), "room-wrap", concat(ROOM, u16(3)), packKeys(keys(1, 2)));
  await refused(openWrap(filled(32, 4), ROOM, 3, behind), "keys_format");
});

test("a team key opens for its member, team and epoch, and only if it is the signed one", async () => {
  const team = await generateKey();
  const sealed = await sealTeamKey(MINE.pub, "peer", 3, team.pkcs8);
  assert.equal(sealed.length, 337);
  assert.deepEqual(await openTeamKey(MY_KEY, "peer", 3, sealed), team);
  assert.deepEqual(await openSignedTeamKey(MY_KEY, "peer", { epoch: 3, pub: team.pub, members: [] }, sealed), team);
  await refused(openSignedTeamKey(MY_KEY, "peer", { epoch: 3, pub: MINE.pub, members: [] }, sealed), "dir_signature");
  await refused(openTeamKey(OTHER_KEY, "peer", 3, sealed), "aead");
  await refused(openTeamKey(MY_KEY, "moderation", 3, sealed), "aead");
  await refused(openTeamKey(MY_KEY, "peer", 4, sealed), "aead");
  await refused(openTeamKey(MY_KEY, "peer", 3, sealed.slice(1)), "seal_format");
  await refused(openTeamKey(MY_KEY, "peer", 3, await sealTeamKey(MINE.pub, "peer", 3, filled(67, 1))), "seal_format");
});

test("a private key knows its public half, keeps itself, and must be one", async () => {
  assert.deepEqual(await publicOf(MINE.pkcs8), MINE.pub);
  assert.equal(MY_KEY.privateKey.extractable, false);
  await refused(importSealKey(filled(138, 1)), "malformed");
  await refused(importSealKey(new Uint8Array(0)), "malformed");
});

test("a flag of a length that no flag has is flag_format before it is opened", async () => {
  for (const length of [0, 81, 82, 4096, 81 + 4095, 81 + 3 * 4096]) {
    await refused(openFlag(MY_KEY, filled(16, 1), ROOM, CLIENT_SEAT, filled(length, 4)), "flag_format");
  }
  await refused(openFlag(MY_KEY, filled(16, 1), ROOM, CLIENT_SEAT, filled(81 + 4096, 4)), "aead");
});
