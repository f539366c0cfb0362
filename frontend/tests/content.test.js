// What there is to read beside the pages' own words: whole in each language, dated, safe, and in the same voice.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { content, contentNow, readContent, takeHelp } from "../js/platform/content.js";
import { readLocale } from "../js/platform/locale.js";
import { ease, forbidden, grade, sentences, words } from "./voice.js";
import "./packages.js";

const { helpShown } = await import("../js/views/parts/help_panel.js");

/** @typedef {import("../js/views/parts/help_panel.js").HelpEntry} HelpEntry */

const FOLDER = fileURLToPath(new URL("../content", import.meta.url));
const LANGUAGES = ["en", "es"];
const NAMES = readdirSync(`${FOLDER}/en`).sort();

/** Keys whose values nobody reads on a screen. */
const UNSEEN = ["id", "href", "checked", "place", "languages", "reviewers", "core", "example", "moment", "pace"];
const DAY = 86_400_000;

/** @param {string} language @param {string} name */
const read = (language, name) => JSON.parse(readFileSync(`${FOLDER}/${language}/${name}`, "utf8"));
/** @param {string} language @returns {HelpEntry[]} */
const help = (language) => read(language, "help.json").entries;

/**
 * Everything of a content that is read on a screen.
 * @param {unknown} json
 * @returns {string[]}
 */
function texts(json) {
  if (typeof json === "string") return [json];
  if (Array.isArray(json)) return json.flatMap(texts);
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => (UNSEEN.includes(key) ? [] : texts(value)));
}

/**
 * The same content with what translators change left out.
 * @param {unknown} json
 * @param {string} key
 * @returns {unknown}
 */
function shape(json, key = "") {
  if (UNSEEN.includes(key)) return json;
  if (Array.isArray(json)) return json.map((each) => shape(each));
  if (typeof json !== "object" || json === null) return typeof json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, shape(value, name)]));
}

test("every language has the same content", () => {
  for (const language of LANGUAGES) assert.deepEqual(readdirSync(`${FOLDER}/${language}`).sort(), NAMES);
});

for (const name of NAMES.filter((each) => each !== "help.json")) {
  test(`${name} holds the same things in each language, one for one`, () => {
    assert.deepEqual(shape(read("es", name)), shape(read("en", name)));
  });
}

for (const language of LANGUAGES) {
  for (const name of NAMES) {
    test(`${language}/${name} commands, hurries and alarms nobody, and makes a thing of no one`, () => {
      assert.deepEqual(texts(read(language, name)).flatMap((text) => forbidden(language, text).map((word) => [text, word])), []);
    });
  }
}

test("the same people can be reached in each language, on the same days", () => {
  const bones = (/** @type {string} */ language) => help(language).map(({ id, core, place, checked }) => ({ id, core, place, checked }));
  assert.deepEqual(bones("es"), bones("en"));
});

for (const language of LANGUAGES) {
  test(`each number in ${language} can be tapped, and says who answers, when, and what it costs`, () => {
    for (const { id, name, how, hours, cost, languages, links, place, checked } of help(language)) {
      assert.ok([name, how, hours, cost, place].every((text) => text.trim() !== "") && languages.length > 0, id);
      assert.match(new Date(Date.parse(checked)).toISOString(), new RegExp(`^${checked}T00:00`));
      for (const { label, href } of links) {
        assert.match(href, /^(?:tel:\+?\d+|sms:\d+(?:\?&body=[A-Z]+)?)$/, id);
        const number = href.replace(/\D/g, "").replace(/^1(?=\d{10})/, "");
        assert.ok(label.replace(/\D/g, "").replace(/^1(?=\d{10})/, "").includes(number), `${label} is ${href}`);
      }
    }
  });
}

test("988 and 911 are there in every language, first and for ever", () => {
  for (const language of LANGUAGES) {
    const core = help(language).filter((entry) => entry.core).flatMap(({ links }) => links.map(({ href }) => href));
    for (const href of ["tel:988", "tel:911"]) assert.ok(core.includes(href), `${language} ${href}`);
  }
  const spanish = help("es")[0];
  assert.match(spanish?.how ?? "", /988 y marca 2.*AYUDA/);
});

