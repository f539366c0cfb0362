// What a coordinator reads on the screen, in the words of the locale.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { filled } from "./cast.js";

const { readLocale, t } = await import("../js/platform/locale.js");
const { firstWeek } = await import("../js/state/coordinator/week.js");
const { Deeds } = await import("../js/views/coordinator/deeds.js");
const { Keeping } = await import("../js/views/coordinator/keeping.js");
const { OpeningHours } = await import("../js/views/coordinator/opening_hours.js");
const { PersonCard } = await import("../js/views/coordinator/person.js");
const { Proposals } = await import("../js/views/coordinator/proposals.js");
const { Recover } = await import("../js/views/coordinator/recover.js");
const { SetUp } = await import("../js/views/coordinator/set_up.js");
const { SuspendOne } = await import("../js/views/coordinator/suspend_one.js");
const { TeamPart } = await import("../js/views/coordinator/team.js");

const read = (/** @type {string} */ file) => readFileSync(new URL(`../locales/${file}.ftl`, import.meta.url), "utf8");
readLocale(["en", "en.staff", "en.signin", "en.review", "en.coordinator"].map(read));

/** A model's signals and acts, as much of them as a view looks at. @param {unknown} parts @returns {any} */
const model = (parts) => parts;
const nothing = () => undefined;
/** What a person reads: no tags, no isolation marks. @param {string} html */
const words = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2068\u2069]/g, "").replace(/\s+/g, " ");

const ANA = { key: "a", kid: filled(16, 1), alias: "Ana", stone: "1", role: "coordinator", languages: ["en"], me: true, secondFactor: true, limit: 2, proposed: null };
const MARA = { ...ANA, key: "m", kid: filled(16, 2), alias: "Mara", role: "peer", me: false, secondFactor: false };
const MO = { ...MARA, key: "o", kid: filled(16, 3), alias: "Mo", role: "moderator" };
const TEAM = { people: [ANA, MARA], newcomers: [], suspended: [], expires: 1_800_000_000 };
/** @param {object} [team] */
const desk = (team) => model({ team: signal({ ...TEAM, ...team }), busy: signal(false), fresh: signal(null) });

test("a coordinator alone is told to invite a second one; with one on the way it is not said any more", () => {
  assert.match(words(render(h(TeamPart, { desk: desk() }))), /A second coordinator/);
  const newcomers = [{ key: "n", role: "coordinator", state: "elsewhere", expires: 1, handOver: null, member: null, replaced: "", taken: false }];
  assert.doesNotMatch(words(render(h(TeamPart, { desk: desk({ newcomers }) }))), /A second coordinator/);
});

test("a newcomer whose key is vouched for can be chosen; a forged one only be taken back", () => {
  const profile = { alias: "Sol", stone: "2", line: "I listen", languages: ["es"], topics: [], lived: [] };
  const ready = { key: "r", role: "peer", state: "ready", expires: 1, handOver: null, member: { profile }, replaced: "", taken: false };
  const good = render(h(TeamPart, { desk: desk({ newcomers: [ready] }) }));
  assert.match(good, /type="checkbox"/);
  assert.doesNotMatch(good, /type="checkbox" checked/, "nobody is chosen but by a tap");
  assert.match(words(good), /Sol .*Verified.*Admit/);
  const bad = render(h(TeamPart, { desk: desk({ newcomers: [{ ...ready, state: "forged", member: null }] }) }));
  assert.doesNotMatch(bad, /checkbox/);
  assert.match(words(bad), /cannot be admitted/);
});

test("nothing can be changed about oneself here; about others there is one button, named after them", () => {
  assert.doesNotMatch(render(h(PersonCard, model({ desk: desk(), team: TEAM, person: ANA }))), /<button/);
  assert.match(render(h(PersonCard, model({ desk: desk(), team: TEAM, person: MARA }))), /Change something about/);
});

test("a list from a backup is put right by picking who is here: nobody but oneself is on it beforehand", () => {
  const html = render(h(Recover, model({ desk: desk(), team: { ...TEAM, people: [ANA, MARA, MO], behind: true } })));
  assert.match(words(html), /came back from a backup.*Mara.*Mo.*Only I am still here/);
  assert.equal(html.match(/type="checkbox"/g)?.length, 2);
  assert.doesNotMatch(html, / checked/);
});

test("without a second person no suspension is offered, and what else helps is said", () => {
  const alone = render(h(SuspendOne, model({ desk: desk(), team: TEAM, person: MARA })));
  assert.doesNotMatch(alone, /<button/);
  assert.match(words(alone), /takes two people/);
  assert.match(render(h(SuspendOne, model({ desk: desk(), team: { ...TEAM, people: [ANA, MARA, MO] }, person: MARA }))), /<button/);
});

