// A return code as people see and type it: which list it is made of, and which lists are fetched to read it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readWords, showNumbers, showWords } from "../js/crypto/code.js";
import { listFor, shownCode, typedCodes } from "../js/state/client/code_words.js";
import { refused } from "./cast.js";

const [EN, ES] = [1, 2];
const WORDS = new Map([[EN, "en"], [ES, "es"]].map(([number, name]) => [
  Number(number), readWords(readFileSync(new URL(`../words/words.${name}.txt`, import.meta.url), "utf8")),
]));

/** Lists that remember which of them were asked for. */
function shelf() {
  /** @type {number[]} */
  const asked = [];
  /** @type {import("../js/state/client/code_words.js").Lists} */
  const lists = async (...numbers) => {
    asked.push(...numbers);
    return new Map(numbers.map((number) => [number, WORDS.get(number) ?? []]));
  };
  return { asked, lists };
}

/**
 * @param {string} typed
 * @param {number} own
 */
async function read(typed, own) {
  const { asked, lists } = shelf();
  const codes = [];
  for await (const code of typedCodes(typed, lists, own)) {
    codes.push(code);
    break; // it opened a talk
  }
  return { codes, asked };
}

const code = { list: ES, indices: [7, 70, 700, 1007, 1700, 2000, 2047] };
const spanish = showWords(code, WORDS.get(ES) ?? []);

test("a code is made of words of the page's language, of English where it has no list", () => {
  assert.deepEqual(["es", "es-MX", "en", "en-XA", "fr"].map(listFor), [ES, ES, EN, EN, EN]);
});

test("a Spanish code shows as Spanish words, and only their list is fetched", async () => {
  const { asked, lists } = shelf();
  assert.deepEqual(await shownCode(code, lists), { words: spanish, numbers: showNumbers(code) });
  assert.deepEqual(asked, [ES]);
});

const forms = [
  ["as it is shown", spanish],
  ["with accents nobody asked for", spanish.replace(/a/g, "á").replace(/u/g, "ü")],
  ["in capitals", spanish.toUpperCase()],
  ["by four letters a word", spanish.split(" ").map((word) => word.slice(0, 4)).join(", ")],
];
for (const [how, typed = ""] of forms) {
  test(`Spanish words ${how} are read on a Spanish page with one list`, async () => {
    assert.deepEqual(await read(typed, ES), { codes: [code], asked: [ES] });
  });
  test(`the same ${how} on an English page, which fetches the other list for them`, async () => {
    assert.deepEqual(await read(typed, EN), { codes: [code], asked: [EN, ES] });
  });
}

test("numbers need no list", async () => {
  assert.deepEqual(await read(showNumbers(code), EN), { codes: [code], asked: [] });
});

test("words that are in both lists mean one code each, the page's own first", async () => {
  const openings = (/** @type {number} */ list) => (WORDS.get(list) ?? []).map((word) => word.slice(0, 4));
  const shared = openings(EN).filter((opening) => openings(ES).includes(opening)).slice(0, 7);
  const { lists } = shelf();
  const codes = [];
  for await (const { list } of typedCodes(shared.join(" "), lists, ES)) codes.push(list);
  assert.deepEqual(codes, [ES, EN]);
});

for (const typed of ["uno dos tres", `${spanish} ${spanish}`, "qqqq wwww zzzz qqqq wwww zzzz qqqq"]) {
  test(`“${typed.slice(0, 24)}” is no code`, () => refused(() => read(typed, ES), "malformed"));
}
