import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readWords } from "../js/crypto/code.js";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { makeKeyring, openKeyring, sealKeyring } from "../js/crypto/keyring.js";
import { kidOf } from "../js/crypto/ids.js";
import { keyFile, readKeyFile, readSecret, secretWords } from "../js/crypto/secret_words.js";
import { bytes, filled, flipped, refused } from "./cast.js";

const list = (/** @type {string} */ name) => readWords(readFileSync(new URL(`../words/words.${name}.txt`, import.meta.url), "utf8"));
const [EN, ES] = [list("en"), list("es")];
const LISTS = [EN, ES];
const SECRET = bytes("000102030405060708090a0b0c0d0e0f");

// Made by app.companion.staff: secret_words(bytes(range(16))), secret_words(bytes(range(16)), 2), secret_words(bytes(16)),
// and key_file(bytes([255] * 16)).
const IN_ENGLISH = "abacus amazing lemur amazing fabulous affirm bronze buffet apparel geode draft bramble";
const IN_SPANISH = "abaco afinar jaspe afinar editar acequia banquete barullo albondiga felpa cuarzo bahia";
const ZEROS = "abacus abacus abacus abacus abacus abacus abacus abacus abacus abacus abacus acorn";
const FILE = "beside staff secret 1\nzoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zenith\n";

// Made by app.companion.keyring: keyring = Keyring.make(); keyring.seal(bytes([7] * 32), StaffId(bytes([2] * 16))).
const PKCS8 = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjJBG1W8_W6DyTI2bsF5-mv6aBAAV5CQjYSoqmAnzGKihRANCAARlQbgyGBX7KHINONIGA-eecMwghyHsl6MXKeGSztrYIbWuTi3VMvUWSvpmFZBGv7ph9yP8CnfoHXA6AhlbW1ff";
const PUB = "BGVBuDIYFfsocg040gYD555wzCCHIeyXoxcp4ZLO2tghta5OLdUy9RZK-mYVkEa_umH3I_wKd-gdcDoCGVtbV98";
const KID = "50ce7fe13d5a9c035cd4723ea02dc792";
const NOTE_KEY = "e94f1c40374b35720fa02f9965eefa5715bfc820e80496fa593296f22780d558";
const BOX = "AaOg4zZxsrGPa7Z--U8NebFk5bkWp9sLlFRZ4fJwbJVMiCv8YctgmgCGRKae7BHkBqSa6JGp-rF-gLhgORKcZfCbp7G0akHxlvb14G5KzuwvnPJgj0rU2V6sB1bWN0xJCLBtNUr8min1XVxNOm2eCeEZJbH7L5yf7EWUBnBLQmfsCwHxsI_dd_IF3jkUCafgOBnPoXtRIoqBjbxxTu4EEYRlHvxMW05BhCC7N6KHwrB4VV3MKy_aez3OhgNjlFbbsz80t1JAIWOQNUihHUN-qn7jXNpCf0JOqdEHAuj0QJIO-qzvTnAKqFgP4yovvxSX0-GXiKmmpK1vM22GZxIKQp4HYznGMNLGb4t4DaYBpmkEx2_JUoAr3cfYwilItpcb6KBBoSq2gzD5AN6mws1wVnFZvbOAQC8J5VoRlU2df2DgTpHbRFVR2OCsoJQPquk3ZNhqeLPXT0_vIilatZKN0U2Ouk3r_vh0XepmxAJh-YjNea6EyUsiawZhN7xrVgA7W_PFcnkXduytFUGyNc9boe-UXBv2TWVT1Dl-RHJNGGi-5rgLD1D8jzxf5ppMqW2CaUN7AbDxc7CAGLrgv_3YmDCKxiY6Zjm5L_BvQrse8m-xwWv_qVjGgHnJcarGwJmq4L3avDHIIrzv_DQTloTWS2tbDkbgaa8ps6u2Pq-0QnQF9fpgUlUi1ngoe6RIVqpeMaHNAXAhpxbZ47-rNSPTPePAA0hOsPovU0cA8MHhd0if97pp-HnQGaVNxN5QvKjPxIDnLAK3gbl8frGtHSTXoqhQ1SI3UKrXvCwjtgJRlzh1naYEnpyaXzHc16Yx3ouWMrFsm2lTr81GONxXysshnSqfim031h8Bd1wLJoVJZ2TZFQ-9bdixlQPwm0hQBth_H8R9W4fS0eM9-Q74IOJsRWDlgC5gawmJe68EZlSBsUqm8oGHFyhfdDE4vZIm9Y5t-dODxGMcrBZzLFIox_hQfz0SqkjI_b_IbQ4YkKnTzGqGyZGIDuD0AuE3LhnNer9KoJdvkFal7awsdc0NC3DitMA6k6CZ5nc7jGHB1m7mbgK5xdxAqrF7s3hWm2DiYqbc6f3tJrf0CKOlpAEALKAMFSQCrsDp6Bh1ZIiIClfX3NtsFNxBqM1qc6y9NdLwOow_amoLovYrsvaBfrCFVfqEUUHn1I_fpZ70b9gtwuM-cPKSoxbsy0A8TSPp5XHyXfPrLUmU4ZHSf0lp4qZVuDAY1HzbqgvBDTAyWnZ7wngdFCTYLtm8uHrsu9JBPGk_ztus3bGMQncgvmOvV_tUCO6aDln1K-YYxd6NqfNF-HtUHmog-4UOBJjMTJgfNS26n7JRq1-6IHEAoYH_0ebpjt_Ywh1cUII8RQ4wIv3J0jknrpcPzUOTaOGZfuQMQK_H0sVRVRT7HolYJVipQdw8I5r4mAdBP4dL_dPrYGpJskDXH3d_NjYXxtiuyms9qaAHpeKy_w";
const [WRAP, STAFF] = [filled(32, 7), filled(16, 2)];

