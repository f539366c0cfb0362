// Which questions can still be left out: those that nothing was said after.

import assert from "node:assert/strict";
import { test } from "node:test";
import { row } from "./rows.js";

const { openQuestions } = await import("../js/views/client/ask_row.js");

const asked = (/** @type {number} */ seq, /** @type {Parameters<typeof row>[3]} */ more = {}) => row(seq, "them", "How was that?", more);

test("a peer's questions stand open until the client says something, in words or in a picture", () => {
  const rows = [asked(1), row(2, "them", "I am here."), asked(3)];
  assert.deepEqual([...openQuestions(rows)], ["k1", "k3"]);
  for (const kind of /** @type {const} */ (["text", "page", "drawing", "step"])) {
    assert.deepEqual([...openQuestions([...rows, row(4, "me", "mine", { kind })])], [], kind);
  }
  assert.deepEqual([...openQuestions([...rows, row(4, "me", "mine"), asked(5)])], ["k5"]);
});

test("a line of the page, an answer with one tap and words that were taken back leave the others open", () => {
  const rows = [asked(1, { reply: "skip" }), asked(2), row(3, "note", ""), row(4, "me", "", { kind: "taken-back" })];
  assert.deepEqual([...openQuestions(rows)], ["k2"]);
});

test("past words that are folded, questions that were taken back and one's own are not asked about", () => {
  const rows = [asked(1, { folded: true }), asked(2, { kind: "taken-back" }), row(3, "me", "is it?", { status: "failed", seq: null })];
  assert.deepEqual([...openQuestions(rows)], []);
});
