// A client's own pages as a browser would be given them, and what was shared as both pages of a talk draw it.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { row } from "./rows.js";

const { h, signal } = await import("../vendor/preact.js");
const { render } = await import("preact-render-to-string");
const { readLocale, t } = await import("../js/platform/locale.js");
const { Pages } = await import("../js/state/client/pages.js");
const { MyPage } = await import("../js/views/client/my_page.js");
const { Draw } = await import("../js/views/client/draw.js");
const { Steps } = await import("../js/views/client/steps.js");
const { OurPage } = await import("../js/views/client/our_page.js");
const { FlaggedItem } = await import("../js/views/staff/flagged_item.js");
const { SharedRow, sharedInWords } = await import("../js/views/parts/shared_row.js");

const MARA = { alias: "Mara" };
const STROKE = { c: 1, w: 2, p: [0, 0, 500, 500] };
const onClose = () => undefined;

/** @param {string} locale */
const texts = (locale) => ["", ".pages", ".staff"].map((part) => readFileSync(new URL(`../locales/${locale}${part}.ftl`, import.meta.url), "utf8"));

/** The text of a page, as it is read. @param {string} html */
const read = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2066-\u2069]/g, "").replace(/&quot;/g, '"').replace(/\s+/g, " ");

/**
 * @param {{ stage?: string, mayWrite?: boolean, rows?: import("../js/state/timeline.js").Row[], peer?: object | null }} [set]
 */
function engineWith({ stage = "talking", mayWrite = true, rows = [], peer = MARA } = {}) {
  const none = /** @type {any} */ (null);
  let count = 0;
  const pages = new Pages({ say: () => `k${++count}`, takeBack: () => undefined, rows: signal(rows), root: async () => null, api: none, clock: none });
  const values = { stage, mayWrite, peer, code: { words: "one two", numbers: "0001 0002" }, codeKept: "offer" };
  const signals = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, signal(value)]));
  return /** @type {import("../js/state/client/engine.js").ClientEngine} */ (/** @type {unknown} */ ({ ...signals, pages }));
}

/** @param {import("../js/state/client/engine.js").ClientEngine} engine */
const myPage = (engine) => render(h(MyPage, { engine, onClose }));
/** @param {import("../js/state/client/engine.js").ClientEngine} engine */
const draw = (engine) => render(h(Draw, { engine, onClose }));
/** @param {import("../js/state/client/engine.js").ClientEngine} engine */
const steps = (engine) => render(h(Steps, { engine, onClose }));

before(() => readLocale(texts("en")));

test("my page says first who can see it, and asks for lines only where there are some", () => {
  const engine = engineWith();
  assert.match(read(myPage(engine)), /Only you can see this\. It goes when you leave, unless you keep it with your code\./);
  assert.doesNotMatch(read(myPage(engine)), /Pick the lines/);
  engine.pages.page.write("one\n\ntwo");
  const page = myPage(engine);
  assert.equal(page.match(/type="checkbox"/g)?.length, 2);
  assert.doesNotMatch(read(page), /will see only this/);
});

test("the preview shows exactly the picked lines, to a peer by name", () => {
  const engine = engineWith();
  engine.pages.page.write("the bus was late\ni felt like a kid again\nanyway");
  engine.pages.page.pick(1, true);
  const preview = /<div class="preview">(.*?)<\/div>/s.exec(myPage(engine))?.[1] ?? "";
  assert.equal(read(preview).trim(), "Mara will see only this: i felt like a kid again");
  assert.match(read(myPage(engine)), /Share these lines/);
});

test("while nobody is there nothing can be shared, and the page says why", () => {
  for (const set of [{ stage: "waiting", peer: null }, { stage: "opening", peer: null }, { stage: "meeting" }, { mayWrite: false }, { stage: "resting" }]) {
    const engine = engineWith(set);
    engine.pages.page.write("one");
    engine.pages.page.pick(0, true);
    engine.pages.drawing.stamp(0, "stone", [1, 1]);
    engine.pages.steps.add("I slept");
    for (const page of [myPage(engine), draw(engine), steps(engine)]) {
      assert.match(read(page), /There is no one to share with yet/);
      assert.doesNotMatch(read(page), /Share these lines|will see only this|Show Mara/);
    }
  }
});

test("what was shared stands below with the way back; what was taken back is not there", () => {
  const rows = [
    row(1, "me", "kept between us", { kind: "page", content: { lines: ["kept between us"], strokes: [], words: "" } }),
    row(2, "me", "", { kind: "taken-back", proof: null }),
  ];
  const page = read(myPage(engineWith({ rows })));
  assert.match(page, /What you shared.*kept between us.*Take back/);
  assert.doesNotMatch(read(myPage(engineWith())), /What you shared/);
});

test("a drawing shows its colours by name, its strokes, and how far it would go", () => {
  const engine = engineWith();
  for (const at of [1, 2, 3]) engine.pages.drawing.stamp(at, "heart", [100 * at, 100]);
  engine.pages.drawing.words.value = "a storm";
  engine.pages.drawing.shareUpTo(2);
  const page = draw(engine);
  for (const color of ["Gray", "Blue", "Green", "Purple", "Orange", "Red"]) assert.match(read(page), new RegExp(color));
  assert.match(page, /type="range" min="1" max="3" step="1" value="2"/);
  const preview = /<div class="preview">(.*?)<\/div>/s.exec(page)?.[1] ?? "";
  assert.equal(preview.match(/<path/g)?.length, 2);
  assert.match(preview, /aria-label="Drawing: \u2068a storm\u2069"/);
});

