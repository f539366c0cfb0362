// The parts of pages that need no document: how words are cut, whose they are, what is read out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stoneOf } from "../js/views/parts/stone.js";
import { paragraphs } from "../js/views/parts/paragraphs.js";
import { FITS, inParts, lengthOf } from "../js/views/parts/note_length.js";
import { stoneFor, voiceOf } from "../js/views/parts/voice.js";
import { listed, ownName } from "../js/views/parts/names.js";
import { row } from "./rows.js";

const words = (/** @type {string} */ text) => text.split(/\s+/).filter((word) => word !== "");

test("a short message keeps its own lines, and a long one gets paragraphs of at most three sentences", () => {
  assert.deepEqual(paragraphs("One. Two. Three. Four.\n\nFive."), ["One. Two. Three. Four.", "Five."]);
  const sentence = "There is room for all of this here, and for you too.";
  const long = Array.from({ length: 8 }, () => sentence).join(" ");
  const cut = paragraphs(long);
  assert.deepEqual(cut.map((each) => each.split(". ").length), [3, 3, 2]);
  assert.deepEqual(words(cut.join(" ")), words(long));
});

test("a long message without any mark at its end stays whole", () => {
  const long = Array.from({ length: 90 }, () => "word").join(" ");
  assert.deepEqual(paragraphs(long), [long]);
});

test("the length of a note is silent up to nine tenths", () => {
  assert.equal(lengthOf("a".repeat(FITS * 0.9 - 3)), "fits");
  assert.equal(lengthOf("a".repeat(FITS * 0.9)), "near");
  assert.equal(lengthOf("a".repeat(FITS)), "over");
});

test("a note that is too long goes in parts that fit, with every word, cut between sentences", () => {
  const long = Array.from({ length: 900 }, (_, n) => `This is sentence ${n}, with a “quote” and an é.`).join(" ");
  const parts = inParts(long);
  assert.equal(lengthOf(long), "over");
  assert.ok(parts.length > 1);
  assert.deepEqual(parts.map(lengthOf).filter((length) => length === "over"), []);
  assert.deepEqual(words(parts.join(" ")), words(long));
  assert.ok(parts.every((part) => part.endsWith(".")));
});

test("no cut goes through a character", () => {
  const parts = inParts("🌊".repeat(FITS / 2));
  assert.ok(parts.length > 1);
  assert.ok(parts.every((part) => !/\p{Cs}/u.test(part)));
  assert.equal(parts.join(""), "🌊".repeat(FITS / 2));
});

test("a client's words look alike on the client's page and on the peer's", () => {
  assert.equal(voiceOf(row(1, "me", "")), "client");
  assert.equal(voiceOf(row(1, "them", "", { fromClient: true })), "client");
  assert.equal(voiceOf(row(1, "them", "")), "peer");
  assert.equal(voiceOf(row(1, "me", "", { fromClient: false })), "peer");
  assert.equal(stoneFor(row(1, "me", "")), "you");
  assert.equal(stoneFor(row(1, "them", "")), 3);
  assert.equal(stoneFor(row(1, "me", "", { fromClient: false })), "peer");
});

test("a stone is one of eight, and another text of a directory stands for a peer's", () => {
  assert.equal(stoneOf("7"), 7);
  assert.equal(stoneOf("8"), 0);
  assert.equal(stoneOf("granite"), "peer");
});

test("names are isolated in a list, and languages have their own names", () => {
  assert.equal(listed(["Mara", "Jo"]), "\u2068Mara\u2069 and \u2068Jo\u2069");
  assert.equal(ownName("es"), "español");
  assert.equal(ownName("not a language"), "not a language");
});
