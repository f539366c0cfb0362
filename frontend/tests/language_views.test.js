// Choosing a language, and what there is to read in it, as a browser would be given them.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";

const { h } = await import("../vendor/preact.js");
const { render } = await import("preact-render-to-string");
const { readContent } = await import("../js/platform/content.js");
const { readLocale, t } = await import("../js/platform/locale.js");
const { printOnly } = await import("../js/platform/print.js");
const { addStyles } = await import("../js/platform/styles.js");
const { CrisisCard } = await import("../js/views/parts/help_panel.js");
const { LanguageChoice } = await import("../js/views/parts/language_choice.js");
const { Facts } = await import("../js/views/client/facts.js");
const { Stories } = await import("../js/views/client/stories.js");

/** @param {string} path in frontend/ */
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** Reads as in a language. @param {string} language */
function speaks(language) {
  readLocale([read(`locales/${language}.ftl`)], language);
  for (const name of /** @type {const} */ (["help", "facts", "stories"])) readContent(name, JSON.parse(read(`content/${language}/${name}.json`)));
}

/** @param {string} offered what the server wrote on the page */
const offers = (offered) => Object.assign(globalThis, { document: { documentElement: { dataset: { languages: offered } } } });

afterEach(() => {
  Reflect.deleteProperty(globalThis, "document");
  Reflect.deleteProperty(globalThis, "window");
});

test("where a page has one language, nothing is to be chosen", () => {
  speaks("en");
  assert.equal(render(h(LanguageChoice, {})), "");
  offers("en");
  assert.equal(render(h(LanguageChoice, {})), "");
});

test("each language is named by itself and in its own script; the one of the page is pressed", () => {
  offers("en es");
  speaks("es");
  const html = render(h(LanguageChoice, {}));
  assert.deepEqual([...html.matchAll(/<span lang="(\w+)" dir="auto"><button[^>]* aria-pressed="(\w+)">([^<]+)</g)].map(([, ...rest]) => rest), [
    ["en", "false", "English"],
    ["es", "true", "Español"],
  ]);
  assert.ok(!html.includes(t("language-unread")));
});

test("a language that nobody has read says so while it is the page's, and not before", () => {
  offers("en es:unread");
  speaks("es");
  assert.ok(render(h(LanguageChoice, {})).includes(t("language-unread")));
  speaks("en");
  assert.ok(!render(h(LanguageChoice, {})).includes(t("language-unread")));
});

for (const language of ["en", "es"]) {
  test(`the help card in ${language} has every number, and each can be tapped`, () => {
    speaks(language);
    const html = render(CrisisCard({ now: 0 }));
    for (const { how, links } of JSON.parse(read(`content/${language}/help.json`)).entries) {
      assert.ok(html.includes(how), how);
      for (const { href, label } of links) assert.ok(html.includes(`href="${href.replace("&", "&amp;")}">${label}<`), href);
    }
  });

  test(`facts in ${language} say the fact first and last, can be copied and printed, and name no reviewers`, () => {
    speaks(language);
    const html = render(h(Facts, {}));
    for (const { fact, why, again } of JSON.parse(read(`content/${language}/facts.json`)).facts) {
      const places = [fact, why, again].map((text) => html.indexOf(text));
      assert.ok(places.every((at, index) => at > (places[index - 1] ?? 0)), fact);
    }
    assert.equal(html.split(`>${t("fact-copy")}<`).length, html.split(`>${t("fact-print")}<`).length);
    assert.doesNotMatch(html, /review/i);
  });

  test(`each story in ${language} that the team made up says so`, () => {
    speaks(language);
    const html = render(h(Stories, {}));
    assert.equal(html.split(t("story-example")).length - 1, JSON.parse(read(`content/${language}/stories.json`)).stories.length);
  });
}

/** An element, as far as these need one. */
class Element extends EventTarget {
  /** @type {Map<string, string>} */
  attributes = new Map();
  /** @type {Element[]} */
  children = [];
  /** @type {Set<string>} */
  classes = new Set();
  classList = { add: (/** @type {string} */ name) => this.classes.add(name), remove: (/** @type {string} */ name) => this.classes.delete(name) };
  href = "";
  rel = "";
  setAttribute = (/** @type {string} */ name, /** @type {string} */ value) => void this.attributes.set(name, value);
  removeAttribute = (/** @type {string} */ name) => void this.attributes.delete(name);
  append = (/** @type {Element} */ child) => void this.children.push(child);
  remove() {}
}

test("what stands in English for another language says so; what is in the language of the page does not", () => {
  speaks("en");
  readLocale([read("locales/es.ftl"), read("locales/es.wait.ftl")], "es");
  const lists = (/** @type {string} */ html) => [...html.matchAll(/<(?:ul class="crisis-|div class="reading)[^>]*>/g)].map(([tag]) => / lang="en"/.test(tag));
  readLocale([read("locales/en.ftl"), read("locales/en.wait.ftl")], "ar-XB");
  assert.deepEqual(lists(render(CrisisCard({ now: 0 })) + render(h(Stories, {}))), [true, true, true]);
  for (const language of ["en", "es"]) {
    speaks(language);
    readLocale([read(`locales/${language}.ftl`), read(`locales/${language}.wait.ftl`)], language);
    assert.deepEqual(lists(render(CrisisCard({ now: 0 })) + render(h(Stories, {}))), [false, false, false]);
  }
  speaks("en");
});

test("one card is printed and nothing else; afterwards the page is as it was", () => {
  const page = new Element();
  const card = new Element();
  /** @type {unknown[]} */
  const printed = [];
  const window = Object.assign(new EventTarget(), { print: () => printed.push([...page.classes, ...card.attributes.keys()]) });
  Object.assign(globalThis, { window, document: { documentElement: page } });
  printOnly(/** @type {any} */ (card));
  window.dispatchEvent(new Event("afterprint"));
  assert.deepEqual(printed, [["prints-part", "data-printed"]]);
  assert.deepEqual([page.classes.size, card.attributes.size], [0, 0]);
});

test("looks come in order behind those that are there, each once; one that does not come is said", async () => {
  const head = new Element();
  let up = true;
  head.append = (child) => {
    head.children.push(child);
    child.remove = () => void head.children.splice(head.children.indexOf(child), 1);
    queueMicrotask(() => child.dispatchEvent(new Event(up ? "load" : "error")));
  };
  const found = (/** @type {string} */ rule) => head.children.find(({ href }) => rule.includes(`"${href}"`)) ?? null;
  Object.assign(globalThis, { document: { head, createElement: () => new Element(), querySelector: found } });
  await addStyles(["room", "pages"]);
  await addStyles(["room"]);
  assert.deepEqual(head.children.map(({ rel, href }) => [rel, href]), [["stylesheet", "/css/room.css"], ["stylesheet", "/css/pages.css"]]);
  up = false;
  await assert.rejects(addStyles(["other"]), /style sheet/);
  assert.equal(head.children.length, 2);
});
