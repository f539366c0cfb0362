import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { insideAnotherApp, isSecure } from "../js/platform/surroundings.js";

const navigator = Object.getOwnPropertyDescriptor(globalThis, "navigator");
afterEach(() => {
  if (navigator) Object.defineProperty(globalThis, "navigator", navigator);
  else Reflect.deleteProperty(globalThis, "navigator");
  Reflect.deleteProperty(globalThis, "isSecureContext");
});

/** @param {string} userAgent */
const inside = (userAgent) => {
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { userAgent } });
  return insideAnotherApp();
};

test("a browser inside another app is told from a browser", () => {
  const phone = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36";
  assert.equal(inside(phone), false);
  assert.equal(inside("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"), false);
  assert.equal(inside("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]"), true);
  assert.equal(inside("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Instagram 340.0"), true);
  assert.equal(inside(phone.replace("Pixel 8", "Pixel 8; wv")), true);
});

test("without a secure context nothing can be encrypted", () => {
  for (const secure of [false, undefined, true]) {
    Object.defineProperty(globalThis, "isSecureContext", { configurable: true, value: secure });
    assert.equal(isSecure(), secure === true);
  }
});
