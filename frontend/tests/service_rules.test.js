// What a coordinator sets of the service: hours, keep-days, the hold; and what is not covered by the team.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u } from "../js/crypto/encoding.js";
import { DAYS, firstWeek, isWhole, mondayForAll, ofDay, uncovered, withWeek, withoutLanguage } from "../js/state/coordinator/week.js";
import { coordinating } from "./coordinator_house.js";
import { filled } from "./cast.js";
import { until } from "./staff_house.js";

test("settings are shown, changed with a reason, and their trail is read from its end", async () => {
  const { house, rules, desk } = await coordinating();
  await until(() => desk.team.value !== null && !desk.busy.value && !rules.busy.value);
  const me = b64u(/** @type {import("../js/state/staff/session.js").StaffSession} */ (desk.session.value).kid);
  let settings = { hours: null, keep_days: 30, hold: false };
  house.answers.set("service/settings", () => settings);
  house.answers.set("service/set", ({ reason, ...change }) => (settings = { ...settings, ...change }));
  const entry = (/** @type {number} */ n, /** @type {string} */ kid) => ({ n, day: 20_000, act: "hold-on", kid, flag: b64u(filled(16, n === 2 ? 7 : 0)), reason: "court" });
  house.answers.set("flags/trail", ({ before }) => ({ entries: before === undefined ? [entry(3, me), entry(2, me)] : [entry(1, b64u(filled(16, 9)))] }));

  await rules.load();
  assert.deepEqual(rules.settings.value, { hours: null, keepDays: 30, hold: false });
  await rules.set("hold", { hold: true }, "court");
  assert.deepEqual([rules.settings.value?.hold, rules.done.value, rules.problem.value], [true, "hold", null]);
  assert.deepEqual(house.asked("service/set"), [{ hold: true, reason: "court" }]);
  const hours = firstWeek("America/Los_Angeles");
  await rules.set("hours", { hours }, "first");
  assert.deepEqual(rules.settings.value?.hours, hours);

  await rules.readTrail();
  assert.deepEqual([rules.trail.value?.map(({ n, by }) => [n, by]), rules.older.value], [[[3, "Ana"], [2, "Ana"]], true]);
  assert.deepEqual(rules.trail.value?.map(({ act }) => act), ["hold-on", "hold-on-flag"], "of the service, and of one flag");
  await rules.readTrail(true);
  assert.deepEqual([rules.trail.value?.map(({ n, by }) => [n, by]), rules.older.value], [[[3, "Ana"], [2, "Ana"], [1, ""]], false]);
  assert.deepEqual(house.asked("flags/trail"), [{}, { before: 2 }]);

  house.refusals.set("service/set", ["malformed"]);
  await rules.set("keep", { keep_days: 900 }, "long");
  assert.deepEqual([rules.problem.value, rules.settings.value?.keepDays], [{ act: "keep", code: "malformed" }, 30]);

  // Somebody else sets days while they are edited here: theirs are shown, and nothing is written over them.
  settings = { ...settings, keep_days: 60 };
  const written = house.asked("service/set").length;
  await rules.set("keep", { keep_days: 7 }, "short");
  assert.deepEqual([rules.problem.value, rules.settings.value?.keepDays], [{ act: "keep", code: "changed" }, 60]);
  assert.equal(house.asked("service/set").length, written);
  await rules.set("keep", { keep_days: 7 }, "short");
  assert.deepEqual([rules.problem.value, rules.settings.value?.keepDays], [null, 7]);
});

test("the record is unknown until it was read, also while something else is under way; an answer after signing out is nobody's", async () => {
  const { house, rules, desk, account } = await coordinating();
  await until(() => desk.team.value !== null && !desk.busy.value && !rules.busy.value);
  house.answers.set("flags/trail", () => ({ entries: [] }));
  house.answers.set("service/settings", () => ({ hours: null, keep_days: 30, hold: false }));
  assert.equal(rules.trail.value, null);
  const [loading, reading] = [rules.load(), rules.readTrail()];
  await Promise.all([loading, reading]);
  assert.deepEqual(rules.trail.value, []);
  const late = rules.load();
  await account.signOut();
  await late;
  assert.deepEqual([rules.settings.value, rules.busy.value], [null, false]);
});

test("a week is edited day by day, and is whole only with every time and date in it", () => {
  let hours = withWeek(firstWeek("UTC"), "es", [["mon", "09:00", "12:00"], ["mon", "22:00", "01:00"]]);
  assert.deepEqual(ofDay(hours, "es", "mon").map(({ at, begins }) => [at, begins]), [[0, "09:00"], [1, "22:00"]]);
  hours = mondayForAll(hours, "es");
  assert.deepEqual(DAYS.map((day) => ofDay(hours, "es", day).length), [2, 2, 2, 2, 2, 2, 2]);
  assert.equal(isWhole(hours), true);
  assert.equal(isWhole({ ...hours, closures: [["2026-12-24", "2026-12-26"]] }), true);
  assert.equal(isWhole({ ...hours, closures: [["2026-12-26", "2026-12-24"]] }), false);
  assert.equal(isWhole(withWeek(hours, "es", [["mon", "", "12:00"]])), false);
  assert.deepEqual(Object.keys(withoutLanguage(hours, "es").weekly), ["*"]);
});

test("a language that is open while nobody or one peer speaks it is told, with its days; two are enough", () => {
  const hours = withWeek(firstWeek("UTC"), "hmn", [["tue", "17:00", "21:00"], ["thu", "17:00", "21:00"]]);
  assert.deepEqual(uncovered(hours, [["en"], ["en", "es"]], "en"), [
    { language: "hmn", days: ["tue", "thu"], speakers: 0 },
    { language: "es", days: [...DAYS], speakers: 1 },
  ]);
  assert.deepEqual(uncovered(null, [["en"], ["en"]], "en"), []);
  assert.deepEqual(uncovered(null, [], "en"), [{ language: "en", days: [...DAYS], speakers: 0 }]);
});
