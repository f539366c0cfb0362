// Where another language lacks its list of people who can be reached, the English one stands there and says so.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { render } = await import("preact-render-to-string");
const { contentLanguage, readContent } = await import("../js/platform/content.js");
const { readLocale } = await import("../js/platform/locale.js");
const { CrisisCard } = await import("../js/views/parts/help_panel.js");

/** @param {string} path in frontend/ */
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test("a list in English on a Spanish page is marked as English; the Spanish one is not", () => {
  readLocale([read("locales/en.ftl")], "en");
  readContent("help", JSON.parse(read("content/en/help.json")));
  assert.equal(contentLanguage("help"), undefined);
  readLocale([read("locales/es.ftl")], "es");
  assert.equal(contentLanguage("help"), "en");
  assert.match(render(CrisisCard({ now: 0 })), /<ul class="crisis-numbers" lang="en">/);
  readContent("help", JSON.parse(read("content/es/help.json")));
  assert.equal(contentLanguage("help"), undefined);
  assert.match(render(CrisisCard({ now: 0 })), /<ul class="crisis-numbers">/);
});
