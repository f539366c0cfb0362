// The public HPKE vectors against the vendored library: the suite of docs/protocol.md, 1.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hex } from "../js/crypto/encoding.js";
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "../vendor/hpke-core.js";
import { bytes } from "./cast.js";

const { cases, mode, kem_id, kdf_id, aead_id } = JSON.parse(
  readFileSync(new URL("../../tests/vectors/rfc9180.json", import.meta.url), "utf8"),
);
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** @param {ArrayBuffer} buffer */
const toHex = (buffer) => hex(new Uint8Array(buffer));

test("the vectors are of the suite that seals use", () => {
  assert.deepEqual([mode, kem_id, kdf_id, aead_id], [0, suite.kem.id, suite.kdf.id, suite.aead.id]);
  assert.ok(cases.length > 0);
});

for (const vector of cases) {
  const recipientKey = await suite.kem.deriveKeyPair(bytes(vector.ikmR).buffer);
  const recipient = () =>
    suite.createRecipientContext({ recipientKey, enc: bytes(vector.enc), info: bytes(vector.info) });

  test("the recipient's pair is derived as published", async () => {
    assert.equal(toHex(await suite.kem.serializePrivateKey(recipientKey.privateKey)), vector.skRm);
    assert.equal(toHex(await suite.kem.serializePublicKey(recipientKey.publicKey)), vector.pkRm);
  });

  test("the recipient opens every published ciphertext in order", async () => {
    const context = await recipient();
    for (const { aad, ct, pt } of vector.encryptions) {
      assert.equal(toHex(await context.open(bytes(ct), bytes(aad))), pt);
    }
  });

  test("the recipient refuses a published ciphertext with one bit changed", async () => {
    const { aad, ct } = vector.encryptions[0];
    const changed = bytes(ct).map((byte, i) => (i === 0 ? byte ^ 1 : byte));
    await assert.rejects((await recipient()).open(changed, bytes(aad)));
  });

  test("the sender with the published ephemeral key seals as published", async () => {
    const context = await suite.createSenderContext({
      recipientPublicKey: recipientKey.publicKey,
      info: bytes(vector.info),
      ekm: await suite.kem.deriveKeyPair(bytes(vector.ikmE).buffer),
    });
    assert.equal(toHex(context.enc), vector.enc);
    for (const { aad, ct, pt } of vector.encryptions) {
      assert.equal(toHex(await context.seal(bytes(pt), bytes(aad))), ct);
    }
  });

  test("both sides export the published secrets", async () => {
    const context = await recipient();
    for (const { exporter_context, L, exported_value } of vector.exports) {
      assert.equal(toHex(await context.export(bytes(exporter_context), L)), exported_value);
    }
  });
}
