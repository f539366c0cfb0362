// A client's own pages: what goes out is what was picked, and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../js/crypto/encoding.js";
import { ProtocolError } from "../js/crypto/errors.js";
import { ApiError } from "../js/net/api.js";
import { Drawing } from "../js/state/client/drawing.js";
import { readJournal } from "../js/state/client/journal_pages.js";
import { MyPage } from "../js/state/client/my_page.js";
import { Pages } from "../js/state/client/pages.js";
import { STEPS_MOST, Steps } from "../js/state/client/steps.js";
import { MOST, readStrokes, simplified, sizeOf } from "../js/state/strokes.js";
import { signal } from "../vendor/preact.js";
import { row } from "./rows.js";

/** @typedef {import("../js/state/timeline.js").Row} Row */

/** @template F @returns {{ said: F[], say: (kind: string, fields: F) => string }} */
function mouth() {
  /** @type {F[]} */
  const said = [];
  return { said, say: (_, fields) => `w${said.push(fields)}` };
}

/** A vault that holds what was kept, as the service would. @param {unknown} [held] */
function vault(held = null) {
  let now = held;
  /** @type {string[]} */
  const asked = [];
  const act = (/** @type {string} */ what) => void asked.push(what);
  return {
    asked,
    held: () => now,
    load: async () => (act("load"), /** @type {Record<string, unknown> | null} */ (now)),
    keep: async (/** @type {object} */ journal) => (act("keep"), void (now = JSON.parse(JSON.stringify(journal)))),
    remove: async () => (act("remove"), void (now = null)),
  };
}

/**
 * @param {{ open?: () => any, root?: Uint8Array<ArrayBuffer> | null, rows?: Row[] }} [parts]
 */
function pagesWith({ open = vault, root = new Uint8Array(32), rows = [] } = {}) {
  const { said, say } = mouth();
  /** @type {string[]} */
  const taken = [];
  const clock = /** @type {any} */ (null);
  const pages = new Pages({ say, takeBack: (key) => void taken.push(key), names: () => "", rows: signal(rows), root: async () => root, api: clock, clock, open });
  return { pages, said, taken };
}

/** @param {Drawing} drawing @param {number} count */
function scribble(drawing, count) {
  for (let at = 0; at < count; at += 1) {
    drawing.begin({ c: at % 6, w: at % 3 }, 10 * at, 0);
    drawing.draw(10 * at, 500);
    drawing.finish();
  }
}

// My page

test("of three lines exactly the picked one is said, as it was written", () => {
  const { said, say } = mouth();
  const page = new MyPage(say);
  page.write("the bus was late\n  i felt like a kid again\nanyway");
  assert.equal(page.share(), false);
  page.pick(1, true);
  assert.equal(page.share(), true);
  assert.deepEqual(said, [{ lines: ["  i felt like a kid again"] }]);
  assert.deepEqual([...page.picked.value], []);
  assert.equal(page.text.value, "the bus was late\n  i felt like a kid again\nanyway");
});

test("lines go in the order of the page, whichever was picked first", () => {
  const { said, say } = mouth();
  const page = new MyPage(say);
  page.write("one\ntwo\nthree");
  page.pick(2, true);
  page.pick(0, true);
  page.pick(1, true);
  page.pick(1, false);
  page.share();
  assert.deepEqual(said, [{ lines: ["one", "three"] }]);
});

test("a line that changes is no longer picked; the others stay picked where they move to", () => {
  const page = new MyPage(() => undefined);
  page.write("one\ntwo\nthree");
  for (const at of [0, 1, 2]) page.pick(at, true);
  page.write("one\nnew\ntwo and more\nthree");
  assert.deepEqual(page.chosen.value, ["one", "three"]);
  page.write("three");
  assert.deepEqual(page.chosen.value, ["three"]);
  page.write("");
  assert.deepEqual(page.chosen.value, []);
});

test("a line without words cannot be picked", () => {
  const page = new MyPage(() => undefined);
  page.write("one\n\n  \ntwo");
  assert.deepEqual(page.lines.value, [{ at: 0, text: "one" }, { at: 3, text: "two" }]);
});

test("more than one message holds is not said, and nothing of it is lost", () => {
  const { said, say } = mouth();
  const page = new MyPage(say);
  page.write(`${"é".repeat(7000)}\n${"é".repeat(2000)}`);
  page.pick(0, true);
  page.pick(1, true);
  assert.deepEqual([page.fits.value, page.share(), said.length], [false, false, 0]);
  page.pick(1, false);
  assert.deepEqual([page.fits.value, page.share(), said.length], [true, true, 1]);
});

