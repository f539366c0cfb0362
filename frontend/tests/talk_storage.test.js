import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { VOID_AFTER, keepTalk, keptLanguage, keptTalk, wipeTalk } from "../js/platform/talk_storage.js";
import { readLocale } from "../js/platform/locale.js";
import { SessionStorage } from "./session_storage.js";

const NOW = 1_700_000_000_000;

/** @type {SessionStorage} */
let storage;
beforeEach(() => {
  storage = new SessionStorage();
});

test("a talk is kept for ten minutes after its last use, and then nothing is left of it", () => {
  keepTalk({ room: "r" }, NOW);
  assert.deepEqual(keptTalk(NOW + VOID_AFTER), { room: "r" });
  assert.equal(keptTalk(NOW + VOID_AFTER + 1), null);
  assert.equal(storage.length, 0);
});

test("a use renews the ten minutes", () => {
  keepTalk({ room: "r" }, NOW);
  keepTalk({ room: "r" }, NOW + VOID_AFTER);
  assert.deepEqual(keptTalk(NOW + 2 * VOID_AFTER), { room: "r" });
});

test("the language of the page is kept beside the talk, and as long", () => {
  assert.equal(keptLanguage(NOW), null);
  readLocale([], "es");
  keepTalk({ room: "r" }, NOW);
  readLocale([]);
  assert.equal(keptLanguage(NOW + VOID_AFTER), "es");
  assert.equal(keptLanguage(NOW + VOID_AFTER + 1), null);
  assert.equal(storage.length, 0);
});

test("a talk from the future is void: the device's date was changed", () => {
  keepTalk({ room: "r" }, NOW);
  assert.equal(keptTalk(NOW - 1), null);
  assert.equal(storage.length, 0);
});

test("a talk that is wiped is gone", () => {
  keepTalk({ room: "r" }, NOW);
  wipeTalk();
  assert.equal(keptTalk(NOW), null);
  assert.equal(storage.length, 0);
});

for (const garbage of ["", "{", "null", "7", '"x"', "[]", "{}", '{"used":"now","talk":{}}', `{"used":${NOW},"talk":7}`]) {
  test(`${garbage || "nothing"} in the storage is as good as nothing, and goes`, () => {
    storage.setItem("beside.talk", garbage);
    assert.equal(keptTalk(NOW), null);
    assert.equal(storage.length, 0);
  });
}

test("a storage that is full keeps nothing, not even what was there before", () => {
  keepTalk({ room: "old" }, NOW);
  storage.full = true;
  keepTalk({ room: "new" }, NOW);
  assert.equal(keptTalk(NOW), null);
});

test("a browser that refuses its storage behaves as if it were empty", () => {
  storage.refused = true;
  keepTalk({ room: "r" }, NOW);
  assert.equal(keptTalk(NOW), null);
  wipeTalk();
});
