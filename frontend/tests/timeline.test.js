import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, hex, utf8 } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { Timeline, isQuestion } from "../js/state/timeline.js";
import { MARA, filled } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */

const CLIENT = hex(CLIENT_SEAT);
const PEER = hex(MARA);

const clients = () => new Timeline({ own: CLIENT, names: (seat) => (seat === PEER ? "Mara" : ""), stones: () => "3" });
const peers = () => new Timeline({ own: PEER, names: () => "They" });

/**
 * A verified item.
 * @param {number} seq
 * @param {Bytes} seat
 * @param {string} kind
 * @param {Record<string, unknown>} [fields]
 * @param {object} [more]
 * @returns {any} as the room tells it
 */
function item(seq, seat, kind, fields = {}, more = {}) {
  const body = { kind, t: 29_000_000 + seq, seen: { seq: 0, head: filled(32, 0) }, fields };
  const opened = { kf: filled(32, seq), body: utf8(`body ${seq}`) };
  return { seq, seat, ke: 1, n: seq, erased: false, hidden: false, body, opened, obeyed: true, ...more };
}
/** @param {number} seq @param {Bytes} seat */
const empty = (seq, seat) => item(seq, seat, "text", {}, { erased: true, body: null, opened: null, obeyed: false });

/** @param {Timeline} timeline */
const shown = (timeline) => timeline.rows.value.map(({ key, from, kind, text, status }) => [key, from, kind, text, status]);

test("a row keeps its key from the outbox to the disk, whether the ack or the echo comes first", () => {
  for (const order of ["ack", "echo"]) {
    const timeline = clients();
    timeline.queued("own-1", "hi", 29_000_000);
    assert.deepEqual(shown(timeline), [["own-1", "me", "text", "hi", "waiting"]]);
    if (order === "ack") timeline.delivered("own-1", 1);
    timeline.said(item(1, CLIENT_SEAT, "text", { x: "hi" }), "own-1");
    timeline.delivered("own-1", 1);
    assert.deepEqual(shown(timeline), [["own-1", "me", "text", "hi", "sent"]]);
  }
});

test("rows stand in the order of the room, what waits comes last", () => {
  const timeline = clients();
  timeline.queued("own-1", "first", 1);
  timeline.queued("own-2", "second", 1);
  timeline.delivered("own-1", 2);
  timeline.said(item(1, MARA, "text", { x: "hello" }));
  assert.deepEqual(timeline.rows.value.map(({ text }) => text), ["hello", "first", "second"]);
});

test("what is received again after a resync makes no second row", () => {
  const timeline = clients();
  timeline.queued("own-1", "hi", 1);
  timeline.said(item(1, CLIENT_SEAT, "text", { x: "hi" }), "own-1");
  for (const again of [1, 2]) timeline.said(item(again, CLIENT_SEAT, "text", { x: "hi" }));
  assert.deepEqual(timeline.rows.value.map(({ key }) => key), ["own-1", "s2"]);
});

test("words from another tab of one's own show too", () => {
  const timeline = clients();
  timeline.said(item(1, CLIENT_SEAT, "text", { x: "from the other tab" }));
  assert.deepEqual(shown(timeline), [["s1", "me", "text", "from the other tab", "sent"]]);
});

test("a peer's row names the peer, and holds exactly what proves it", () => {
  const timeline = clients();
  timeline.said(item(1, MARA, "text", { x: "hello" }));
  const [row] = timeline.rows.value;
  assert.deepEqual([row?.from, row?.who, row?.stone, row?.minutes], ["them", "Mara", "3", 29_000_001]);
  assert.deepEqual(row?.proof, { seq: 1, kf: b64u(filled(32, 1)), body: b64u(utf8("body 1")) });
});

test("a client's words that were taken back are nowhere any more", () => {
  for (const timeline of [clients(), peers()]) {
    timeline.said(item(1, CLIENT_SEAT, "text", { x: "my address" }));
    timeline.said(item(2, CLIENT_SEAT, "take-back", { of: 1 }));
    timeline.said(empty(1, CLIENT_SEAT));
    assert.deepEqual(timeline.rows.value.map(({ kind }) => kind), ["taken-back"]);
    assert.ok(!JSON.stringify(timeline.rows.value).includes("my address"));
    assert.equal(timeline.rows.value[0]?.proof, null);
  }
});

