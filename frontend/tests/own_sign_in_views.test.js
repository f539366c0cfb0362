import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";

const { readLocale, t } = await import("../js/platform/locale.js");
const { Codes } = await import("../js/views/staff/own_account/codes.js");
const { codeIn } = await import("../js/views/staff/own_account/code_field.js");
const { Sessions } = await import("../js/views/staff/own_account/sessions.js");
const { Square } = await import("../js/views/staff/own_account/square.js");
const { SignIn } = await import("../js/views/staff/sign_in.js");
const { TeamNews, sentence } = await import("../js/views/staff/trail.js");

const read = (/** @type {string} */ path) => readFileSync(new URL(path, import.meta.url), "utf8");
readLocale(["en", "en.staff", "en.signin"].map((part) => read(`../locales/${part}.ftl`)));

/** A model's signals, as much of them as a view looks at. @param {unknown} parts @returns {any} */
const model = (parts) => parts;
const words = (/** @type {string} */ html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2068\u2069]/g, "").replace(/\s+/g, " ");
const nothing = () => undefined;

/** @param {Record<string, unknown>} [parts] */
const own = (parts = {}) =>
  model({
    asksCode: signal(false), begun: signal(null), sessions: signal(null), words: signal(null),
    working: signal(null), done: signal(null), problem: signal(null), look: nothing, ...parts,
  });

/** @param {Record<string, unknown>} [parts] */
const account = (parts = {}) =>
  model({ stage: signal("out"), problem: signal(null), needsSecret: signal(false), needsCode: signal(false), invitation: signal(null), ...parts });

test("the way in asks for a code only once it is needed, and says it where nothing went wrong", () => {
  assert.ok(!words(render(h(SignIn, { account: account(), link: null }))).includes(t("signin-code")));
  const asked = render(h(SignIn, { account: account({ needsCode: signal(true), problem: signal("code_needed") }), link: null }));
  assert.ok(words(asked).includes(t("signin-code-asked")));
  assert.match(asked, /autocomplete="one-time-code"/);
  assert.ok(!asked.includes('class="problem"'));
});

test("six digits are read however they are grouped, and nothing else is", () => {
  assert.deepEqual(["123456", "123 456", " 12-34-56 "].map(codeIn), ["123456", "123456", "123456"]);
  assert.deepEqual(["12345", "1234567", "12345a", "１２３４５６", ""].map(codeIn), [null, null, null, null, null]);
});

test("codes are off, being set up, or on", () => {
  assert.ok(words(render(h(Codes, { own: own() }))).includes(t("own-codes-begin")));
  const begun = signal({ secret: "ABCDEFGHIJ", rows: ["10", "01"] });
  const shown = words(render(h(Codes, { own: own({ begun }) })));
  assert.ok(shown.includes("ABCD EFGH IJ") && shown.includes(t("own-codes-confirm")));
  const on = words(render(h(Codes, { own: own({ asksCode: signal(true) }) })));
  assert.ok(on.includes(t("own-codes-lost")) && on.includes(t("own-codes-remove")));
});

test("the picture has a rim, each dark run, and words for who does not see it", () => {
  const shown = render(h(Square, { rows: ["110", "001", "101"], label: "a picture" }));
  assert.match(shown, /viewBox="0 0 11 11" role="img" aria-label="a picture"/);
  for (const run of ["M4 4h2v1h-2z", "M6 5h1v1h-1z", "M4 6h1v1h-1z", "M6 6h1v1h-1z"]) assert.ok(shown.includes(run), run);
});

test("this browser is told from the others", () => {
  const sessions = signal([{ begun: 1_795_000_000, used: 1_795_000_060, this: true }, { begun: 1_794_990_000, used: 1_794_990_000, this: false }]);
  const shown = words(render(h(Sessions, { own: own({ sessions }) })));
  assert.match(shown, /This browser, since .*Another browser, since .*last used at/);
});

/** @param {string} act @param {Partial<import("../js/state/staff/answers.js").TrailEntry>} [parts] */
const entry = (act, parts = {}) => ({ n: 1, day: 20_000, act, by: new Uint8Array(16), kid: new Uint8Array(16).fill(1), alias: "Sol", reason: "", ...parts });
const trail = (/** @type {string | null} */ name) => model({ nameOf: (/** @type {Uint8Array} */ kid) => (kid[0] === 0 ? name : null), news: signal([]), hear: nothing, closeNews: nothing });

test("each act that the service writes down has a sentence, and one it does not know yet is told by its name", () => {
  const acts = [...read("../../app/identity/audit/rules.py").matchAll(/^ {4}"([a-z-]+)",$/gm)].map(([, act]) => String(act));
  assert.ok(acts.length >= 19);
  for (const act of acts) assert.match(words(sentence(entry(act), trail("Cora"))), /Cora|Sol/, act);
  assert.equal(words(sentence(entry("moved"), trail("Cora"))), "Cora: moved");
});

test("an entry names who it was about, why, and says so where nobody knows the name any more", () => {
  assert.equal(words(sentence(entry("suspended", { reason: "key-lost" }), trail("Cora"))), "Sol is suspended. Reason: a key or a device is lost.");
  assert.equal(words(sentence(entry("suspended", { reason: "<b>" }), trail("Cora"))), "Sol is suspended.");
  assert.equal(words(sentence(entry("left", { alias: "" }), trail(null))), "Someone no longer here left the team.");
  assert.equal(words(sentence(entry("limit", { reason: "3" }), trail("Cora"))), "Cora set how many talks at once Sol can have: 3.");
  const signed = model({ nameOf: () => "Cora" });
  assert.equal(words(sentence(entry("left"), signed)), "Cora left the team.", "a signed name goes before the service's word");
});

test("news of the team is said when there is some, and can be put away", () => {
  assert.equal(words(render(h(TeamNews, { account: model({ trail: trail("Cora") }) }))).trim(), "");
  const news = signal([entry("left")]);
  const shown = words(render(h(TeamNews, { account: model({ trail: { ...trail("Cora"), news } }) })));
  assert.ok(shown.includes("Sol left the team.") && shown.includes(t("close")));
});