test("a proposal shows its reason and what could still be held; only the other person answers it", () => {
  const show = (/** @type {object} */ proposed) => {
    const people = [ANA, { ...MARA, proposed: { reason: "conduct", by: "Bea", mine: false, agreed: false, ...proposed } }];
    return words(render(h(Proposals, model({ desk: desk(), team: { ...TEAM, people } }))));
  };
  assert.match(show({}), /Bea asks for it\. The reason: How they work here.*may hold keys.*I agree.*I do not agree/);
  assert.match(show({ mine: true }), /You ask for it.*Take it back/);
  assert.doesNotMatch(show({ mine: true }), /I agree/);
  assert.match(show({ agreed: true }), /Two people agree.*Suspend now/);
});

test("hours show a week of their own language, the days off, and who is missing", () => {
  const hours = { ...firstWeek("UTC"), closures: [["2026-12-24", "2026-12-26"]] };
  const rules = model({ settings: signal({ hours, keepDays: 30, hold: false }), busy: signal(false), problem: signal(null), done: signal(null) });
  const html = render(h(OpeningHours, { desk: desk(), rules }));
  assert.equal(html.match(/type="time"/g)?.length, 14);
  assert.match(html, /value="2026-12-24"/);
  assert.match(words(html), /Only one peer on the team speaks English: every day\./);
});

test("a hold says that it is on, and which button ends it", () => {
  const rules = (/** @type {boolean} */ hold) => model({ settings: signal({ hours: null, keepDays: 30, hold }), busy: signal(false), problem: signal(null), done: signal(null) });
  assert.match(words(render(h(Keeping, { rules: rules(true) }))), /A hold is on.*End the hold/);
  assert.match(words(render(h(Keeping, { rules: rules(false) }))), /No hold is on.*Begin a hold/);
});

test("the record names acts in words, and who left as such", () => {
  const trail = signal([{ n: 2, day: 20_000, act: "hold-on", by: "Ana", reason: "court" }, { n: 1, day: 20_000, act: "unheard-of", by: "", reason: "" }]);
  const rules = model({ trail, older: signal(false), reading: signal(false), problem: signal(null), readTrail: nothing });
  assert.match(words(render(h(Deeds, { rules }))), /Began a hold on deleting Ana, October 4 court A step: unheard-of Someone who left, October 4/);
});

test("setting up shows twelve words, then asks three of them back by their place", () => {
  const founding = (/** @type {string} */ stage) => model({ stage: signal(stage), problem: signal(null), words: signal(["kind", "horse"]), asked: signal([2, 4, 11]) });
  assert.match(words(render(h(SetUp, { founding: founding("words"), onSignIn: nothing }))), /kind horse/);
  const proving = words(render(h(SetUp, { founding: founding("proving"), onSignIn: nothing })));
  for (const place of [3, 5, 12]) assert.ok(proving.includes(`Word ${place}`));
  assert.doesNotMatch(proving, /kind/);
  assert.match(words(render(h(SetUp, { founding: founding("done"), onSignIn: nothing }))), new RegExp(t("setup-next-second")));
});

test("a day is the same day in California, and nothing done yet is said only once it was read", () => {
  const zone = process.env["TZ"];
  process.env["TZ"] = "America/Los_Angeles";
  const rules = model({ trail: signal([{ n: 1, day: 20_000, act: "hold-on", by: "Ana", reason: "" }]), older: signal(false), reading: signal(false), problem: signal(null), readTrail: nothing });
  assert.match(words(render(h(Deeds, { rules }))), /October 4/);
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
  assert.doesNotMatch(words(render(h(Deeds, { rules: model({ ...rules, trail: signal(null) }) }))), /Nothing yet/);
  assert.match(words(render(h(Deeds, { rules: model({ ...rules, trail: signal([]) }) }))), /Nothing yet/);
});

test("an error stands beside what failed, and nowhere else", () => {
  const rules = model({ settings: signal({ hours: null, keepDays: 30, hold: false }), busy: signal(false), problem: signal({ act: "hold", code: "slow_down" }), done: signal(null) });
  assert.equal(render(h(Keeping, { rules })).match(/class="problem"/g)?.length, 1);
});

test("somebody suspended stands under the name that a root signed; whom none names cannot come back", () => {
  const away = { key: "s", kid: filled(16, 9), member: { kid: filled(16, 9), pub: filled(65, 4), roles: ["peer"], profile: { alias: "Sol", stone: "2" } }, reason: "conduct", day: 20_000 };
  const show = (/** @type {object} */ parts) => words(render(h(TeamPart, { desk: desk({ suspended: [{ ...away, ...parts }] }) })));
  assert.match(show({}), /Sol .*Restore/);
  assert.doesNotMatch(show({ member: null }), /Restore|Same person/);
});

test("the twelve words stand with their places, as everywhere", () => {
  const founding = model({ stage: signal("words"), problem: signal(null), words: signal(["kind", "kind"]), asked: signal([]) });
  assert.equal(render(h(SetUp, { founding, onSignIn: nothing })).match(/<li>/g)?.length, 2, "a word may come twice");
});