test("a peer's words that were taken back leave the log, and can still be flagged", () => {
  const timeline = clients();
  timeline.said(item(1, MARA, "text", { x: "give me your number" }));
  timeline.said(item(2, MARA, "take-back", { of: 1 }));
  const [row] = timeline.rows.value;
  assert.equal(row?.kind, "taken-back");
  assert.equal(row?.proof?.seq, 1);
  assert.equal(row?.text, "give me your number");
});

test("a take-back that is not obeyed changes nothing", () => {
  const timeline = clients();
  timeline.said(item(1, CLIENT_SEAT, "text", { x: "mine" }));
  timeline.said(item(2, MARA, "take-back", { of: 1 }, { obeyed: false }));
  assert.deepEqual(timeline.rows.value.map(({ kind }) => kind), ["text", "unknown"]);
});

test("what somebody says without words of their own stands there as a line", () => {
  const timeline = clients();
  timeline.said(item(1, CLIENT_SEAT, "pace", { v: "slowly" }));
  timeline.said(item(2, CLIENT_SEAT, "not-ready", { of: 1 }));
  timeline.said(item(3, MARA, "here"));
  timeline.said(item(4, MARA, "nod", { of: 1 }));
  assert.deepEqual(
    timeline.rows.value.map(({ from, note }) => [from, note?.id]),
    [["note", "note-client-pace"], ["note", "note-client-not-ready"], ["note", "note-peer-here"], ["note", "note-peer-nod"]],
  );
});

test("what cannot be opened, is not shared or is of a later version says so", () => {
  const timeline = clients();
  timeline.said({ seq: 1, seat: MARA, failed: "aead" });
  timeline.said(item(2, MARA, "text", {}, { hidden: true, body: null, opened: null, obeyed: false }));
  timeline.said(item(3, MARA, "consent", { text: "" }, { obeyed: false }));
  timeline.said(item(4, MARA, "dance"));
  assert.deepEqual(timeline.rows.value.map(({ kind }) => kind), ["unreadable", "hidden", "unknown", "unknown"]);
  assert.deepEqual(timeline.rows.value.map(({ proof }) => proof !== null), [false, false, true, true]);
});

test("what the other side says about the talk becomes a line of its own", () => {
  const timeline = clients();
  timeline.said(item(1, MARA, "hello", { alias: "Mara" }));
  timeline.said(item(2, MARA, "leaving", { at: 29_000_100 }));
  timeline.said(item(3, MARA, "flagged"));
  timeline.said(item(4, MARA, "bye"));
  timeline.said(item(5, CLIENT_SEAT, "bye"));
  assert.deepEqual(timeline.rows.value.map(({ from, note }) => [from, note?.id, note?.args]), [
    ["note", "note-peer-leaving", { peer: "Mara", time: new Date(29_000_100 * 60_000) }],
    ["note", "note-peer-flagged", { peer: "Mara" }],
    ["note", "note-peer-bye", { peer: "Mara" }],
  ]);
});

test("a peer's own page tells what the peer said about the talk", () => {
  const timeline = peers();
  timeline.said(item(1, CLIENT_SEAT, "bye"));
  timeline.said(item(2, MARA, "leaving", { at: 29_000_100 }));
  timeline.said(item(3, MARA, "flagged"));
  assert.deepEqual(timeline.rows.value.map(({ note }) => note?.id), ["note-client-bye", "note-own-leaving", "note-own-flagged"]);
});

test("words that were refused stay on the screen, and go again under the same key", () => {
  const timeline = clients();
  timeline.queued("own-1", "hi", 1);
  timeline.stands("own-1", "failed");
  assert.equal(timeline.row("own-1")?.status, "failed");
  timeline.stands("own-1", "waiting");
  timeline.delivered("own-1", 1);
  assert.deepEqual(shown(timeline), [["own-1", "me", "text", "hi", "sent"]]);
});

test("words that never went out are gone when they are withdrawn", () => {
  const timeline = clients();
  timeline.queued("own-1", "hi", 1);
  timeline.withdrawn("own-1");
  assert.deepEqual(timeline.rows.value, []);
});

test("past words are folded until they are shown; what is said afterwards is not", () => {
  const timeline = clients();
  timeline.foldTo(1);
  timeline.said(item(1, MARA, "text", { x: "before" }));
  timeline.said(item(2, MARA, "text", { x: "now" }));
  assert.deepEqual(timeline.rows.value.map(({ folded }) => folded), [true, false]);
  timeline.foldTo(0);
  assert.deepEqual(timeline.rows.value.map(({ folded }) => folded), [false, false]);
});

