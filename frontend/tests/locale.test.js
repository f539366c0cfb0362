// How a page comes to its words: which locale, what happens without one, and what the two made-up locales look like.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addLocale, chooseLanguage, chosen, direction, language, locale, offeredLanguages, readLocale, t, useLocale } from "../js/platform/locale.js";
import { effect } from "../vendor/preact.js";

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

/** @type {[string[], string, string[]?][]} languages of a browser, the locale, those offered */
const ASKED = [
  [["en"], "en"],
  [["es-MX", "en"], "es", ["en", "es"]],
  [["es-MX", "en"], "en", ["en"]],
  [["fr", "es"], "es", ["en", "es"]],
  [["en-GB", "en"], "en"],
  [["es", "en-XA"], "en-XA"],
  [["ar-XB"], "ar-XB"],
  [["ar"], "en"],
  [["fr-CA", "zh"], "en"],
  [[], "en"],
];
for (const [languages, name, offered = ["en"]] of ASKED) {
  test(`who asks for ${languages.join(", ") || "nothing"} where there is ${offered.join(" and ")} reads ${name}`, () => {
    assert.equal(chosen(languages, offered), name);
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

/** @typedef {{ lang: string, dir: string, dataset: { languages: string } }} Page */

/**
 * Runs something as in a page whose browser asks for these languages.
 * @param {string[]} languages
 * @param {Record<string, string>} files what the server has, by path
 * @param {(page: Page) => Promise<void>} work
 * @param {string} [offered] what the server wrote on the page
 */
async function inPage(languages, files, work, offered = "en") {
  const page = { lang: "en", dir: "ltr", dataset: { languages: offered } };
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
    await useLocale(["", "staff"]);
    assert.deepEqual([page.lang, page.dir], ["ar-XB", "rtl"]);
    assert.equal(t("b"), "\u202eB\u202c");
  });
});

test("on a page a missing word shows its name and breaks nothing", async () => {
  await inPage(["en"], { "/locales/en.ftl": WORDS }, async () => {
    await useLocale([""]);
    assert.equal(t("goodbye"), "goodbye");
    assert.equal(t("hello"), "Say hello to \u2068{$peer}\u2069 now");
  });
});

test("a locale file that does not come is said, and the document stays as it was", async () => {
  await inPage(["ar-XB"], {}, async (page) => {
    await assert.rejects(useLocale([""]), /locale file/);
    assert.deepEqual([page.lang, page.dir], ["en", "ltr"]);
  });
});

const SPANISH = { "/locales/en.ftl": "a = A\nb = B", "/locales/es.ftl": "a = Á", "/locales/en.talk.ftl": "c = C", "/locales/es.talk.ftl": "c = Ç" };
const BOTH = "en es";

test("plurals, numbers and times are those of the language", () => {
  readLocale(["n = { $n ->\n    [one] una\n   *[other] { $n } palabras\n}\nwhen = { DATETIME($time, hour: \"numeric\", minute: \"2-digit\", timeZone: \"UTC\") }"], "es");
  assert.equal(t("n", { n: 1 }), "una");
  assert.equal(t("n", { n: 1200 }), "\u20681,200\u2069 palabras");
  assert.match(t("when", { time: new Date(0) }), /^12:00\sa\.\s?m\.$/);
  assert.deepEqual([locale(), language(), direction()], ["es", "es", "ltr"]);
});

test("what a page offers is what the server wrote on it; one that nobody has read is marked", async () => {
  await inPage(["en"], {}, async () => {
    assert.deepEqual(offeredLanguages(), [{ code: "en", name: "English", read: true }, { code: "es", name: "Español", read: false }]);
  }, "en es:unread xx");
  await inPage(["en"], {}, async () => assert.deepEqual(offeredLanguages().map(({ code }) => code), ["en"]));
});

test("another language is chosen in place: every part, the document, and whatever shows a sentence", async () => {
  await inPage(["en"], SPANISH, async (page) => {
    await useLocale([""]);
    await addLocale(["talk"]);
    /** @type {string[]} */
    const shown = [];
    const stop = effect(() => void shown.push(`${t("a")} ${t("c")}`));
    await chooseLanguage("es");
    await chooseLanguage("en");
    stop();
    assert.deepEqual(shown, ["A C", "Á Ç", "A C"]);
    await chooseLanguage("es");
    assert.deepEqual([page.lang, t("c")], ["es", "Ç"]);
  }, BOTH);
});

test("what comes while another language is being fetched comes in that language", async () => {
  await inPage(["en"], SPANISH, async () => {
    await useLocale([""]);
    const both = [chooseLanguage("es"), addLocale(["talk"])];
    await Promise.all(both);
    assert.deepEqual([t("a"), t("c")], ["Á", "Ç"]);
  }, BOTH);
});

test("a sentence that a language lacks is shown in English once that is there", async () => {
  await inPage(["es"], SPANISH, async (page) => {
    await useLocale([""]);
    assert.deepEqual([page.lang, t("a"), t("b")], ["es", "Á", "B"]);
    await addLocale(["talk"]);
    /** @type {string[]} */
    const shown = [];
    await new Promise((done) => {
      const stop = effect(() => {
        shown.push(t("b"));
        if (shown.length === 2) queueMicrotask(() => done(stop()));
      });
    });
    assert.deepEqual(shown, ["b", "B"]);
    assert.equal(t("a"), "Á");
  }, BOTH);
});

test("a language whose words do not come leaves the page as it was, and can be chosen again", async () => {
  const files = { ...SPANISH };
  await inPage(["en"], files, async (page) => {
    await useLocale([""]);
    Reflect.deleteProperty(files, "/locales/es.ftl");
    await assert.rejects(chooseLanguage("es"), /locale file/);
    assert.deepEqual([page.lang, t("a")], ["en", "A"]);
    Object.assign(files, SPANISH);
    await chooseLanguage("es");
    assert.equal(t("a"), "Á");
  }, BOTH);
});

test("the language of before a reload comes first, where it is offered", async () => {
  await inPage(["en"], SPANISH, async () => {
    await useLocale([""], "es");
    assert.equal(locale(), "es");
  }, BOTH);
  await inPage(["en"], SPANISH, async () => {
    await useLocale([""], "es");
    assert.equal(locale(), "en");
  });
});
