// The hints on a peer's own draft: what calls for each, what only looks as if it did.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NUDGES, PLENTY, countWords, nudge, storyWords } from "../js/safety/nudge.js";
import { EN } from "../js/safety/nudges.en.js";
import { ES } from "../js/safety/nudges.es.js";
import * as english from "./nudge_cases.en.js";
import * as spanish from "./nudge_cases.es.js";

/** @typedef {import("../js/safety/nudge.js").NudgeId} NudgeId */
/** @typedef {import("../js/safety/nudge.js").Pace} Pace */
/** @typedef {import("../js/safety/nudge.js").Left} Left */

const NONE = new Set();
/** @param {NudgeId} id */
const allBut = (id) => new Set(NUDGES.filter((each) => each !== id));

for (const [language, pack, cases] of /** @type {const} */ ([["English", EN, english], ["Spanish", ES, spanish]])) {
  /**
   * @param {NudgeId} id
   * @param {{ yes: readonly string[], no: readonly string[] }} table
   * @param {{ pace?: Pace, left?: readonly Left[] }} [room]
   */
  const judged = (id, { yes, no }, { pace = "ask", left = [] } = {}) => {
    const fits = (/** @type {string} */ text) => nudge({ text, pace, left }, pack, allBut(id)) === id;
    assert.deepEqual({ missed: yes.filter((text) => !fits(text)), needless: no.filter(fits) }, { missed: [], needless: [] });
  };

  for (const id of /** @type {const} */ (["shrink", "steer", "why", "know"])) {
    test(`${language}: "${id}" is told where the words call for it, and not where they only look like it`, () => {
      const table = cases.PHRASES[id];
      assert.ok(table.yes.length >= 8 && table.no.length >= 8);
      judged(id, table);
    });
  }

  for (const pace of /** @type {const} */ (["listen", "slowly"])) {
    test(`${language}: "${pace}" is told at that pace, and at no other`, () => {
      const table = cases.PACED[pace];
      assert.ok(table.yes.length >= 8 && table.no.length >= 8);
      judged(pace, table, { pace });
      judged(pace, { yes: [], no: table.yes }, { pace: pace === "listen" ? "slowly" : "listen" });
      judged(pace, { yes: [], no: table.yes }, { pace: "ask" });
    });
  }

  test(`${language}: asking again what was left is told; leaving it, or taking up what they brought up, is not`, () => {
    assert.ok(cases.LEFT.flatMap(({ yes }) => yes).length >= 8 && cases.LEFT.flatMap(({ no }) => no).length >= 8);
    for (const { yes, no, ...left } of cases.LEFT) {
      judged("left", { yes, no }, { left: [left] });
      judged("left", { yes: [], no: yes });
    }
  });

  test(`${language}: words of one's own story are told from words that listen`, () => {
    assert.deepEqual(
      cases.STORY.map(({ text }) => ({ text, words: storyWords(text, pack) })),
      cases.STORY,
    );
  });

  test(`${language}: a long story is to be handed back, and one that ends in a question is`, () => {
    assert.ok(cases.LONG_STORY.yes.length >= 8 && cases.LONG_STORY.no.length >= 8);
    judged("story", cases.LONG_STORY);
  });
}

test("one hint at a time, the weightiest; the next comes when it is switched off", () => {
  const draft = { text: "At least you tried. You should rest. Why did you go?", pace: /** @type {const} */ ("listen"), left: [] };
  const off = new Set();
  const told = [];
  for (let id = nudge(draft, EN, off); id !== null; id = nudge(draft, EN, off)) {
    told.push(id);
    off.add(id);
  }
  assert.deepEqual(told, ["shrink", "steer", "why", "listen"]);
});

test("asking plainly about suicide brings no hint to ask less, at any pace", () => {
  for (const pace of /** @type {const} */ (["listen", "slowly", "ask"])) {
    for (const [pack, text] of /** @type {const} */ ([[EN, "Are you having thoughts of suicide? Are you safe now?"], [ES, "¿Estás pensando en el suicidio? ¿Estás a salvo ahora?"]])) {
      assert.equal(nudge({ text, pace, left: [{ asked: text, since: [] }] }, pack, NONE), null);
    }
  }
  assert.equal(nudge({ text: "How are you? And now?", pace: "listen", left: [] }, EN, NONE), "listen");
});

test("forty words are plenty, and one more is too many", () => {
  const forty = Array.from({ length: PLENTY }, () => "word").join(" ");
  assert.equal(countWords(forty), PLENTY);
  assert.equal(nudge({ text: forty, pace: "slowly", left: [] }, EN, NONE), null);
  assert.equal(nudge({ text: `${forty} more`, pace: "slowly", left: [] }, EN, NONE), "slowly");
});

test("an empty draft brings no hint", () => {
  for (const pace of /** @type {const} */ (["listen", "slowly", "ask"])) {
    assert.equal(nudge({ text: " \n", pace, left: [{ asked: "?", since: [] }] }, EN, NONE), null);
  }
});