test("a secret has the same twelve words and the same key file in both languages of this project", async () => {
  assert.equal(await secretWords(SECRET, EN), IN_ENGLISH);
  assert.equal(await secretWords(SECRET, ES), IN_SPANISH);
  assert.equal(await secretWords(filled(16, 0), EN), ZEROS);
  assert.equal(await keyFile(filled(16, 255), EN), FILE);
});

test("twelve words are read in any list, in any case, with accents, separators and only their first four letters", async () => {
  const short = IN_ENGLISH.split(" ").map((word) => word.slice(0, 4).toUpperCase());
  for (const typed of [IN_ENGLISH, IN_SPANISH, ` ${short.join(" - ")}\n`, IN_SPANISH.replace("abaco", "ÁBACO")]) {
    assert.deepEqual(await readSecret(typed, LISTS), SECRET);
  }
});

test("anything but twelve words with their check bits is refused", async () => {
  const words = IN_ENGLISH.split(" ");
  for (const typed of [
    words.slice(1).join(" "),
    [...words, "abacus"].join(" "),
    words.with(11, "brand").join(" "),
    words.with(0, "abacuses").join(" "),
    words.with(0, "abaco").join(" "),
    IN_ENGLISH + " ".repeat(500),
    "",
  ]) {
    await refused(readSecret(typed, LISTS), "malformed");
  }
});

test("a key file is read back, whatever ends its lines, and nothing else is a key file", async () => {
  assert.deepEqual(await readKeyFile(FILE, LISTS), filled(16, 255));
  assert.deepEqual(await readKeyFile(FILE.replaceAll("\n", "\r\n"), LISTS), filled(16, 255));
  for (const text of [IN_ENGLISH, FILE.replace("secret 1", "secret 2"), FILE + " ".repeat(1000), "beside staff secret 1", ""]) {
    await refused(readKeyFile(text, LISTS), "malformed");
  }
});

test("own keys are boxed byte for byte as in Python, and a box from there opens", async () => {
  const keyring = { pkcs8: unb64u(PKCS8), pub: unb64u(PUB), noteKey: bytes(NOTE_KEY) };
  const box = unb64u(BOX, 1105);
  assert.equal(b64u(await sealKeyring(keyring, WRAP, STAFF, box.slice(1, 33))), BOX);
  const key = await openKeyring(WRAP, STAFF, box);
  assert.equal(b64u(key.pub), PUB);
  assert.equal(hex(key.kid), KID);
});

test("own keys come out of their box so that the private half can be used and not read", async () => {
  const keyring = await makeKeyring();
  const key = await openKeyring(WRAP, STAFF, await sealKeyring(keyring, WRAP, STAFF));
  assert.deepEqual(key.kid, await kidOf(keyring.pub));
  assert.equal(key.privateKey.extractable, false);
});

test("own keys open under their own wrap key and staff id alone, and only whole", async () => {
  const box = unb64u(BOX);
  await refused(openKeyring(flipped(WRAP), STAFF, box), "box_key");
  await refused(openKeyring(WRAP, flipped(STAFF), box), "box_key");
  await refused(openKeyring(WRAP, STAFF, flipped(box, 200)), "aead");
  await refused(openKeyring(WRAP, STAFF, flipped(box)), "box_format");
  const nonsense = { pkcs8: filled(138, 9), pub: unb64u(PUB), noteKey: bytes(NOTE_KEY) };
  await refused(openKeyring(WRAP, STAFF, await sealKeyring(nonsense, WRAP, STAFF)), "keys_format");
});
