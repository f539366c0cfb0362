import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { codeRoot, makeCode, monthOf, readCode, readWords, showNumbers, showWords, slot } from "../js/crypto/code.js";
import { hex } from "../js/crypto/encoding.js";
import { filled, refused } from "./cast.js";

const LISTS = [
  { number: 1, language: "en", sha256: "43b797c8c6375743b6ed7ee4d54e944b10cab961159b1c23779dc3827f3f0f71" },
  { number: 2, language: "es", sha256: "dd516774d92eb67ea7ae937926d549c6c64595ea4c7498a41a241bcefce54faa" },
];
/** @param {string} language */
const served = (language) => readFileSync(new URL(`../words/words.${language}.txt`, import.meta.url), "utf8");
const WORDS = new Map(LISTS.map(({ number, language }) => [number, readWords(served(language))]));
/** @param {number} list */
const words = (list) => /** @type {string[]} */ (WORDS.get(list));

for (const { number, language, sha256 } of LISTS) {
  test(`the ${language} list is the one that codes were made with`, () => {
    assert.equal(createHash("sha256").update(served(language)).digest("hex"), sha256);
    assert.equal(words(number).length, 2048);
  });
}

test("a list of another form is refused", async () => {
  const text = served("en");
  for (const wrong of ["", text.slice(0, -1), `${text}extra\n`, text.toUpperCase(), text.replace("abacus\n", "abilene\n"), text.replaceAll("\n", "\r\n")]) {
    await refused(() => readWords(wrong), "malformed");
  }
});

test("a new code is seven indices, a different one each time, over the whole list", () => {
  const codes = Array.from({ length: 400 }, () => makeCode(1));
  assert.ok(codes.every(({ indices }) => indices.length === 7 && indices.every((index) => index >= 0 && index < 2048)));
  assert.equal(new Set(codes.map(showNumbers)).size, 400);
  const drawn = codes.flatMap(({ indices }) => indices);
  assert.ok(drawn.some((index) => index < 32) && drawn.some((index) => index >= 2016));
});

describe("a code comes back", () => {
  const code = { list: 1, indices: [0, 1, 255, 256, 1023, 2046, 2047] };
  const shown = showWords(code, words(1));

  for (const [how, typed] of /** @type {[string, string][]} */ ([
    ["as it is shown", shown],
    ["in capitals", shown.toUpperCase()],
    ["with hyphens", shown.replaceAll(" ", "-")],
    ["with extra spaces, commas and line ends", `  ${shown.replaceAll(" ", " ,\n ")}. `],
    ["numbered", shown.split(" ").map((word, i) => `${i + 1}. ${word}`).join("\n")],
    ["by four letters a word", shown.split(" ").map((word) => word.slice(0, 4)).join(" ")],
    ["with a slip after the fourth letter", shown.replace("abacus", "abacvs")],
    ["as numbers", showNumbers(code)],
    ["as numbers without spaces", showNumbers(code).replaceAll(" ", "")],
  ])) {
    test(how, () => assert.deepEqual(readCode(typed, WORDS), [code]));
  }

  test("in Spanish, with and without accents", () => {
    const indices = ["arbol", "jardin", "abaco", "abajo", "abanico", "abarcar", "abasto"].map((word) => words(2).indexOf(word));
    assert.ok(!indices.includes(-1));
    for (const typed of ["arbol jardin abaco abajo abanico abarcar abasto", "Árbol jardín ábaco abajo abanico abarcar abasto"]) {
      assert.deepEqual(readCode(typed, WORDS), [{ list: 2, indices }]);
    }
  });

  test("twice where all its words are in two lists", () => {
    const both = words(1).filter((word) => words(2).some((other) => other.slice(0, 4) === word.slice(0, 4))).slice(0, 7);
    assert.equal(both.length, 7);
    assert.deepEqual(readCode(both.join(" "), WORDS).map(({ list }) => list), [1, 2]);
  });
});

test("what cannot be a code is refused before anything is computed", async () => {
  const shown = showWords({ list: 1, indices: [1, 2, 3, 4, 5, 6, 7] }, words(1));
  readCode(shown, WORDS);
  for (const typed of ["", "   ", "abacus", `${shown} abacus`, shown.replace(/^\w+/, "zzzz"), shown.replace(/^\w+/, "ab"), "x".repeat(501), "1".repeat(31), "0003".repeat(8), "0001" + "2048".repeat(7), "0000".repeat(8)]) {
    await refused(() => readCode(typed, WORDS), "malformed");
  }
});

test("a root depends on the list, on each index and on the instance", async () => {
  const [code, instance] = [{ list: 1, indices: [1, 2, 3, 4, 5, 6, 7] }, filled(16, 1)];
  const roots = await Promise.all([
    codeRoot(code, instance, 1),
    codeRoot({ ...code, list: 2 }, instance, 1),
    codeRoot({ ...code, indices: [1, 2, 3, 4, 5, 7, 6] }, instance, 1),
    codeRoot(code, filled(16, 2), 1),
  ]);
  assert.equal(new Set(roots.map(hex)).size, 4);
  await refused(codeRoot({ ...code, indices: [1, 2, 3, 4, 5, 6] }, instance, 1), "malformed");
  await refused(codeRoot({ ...code, indices: [1, 2, 3, 4, 5, 6, 2048] }, instance, 1), "malformed");
  await refused(codeRoot(code, filled(15, 1), 1), "malformed");
});

test("slots of one root share nothing, and months are counted in UTC", async () => {
  const root = filled(32, 1);
  const slots = await Promise.all([slot(root, 82, 0), slot(root, 82, 1), slot(root, 83, 0)]);
  assert.equal(new Set(slots.flatMap((one) => Object.values(one).map(hex))).size, 9);
  await refused(slot(root, 65_536, 0), "malformed");
  const at = (/** @type {string} */ date) => monthOf(Date.parse(date) / 1000);
  assert.deepEqual(["2020-01-01T00:00:00Z", "2020-12-31T23:59:59Z", "2026-11-22T00:00:00Z"].map(at), [0, 11, 82]);
});
