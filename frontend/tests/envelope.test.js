import assert from "node:assert/strict";
import { test } from "node:test";
import { decrypt, encrypt, verifyItem } from "../js/crypto/envelope.js";
import { MARA, ROOM, SOL, filled, flipped, refused } from "./cast.js";

const KEY = filled(32, 5);
const MESSAGE = { room: ROOM, ke: 1, seat: MARA, n: 1 };

test("a body comes back byte for byte, in one of three sizes", async () => {
  for (const [length, size] of /** @type {[number, number][]} */ ([[0, 1040], [988, 1040], [989, 4112], [4060, 4112], [4061, 16_400], [16_348, 16_400]])) {
    const { com, ct } = await encrypt(KEY, MESSAGE, filled(length, 7));
    assert.equal(ct.length, size);
    assert.deepEqual((await decrypt(KEY, MESSAGE, com, ct)).body, filled(length, 7));
  }
  await refused(encrypt(KEY, MESSAGE, filled(16_349, 7)), "too_long");
});

test("a message opens only where it was written for, with its own key", async () => {
  const { com, ct } = await encrypt(KEY, MESSAGE, filled(10, 7));
  await decrypt(KEY, MESSAGE, com, ct);
  for (const change of [{ room: filled(16, 9) }, { ke: 2 }, { seat: SOL }, { n: 2 }]) {
    await refused(decrypt(KEY, { ...MESSAGE, ...change }, com, ct), "aead");
  }
  await refused(decrypt(filled(32, 6), MESSAGE, com, ct), "aead");
});

test("a disclosed body is proven by its row, and nothing else is", async () => {
  const { com, ct } = await encrypt(KEY, MESSAGE, filled(10, 7));
  const { kf, body } = await decrypt(KEY, MESSAGE, com, ct);
  assert.equal(await verifyItem(MESSAGE, com, kf, body), true);
  for (const change of [{ room: filled(16, 9) }, { ke: 2 }, { seat: SOL }, { n: 2 }]) {
    assert.equal(await verifyItem({ ...MESSAGE, ...change }, com, kf, body), false);
  }
  assert.equal(await verifyItem(MESSAGE, flipped(com), kf, body), false);
  assert.equal(await verifyItem(MESSAGE, com, flipped(kf), body), false);
  assert.equal(await verifyItem(MESSAGE, com, kf.slice(0, 31), body), false);
  assert.equal(await verifyItem(MESSAGE, com, kf, flipped(body)), false);
});
