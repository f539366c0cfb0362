import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, utf8 } from "../js/crypto/encoding.js";
import { sealFlag, sealFlagNote, sealShown } from "../js/crypto/flag.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { generateKey, importSealKey } from "../js/crypto/keys.js";
import { openFlag } from "../js/crypto/seals.js";
import { MARA, ROOM, filled, refused } from "./cast.js";

const MINE = await generateKey();
const KEY = await importSealKey(MINE.pkcs8);
const FLAG = filled(16, 5);

/** @param {number} length of its body @returns {import("../js/crypto/seals.js").Flag} */
const flag = (length, items = 1) => ({
  v: 1,
  items: Array.from({ length: items }, (_, i) => ({ seq: i + 1, kf: b64u(filled(32, i)), body: b64u(utf8("x".repeat(length))) })),
  reason: "",
  note: "they asked where I live",
});

test("a flag opens for the moderation team, under its id, room and reporter only", async () => {
  const sealed = await sealFlag(MINE.pub, FLAG, ROOM, CLIENT_SEAT, flag(10));
  assert.deepEqual(await openFlag(KEY, FLAG, ROOM, CLIENT_SEAT, sealed), flag(10));
  await refused(openFlag(KEY, filled(16, 6), ROOM, CLIENT_SEAT, sealed), "aead");
  await refused(openFlag(KEY, FLAG, filled(16, 6), CLIENT_SEAT, sealed), "aead");
  await refused(openFlag(KEY, FLAG, ROOM, MARA, sealed), "aead");
});

test("a flag has one of five lengths, whatever it holds", async () => {
  const lengths = [];
  for (const length of [1, 4000, 9000, 20_000, 40_000]) {
    lengths.push((await sealFlag(MINE.pub, FLAG, ROOM, CLIENT_SEAT, flag(length))).length - 81);
  }
  assert.deepEqual(lengths, [4096, 8192, 16_384, 32_768, 65_536]);
  await refused(sealFlag(MINE.pub, FLAG, ROOM, CLIENT_SEAT, flag(60_000)), "too_long");
});

test("what is shown to a second person may be twice as long, and opens like a flag", async () => {
  const both = { ...flag(2_300, 40), note: "n".repeat(2002) };
  const sealed = await sealShown(MINE.pub, FLAG, ROOM, CLIENT_SEAT, both);
  assert.equal(sealed.length, 131_072 + 81);
  assert.deepEqual(await openFlag(KEY, FLAG, ROOM, CLIENT_SEAT, sealed), both);
  await refused(sealShown(MINE.pub, FLAG, ROOM, CLIENT_SEAT, flag(3_000, 40)), "too_long");
});

test("a flag holds 1 to 20 items and short words of its own", async () => {
  await sealFlag(MINE.pub, FLAG, ROOM, CLIENT_SEAT, { ...flag(10, 20), reason: "r".repeat(200), note: "n".repeat(1000) });
  for (const wrong of [flag(10, 0), flag(10, 21), { ...flag(1), reason: "r".repeat(201) }, { ...flag(1), note: "n".repeat(1001) }]) {
    await refused(sealFlag(MINE.pub, FLAG, ROOM, CLIENT_SEAT, wrong), "flag_format");
  }
});

test("a flag that shows a message twice, or out of order, is refused where it is opened", async () => {
  const [first, second] = flag(5, 2).items;
  assert.ok(first && second);
  for (const items of [[first, first], [second, first]]) {
    const sealed = await sealFlag(MINE.pub, FLAG, ROOM, CLIENT_SEAT, { ...flag(5), items });
    await refused(openFlag(KEY, FLAG, ROOM, CLIENT_SEAT, sealed), "flag_format");
  }
});

test("a moderator's note is padded like a flag", async () => {
  const lengths = [];
  for (const length of [0, 1500, 3000]) {
    lengths.push((await sealFlagNote(MINE.pub, FLAG, 1, { line: "x".repeat(length) })).length - 81);
  }
  assert.deepEqual(lengths, [1024, 2048, 4096]);
  await refused(sealFlagNote(MINE.pub, FLAG, 1, { line: "x".repeat(5000) }), "too_long");
});
