import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOpen, boxSeal } from "../js/crypto/box.js";
import { filled, flipped, refused } from "./cast.js";

const [KEY, AAD, PLAIN] = [filled(32, 1), filled(18, 2), filled(512, 3)];

test("a box opens to what was put in, and is 81 bytes longer", async () => {
  const blob = await boxSeal(KEY, "room-wrap", AAD, PLAIN);
  assert.equal(blob.length, 593);
  assert.deepEqual(await boxOpen(KEY, "room-wrap", AAD, blob), PLAIN);
  assert.notDeepEqual(await boxSeal(KEY, "room-wrap", AAD, PLAIN), blob);
  const empty = await boxSeal(KEY, "note", AAD, new Uint8Array(0));
  assert.deepEqual(await boxOpen(KEY, "note", AAD, empty), new Uint8Array(0));
});

test("a box refuses another key, label and aad as box_key, without decrypting", async () => {
  const blob = await boxSeal(KEY, "room-wrap", AAD, PLAIN);
  await refused(boxOpen(filled(32, 9), "room-wrap", AAD, blob), "box_key");
  await refused(boxOpen(KEY, "vault", AAD, blob), "box_key");
  await refused(boxOpen(KEY, "room-wrap", flipped(AAD), blob), "box_key");
});

test("a box refuses every kind of damage", async () => {
  const blob = await boxSeal(KEY, "room-wrap", AAD, PLAIN);
  await refused(boxOpen(KEY, "room-wrap", AAD, flipped(blob, 0)), "box_format");
  await refused(boxOpen(KEY, "room-wrap", AAD, flipped(blob, 1)), "box_key");
  await refused(boxOpen(KEY, "room-wrap", AAD, flipped(blob, 40)), "box_key");
  await refused(boxOpen(KEY, "room-wrap", AAD, flipped(blob, 70)), "aead");
  await refused(boxOpen(KEY, "room-wrap", AAD, blob.slice(0, 592)), "aead");
  await refused(boxOpen(KEY, "room-wrap", AAD, blob.slice(0, 80)), "box_format");
  await refused(boxOpen(KEY, "room-wrap", AAD, new Uint8Array(0)), "box_format");
});
