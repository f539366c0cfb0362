import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../js/crypto/encoding.js";
import { enrolMac, inviteKeys, isEnrolMac, staffKeys } from "../js/crypto/staff.js";
import { filled, flipped, refused } from "./cast.js";

const NEWCOMER = { instance: filled(16, 1), staffId: filled(16, 2), role: "peer", pub: filled(65, 4) };

test("sign-in keys depend on password, salt and secret, and on no spelling of one password", async () => {
  const [salt, secret] = [filled(16, 1), filled(16, 2)];
  const [same, composed, ...others] = await Promise.all([
    staffKeys("Pa\u0308ss", salt, secret, 1),
    staffKeys("P\u00e4ss", salt, secret, 1),
    staffKeys("Pass", salt, secret, 1),
    staffKeys("P\u00e4ss", flipped(salt), secret, 1),
    staffKeys("P\u00e4ss", salt, flipped(secret), 1),
  ]);
  assert.deepEqual(same, composed);
  assert.equal(new Set([composed, ...others].flatMap((keys) => Object.values(keys ?? {}).map(hex))).size, 8);
  await refused(staffKeys("P\u00e4ss", salt, filled(15, 2), 1), "malformed");
});

test("an enrolment proof holds for this newcomer only", async () => {
  const invite = filled(16, 7);
  const mac = await enrolMac(invite, NEWCOMER);
  assert.equal(await isEnrolMac(invite, NEWCOMER, mac), true);
  assert.equal(await isEnrolMac(flipped(invite), NEWCOMER, mac), false);
  for (const change of [{ instance: filled(16, 9) }, { staffId: filled(16, 9) }, { role: "moderator" }, { pub: filled(65, 9) }]) {
    assert.equal(await isEnrolMac(invite, { ...NEWCOMER, ...change }, mac), false);
  }
  assert.equal(await isEnrolMac(invite, NEWCOMER, mac.slice(1)), false);
});

test("the token that is shown to the service tells nothing of the proof's key", async () => {
  const { macKey, token } = await inviteKeys(filled(16, 7));
  assert.deepEqual([macKey.length, token.length], [32, 32]);
  assert.notDeepEqual(macKey, token);
});
