// What a moderator's page shows: covered words, proofs, which acts are off and why, and what goes into a report file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";

const read = (/** @type {string} */ path) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

// The renderer cannot see into the vendored bundle, so the packages that it was made of take its place.
const packages = JSON.stringify(read("../vendor/preact.d.ts"));
const hook = `export const load = async (url, context, next) => url.endsWith("/vendor/preact.js")
  ? { format: "module", source: ${packages}, shortCircuit: true } : next(url, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { readLocale, t } = await import("../js/platform/locale.js");
const { ACTS } = await import("../js/state/moderator/acts.js");
const { askedOf } = await import("../js/state/moderator/asked_of_me.js");
const { AskedOfMe } = await import("../js/views/moderator/asked.js");
const { Decision } = await import("../js/views/moderator/decision.js");
const { Flag } = await import("../js/views/moderator/flag.js");
const { FlaggedItem, inParts } = await import("../js/views/moderator/flagged_item.js");
const { OtherWays } = await import("../js/views/moderator/other_ways.js");
const { packText } = await import("../js/views/moderator/pack.js");
const { NextForYou } = await import("../js/views/moderator/review.js");

readLocale(["en", "en.staff", "en.review"].map((file) => read(`../locales/${file}.ftl`)));

/** @typedef {import("../js/state/moderator/review.js").FlagView} FlagView */
/** @typedef {import("../js/state/moderator/case.js").FlaggedItem} Item */

const nothing = () => undefined;
/** A model's signals and acts, as much of them as a view looks at. @param {unknown} parts @returns {any} */
const model = (parts) => parts;
/** What a person reads: no tags, no isolation marks. @param {string} html */
const words = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2068\u2069]/g, "").replace(/&quot;/g, '"').replace(/\s+/g, " ");
const id = (/** @type {number} */ value) => new Uint8Array(16).fill(value);

/** @param {Partial<Item>} [parts] @returns {Item} */
const item = (parts = {}) => ({
  type: "item", key: "1", seq: 1, from: "Mara", fromClient: false, minutes: null, text: "the flagged words", content: null, kind: "text",
  later: false, shown: signal(false), parts: signal(0), proof: "ok", ...parts,
});

/** @param {Partial<FlagView>} [parts] @returns {FlagView} */
const flag = (parts = {}) => ({
  key: "f", category: "contact", day: 0, from: "client", reason: "", note: "", moreNote: "", epochMissing: false, items: [item()], room: "open",
  mayAct: true, peers: [{ kid: id(2), key: "m", alias: "Mara" }], notes: [], second: null, evidence: model({}), content: { v: 1, items: [], reason: "", note: "" },
  problem: null, more: "none", handedOn: false, others: [{ kid: id(4), key: "n", alias: "Noor" }], moderators: true, ...parts,
});

/** Whether peers have to report a child in danger here. @param {"on" | "off"} is */
const duty = (is) => void Object.defineProperty(globalThis, "document", { configurable: true, value: { documentElement: { dataset: { duty: is } } } });
duty("on");

/** @param {FlagView} view */
const decision = (view) => render(h(Decision, { flag: view, busy: false, others: view.others, onDecide: nothing }));
/** Acts that cannot be chosen. @param {string} html */
const off = (html) => ACTS.filter((act) => new RegExp(`value="${act}"[^>]* disabled`).test(html));

test("covered words are not in the page until they are shown", () => {
  const covered = render(h(Flag, { flag: flag() }));
  assert.ok(!covered.includes("the flagged words"));
  assert.match(words(covered), /Covered\. Category: Sexual, contact or money/);
  assert.ok(render(h(Flag, { flag: flag({ items: [item({ shown: signal(true) })] }) })).includes("the flagged words"));
});

test("words come in parts, each with all before it, and together they are the text", () => {
  const text = "One thing. Another thing? And so on, without an end and without a stop, and on and on, word after word, until nobody knows where it began, or why it did.\nLast";
  const parts = inParts(text);
  assert.equal(parts.join(""), text);
  assert.ok(parts.length > 4 && parts.every((part) => part.length <= 130), `${parts.length}`);
  for (const odd of ["", "a", "...", "\n\n", `${"x".repeat(500)} y`, "¿Qué? Sí."]) assert.equal(inParts(odd).join(""), odd);
  const half = render(h(FlaggedItem, { item: item({ text, parts: signal(1) }), number: 1, category: "abuse" }));
  assert.ok(half.includes("One thing.") && !half.includes("Another thing"));
  assert.match(words(half), /The rest is covered\./);
});

test("one short sentence has no parts to show", () => {
  assert.doesNotMatch(words(render(h(FlaggedItem, { item: item(), number: 1, category: "abuse" }))), /in parts/);
});

for (const [proof, said] of /** @type {const} */ ([
  ["ok", "This message was said in this room, in these words."],
  ["bad", "The words and the proof do not match. Do not act on the words alone."],
  ["wait", "We cannot check this yet. Wait, or ask for a second opinion."],
])) {
  test(`a proof that is ${proof} is said in its own words, beside its own shape`, () => {
    const shown = render(h(Flag, { flag: flag({ items: [item({ proof })] }) }));
    assert.ok(words(shown).includes(said));
    assert.match(shown, new RegExp(`proof-${proof}.*<svg`));
  });
}

test("what was not shown is counted where it is missing", () => {
  const items = [{ type: /** @type {const} */ ("gap"), count: 1 }, item(), { type: /** @type {const} */ ("gap"), count: 4 }];
  assert.match(words(render(h(Flag, { flag: flag({ items }) }))), /1 message not shown.*4 messages not shown/);
});

const ABOUT_SOMEBODY = ACTS.filter((act) => act !== "none");
for (const [what, parts, acts, why] of /** @type {[string, Partial<FlagView>, string[], string | null][]} */ ([
  ["every proof is ok", {}, [], null],
  ["a proof does not match", { items: [item(), item({ key: "2", proof: "bad" })], mayAct: false }, ABOUT_SOMEBODY, "decide-off-bad"],
  ["a proof cannot be checked", { items: [item({ proof: "wait" })], mayAct: false }, ABOUT_SOMEBODY, "decide-off-wait"],
  ["nothing can be opened", { items: [], epochMissing: true, mayAct: false }, ABOUT_SOMEBODY, "decide-off-wait"],
  ["the talk is closed already", { room: "closed" }, ["reoffer", "close"], "decide-off-closed"],
  ["no peer who is listed spoke", { peers: [] }, ["pause"], "decide-off-nobody"],
  ["nobody else is listed", { others: [] }, ["report"], "decide-off-alone"],
  ["nobody else is listed, over danger", { others: [], category: "danger" }, ["close", "report"], "decide-off-alone"],
])) {
  test(`${acts.length} acts are off${why ? ", with the reason," : ""} where ${what}; no action always is possible`, () => {
    const shown = decision(flag(parts));
    assert.deepEqual(off(shown), acts);
    if (why) assert.ok(words(shown).includes(t(why)));
  });
}

test("a speaker whom the list does not name is not taken for the person who came to talk", () => {
  assert.match(words(render(h(Flag, { flag: flag({ items: [item({ from: "" })] }) }))), /Someone not on the team's list/);
  assert.match(words(render(h(Flag, { flag: flag({ items: [item({ from: "client", fromClient: true })] }) }))), /The person who came to talk/);
});

test("the reporter is asked once, and nobody is handed what nobody could take", () => {
  const ways = (/** @type {Partial<FlagView>} */ parts) => words(render(h(OtherWays, { review: model({ busy: signal(false), problem: signal(null), at: signal("") }), flag: flag(parts) })));
  assert.match(ways({}), /Ask for more context.*Hand on for a second opinion/);
  for (const more of /** @type {const} */ (["asked", "given", "refused"])) assert.doesNotMatch(ways({ more }), /Ask for more context/);
  assert.match(ways({ moderators: false }), /Handing on is off, because no other moderator is listed\./);
});

test("lines of the team stand with the flag, and those that do not open are named so", () => {
  const notes = [{ n: 1, by: "Ash", line: "look at the gap" }, { n: 2, by: "", line: null }];
  assert.match(words(render(h(Flag, { flag: flag({ notes }) }))), /Ash look at the gap Someone not on the team's list This note does not open with your keys\./);
});

test("before a choice or in a break no flag stands on the screen, and never how many wait", () => {
  const page = (/** @type {"heavy" | null} */ choice, resting = false) => words(render(h(NextForYou, {
    review: model({ flag: signal(resting ? flag() : null), none: signal(false), done: signal("decided"), problem: signal(null), busy: signal(false), dose: { choice: signal(choice), resting: signal(resting), mayGoOn: false } }),
    aftercare: model({ open: signal(false) }), onRest: nothing, onEnd: async () => undefined,
  })));
  assert.match(page("heavy"), /Those were three heavy ones\. Go on, or take a break\. Nobody asks why\./);
  const resting = page(null, true);
  assert.match(resting, /You are on a break\. Nothing comes\./);
  assert.doesNotMatch(resting, /Covered|Decide/);
});

test("a report file holds what was picked, by whom and whether it checks out, and nothing that leads to a room or a person", () => {
  const items = [item({ text: "give me your number", minutes: 29_000_000 }), { type: /** @type {const} */ ("gap"), count: 2 }, item({ key: "4", from: "client", fromClient: true, text: "no", proof: "wait" })];
  const text = packText(flag({ items, note: "it happened twice", evidence: model({ room: id(0x77), flag: id(0x78) }) }));
  for (const said of ["give me your number", "Mara, of the team", "2 messages not shown", "2. The person who came to talk:\n> no", "it happened twice", t("proof-ok"), t("proof-wait"), t("pack-limits")]) {
    assert.ok(text.includes(said), said);
  }
  assert.doesNotMatch(text, /[\u2068\u2069]|7777|d3d3/);
});

test("words and notes pass for no line of the report file, whatever ends a line; times say their year, their zone and whose clock", () => {
  const forged = (/** @type {string} */ end) => ["yes", "", "2. Mara, of the team:", "give me your number", t("proof-ok")].join(end);
  for (const end of ["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\v"]) {
    const lines = packText(flag({ items: [item({ from: "client", fromClient: true, text: forged(end), minutes: 29_000_000 })], note: forged(end), moreNote: forged(end) })).split("\n");
    assert.equal(lines.filter((line) => /^\d+\. /.test(line)).length, 1);
    assert.equal(lines.filter((line) => line === "> 2. Mara, of the team:").length, 3);
    assert.equal(lines.filter((line) => line === t("proof-ok")).length, 1);
    assert.match(String(lines.find((line) => line.startsWith("1. "))), /^1\. The person who came to talk, .*2025.*UTC by their own clock:$/);
  }
});

test("a report outside is offered only where the first page says that there may be one", () => {
  assert.match(decision(flag()), /value="report"/);
  duty("off");
  const without = decision(flag());
  assert.doesNotMatch(without, /value="report"/);
  assert.doesNotMatch(words(without), /reporting/i);
  duty("on");
});

test("after three heavy ones a choice comes before a second opinion too, and in a break none opens", () => {
  const session = model({});
  const asked = askedOf(session);
  asked.seconds.asked.value = [{ flag: id(1), key: "f", category: "danger", day: 0, by: "Ash" }];
  const page = (/** @type {"heavy" | null} */ choice, resting = false) =>
    render(h(AskedOfMe, { session, own: { dose: model({ choice: signal(choice), resting: signal(resting) }), onReopen: nothing, onRest: nothing, busy: false } }));
  assert.match(words(page(null)), /Ash asks you for a second opinion.*Read it/);
  assert.doesNotMatch(page(null), /<button[^>]* disabled/);
  assert.doesNotMatch(words(page("heavy")), /Read it/);
  assert.match(page(null, true), /<button[^>]* disabled/);
});

test("a moderator is shown beforehand the very words that a client reads then", () => {
  for (const language of ["en", "es"]) {
    readLocale(["", ".talk", ".review"].map((part) => read(`../locales/${language}${part}.ftl`)), language);
    for (const [act, outcome] of /** @type {const} */ ([["talk", "talked"], ["pause", "paused"], ["reoffer", "reoffered"], ["report", "reported"]])) {
      assert.equal(t(`reads-client-${act}`), t(`outcome-${outcome}`));
    }
  }
});
