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
const { OurPage } = await import("../js/views/parts/our_page.js");
const { FlagPanel } = await import("../js/views/client/flag_panel.js");
const { FlaggedItem } = await import("../js/views/moderator/flagged_item.js");
const { SharedRow, sharedInWords } = await import("../js/views/parts/shared_row.js");

const MARA = { alias: "Mara" };
const STROKE = { c: 1, w: 2, p: [0, 0, 500, 500] };
const onClose = () => undefined;
const [MARAS, LUZS] = ["11".repeat(16), "22".repeat(16)];
const NAMES = new Map([[MARAS, "Mara"], [LUZS, "Luz"]]);

/** @param {string} locale */
const texts = (locale) => ["", ".pages", ".staff", ".review"].map((part) => readFileSync(new URL(`../locales/${locale}${part}.ftl`, import.meta.url), "utf8"));

/** The text of a page, as it is read. @param {string} html */
const read = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2066-\u2069]/g, "").replace(/&quot;/g, '"').replace(/\s+/g, " ");

/**
 * @param {{ stage?: string, mayWrite?: boolean, rows?: import("../js/state/timeline.js").Row[], peer?: object | null, readers?: string[] }} [set]
 */
function engineWith({ stage = "talking", mayWrite = true, rows = [], peer = MARA, readers = ["Mara"] } = {}) {
  const none = /** @type {any} */ (null);
  let count = 0;
  const pages = new Pages({ say: () => `k${++count}`, takeBack: () => undefined, names: (seat) => NAMES.get(seat) ?? "", rows: signal(rows), root: async () => null, api: none, clock: none });
  const values = { stage, mayWrite, peer, readers, folded: false, rows, code: { words: "one two", numbers: "0001 0002" }, codeKept: "offer" };
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
  assert.match(read(render(h(OurPage, { ours, peer: "Mara", mine: "client", mayWrite: true, onClose }))), /“Delete this talk” removes both\. Start our page/);
  assert.match(read(render(h(OurPage, { ours, peer: null, mine: "client", mayWrite: true, onClose }))), /There is no one to share with yet/);
  const peers = read(render(h(OurPage, { ours, peer: "Mara", mine: "peer", mayWrite: true, onClose })));
  assert.match(peers, /They can start one/);
  assert.doesNotMatch(peers, /Start our page/);
});

test("only the client keeps or ends the page of both; lines name who wrote them", () => {
  const { ours } = engineWith().pages;
  ours.start();
  ours.add("a walk");
  const clients = read(render(h(OurPage, { ours, peer: "Mara", mine: "client", mayWrite: true, onClose, onKeep: onClose })));
  assert.match(clients, /You · Waiting to send a walk Change Take out/);
  assert.match(clients, /Copy it to my page Take our page away/);
  assert.doesNotMatch(read(render(h(OurPage, { ours, peer: "Mara", mine: "peer", mayWrite: true, onClose }))), /Copy it|Take our page away/);
});

/**
 * A line that somebody of the team wrote on our page.
 * @param {string} seat in hex
 * @param {number} seq
 * @param {number} id
 * @param {string} x
 * @returns {any} as the room tells it
 */
const wrote = (seat, seq, id, x) => ({
  seq, seat: Uint8Array.from(seat.match(/../g) ?? [], (byte) => parseInt(byte, 16)), obeyed: true, opened: { kf: new Uint8Array(32), body: new Uint8Array(4) },
  body: { kind: "ours", t: 29_000_000, fields: { op: { do: "line", id: id.toString(16).padStart(16, "0"), x } } },
});

test("a line is of the peer who wrote it, also where another is with the client now", () => {
  const { ours } = engineWith().pages;
  ours.start();
  ours.said({ ...wrote(MARAS, 1, 0, ""), seat: new Uint8Array(16), body: { kind: "ours", fields: { op: { do: "start" } } } });
  ours.said(wrote(MARAS, 2, 1, "from Mara"));
  ours.said(wrote(LUZS, 3, 2, "from Luz"));
  const page = read(render(h(OurPage, { ours, peer: "Luz", mine: "client", mayWrite: true, onClose })));
  assert.match(page, /Mara from Mara .* Luz from Luz /);
  assert.match(page, /A new peer sees only what is added from then on/);
});

test("what a peer wrote on our page and took out can be flagged, and the page says so; folded lines are not shown", () => {
  const engine = engineWith();
  const { ours } = engine.pages;
  ours.said({ ...wrote(MARAS, 1, 0, ""), seat: new Uint8Array(16), body: { kind: "ours", fields: { op: { do: "start" } } } });
  ours.said(wrote(MARAS, 2, 1, "give me your number"), false);
  ours.said(wrote(MARAS, 3, 1, ""));
  assert.match(read(render(h(OurPage, { ours, peer: "Mara", mine: "client", mayWrite: true, onClose }))), /No lines yet.*Mara took a line out\. You can still flag it\./);
  assert.match(read(render(h(FlagPanel, { engine, picked: null, onClose }))), /Mara On our page: give me your number/);
});