test("where the service lost words, one's own are kept to be sent again", () => {
  const timeline = clients();
  for (const seq of [1, 2, 3, 4]) timeline.said(item(seq, seq % 2 ? MARA : CLIENT_SEAT, "text", { x: `words ${seq}` }));
  timeline.cut(1);
  timeline.said(item(2, MARA, "text", { x: "after" }));
  assert.deepEqual(timeline.rows.value.map(({ text, status, seq }) => [text, status, seq]), [
    ["words 1", null, 1],
    ["after", null, 2],
    ["words 2", "failed", null],
    ["words 4", "failed", null],
  ]);
});

test("rows that did not change are the same objects", () => {
  const timeline = clients();
  timeline.said(item(1, MARA, "text", { x: "one" }));
  const [before] = timeline.rows.value;
  timeline.said(item(2, MARA, "text", { x: "two" }));
  assert.equal(timeline.rows.value[0], before);
});

test("an answer with one tap and a nod show in the row they name, and leave a line only where it is not known", () => {
  for (const page of [clients(), peers()]) {
    page.said(item(1, MARA, "text", { x: "How was that?" }));
    page.said(item(2, CLIENT_SEAT, "skip", { of: 1 }));
    page.said(item(3, CLIENT_SEAT, "step", { x: "I went out" }));
    page.said(item(4, MARA, "nod", { of: 3 }));
    const rows = page.rows.value.map(({ seq, reply, nodded, nodder }) => [seq, reply, nodded, nodder]);
    const byName = page.rows.value[0]?.from === "them" ? "Mara" : null;
    assert.deepEqual(rows, [[1, "skip", false, null], [3, null, true, byName]]);
    page.said(item(5, CLIENT_SEAT, "not-ready", { of: 99 }));
    assert.equal(page.rows.value.at(-1)?.note?.id, "note-client-not-ready");
  }
});

test("nobody answers or nods at a row that is not the other's", () => {
  const timeline = clients();
  timeline.said(item(1, CLIENT_SEAT, "text", { x: "mine?" }));
  timeline.said(item(2, CLIENT_SEAT, "skip", { of: 1 }));
  timeline.said(item(3, MARA, "text", { x: "hers" }));
  timeline.said(item(4, MARA, "nod", { of: 3 }));
  assert.deepEqual(timeline.rows.value.map(({ reply, nodded }) => [reply, nodded]), Array.from({ length: 4 }, () => [null, false]));
});

test("an answer that could not be given leaves the question as it was", () => {
  const timeline = clients();
  timeline.said(item(1, MARA, "text", { x: "How was that?" }));
  timeline.answered(1, "skip");
  assert.deepEqual([timeline.rows.value[0]?.reply, timeline.rows.value[0]?.told], ["skip", false]);
  timeline.said(item(2, CLIENT_SEAT, "skip", { of: 1 }));
  assert.equal(timeline.rows.value[0]?.told, true);
  timeline.answered(1, null);
  assert.equal(timeline.rows.value[0]?.reply, null);
});

test("a row that is taken back takes its nod or its answer along: no line comes up for it", () => {
  const timeline = clients();
  timeline.said(item(1, MARA, "text", { x: "How was that?" }));
  timeline.said(item(2, CLIENT_SEAT, "skip", { of: 1 }));
  timeline.said(item(3, CLIENT_SEAT, "text", { x: "mine" }));
  timeline.said(item(4, MARA, "nod", { of: 3 }));
  timeline.said(item(5, MARA, "take-back", { of: 1 }));
  timeline.said(empty(3, CLIENT_SEAT));
  timeline.said(item(6, CLIENT_SEAT, "take-back", { of: 3 }));
  assert.deepEqual(timeline.rows.value.map(({ seq, kind, nodded }) => [seq, kind, nodded]), [[1, "taken-back", false], [3, "taken-back", false]]);
});

test("what an answer or a nod was about is forgotten with what the service lost", () => {
  const timeline = clients();
  timeline.said(item(1, MARA, "text", { x: "How was that?" }));
  timeline.said(item(2, CLIENT_SEAT, "text", { x: "mine" }));
  timeline.said(item(3, MARA, "text", { x: "And then?" }));
  timeline.said(item(4, CLIENT_SEAT, "skip", { of: 1 }));
  timeline.said(item(5, MARA, "nod", { of: 2 }));
  timeline.said(item(6, CLIENT_SEAT, "not-ready", { of: 3 }));
  timeline.cut(2);
  timeline.said(item(3, MARA, "text", { x: "Another question?" }));
  assert.deepEqual(timeline.rows.value.map(({ reply, told, nodded }) => [reply, told, nodded]), Array.from({ length: 3 }, () => [null, false, false]));
  const before = clients();
  before.said(item(1, MARA, "text", { x: "How was that?" }));
  before.said(item(2, CLIENT_SEAT, "skip", { of: 1 }));
  before.cut(2);
  assert.equal(before.rows.value[0]?.reply, "skip");
});

