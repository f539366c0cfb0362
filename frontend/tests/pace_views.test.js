// What a client's screen says of a pause, an answer, a nod and the next peer: only what is so.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, before, test } from "node:test";
import { row } from "./rows.js";

const { h, signal } = await import("../vendor/preact.js");
const { render } = await import("preact-render-to-string");
const { readLocale } = await import("../js/platform/locale.js");
const { Wish } = await import("../js/state/client/wish.js");
const { AskRow } = await import("../js/views/client/ask_row.js");
const { Wishes } = await import("../js/views/client/choosing.js");
const { tell } = await import("../js/views/client/news.js");
const { PauseButton, Paused, PausePanel } = await import("../js/views/client/pause_panel.js");
const { ShareChoice } = await import("../js/views/client/share_choice.js");
const { SwitchPanel } = await import("../js/views/client/switch_panel.js");
const { Announcer, hush } = await import("../js/views/parts/announcer.js");
const { nodWords } = await import("../js/views/parts/nod.js");

const MARA = { kid: "00", alias: "Mara", stone: "3", line: "", languages: ["en"], topics: [], lived: [] };
const UNTIL = 1_800_000_000;

/** @param {string} language */
const words = (language) =>
  [language, ...["talk", "wait", "pages"].map((part) => `${language}.${part}`)].map((file) =>
    readFileSync(new URL(`../locales/${file}.ftl`, import.meta.url), "utf8"));
/** @param {string} html */
const read = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ");

/** @param {Record<string, unknown>} [set] @returns {any} */
function engineWith(set = {}) {
  const values = {
    stage: "talking", rows: [], net: "up", wait: null, meet: null, seatAsked: null, peer: MARA, readers: ["Mara"], peerWriting: false, pause: null,
    peerLost: false, service: null, newcomers: [], peerPaused: null, reports: [], ...set,
  };
  const signals = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, signal(value)]));
  return { ...signals, wish: new Wish({ language: "en" }) };
}

before(() => readLocale(words("en")));
afterEach(() => {
  readLocale(words("en"));
  hush();
});

test("a pause says that the peer knows once they do, and not before", () => {
  const paused = (/** @type {boolean} */ told) => read(render(h(Paused, { engine: engineWith({ pause: { kind: "away", until: UNTIL, told } }) })));
  assert.ok(paused(true).includes("Paused. Nothing is expected of you. Mara knows."));
  assert.ok(!paused(false).includes("Mara knows"));
  assert.ok(paused(false).includes("Paused. Nothing is expected of you. Waiting to send"));
});

test("an answer with one tap says that the peer knows once they do, and not before", () => {
  const shown = (/** @type {boolean} */ told) =>
    read(render(h(AskRow, { engine: engineWith(), row: row(1, "them", "How was that?", { reply: "skip", told }), open: false })));
  assert.ok(shown(true).includes("Skipped. Mara knows, and that is fine."));
  assert.ok(!shown(false).includes("Mara knows"));
  assert.ok(shown(false).includes("Waiting to send"));
});

test("pausing and coming back is one button with other words, so that the focus stays on it", () => {
  /** @type {string[]} */
  const done = [];
  const button = (/** @type {unknown} */ pause) =>
    /** @type {any} */ (PauseButton({ engine: { ...engineWith({ pause }), comeBackFromPause: () => done.push("back") }, open: false, onToggle: () => done.push("toggle") }));
  const [pauses, back] = [button(null), button({ kind: "here", until: UNTIL, told: true })];
  assert.deepEqual([pauses.type === back.type, pauses.key, back.key], [true, undefined, undefined]);
  assert.deepEqual([read(render(pauses)).trim(), read(render(back)).trim()], ["Pause", "I am back"]);
  pauses.props.onClick();
  back.props.onClick();
  assert.deepEqual(done, ["toggle", "back"]);
});

test("a pause begins before its panel goes: the button that the focus goes back to is the one that stays", () => {
  /** @type {string[]} */
  const done = [];
  const panel = /** @type {any} */ (PausePanel({ engine: { ...engineWith(), setPause: (/** @type {string} */ kind) => done.push(kind) }, onClose: () => done.push("closed") }));
  const ways = panel.props.children.props.children;
  for (const way of ways) way.props.onClick();
  assert.deepEqual(done, ["here", "closed", "away", "closed"]);
});

test("a nod is named after who nodded, oneself, or nobody where the alias is not known", () => {
  const nodded = (/** @type {string | null} */ nodder) => read(nodWords(row(1, "me", "hm", { nodded: true, nodder })));
  assert.deepEqual([nodded("Mara"), nodded(null), nodded("")], ["Mara nodded.", "You nodded.", "A peer nodded."]);
});

test("a pause is read out once, however often the language of the page changes", () => {
  const engine = engineWith();
  const stop = tell(engine);
  const heard = () => read(render(h(Announcer, {})));
  engine.pause.value = { kind: "away", until: UNTIL, told: false };
  assert.equal(heard().includes("Paused"), false);
  engine.pause.value = { kind: "away", until: UNTIL, told: true };
  assert.equal(heard().split("Mara knows.").length, 2);
  readLocale(words("es"), "es");
  engine.pause.value = { kind: "away", until: UNTIL + 86_400, told: true };
  assert.equal(heard().includes("En pausa"), false);
  engine.pause.value = null;
  engine.pause.value = { kind: "away", until: UNTIL, told: true };
  assert.ok(heard().includes("En pausa"));
  stop();
});

test("who comes in beside the peer, and who goes, is read out with everybody who is there then", () => {
  const engine = engineWith();
  const stop = tell(engine);
  const last = () => read(render(h(Announcer, {}))).split("You are talking with").at(-1) ?? "";
  engine.readers.value = ["Mara", "Sol"];
  assert.ok(last().includes("Mara and Sol, trained peers."));
  engine.readers.value = ["Mara"];
  assert.ok(last().includes("Mara, a trained peer."));
  stop();
});

test("who chooses what the next peer sees reads what goes along in any case, in both languages", () => {
  for (const [language, said] of /** @type {const} */ ([["en", "Your pace, what would help and the name you gave go along."], ["es", "Tu ritmo, lo que ayudaría y el nombre que diste van también."]])) {
    readLocale(words(language), language);
    for (const sharePast of [false, true]) assert.ok(read(render(h(ShareChoice, { sharePast, onChange: () => {} }))).includes(said));
  }
});

test("who looks for somebody else is asked again whom they would like to talk with", () => {
  assert.ok(read(render(h(SwitchPanel, { engine: engineWith(), onClose: () => {} }))).includes("Who would you like to talk with? You can skip this."));
});

test("after a reload the wishes say that those of before hold until something is picked", () => {
  const wish = new Wish({ language: "en" });
  const shown = () => read(render(h(Wishes, { wish, spoken: [] })));
  assert.ok(!shown().includes("What you picked before still holds."));
  wish.take("en");
  assert.ok(shown().includes("What you picked before still holds."));
});