test("what a peer wrote before a return is not in the flag panel while the past is folded", () => {
  const engine = engineWith();
  engine.pages.said(wrote(MARAS, 2, 1, "long ago"), false);
  assert.match(render(h(FlagPanel, { engine, picked: null, onClose })), /long ago/);
  engine.folded.value = true;
  assert.doesNotMatch(render(h(FlagPanel, { engine, picked: null, onClose })), /long ago/);
  engine.pages.said(wrote(MARAS, 3, 2, "just now"), true);
  assert.match(render(h(FlagPanel, { engine, picked: null, onClose })), /just now/);
});

test("while nothing can be said, nothing can be added, changed or taken out; what was half written is still there", () => {
  const engine = engineWith();
  const { ours } = engine.pages;
  ours.start();
  ours.add("a walk");
  ours.draft.value = "half a li";
  const page = (/** @type {boolean} */ mayWrite) => render(h(OurPage, { ours, peer: "Mara", mine: "client", mayWrite, onClose }));
  assert.equal(page(false).match(/ disabled/g)?.length, 3);
  assert.doesNotMatch(page(true), / disabled/);
  for (const each of [page(true), page(false)]) assert.match(each, /value="half a li"/);
  ours.write(ours.lines.value[0]?.id ?? "", "a long wa");
  assert.match(page(true), /value="a long wa"/);
  engine.pages.steps.draft.value = "I sl";
  assert.match(steps(engine), /value="I sl"/);
});

test("where two can read, the preview names both", () => {
  const engine = engineWith({ readers: ["Mara", "Luz"] });
  engine.pages.page.write("one");
  engine.pages.page.pick(0, true);
  assert.match(read(myPage(engine)), /Mara and Luz will see only this: one/);
});

test("what was shared before a return is not shown while it is folded away", () => {
  const content = { lines: ["long ago"], strokes: [], words: "" };
  const page = (/** @type {boolean} */ folded) => read(myPage(engineWith({ rows: [row(1, "me", "long ago", { kind: "page", content, folded })] })));
  assert.match(page(false), /long ago/);
  assert.doesNotMatch(page(true), /long ago|What you shared/);
});

test("a message of thousands of lines is drawn with few elements, and loses none", () => {
  const lines = Array.from({ length: 5000 }, (_, at) => `${at}`);
  const drawn = render(h(SharedRow, { row: row(1, "them", "", { kind: "page", content: { lines, strokes: [], words: "" } }) }));
  assert.ok((drawn.match(/<p/g)?.length ?? 0) <= 201);
  assert.ok(drawn.includes("198</p>") && drawn.includes("199\n200\n") && drawn.includes("4999</p>"));
});

test("a page on which a peer writes thousands of lines is drawn with few elements, and loses none", () => {
  const { ours } = engineWith().pages;
  ours.said({ ...wrote(MARAS, 1, 0, ""), seat: new Uint8Array(16), body: { kind: "ours", fields: { op: { do: "start" } } } });
  for (let at = 1; at <= 1000; at += 1) ours.said(wrote(MARAS, 1 + at, at, `line ${at}.`));
  const drawn = render(h(OurPage, { ours, peer: "Mara", mine: "client", mayWrite: true, onClose }));
  assert.equal(drawn.match(/<li/g)?.length, 201);
  assert.ok(drawn.includes("line 200.</p>") && drawn.includes("line 201.\nline 202.\n") && drawn.includes("line 1000.</p>"));
});

test("a moderator reads a flagged line of our page, once it is uncovered", () => {
  const item = {
    type: /** @type {const} */ ("item"), key: "1", seq: 1, from: "Mara", fromClient: false, minutes: null, text: "give me your number", kind: "ours",
    content: null, later: false, parts: signal(0), shown: signal(false), proof: /** @type {const} */ ("ok"),
  };
  const shown = () => read(render(h(FlaggedItem, { item, number: 1, category: "other" })));
  assert.doesNotMatch(shown(), /your number/);
  item.shown.value = true;
  assert.match(shown(), /On our page: give me your number/);
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
    content: { lines: [], strokes: [STROKE], words: "rain" }, later: false, parts: signal(0), shown: signal(false), proof: /** @type {const} */ ("ok"),
  };
  const shown = () => render(h(FlaggedItem, { item, number: 1, category: "other" }));
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
  for (const page of [draw(engine), steps(engine), render(h(OurPage, { ours: engine.pages.ours, peer: "Mara", mine: "client", mayWrite: true, onClose }))]) {
    assert.ok(read(page).length > 50);
  }
  assert.equal(t("page-title"), "Mi página");
  readLocale(texts("en"));
});