test("a number that nobody checked for 180 days is hidden, but for those that never go", () => {
  /** @type {HelpEntry} */
  const entry = { id: "a", core: false, name: "A", how: "", links: [], hours: "", cost: "", languages: [], place: "US", checked: "2026-01-01" };
  const list = { entries: [entry, { ...entry, id: "b", core: true }] };
  const since = Date.parse(entry.checked);
  assert.deepEqual(helpShown(list, since + 180 * DAY).map(({ id }) => id), ["a", "b"]);
  assert.deepEqual(helpShown(list, since + 181 * DAY).map(({ id }) => id), ["b"]);
  assert.deepEqual(helpShown(list, 0).map(({ id }) => id), ["a", "b"]); // a device without a date hides nothing
  assert.deepEqual(helpShown(undefined, 0), []);
});

test("facts hold no number that scares, no method and no place: only those of help", () => {
  for (const language of LANGUAGES) {
    for (const { id, fact, why, again, reviewers } of read(language, "facts.json").facts) {
      assert.deepEqual(`${fact} ${why} ${again}`.replace(/988(?: y marquen 2)?/g, "").match(/\d|%/g), null, id);
      assert.ok(Array.isArray(reviewers), id);
    }
  }
});

test("a story is short, and says so where it is made up", () => {
  for (const language of LANGUAGES) {
    for (const { id, text, example } of read(language, "stories.json").stories) {
      assert.ok(words(text).length <= 120, `${language} ${id}`);
      assert.equal(example, true, `${id}: a real person's story needs their consent recorded before this may change`);
    }
  }
});

test("all of it is easy to read", () => {
  const all = (/** @type {string} */ language) => NAMES.flatMap((name) => texts(read(language, name)).flatMap(sentences));
  assert.ok(grade(all("en")) <= 5, `${grade(all("en"))}`);
  assert.deepEqual(all("en").filter((each) => words(each).length >= 8 && grade([each]) > 9), []);
  assert.ok(ease(all("es")) >= 70, `${ease(all("es"))}`);
  assert.deepEqual(all("es").filter((each) => words(each).length > 25), []);
});

test("where the numbers do not come in a language, those in English stand in; without any, the page keeps what it has", async () => {
  const before = globalThis.fetch;
  const list = { entries: [{ id: "lifeline" }] };
  /** @type {string[]} */
  let there = [];
  globalThis.fetch = async (path) => new Response(JSON.stringify(list), { status: there.includes(String(path)) ? 200 : 404 });
  try {
    readLocale(["a = A"], "es");
    await assert.rejects(takeHelp());
    there = ["/content/en/help.json"];
    assert.deepEqual([await takeHelp(), contentNow("help")], [list, list]);
  } finally {
    globalThis.fetch = before;
    readLocale([]);
  }
});

test("content is fetched once, in the language of the page; where it does not come, it can be asked for again", async () => {
  const before = globalThis.fetch;
  /** @type {string[]} */
  const asked = [];
  let up = false;
  globalThis.fetch = async (path) => {
    asked.push(String(path));
    return new Response('{"stories":[]}', { status: up ? 200 : 503 });
  };
  try {
    readLocale(["a = A"], "es");
    assert.equal(contentNow("stories"), undefined);
    await assert.rejects(content("stories"));
    up = true;
    assert.deepEqual(await content("stories"), { stories: [] });
    assert.deepEqual(await content("stories"), contentNow("stories"));
    assert.deepEqual(asked, ["/content/es/stories.json", "/content/es/stories.json"]);
    readLocale(["a = A"], "en-XA");
    readContent("stories", { stories: [1] });
    assert.deepEqual(contentNow("stories"), { stories: [1] });
    readLocale(["a = A"]);
    assert.deepEqual(contentNow("stories"), { stories: [1] });
  } finally {
    globalThis.fetch = before;
  }
});