// Drawing

test("up to a step, exactly that many strokes are said, in the order they were drawn", () => {
  const { said, say } = mouth();
  const drawing = new Drawing(say);
  scribble(drawing, 5);
  drawing.words.value = " a storm ";
  drawing.shareUpTo(3);
  assert.ok(drawing.share());
  assert.deepEqual(said, [{ strokes: drawing.strokes.value.slice(0, 3), words: "a storm" }]);
  assert.equal(drawing.strokes.value.length, 5);
});

test("what is drawn after a step was chosen does not go with it", () => {
  const drawing = new Drawing(() => undefined);
  scribble(drawing, 3);
  drawing.shareUpTo(2);
  scribble(drawing, 1);
  assert.equal(drawing.chosen.value.length, 2);
  drawing.shareUpTo(4);
  scribble(drawing, 1);
  assert.equal(drawing.chosen.value.length, 5);
});

test("an empty board is not shared", () => {
  const { said, say } = mouth();
  const drawing = new Drawing(say);
  drawing.words.value = "only words";
  assert.deepEqual([drawing.share(), said.length], [false, 0]);
});

test("undo takes the latest away, and what would go with it", () => {
  const drawing = new Drawing(() => undefined);
  scribble(drawing, 2);
  drawing.stamp(1, "heart", [500, 500]);
  drawing.undo();
  assert.equal(drawing.chosen.value.length, 2);
});

test("a dot is a stroke, and a hand that leaves the board stays at its edge", () => {
  const drawing = new Drawing(() => undefined);
  drawing.begin({ c: 0, w: 0 }, 500.4, 500);
  drawing.finish();
  drawing.begin({ c: 0, w: 0 }, 900, 900);
  drawing.draw(1400, -20);
  drawing.finish();
  assert.deepEqual(drawing.strokes.value, [{ c: 0, w: 0, p: [500, 500] }, { c: 0, w: 0, p: [900, 900, 999, 0] }]);
});

test("a straight line keeps its two ends, a corner keeps its corner", () => {
  assert.deepEqual(simplified([0, 0, 100, 1, 200, 0, 300, 1, 400, 0], 2.5), [0, 0, 400, 0]);
  assert.deepEqual(simplified([0, 0, 100, 0, 200, 0, 200, 100, 200, 200], 2.5), [0, 0, 200, 0, 200, 200]);
});

test("a full board says so before, takes nothing more, loses nothing, and still fits into one message", () => {
  const { said, say } = mouth();
  const drawing = new Drawing(say);
  const rooms = new Set();
  let before = 0;
  for (let stroke = 0; stroke < 400 && drawing.room.value !== "full"; stroke += 1) {
    rooms.add(drawing.room.value);
    before = drawing.strokes.value.length;
    drawing.begin({ c: 0, w: 0 }, 0, 0);
    for (let at = 1; at < 40; at += 1) drawing.draw(at * 25, at % 2 ? 900 : 0);
    drawing.finish();
    assert.ok(drawing.strokes.value.length >= before);
  }
  assert.deepEqual([...rooms], ["enough", "near"]);
  assert.equal(drawing.room.value, "full");
  assert.ok(sizeOf(drawing.strokes.value) <= MOST);
  const all = drawing.strokes.value;
  drawing.begin({ c: 0, w: 0 }, 1, 1);
  assert.equal(drawing.live.value, null);
  for (let stamps = 0; stamps < 5; stamps += 1) drawing.stamp(1, "circle", [1, 1]);
  assert.deepEqual(drawing.strokes.value.slice(0, all.length), all);
  assert.ok(sizeOf(drawing.strokes.value) <= MOST);
  drawing.words.value = "\u{1F30A}".repeat(200);
  drawing.share();
  assert.ok(utf8(JSON.stringify(said[0])).length < 15_000);
});

test("a drawing of another form draws nothing, beside its twin that is drawn", () => {
  const stroke = { c: 5, w: 2, p: [0, 0, 999, 999] };
  const stamp = { c: 0, s: "tree", at: [1, 2] };
  assert.deepEqual(readStrokes([stroke, stamp]), [stroke, stamp]);
  for (const odd of [
    null, 7, [], { ...stroke, c: 6 }, { ...stroke, c: "1" }, { ...stroke, w: -1 }, { ...stroke, p: [0] }, { ...stroke, p: [] }, { ...stroke, p: [0, 1000] },
    { ...stroke, p: [0, 1.5] }, { ...stroke, p: "00" }, { ...stamp, s: "img" }, { ...stamp, s: 1 }, { ...stamp, at: [1] }, { ...stamp, at: [1, 2, 3, 4] },
  ]) assert.deepEqual(readStrokes([stroke, odd]), [], JSON.stringify(odd));
  for (const odd of [null, undefined, {}, "x", 3, Array(1000).fill(stroke)]) assert.deepEqual(readStrokes(odd), []);
});

