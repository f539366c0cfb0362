// The peer's tools as they stand on the screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { row } from "./rows.js";

const read = (/** @type {string} */ path) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

// The renderer cannot see into the vendored bundle, so the packages that it was made of take its place.
const packages = JSON.stringify(read("../vendor/preact.d.ts"));
const hook = `export const load = async (url, context, next) => url.endsWith("/vendor/preact.js")
  ? { format: "module", source: ${packages}, shortCircuit: true } : next(url, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { readLocale, t } = await import("../js/platform/locale.js");
const { readContent } = await import("../js/platform/content.js");
const { Guide } = await import("../js/views/staff/craft/guide.js");
const { HintSwitches } = await import("../js/views/staff/craft/hint_switches.js");
const { Nudge } = await import("../js/views/staff/craft/nudge.js");
const { Notes } = await import("../js/views/staff/craft/notes.js");
const { SafetyGuide } = await import("../js/views/staff/craft/safety_guide.js");
const { NotePad } = await import("../js/state/staff/craft/note_pad.js");
const { NUDGE_IDS } = await import("../js/state/staff/craft/nudging.js");
const { ManualClock } = await import("./manual_clock.js");

const locale = (/** @type {string} */ language) => ["", ".staff", ".craft"].map((part) => read(`../locales/${language}${part}.ftl`));
/** @param {string} language */
const speak = (language) => {
  readLocale(locale(language), language);
  for (const name of /** @type {const} */ (["prompts", "guide", "help"])) readContent(name, JSON.parse(read(`../content/${language}/${name}.json`)));
};
speak("es");
speak("en");

/** What a person reads: no tags, no isolation marks. @param {string} html */
const words = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2068\u2069]/g, "").replace(/&quot;/g, '"').replace(/\s+/g, " ");

/** @param {Partial<import("../js/views/staff/craft/craft_room.js").CraftRoom>} [parts] */
const room = (parts = {}) => ({
  key: "a",
  language: "",
  draft: signal(""),
  pace: signal(/** @type {const} */ ("slowly")),
  rows: signal([]),
  notes: new NotePad({ load: async () => "", save: async () => undefined }, new ManualClock()),
  ...parts,
});

test("the guide shows the words that fit the pace, for the opening first", () => {
  const shown = words(render(h(Guide, { room: room() })));
  assert.ok(shown.includes("Guide (fits “Slowly”)"));
  assert.ok(shown.includes("What would be a small place to begin?"));
  assert.ok(!shown.includes("What has been taking up your thoughts?"));
  assert.ok(words(render(h(Guide, { room: room({ pace: signal(/** @type {const} */ ("ask")) }) }))).includes("What has been taking up your thoughts?"));
});

test("words of a talk in Spanish are Spanish on an English page, and say so", () => {
  const shown = render(h(Guide, { room: room({ language: "es" }) }));
  assert.ok(words(shown).includes("¿Por qué parte pequeña te gustaría empezar?"));
  assert.match(shown, /<p lang="es"/);
  assert.ok(words(shown).includes("Guide (fits “Slowly”)"));
});

test("their own words can be given back once there are some", () => {
  assert.ok(words(render(h(Guide, { room: room() }))).includes(t("craft-reflect-none")));
  const rows = signal([row(1, "them", "i am so tired", { who: "" })]);
  assert.ok(words(render(h(Guide, { room: room({ rows }) }))).includes("I'm hearing “i am so tired”. Did I get that right?"));
});

test("the safety guide opens with its first sheet, six steps, and the numbers below", () => {
  const shown = words(render(h(SafetyGuide, { room: room(), spoken: "en", onClose: () => undefined })));
  for (const part of ["Thoughts of suicide", "Someone hurts them", "A child in danger", "A medical emergency", "Talk of hurting someone"]) assert.ok(shown.includes(part), part);
  assert.ok(shown.includes("Are you having thoughts of suicide?"));
  assert.ok(shown.includes("Call or text 988"));
  assert.doesNotMatch(shown, /supervisor|staff chat|buddy/i);
});

test("under the field stand no words until a hint comes, and how much of a draft is one's own story", () => {
  assert.equal(words(render(h(Nudge, { room: room() }))).trim(), "");
  const draft = signal("I lost my job in 2015. What was yours like?");
  assert.equal(words(render(h(Nudge, { room: room({ draft }) }))).trim(), "About 6 words of your story. 40 is plenty.");
});

test("each hint has a switch of its own, named by its words", () => {
  const shown = render(h(HintSwitches, {}));
  assert.equal(shown.match(/type="checkbox"/g)?.length, NUDGE_IDS.length);
  for (const id of NUDGE_IDS) assert.ok(words(shown).includes(t(`craft-nudge-${id}`)), id);
});

test("notes say who can open them and when they go, and cannot be written before they were read", async () => {
  const { notes } = room();
  assert.doesNotMatch(render(h(Notes, { pad: notes })), /<textarea/);
  await notes.open();
  const shown = render(h(Notes, { pad: notes }));
  assert.match(shown, /<textarea/);
  assert.ok(words(shown).includes(t("craft-notes-why")));
});

test("everything is there in Spanish", () => {
  speak("es");
  const shown = words(render(h(Guide, { room: room() })));
  assert.ok(shown.includes("Guía (para “Despacio”)"));
  assert.ok(words(render(h(SafetyGuide, { room: room(), spoken: "es", onClose: () => undefined }))).includes("Pensamientos de suicidio"));
  speak("en");
});
