// How much of a moderator's work comes at once: batches, heavy ones, what does not come today.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Dose } from "../js/state/moderator/dose.js";
import { filled } from "./cast.js";
import { KeptInMemory } from "./staff_house.js";
import { ManualClock } from "./manual_clock.js";

const DAY = 86_400_000;

async function begun(storage = new KeptInMemory(), clock = new ManualClock(), staff = 1) {
  const dose = new Dose({ storage, clock });
  await dose.begin(filled(16, staff));
  return { dose, storage, clock };
}

/** Reads so many, one after the other. @param {Dose} dose @param {string[]} categories @param {string} [name] */
function reads(dose, categories, name = "f") {
  for (const [at, category] of categories.entries()) {
    dose.came({ key: `${name}${at}`, category });
    dose.done();
  }
}

test("after eight flags nothing comes before a choice; whichever it is, the next batch begins", async () => {
  for (const act of /** @type {const} */ (["goOn", "rest"])) {
    const { dose } = await begun();
    reads(dose, Array.from({ length: 7 }, () => "other"));
    assert.deepEqual([dose.at.value, dose.mayGoOn], [7, true]);
    reads(dose, ["other"], "g");
    assert.deepEqual([dose.at.value, dose.choice.value, dose.mayGoOn], [8, "batch", false]);
    dose[act]();
    assert.deepEqual([dose.at.value, dose.mayGoOn], [0, act === "goOn"]);
    dose.back();
    assert.equal(dose.mayGoOn, true);
  }
});

test("three heavy ones ask for a choice, two do not, and light ones never", async () => {
  const { dose } = await begun();
  reads(dose, ["danger", "abuse", "contact", "mistake"]);
  assert.equal(dose.choice.value, null);
  reads(dose, ["danger"], "g");
  assert.equal(dose.choice.value, "heavy");
  dose.goOn();
  assert.deepEqual([dose.at.value, dose.choice.value], [5, null]);
  reads(dose, ["danger", "contact"], "h");
  assert.equal(dose.choice.value, null);
});

test("a flag that comes again after a reload is the same one, and a reload is no way round a choice", async () => {
  const { dose, storage, clock } = await begun();
  dose.came({ key: "a", category: "danger" });
  const again = (await begun(storage, clock)).dose;
  again.came({ key: "a", category: "danger" });
  assert.equal(again.at.value, 1);
  again.done();
  reads(again, ["danger", "danger"]);
  assert.equal((await begun(storage, clock)).dose.choice.value, "heavy");
  const colleague = (await begun(storage, clock, 2)).dose;
  assert.deepEqual([colleague.choice.value, colleague.at.value], [null, 0], "a browser that two share keeps them apart");
});

test("a skipped category comes again tomorrow", async () => {
  const { dose, storage, clock } = await begun();
  dose.turn("danger");
  dose.turn("abuse");
  dose.turn("abuse");
  assert.deepEqual(dose.toSkip, ["danger"]);
  assert.deepEqual((await begun(storage, clock)).dose.toSkip, ["danger"]);
  await clock.pass(DAY);
  assert.deepEqual(dose.toSkip, []);
  assert.deepEqual((await begun(storage, clock)).dose.toSkip, []);
});