// Steps

test("a step is shown to a peer alone, by its own words, and others are not", () => {
  const { pages, said } = pagesWith();
  assert.deepEqual([pages.steps.add("  "), pages.steps.add(" I called my sister "), pages.steps.add("I slept")], [false, true, true]);
  pages.steps.share(pages.steps.list.value[0]?.id ?? 0);
  assert.deepEqual(said, [{ x: "I called my sister" }]);
  assert.deepEqual(pages.steps.list.value.map(({ key }) => key), ["w1", null]);
});

test("a step that is half written stays until all is forgotten", () => {
  const steps = new Steps(mouth().say);
  steps.draft.value = "I sl";
  steps.add("I ate");
  assert.equal(steps.draft.value, "I sl");
  steps.forget();
  assert.equal(steps.draft.value, "");
});

test("a full list takes no step more, until one is taken out", () => {
  const { pages } = pagesWith();
  for (let at = 0; at < STEPS_MOST; at += 1) pages.steps.add(`step ${at}`);
  assert.equal(pages.steps.add("one more"), false);
  pages.steps.remove(1);
  assert.equal(pages.steps.add("one more"), true);
});

// Pages

test("what was shared is what can be taken back, and nothing that was taken back already", () => {
  const rows = [
    row(1, "me", "hello"), row(2, "me", "a line", { kind: "page" }), row(3, "me", "", { kind: "taken-back" }),
    row(4, "them", "", { kind: "unknown" }), row(5, "me", "", { kind: "drawing" }), row(6, "me", "slept", { kind: "step" }),
    row(7, "me", "of before", { kind: "page", folded: true }),
  ];
  const { pages, taken } = pagesWith({ rows });
  assert.deepEqual(pages.shared.value.map(({ key }) => key), ["k2", "k5", "k6"]);
  pages.takeBack("k2");
  assert.deepEqual(taken, ["k2"]);
});

test("our page is copied below what is on one's own", () => {
  const { pages } = pagesWith();
  pages.page.write("mine");
  pages.ours.start();
  pages.ours.add("one of ours");
  pages.ours.add("another");
  pages.copyOurs();
  assert.equal(pages.page.text.value, "mine\none of ours\nanother");
});

/** @param {Pages} pages */
function fill(pages) {
  pages.page.write("one\ntwo");
  scribble(pages.drawing, 2);
  pages.drawing.words.value = "rain";
  pages.steps.add("I slept");
  pages.steps.next.value = "a walk";
}

test("nothing reaches a vault before a tap asks for it", async () => {
  const held = vault();
  const { pages, said } = pagesWith({ open: () => held });
  fill(pages);
  pages.said(/** @type {any} */ ({ seq: 1, seat: new Uint8Array(16), obeyed: true, body: { kind: "text", fields: { x: "hi" } } }));
  assert.deepEqual([held.asked, said], [[], []]);
  await pages.keep();
  assert.deepEqual(held.asked, ["keep"]);
});

test("what was kept comes back whole on another page, and says when more was written since", async () => {
  const held = vault();
  const here = pagesWith({ open: () => held }).pages;
  fill(here);
  await here.keep();
  assert.deepEqual([here.told.value, here.kept.value, here.newer.value], ["keep-done", true, false]);
  here.page.write("one\ntwo\nthree");
  assert.equal(here.newer.value, true);

  const there = pagesWith({ open: () => held }).pages;
  await there.bringBack();
  assert.deepEqual([there.told.value, there.kept.value, there.newer.value], ["keep-back-done", true, false]);
  assert.equal(there.page.text.value, "one\ntwo");
  assert.deepEqual(there.drawing.strokes.value, here.drawing.strokes.value);
  assert.equal(there.drawing.words.value, "rain");
  assert.deepEqual([there.steps.list.value.map(({ x }) => x), there.steps.next.value], [["I slept"], "a walk"]);
});

test("what is here stays when the kept comes, none of it twice", async () => {
  const held = vault();
  const here = pagesWith({ open: () => held }).pages;
  fill(here);
  await here.keep();
  const there = pagesWith({ open: () => held }).pages;
  there.page.write("fresh");
  there.steps.add("I slept");
  there.steps.add("I ate");
  await there.bringBack();
  assert.equal(there.page.text.value, "one\ntwo\nfresh");
  assert.deepEqual(there.steps.list.value.map(({ x }) => x), ["I slept", "I ate"]);
  assert.equal(there.newer.value, true);
});

