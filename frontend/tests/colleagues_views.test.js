// What a peer sees of colleagues, of a pause of their own, and of a moderator who asks.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { signal } from "@preact/signals";
import { h } from "preact";

const { render } = await import("preact-render-to-string");
const { readLocale, t } = await import("../js/platform/locale.js");
const { AskedIn } = await import("../js/views/staff/asked_in.js");
const { AskedOfOthers, Bring, wordsIn } = await import("../js/views/staff/bring.js");
const { namedRows } = await import("../js/views/staff/named_rows.js");
const { Outcomes } = await import("../js/views/staff/outcomes.js");
const { OwnPause } = await import("../js/views/staff/own_pause.js");
const { ShowLines } = await import("../js/views/staff/show_lines.js");
const { row } = await import("./rows.js");

const WORDS = (/** @type {string} */ language) =>
  ["", ".staff", ".craft", ".pages"].map((part) => readFileSync(new URL(`../locales/${language}${part}.ftl`, import.meta.url), "utf8"));
const SOL = { kid: "b".repeat(32), profile: { alias: "Sol", stone: "1", line: "", languages: [], topics: [], lived: [] } };

/** @param {string} html what a person reads of it */
const read = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ");
/** A model's signals and acts, as much of them as a view looks at. @param {unknown} parts @returns {any} */
const model = (parts) => parts;
/** @param {Record<string, unknown>} [parts] */
const colleagues = (parts = {}) => ({ here: signal([]), asked: signal([]), free: signal(null), notNow: signal(null), problem: signal(null), look: async () => {}, ...parts });
/** @param {Record<string, unknown>} [parts] */
const room = (parts = {}) => model({ mayWrite: signal(true), colleagues: colleagues(), ownLines: signal([]), team: () => [], name: signal(""), flaggable: signal([]), ...parts });
/** @param {Record<string, unknown>} [parts] */
const desk = (parts = {}) => model({ reports: signal([]), asked: signal([]), availability: { paused: signal(false) }, pause: { value: signal(null), problem: signal(null) }, roomOf: () => null, ...parts });

beforeEach(() => readLocale(WORDS("en")));

for (const language of ["en", "es"]) {
  test(`every state has its words in ${language}`, () => {
    readLocale(WORDS(language), language);
    const asked = ["handover", "company"].flatMap((purpose) => [false, true].map((willing) => ({ key: `${purpose}${willing}`, by: "Sol", purpose, willing })));
    const pauses = [null, "open", "upheld"].map((appeal) => ({ reason: "asked-contact", until: new Date(0), appeal, whom: [{ kid: "a", alias: "Ana", role: "moderator" }] }));
    const outcomes = ["none", "closed", "talked", "paused", "reoffered", "reported", "asked"].map((outcome) => ({ flag: outcome, outcome, room: null, seen: false }));
    /** @type {any[]} */
    const shown = [
      h(AskedIn, { desk: desk({ asked: signal(asked) }) }),
      h(Outcomes, { desk: desk({ reports: signal(outcomes) }) }),
      ...[...pauses, null, { ...pauses[0], reason: "new one", until: null, whom: [] }].map((pause) => h(OwnPause, { desk: desk({ availability: { paused: signal(true) }, pause: { value: signal(pause), problem: signal(null) } }) })),
      ...[null, [], [SOL]].map((free) => h(Bring, { room: room({ colleagues: colleagues({ free: signal(free) }) }), onClose: () => {} })),
      h(AskedOfOthers, { room: room({ colleagues: colleagues({ asked: signal([{ kid: "a", alias: "Sol", purpose: "company", willing: true, mine: true }, { kid: "b", alias: "Ash", purpose: "company", willing: false, mine: false }]), notNow: signal("Luz") }) }) }),
      h(ShowLines, { room: room({ team: () => [{ kid: "a", alias: "Wren", role: "coordinator" }, { kid: "b", alias: "Ash", role: "moderator" }, SOL].map((each) => ({ role: "peer", alias: "Sol", ...each })) }), onClose: () => {} }),
    ];
    for (const each of shown) assert.ok(read(render(each)).length > 20);
  });
}

test("who is asked in can say not now at once, and take a yes back", () => {
  const html = (/** @type {boolean} */ willing) => read(render(h(AskedIn, { desk: desk({ asked: signal([{ key: "a", by: "Sol", purpose: "handover", willing }]) }) })));
  assert.ok(html(false).includes(t("asked-come")) && html(false).includes(t("asked-not-now")));
  assert.ok(html(true).includes(t("asked-waits")) && html(true).includes(t("bring-back")) && !html(true).includes(t("asked-come")));
});

test("a card has at most 80 words, counted as people count them", () => {
  assert.equal(wordsIn("  goes   slowly,\nlikes tea "), 4);
  assert.equal(wordsIn(""), 0);
});

test("a talk shows words that were not shared once, and a colleague who left never as the person", () => {
  const rows = [
    ...[1, 2].map((seq) => row(seq, "them", "", { kind: "hidden", fromClient: true, who: "", stone: null })),
    row(3, "them", "hi", { fromClient: true, who: "", stone: null }),
    row(4, "them", "hello", { fromClient: false, who: "", stone: null }),
    row(5, "them", "here", { fromClient: false, who: "Sol" }),
    row(6, "them", "", { kind: "hidden", fromClient: true, who: "", stone: null }),
  ];
  const named = namedRows({ rows: { value: rows }, name: signal("Ro") });
  assert.deepEqual(named.map(({ seq, who }) => [seq, who.replace(/[\u2066-\u2069]/g, "")]), [[1, "They (Ro)"], [3, "They (Ro)"], [4, "A colleague"], [5, "Sol"], [6, "They (Ro)"]]);
});

test("a peer who is asked for more words of a talk that is off the desk can only say no", () => {
  const report = { flag: "f", outcome: "asked", room: "r", seen: false };
  const gone = read(render(h(Outcomes, { desk: desk({ reports: signal([report]) }) })));
  assert.ok(gone.includes(t("backing-more-no")) && !gone.includes(t("backing-more-pick")));
  const there = room({ flaggable: signal([row(1, "me", "mine")]) });
  const held = read(render(h(Outcomes, { desk: desk({ reports: signal([report]), roomOf: () => there }) })));
  assert.ok(held.includes(t("backing-more-no")) && held.includes(t("backing-more-pick")));
});

test("nothing is said of a pause to a peer who has none", () => {
  assert.equal(render(h(OwnPause, { desk: desk() })), "");
});
