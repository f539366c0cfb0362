// A peer's private notes: the bytes, and the page's dealings with the service (docs/protocol.md, 4).

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeKeyring, openKeyring, sealKeyring } from "../js/crypto/keyring.js";
import { b64u, hex } from "../js/crypto/encoding.js";
import { NOTE_LENGTH, openNote, sealNote } from "../js/crypto/note.js";
import { importSecret, sha256 } from "../js/crypto/primitives.js";
import { ApiError } from "../js/net/api.js";
import { Notes } from "../js/state/staff/notes.js";
import { ROOM, filled, refused } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */

const NOTE_KEY = filled(32, 6);
const WORDS = "she calls him Bär; slow start";

/** A signed-in peer, and what conversations would answer. */
class Session {
  key;
  /** By room. @type {Map<string, { version: number, blob: string }>} */
  held = new Map();
  /** @type {Record<string, any>[]} */
  said = [];
  /** @type {string[]} */
  refusals = [];

  /** @param {import("../js/crypto/keyring.js").OwnKey} key */
  constructor(key) {
    this.key = key;
  }

  /** @param {string} path @param {Record<string, any>} body */
  post = async (path, body) => {
    this.said.push(body);
    const held = this.held.get(body.room);
    if (path === "notes/get") return held ?? { version: 0, blob: null };
    const refusal = this.refusals.shift();
    if (refusal !== undefined && refusal !== "lost") throw new ApiError(refusal);
    if (body.version !== held?.version || body.blob !== held?.blob) {
      if (body.version !== (held?.version ?? 0) + 1) throw new ApiError("v_conflict", 409);
      this.held.set(body.room, { version: body.version, blob: body.blob });
    }
    if (refusal === "lost") throw new ApiError("unreachable");
    return {};
  };
}

const WRAP = filled(32, 8);
const STAFF = filled(16, 9);
const session = async () => {
  const keyring = { ...(await makeKeyring()), noteKey: NOTE_KEY };
  return new Session(await openKeyring(WRAP, STAFF, await sealKeyring(keyring, WRAP, STAFF)));
};

/** @param {Promise<unknown>} call @param {string} code */
const refusedBy = (call, code) =>
  assert.rejects(call, (error) => error instanceof ApiError && (assert.equal(error.code, code), true));

test("a note has the bytes that Python gives it, and opens for its room and version alone", async () => {
  const key = await importSecret(NOTE_KEY);
  const blob = await sealNote(key, ROOM, 2, WORDS, filled(32, 7));
  assert.equal(blob.length, 4177);
  assert.equal(hex(await sha256(blob)), "05e94565f8b335d3bc180ca133556d709325bb280744381676691a6191b2587c");
  assert.equal(await openNote(key, ROOM, 2, blob), WORDS);
  await refused(openNote(key, ROOM, 1, blob), "box_key");
  await refused(openNote(key, filled(16, 2), 2, blob), "box_key");
});

test("every note has one length, and takes no more than fits", async () => {
  const key = await importSecret(NOTE_KEY);
  for (const text of ["", "a", "a".repeat(NOTE_LENGTH)]) assert.equal((await sealNote(key, ROOM, 1, text)).length, 4177);
  await refused(sealNote(key, ROOM, 1, "é".repeat(NOTE_LENGTH / 2) + "a"), "too_long");
});

test("the key of one's notes comes out of one's own box, to be used and not read", async () => {
  const { key } = await session();
  assert.equal(key.noteKey.extractable, false);
  assert.equal(await openNote(key.noteKey, ROOM, 1, await sealNote(await importSecret(NOTE_KEY), ROOM, 1, WORDS)), WORDS);
});

test("a note is there again for its writer's next page, room by room, and never in clear", async () => {
  const mara = await session();
  const notes = new Notes(mara);
  assert.equal(await notes.load(ROOM), "");
  await notes.save(ROOM, "one");
  await notes.save(ROOM, WORDS);
  await notes.save(filled(16, 2), "another room");
  assert.equal(await new Notes(mara).load(ROOM), WORDS);
  assert.equal(mara.held.get(b64u(ROOM))?.version, 2);
  assert.equal(JSON.stringify(mara.said).includes("slow"), false);
});

test("a page that another one overtook is told so, and goes on after it has looked", async () => {
  const mara = await session();
  const [one, other] = [new Notes(mara), new Notes(mara)];
  await one.save(ROOM, "one");
  await refusedBy(other.save(ROOM, "other"), "v_conflict");
  assert.equal(await other.load(ROOM), "one");
  await other.save(ROOM, "one and other");
  assert.equal(await one.load(ROOM), "one and other");
});

test("a note whose answer was lost is no conflict with the next", async () => {
  const mara = await session();
  const notes = new Notes(mara);
  mara.refusals = ["lost"];
  await refusedBy(notes.save(ROOM, "one"), "unreachable");
  await notes.save(ROOM, "two");
  assert.equal(await new Notes(mara).load(ROOM), "two");
  mara.refusals = ["unknown"];
  await refusedBy(notes.save(ROOM, "three"), "unknown");
  assert.equal(await notes.load(ROOM), "two");
});