test("a nod makes the row that it names anew, and no other", () => {
  const timeline = clients();
  timeline.said(item(1, CLIENT_SEAT, "text", { x: "one" }));
  timeline.said(item(2, CLIENT_SEAT, "text", { x: "two" }));
  const [first, second] = timeline.rows.value;
  timeline.said(item(3, MARA, "nod", { of: 2 }));
  assert.equal(timeline.rows.value[0], first);
  assert.notEqual(timeline.rows.value[1], second);
  const named = timeline.rows.value[1];
  timeline.said(item(4, MARA, "nod", { of: 99 }));
  assert.deepEqual([timeline.rows.value[0] === first, timeline.rows.value[1] === named], [true, true]);
});

test("a nod of somebody whose alias is not known is theirs all the same", () => {
  const timeline = new Timeline({ own: CLIENT, names: () => "" });
  timeline.said(item(1, CLIENT_SEAT, "text", { x: "mine" }));
  timeline.said(item(2, MARA, "nod", { of: 1 }));
  assert.deepEqual([timeline.rows.value[0]?.nodded, timeline.rows.value[0]?.nodder], [true, ""]);
});

test("what only says again how things stand leaves no line", () => {
  const timeline = peers();
  timeline.said(item(1, CLIENT_SEAT, "pause", { v: "back" })); // of a pause that this peer never saw
  timeline.said(item(2, CLIENT_SEAT, "pace", { v: "listen" }));
  timeline.said(item(3, CLIENT_SEAT, "pace", { v: "listen" }));
  timeline.said(item(4, CLIENT_SEAT, "pause", { v: "away" }));
  timeline.said(item(5, CLIENT_SEAT, "pause", { v: "away" }));
  timeline.said(item(6, CLIENT_SEAT, "pause", { v: "back" }));
  timeline.said(item(7, CLIENT_SEAT, "pace", { v: "ask" }));
  assert.deepEqual(timeline.rows.value.map(({ seq }) => seq), [2, 4, 6, 7]);
});

test("a page, a drawing and a step stand in rows of their own; what both write on one page does not", () => {
  const timeline = peers();
  timeline.said(item(1, CLIENT_SEAT, "page", { lines: ["one", "two"] }));
  timeline.said(item(2, CLIENT_SEAT, "drawing", { strokes: [{ c: 0 }] }));
  timeline.said(item(3, CLIENT_SEAT, "step", { x: "I called" }));
  timeline.said(item(4, CLIENT_SEAT, "ours", { op: { do: "start" } }));
  assert.deepEqual(timeline.rows.value.map(({ kind, text, proof }) => [kind, text, proof !== null]), [
    ["page", "one\ntwo", true],
    ["drawing", "", true],
    ["step", "I called", true],
  ]);
  assert.deepEqual(timeline.rows.value[0]?.content?.lines, ["one", "two"]);
  assert.deepEqual(timeline.rows.value[1]?.content?.strokes, [{ c: 0 }]);
  timeline.said(empty(2, CLIENT_SEAT));
  timeline.said(item(5, CLIENT_SEAT, "take-back", { of: 2 }));
  assert.deepEqual([timeline.rows.value[1]?.kind, timeline.rows.value[1]?.content], ["taken-back", null]);
});

test("names that become known later stand in the lines from before, too", () => {
  let alias = "";
  const timeline = new Timeline({ own: CLIENT, names: () => alias });
  timeline.said(item(1, MARA, "bye"));
  alias = "Mara";
  timeline.renamed();
  assert.deepEqual(timeline.rows.value[0]?.note, { id: "note-peer-bye", args: { peer: "Mara" } });
});

test("a question has its mark, in several scripts; a mark inside an address is none", () => {
  for (const asked of ["Why?", "¿Qué pasó ayer", "كيف حالك؟", "怎么样？好", "Really?!", "“How?” she said"]) assert.ok(isQuestion(asked), asked);
  for (const told of ["", "I see.", "https://example.org/a?b=c"]) assert.ok(!isQuestion(told), told);
});
