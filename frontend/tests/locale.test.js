// How a page comes to its words: which locale, what happens without one, and what the two made-up locales look like.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, direction, locale, readLocale, t, useLocale } from "../js/platform/locale.js";

const WORDS = `
# A comment.
hello = Say hello to { $peer } now
ahead = { $n ->
    [0] You are next.
    [one] One person is ahead of you.
   *[other] { $n } people are ahead of you.
}
when = About { DATETIME($time, hour: "numeric", minute: "2-digit", timeZone: "UTC") }
`;

/** @type {[string[], string][]} */
const ASKED = [
  [["en"], "en"],
  [["en-GB", "en"], "en"],
  [["es", "en-XA"], "en-XA"],
  [["ar-XB"], "ar-XB"],
  [["ar"], "en"],
  [["fr-CA", "zh"], "en"],
  [[], "en"],
];
for (const [languages, name] of ASKED) {
  test(`who asks for ${languages.join(", ") || "nothing"} reads ${name}`, () => {
    assert.equal(chosen(languages), name);
  });
}

test("values, plurals and times come into a sentence", () => {
  readLocale([WORDS]);
  assert.equal(t("hello", { peer: "Mara" }), "Say hello to \u2068Mara\u2069 now");
  assert.equal(t("ahead", { n: 0 }), "You are next.");
  assert.equal(t("ahead", { n: 1 }), "One person is ahead of you.");
  assert.equal(t("ahead", { n: 1200 }), "\u20681,200\u2069 people are ahead of you.");
  assert.match(t("when", { time: new Date(0) }), /^About \u206812:00\sAM\u2069$/);
  assert.deepEqual([locale(), direction()], ["en", "ltr"]);
});

test("en-XA is longer, accented and in brackets", () => {
  readLocale([WORDS], "en-XA");
  assert.equal(t("hello", { peer: "Mara" }), "[Šááýý hééllóó tóó \u2068Mara\u2069 ñóów]");
  assert.deepEqual([locale(), direction()], ["en-XA", "ltr"]);
});

test("ar-XB is written from the right, word by word", () => {
  readLocale([WORDS], "ar-XB");
  assert.equal(t("ahead", { n: 0 }), "\u202eYou\u202c \u202eare\u202c \u202enext\u202c.");
  assert.deepEqual([locale(), direction()], ["ar-XB", "rtl"]);
});

test("en-XA needs about two fifths more room", () => {
  const text = "While you wait for a peer, you can change or take back what you wrote.";
  readLocale([`x = ${text}`], "en-XA");
  assert.ok(Math.abs(t("x").length / text.length - 1.4) < 0.1);
});

test("a missing word and a missing value are mistakes of ours", () => {
  readLocale([WORDS]);
  assert.throws(() => t("goodbye"), /no words for goodbye/);
  assert.throws(() => t("hello"), /peer/);
});

test("words of several files are one locale", () => {
  readLocale(["a = A", "b = B"]);
  assert.deepEqual([t("a"), t("b")], ["A", "B"]);
});

test("a locale that there is not is refused", () => {
  assert.throws(() => readLocale([WORDS], "xx"), RangeError);
});

/**
 * Runs something as in a page whose browser asks for these languages.
 * @param {string[]} languages
 * @param {Record<string, string>} files what the server has, by path
 * @param {(document: { lang: string, dir: string }) => Promise<void>} work
 */
async function inPage(languages, files, work) {
  const page = { lang: "en", dir: "ltr" };
  const before = ["navigator", "document", "fetch"].map((name) => /** @type {const} */ ([name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  const fetched = async (/** @type {string} */ path) => new Response(files[path] ?? "", { status: path in files ? 200 : 404 });
  Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
  Object.defineProperty(globalThis, "document", { value: { documentElement: page }, configurable: true });
  Object.defineProperty(globalThis, "fetch", { value: fetched, configurable: true });
  try {
    await work(page);
  } finally {
    for (const [name, had] of before) {
      if (had) Object.defineProperty(globalThis, name, had);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

test("a page says which language it is in and how that is written", async () => {
  await inPage(["ar-XB", "en"], { "/locales/en.ftl": "a = A", "/locales/en.staff.ftl": "b = B" }, async (page) => {
    await useLocale(["en", "en.staff"]);
    assert.deepEqual(page, { lang: "ar-XB", dir: "rtl" });
    assert.equal(t("b"), "\u202eB\u202c");
  });
});

test("on a page a missing word shows its name and breaks nothing", async () => {
  await inPage(["en"], { "/locales/en.ftl": WORDS }, async () => {
    await useLocale(["en"]);
    assert.equal(t("goodbye"), "goodbye");
    assert.equal(t("hello"), "Say hello to \u2068{$peer}\u2069 now");
  });
});

test("a locale file that does not come is said, and the document stays as it was", async () => {
  await inPage(["ar-XB"], {}, async (page) => {
    await assert.rejects(useLocale(["en"]), /locale file/);
    assert.deepEqual(page, { lang: "en", dir: "ltr" });
  });
});