test("a board that fills up says so before it is full", () => {
  const engine = engineWith();
  /** @type {string[]} */
  const told = [];
  for (let at = 0; at < 400; at += 1) {
    engine.pages.drawing.stamp(1, "circle", [at, at]);
    if (at % 20 === 0 || engine.pages.drawing.room.value === "full") told.push(read(draw(engine)).match(/The board is [a-z]+/)?.[0] ?? "");
  }
  assert.deepEqual([...new Set(told)], ["", "The board is filling", "The board is full"]);
});

test("steps stand without number and date, and are shown one by one", () => {
  const rows = [row(1, "me", "I slept", { kind: "step", nodded: true, nodder: "Mara" })];
  const engine = engineWith({ rows });
  engine.pages.steps.add("I slept");
  engine.pages.steps.add("I ate");
  engine.pages.steps.share(1);
  const page = read(steps(engine));
  assert.match(page, /I slept Mara nodded\. Take back I ate Show Mara Take out/);
  assert.doesNotMatch(page.replace(/^.*?Steps I named/, ""), /\d/);
});

test("the same page of both has a start for the client, and a word for the peer", () => {
  const { ours } = engineWith().pages;
  assert.match(read(render(h(OurPage, { ours, peer: "Mara", mine: "client", onClose }))), /Only you can keep it or delete it\. Start our page/);
  assert.match(read(render(h(OurPage, { ours, peer: null, mine: "client", onClose }))), /There is no one to share with yet/);
  const peers = read(render(h(OurPage, { ours, peer: "Mara", mine: "peer", onClose })));
  assert.match(peers, /They can start one/);
  assert.doesNotMatch(peers, /Start our page/);
});

test("only the client keeps or ends the page of both; lines name who wrote them", () => {
  const { ours } = engineWith().pages;
  ours.start();
  ours.add("a walk");
  const clients = read(render(h(OurPage, { ours, peer: "Mara", mine: "client", onClose, onKeep: onClose })));
  assert.match(clients, /You · Waiting to send a walk Change Take out/);
  assert.match(clients, /Copy it to my page Delete our page/);
  assert.doesNotMatch(read(render(h(OurPage, { ours, peer: "Mara", mine: "peer", onClose }))), /Copy it|Delete our page/);
});

test("a shared line, drawing and step are drawn, and can be read out", () => {
  const page = row(1, "them", "a\nb", { kind: "page", content: { lines: ["a", "b"], strokes: [], words: "" } });
  assert.equal(read(render(h(SharedRow, { row: page }))).trim(), "From a page of their own a b");
  assert.equal(read(sharedInWords(page)), "From a page of their own: a. b");
  const drawing = row(2, "them", "rain", { kind: "drawing", content: { lines: [], strokes: [STROKE], words: "rain" } });
  const drawn = render(h(SharedRow, { row: drawing }));
  assert.match(drawn, /role="img" aria-label="Drawing: \u2068rain\u2069"/);
  assert.match(drawn, /<path class="ink-blue width-thick" d="M0 0L500 500"/);
  assert.equal(read(sharedInWords(drawing)), "Drawing: rain");
  const bare = row(3, "me", "", { kind: "drawing", content: { lines: [], strokes: [STROKE], words: "" } });
  assert.match(render(h(SharedRow, { row: bare })), /aria-label="A drawing without words"/);
  assert.equal(read(sharedInWords(row(4, "them", "I slept", { kind: "step" }))), "A step: I slept");
  assert.equal(sharedInWords(row(5, "them", "hello")), "");
});

test("a moderator sees a flagged drawing as it was drawn, and not before it is uncovered", () => {
  const item = {
    type: /** @type {const} */ ("item"), key: "1", seq: 1, from: "client", fromClient: true, minutes: null, text: "rain", kind: "drawing",
    content: { lines: [], strokes: [STROKE], words: "rain" }, shown: signal(false), proof: /** @type {const} */ ("ok"),
  };
  const shown = () => render(h(FlaggedItem, { item, number: 1, category: "other", onShow: onClose }));
  assert.doesNotMatch(shown(), /<path class="ink-|rain/);
  item.shown.value = true;
  assert.match(shown(), /aria-label="Drawing: \u2068rain\u2069"><path class="ink-blue/);
});

test("what a page of another make sent draws nothing and breaks nothing", () => {
  for (const strokes of [undefined, null, 7, "x", {}, [null], [{}], [{ c: 1, w: 1, p: ["<b>"] }], [{ c: 1, s: "<svg>", at: [1, 1] }]]) {
    const content = /** @type {any} */ ({ lines: [], strokes, words: "<b>" });
    const drawn = render(h(SharedRow, { row: row(1, "them", "", { kind: "drawing", content }) }));
    assert.doesNotMatch(drawn, /<path|<b>/);
  }
  for (const kind of /** @type {const} */ (["page", "drawing", "step"])) render(h(SharedRow, { row: row(1, "them", "", { kind, content: null }) }));
  assert.equal(render(h(SharedRow, { row: row(1, "them", "hello") })), "");
});

test("every panel stands in Spanish too", () => {
  readLocale(texts("es"), "es");
  const engine = engineWith();
  engine.pages.page.write("uno");
  engine.pages.page.pick(0, true);
  engine.pages.drawing.stamp(0, "house", [500, 500]);
  engine.pages.steps.add("dormí");
  assert.match(read(myPage(engine)), /Mara verá solo esto: uno/);
  for (const page of [draw(engine), steps(engine), render(h(OurPage, { ours: engine.pages.ours, peer: "Mara", mine: "client", onClose }))]) {
    assert.ok(read(page).length > 50);
  }
  assert.equal(t("page-title"), "Mi página");
  readLocale(texts("en"));
});
