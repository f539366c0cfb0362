// The peer's tools beside a talk: what they hold, what they put into a draft, what they keep.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { NOTE_LENGTH } from "../js/crypto/note.js";
import { ApiError } from "../js/net/api.js";
import { MOMENTS, fitting, frameAt, sheetsOf } from "../js/state/staff/craft/deck.js";
import { added, pieces, reflected } from "../js/state/staff/craft/draft.js";
import { Hints } from "../js/state/staff/craft/hints.js";
import { NotePad } from "../js/state/staff/craft/note_pad.js";
import { NUDGE_IDS, leftIn, nudgeFor, storyIn, writtenIn } from "../js/state/staff/craft/nudging.js";
import { ManualClock, settled } from "./manual_clock.js";
import { row } from "./rows.js";

/** @typedef {import("../js/safety/nudge.js").Pace} Pace */

const PACES = /** @type {const} */ (["listen", "slowly", "ask"]);
const LANGUAGES = /** @type {const} */ (["en", "es"]);

/** @param {string} path in frontend/ */
const read = (path) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");
/** @param {string} language @param {string} name */
const contentOf = (language, name) => JSON.parse(read(`content/${language}/${name}.json`));

const theirs = (/** @type {number} */ seq, /** @type {string} */ text) => row(seq, "them", text, { who: "" });

// Prompts and guide