test("of a page that goes on from what was kept, or was kept longer, the longer stays; a line that is there twice stays twice", async () => {
  for (const [kept, here, both] of [
    ["a\n\nb", "a\n\nb", "a\n\nb"], ["a", "a\n\na", "a\n\na"], ["a\n\na", "a", "a\n\na"], ["a\n\nb", "c\n\nb\nb", "a\n\nb\nc\n\nb\nb"], ["a", "", "a"], ["", "a", "a"],
  ]) {
    const held = vault();
    const { pages } = pagesWith({ open: () => held });
    pages.page.write(String(kept));
    pages.steps.add("I slept");
    await pages.keep();
    pages.page.write(String(here));
    await pages.bringBack();
    assert.equal(pages.page.text.value, both);
  }
});

test("two drawings that do not fit together both stay where they are", async () => {
  const held = vault();
  const here = pagesWith({ open: () => held }).pages;
  scribble(here.drawing, 250);
  await here.keep();
  const there = pagesWith({ open: () => held }).pages;
  for (let at = 0; at < 250; at += 1) there.drawing.stamp(0, "stone", [at, at]);
  const [kept, mine] = [held.held(), there.drawing.strokes.value];
  await there.bringBack();
  assert.deepEqual([there.told.value, there.kept.value], ["keep-two-drawings", false]);
  assert.deepEqual([held.held(), there.drawing.strokes.value], [kept, mine]);
});

test("nothing kept is kept no more, and what is here stays", async () => {
  const held = vault();
  const { pages } = pagesWith({ open: () => held });
  fill(pages);
  await pages.keep();
  await pages.stopKeeping();
  assert.deepEqual([held.held(), pages.kept.value, pages.told.value], [null, false, "keep-stopped"]);
  assert.equal(pages.page.text.value, "one\ntwo");
  await pages.bringBack();
  assert.equal(pages.told.value, "keep-none");
});

test("a page that does not know its code says so, and asks nobody", async () => {
  const { pages } = pagesWith({ root: null, open: () => assert.fail("asked") });
  fill(pages);
  await pages.keep();
  assert.deepEqual([pages.told.value, pages.kept.value, pages.busy.value], ["keep-no-code", false, false]);
});

test("each way it cannot be kept has its own sentence, and loses nothing", async () => {
  for (const [error, told] of /** @type {[Error, string][]} */ ([
    [new ApiError("v_conflict"), "keep-conflict"], [new ApiError("unreachable"), "keep-not"], [new ProtocolError("too_long"), "keep-long"],
    [new ProtocolError("box_key"), "keep-unread"],
  ])) {
    const { pages } = pagesWith({ open: () => ({ ...vault(), keep: () => Promise.reject(error) }) });
    fill(pages);
    await pages.keep();
    assert.deepEqual([pages.told.value, pages.kept.value, pages.page.text.value], [told, false, "one\ntwo"]);
  }
});

test("what is kept in another form is not taken up, beside its twin that is", () => {
  const { pages } = pagesWith();
  fill(pages);
  const good = { v: 1, page: ["one"], drawing: { strokes: pages.drawing.strokes.value, words: "" }, steps: [{ x: "a" }], next: "" };
  assert.deepEqual(readJournal(JSON.parse(JSON.stringify(good))), good);
  for (const odd of [
    null, [], {}, { ...good, v: 2 }, { ...good, page: "one" }, { ...good, page: [1] }, { ...good, drawing: null }, { ...good, drawing: { strokes: [7], words: "" } },
    { ...good, drawing: { strokes: [], words: 1 } }, { ...good, steps: [{}] }, { ...good, steps: {} }, { ...good, next: null },
  ]) assert.equal(readJournal(odd), null, JSON.stringify(odd));
});

test("forgetting leaves nothing, also of what is still on its way from the vault", async () => {
  const held = vault({ v: 1, page: ["kept"], drawing: { strokes: [], words: "" }, steps: [], next: "" });
  const { pages } = pagesWith({ open: () => held });
  fill(pages);
  pages.ours.start();
  const coming = pages.bringBack();
  pages.forget();
  await coming;
  assert.deepEqual([pages.empty.value, pages.kept.value, pages.told.value, pages.busy.value, pages.ours.open.value], [true, false, null, false, false]);
});
