import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, ctx, equal, fromJson, hex, pad, u16, u32, u8, unb64u, unpad, utf8 } from "../js/crypto/encoding.js";
import { filled, refused } from "./cast.js";

test("numbers are big-endian, and what does not fit is refused", async () => {
  assert.deepEqual([u8(255), u16(258), u32(0xfffefdfc)].map(hex), ["ff", "0102", "fffefdfc"]);
  for (const write of [() => u8(256), () => u16(-1), () => u32(2 ** 32), () => u16(1.5), () => u8(NaN)]) {
    await refused(write, "malformed");
  }
});

test("ctx tells parts apart wherever the cut between them lies", () => {
  assert.equal(hex(ctx("x", utf8("ab"), utf8("c"))), `${hex(utf8("beside/1 x"))}0000026162000163`);
  assert.notEqual(hex(ctx("x", utf8("ab"), utf8("c"))), hex(ctx("x", utf8("a"), utf8("bc"))));
});

test("base64url is canonical and without padding", async () => {
  for (let length = 0; length < 70; length++) {
    const data = filled(length, 0xfb);
    assert.deepEqual(unb64u(b64u(data), length), data);
  }
  for (const text of ["AA==", "AB", "A", "A+A/", "AA AA", "ÄÄÄÄ", 5, null, undefined]) {
    await refused(() => unb64u(text), "malformed");
  }
  await refused(() => unb64u("AAAA", 4), "malformed");
});

test("a padded block gives its payload back, and refuses wrong lengths and padding", async () => {
  const block = pad(utf8("hello"), 16);
  assert.deepEqual(unpad(block, "length"), utf8("hello"));
  assert.deepEqual(unpad(pad(filled(12, 7), 16), "length"), filled(12, 7));
  await refused(() => pad(filled(13, 7), 16), "too_long");
  await refused(() => unpad(block.with(3, 13), "length", "padding"), "length");
  await refused(() => unpad(block.with(0, 255), "length", "padding"), "length");
  await refused(() => unpad(block.with(15, 1), "length", "padding"), "padding");
  await refused(() => unpad(block.slice(0, 3), "length", "padding"), "length");
});

test("equality looks at length and at every byte", () => {
  assert.ok(equal(filled(32, 1), filled(32, 1)));
  assert.ok(!equal(filled(32, 1), filled(31, 1)));
  for (const at of [0, 15, 31]) assert.ok(!equal(filled(32, 1), filled(32, 1).with(at, 2)));
});

test("JSON is an object in UTF-8 that names no key twice", async () => {
  const fine = '{"a":{"b":1},"c":[{"b":"{\\"a\\":1"},{"b":2}],"b":"a\\":"}';
  assert.deepEqual(fromJson(utf8(fine)), JSON.parse(fine));
  for (const text of ["", "null", "[]", "1", "{", '{"a":1,"a":2}', '{"x":{"a":1,"b":{},"\\u0061":2}}', "\ufeff{}"]) {
    await refused(() => fromJson(utf8(text), "code"), "code");
  }
  await refused(() => fromJson(filled(4, 0xff), "code"), "code");
});