for (const language of LANGUAGES) {
  const prompts = contentOf(language, "prompts");
  const guide = contentOf(language, "guide");

  test(`${language}: each moment has something that fits each pace, with the day it was checked`, () => {
    assert.match(prompts.checked, /^\d{4}-\d\d-\d\d$/);
    for (const moment of MOMENTS) for (const pace of PACES) assert.equal(fitting(prompts, moment, pace).length, 1, `${moment} ${pace}`);
  });

  test(`${language}: what is no words is advice, and stands only where they asked to be listened to`, () => {
    const advised = MOMENTS.flatMap((moment) => PACES.flatMap((pace) => fitting(prompts, moment, pace).flatMap(({ advice }) => (advice === undefined ? [] : [`${moment} ${pace}`]))));
    assert.deepEqual(advised, ["quiet listen", "ideas listen", "step listen"]);
  });

  test(`${language}: no prompt brings up a hint at its own pace`, () => {
    for (const pace of PACES) {
      for (const moment of MOMENTS) {
        for (const { say = "" } of fitting(prompts, moment, pace)) assert.equal(nudgeFor({ text: say, pace, rows: [], language }, new Set()), null, say);
      }
    }
  });

  test(`${language}: their words given back bring up no hint, whatever they are`, () => {
    for (const pace of PACES) {
      const frame = frameAt(prompts, pace);
      assert.ok(frame);
      const text = reflected(frame, language === "en" ? "why did you say at least? you should know" : "¿por qué dijiste al menos? deberías saber");
      assert.equal(nudgeFor({ text, pace, rows: [], language }, new Set()), null, text);
    }
  });

  test(`${language}: the safety guide has its sheets, six steps each, and asks plainly`, () => {
    assert.match(guide.checked, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(sheetsOf(guide).map(({ id }) => id), ["suicide", "harm", "child", "medical", "others"]);
    for (const { id, steps } of sheetsOf(guide)) assert.equal(steps.length, 6, id);
    const [suicide] = sheetsOf(guide);
    assert.equal(suicide?.steps[1]?.say, { en: "Are you having thoughts of suicide?", es: "¿Estás pensando en el suicidio?" }[language]);
  });

  test(`${language}: the guide calls the ways out by the names that stand on them, and knows the numbers of Help now`, () => {
    const text = JSON.stringify(guide);
    const words = read(`locales/${language}.ftl`) + read(`locales/${language}.staff.ftl`);
    for (const id of ["help-now", "leave-now", "talk-flag", "talk-end-now"]) {
      const [, name = "?"] = new RegExp(`^${id} = (.+)$`, "m").exec(words) ?? [];
      assert.ok(text.includes(name), `${id}: ${name}`);
    }
    const known = read(`content/${language}/help.json`);
    for (const number of text.match(/\d-\d{3}-\d{3}-\d{4}|\b(?:988|911)\b/g) ?? []) assert.ok(known.includes(number), number);
  });

  test(`${language}: what the guide proposes to say brings up no hint that would hold it back`, () => {
    for (const pace of PACES) {
      for (const { steps } of sheetsOf(guide)) {
        for (const { say = "" } of steps) {
          const told = nudgeFor({ text: say, pace, rows: [], language }, new Set());
          // At "Just listen" a question is a question; but never that one.
          assert.ok(told === null || (told === "listen" && !/suicid/i.test(say)), `${pace}: ${say}: ${told}`);
        }
      }
    }
  });
}

test("what is not there yet has no prompts, no frame and no sheets", () => {
  assert.deepEqual([fitting(undefined, "opening", "ask"), frameAt(undefined, "ask"), sheetsOf(undefined)], [[], null, []]);
});

// Drafts

test("words come to the end of a draft, on a line of their own where something stands there", () => {
  assert.equal(added("", "Which part is biggest right now?"), "Which part is biggest right now?");
  assert.equal(added("I hear you.\n", "And now?"), "I hear you.\nAnd now?");
});

test("their words stand where the gap of a frame is, whatever signs are in them", () => {
  assert.equal(reflected("I'm hearing … Did I get that right?", "i am $& tired"), "I'm hearing “i am $& tired”. Did I get that right?");
});

test("the last pieces of what they wrote can be given back, and nothing else", () => {
  const rows = [theirs(1, "not sure. others have it worse"), row(2, "me", "hello"), row(3, "them", "from another peer"), theirs(4, "i am tired.\nso tired"), row(5, "them", "", { who: "", kind: "taken-back" })];
  assert.deepEqual(pieces(rows), ["so tired", "i am tired", "others have it worse", "not sure"]);
  assert.deepEqual(pieces([]), []);
  const [long = ""] = pieces([theirs(1, "word ".repeat(80))]);
  assert.ok(long.length <= 161 && long.endsWith("word…"));
});

// Hints

test("only questions that they answered with a tap are left, each with what they wrote after it", () => {
  const rows = [row(1, "me", "How is your father?", { reply: "not-ready" }), row(2, "me", "And school?"), theirs(3, "school is ok"), row(4, "me", "Money?", { reply: "skip" })];
  assert.deepEqual(leftIn(rows), [
    { asked: "How is your father?", since: ["school is ok"] },
    { asked: "Money?", since: [] },
  ]);
});

test("asking again about what they left brings a hint, until they bring it up themselves", () => {
  const rows = [row(1, "me", "How is your father?", { reply: "not-ready" })];
  const draft = { text: "Did your father call?", pace: /** @type {const} */ ("ask"), language: "en" };
  assert.equal(nudgeFor({ ...draft, rows }, new Set()), "left");
  assert.equal(nudgeFor({ ...draft, rows: [...rows, theirs(2, "my father called today")] }, new Set()), null);
  assert.equal(nudgeFor({ ...draft, rows: [row(1, "me", "How is your father?")] }, new Set()), null);
});

test("hints follow the talk's language, and a language without a tested pack has none", () => {
  const draft = { text: "Deberías hablar con ella.", pace: /** @type {const} */ ("ask"), rows: [] };
  assert.equal(nudgeFor({ ...draft, language: "es" }, new Set()), "steer");
  assert.equal(nudgeFor({ ...draft, language: "en" }, new Set()), null);
  assert.equal(nudgeFor({ ...draft, language: "vi" }, new Set()), null);
  assert.equal(storyIn({ text: "I lost my job.", language: "vi" }), 0);
  assert.equal(storyIn({ text: "I lost my job.", language: "en" }), 4);
  assert.deepEqual([writtenIn("es", "en"), writtenIn("vi", "en"), writtenIn("", "es")], ["es", "en", "es"]);
});

test("a hint that was stopped stays off in this browser, each by itself, and can come back", async () => {
  /** @type {string[]} */
  let kept = ["why"];
  const storage = { hintsOff: async () => kept, keepHintsOff: async (/** @type {string[]} */ ids) => ((kept = ids), true) };
  const hints = new Hints(storage);
  await hints.begin();
  assert.deepEqual([...hints.off.value], ["why"]);
  hints.turn("steer", false);
  assert.deepEqual(kept, ["why", "steer"]);
  hints.turn("why", true);
  assert.deepEqual(kept, ["steer"]);
  const later = new Hints(storage);
  await later.begin();
  const draft = { text: "You should go. Why did you stay?", pace: /** @type {const} */ ("ask"), rows: [], language: "en" };
  assert.equal(nudgeFor(draft, later.off.value), "why");
  assert.equal(nudgeFor(draft, new Set()), "steer");
  assert.ok(NUDGE_IDS.includes("steer"));
});

// Notes

/** A service that holds one note. */
class Box {
  held = "";
  /** @type {string | null} */
  fails = null;
  saves = 0;

  async load() {
    if (this.fails !== null) throw new ApiError(this.fails, 0);
    return this.held;
  }

  /** @param {string} text */
  async save(text) {
    await settled();
    if (this.fails !== null) throw new ApiError(this.fails, 0);
    this.held = text;
    this.saves += 1;
  }
}

/** @param {string} [held] */
async function opened(held = "") {
  const box = new Box();
  const clock = new ManualClock();
  const pad = new NotePad(box, clock);
  box.held = held;
  await pad.open();
  return { box, clock, pad };
}

test("notes are read once they are looked at, and come back as they were kept", async () => {
  const { pad } = await opened("likes mornings");
  assert.deepEqual([pad.text.value, pad.state.value], ["likes mornings", "kept"]);
});

test("notes are kept after a pause, once, and at once when the field is left", async () => {
  const { box, clock, pad } = await opened();
  pad.write("like");
  pad.write("likes mornings");
  assert.equal(pad.state.value, "writing");
  await clock.pass(2000);
  await settled();
  assert.deepEqual([box.held, box.saves, pad.state.value], ["likes mornings", 1, "kept"]);
  pad.write("likes evenings");
  await pad.keep();
  assert.deepEqual([box.held, box.saves], ["likes evenings", 2]);
  await pad.keep();
  await clock.pass(5000);
  assert.equal(box.saves, 2);
});

test("what is written while notes are being kept is kept too", async () => {
  const { box, clock, pad } = await opened();
  pad.write("one");
  const keeping = pad.keep();
  pad.write("one two");
  await keeping;
  assert.equal(pad.state.value, "writing");
  await clock.pass(2000);
  await settled();
  assert.deepEqual([box.held, pad.state.value], ["one two", "kept"]);
});

test("without a line notes stay in the field, and can be kept later", async () => {
  const { box, pad } = await opened();
  pad.write("one");
  box.fails = "unreachable";
  await pad.keep();
  assert.deepEqual([pad.state.value, pad.text.value], ["unkept", "one"]);
  box.fails = null;
  await pad.keep();
  assert.deepEqual([pad.state.value, box.held], ["kept", "one"]);
});

test("notes that could not be read are never written over", async () => {
  const box = new Box();
  box.held = "before";
  box.fails = "unreachable";
  const pad = new NotePad(box, new ManualClock());
  await pad.open();
  assert.equal(pad.state.value, "unread");
  pad.write("after");
  box.fails = null;
  await pad.keep();
  assert.equal(box.held, "before");
  await pad.open();
  assert.deepEqual([pad.text.value, pad.state.value], ["before", "kept"]);
});

test("notes that changed on another page are not written over; they are read when asked for", async () => {
  const { box, pad } = await opened();
  pad.write("here");
  box.fails = "v_conflict";
  await pad.keep();
  assert.deepEqual([pad.state.value, pad.text.value], ["elsewhere", "here"]);
  pad.write("here and more");
  assert.equal(pad.state.value, "elsewhere");
  box.fails = null;
  box.held = "there";
  await pad.open();
  assert.deepEqual([pad.text.value, pad.state.value], ["there", "kept"]);
});

test("notes up to their whole length are kept; one sign more says so and keeps nothing until it is shorter", async () => {
  const { box, pad } = await opened();
  pad.write("é".repeat(NOTE_LENGTH / 2));
  assert.equal(pad.isFull.value, false);
  await pad.keep();
  assert.equal(box.saves, 1);
  pad.write(`${pad.text.value}x`);
  assert.equal(pad.isFull.value, true);
  await pad.keep();
  assert.equal(box.saves, 1);
});
