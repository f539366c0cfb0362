// What a client wishes for, on its way to the service, and what becomes of it there.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { b64u, hex } from "../js/crypto/encoding.js";
import { House, until } from "./client_house.js";
import { SessionStorage } from "./session_storage.js";

/** @typedef {import("../js/state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("./client_house.js").Peer} Peer */

/** @type {House} */
let house;
/** @type {Peer} */
let mara;

beforeEach(async () => {
  void new SessionStorage();
  house = await House.founded("Mara");
  mara = /** @type {Peer} */ (house.peers[0]);
});

/** @param {ClientEngine} [engine] */
async function waiting(engine = house.engine()) {
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  return engine;
}

/** Their peer has left; whether they can be met again now. @param {ClientEngine} engine @param {boolean | undefined} on */
async function left(engine, on) {
  house.room.state = "resting";
  house.room.seats = house.room.seats.map((seat) => ({ ...seat, open: false, ...(on === undefined ? {} : { on }) }));
  house.tellRoom();
  await until(() => engine.stage.value === "resting");
}

test("what is wished before there is a room goes with its ticket", async () => {
  const engine = house.engine();
  engine.wish.pickTopic("grief");
  engine.wish.pickLived("faith");
  await waiting(engine);
  const { language, topics, lived, back } = house.asked("rooms/open")[0]?.["ticket"] ?? {};
  assert.deepEqual({ language, topics, lived, back }, { language: "en", topics: ["grief"], lived: ["faith"], back: null });
});

test("what is wished while one waits is told in the order in which it was tapped", async () => {
  const engine = await waiting();
  const told = ["grief", "faith", "health"].map((topic) => {
    engine.wish.pickTopic(topic);
    return engine.changeWish();
  });
  assert.deepEqual(await Promise.all(told), [true, true, true]);
  assert.deepEqual(house.room.ticket?.["topics"], ["grief", "faith", "health"]);
  assert.deepEqual(house.asked("queue/ticket").at(-1)?.["ticket"], house.room.ticket);
});

test("a wish that the service did not take says so", async () => {
  const engine = await waiting();
  house.refusals.set("queue/ticket", ["slow_down"]);
  assert.equal(await engine.changeWish(), false);
  assert.equal(engine.trouble.value, "slow_down");
  assert.equal(await engine.changeWish(), true);
  assert.equal(engine.trouble.value, null);
});

test("once a peer joined nothing of the wish is remembered, and the next ticket asks for nobody in particular", async () => {
  const engine = await waiting();
  engine.wish.pickTopic("grief");
  await engine.changeWish();
  await house.meets(engine, mara);
  assert.deepEqual(engine.wish.ticket(), { language: "en", topics: [], lived: [], back: null });
  await left(engine, false);
  await engine.lookAgain();
  const { topics, lived, back } = house.asked("rooms/rekey").at(-1)?.["ticket"] ?? {};
  assert.deepEqual({ topics, lived, back }, { topics: [], lived: [], back: null });
});

test("a peer of this talk who can be met now is known by name, and asked for where the person wants that", async () => {
  const engine = await waiting();
  await house.meets(engine, mara);
  const today = () => engine.peerToday.value;
  assert.equal(today(), null);
  await left(engine, true);
  await until(() => today() !== null);
  assert.equal(today()?.alias, "Mara");
  engine.wish.askFor(today()?.kid ?? null);
  await engine.lookAgain();
  assert.equal(house.asked("rooms/rekey").at(-1)?.["ticket"]?.back, b64u(mara.kid));
});

test("whoever was asked for and then refused is asked for no more, and can be asked for again", async () => {
  const engine = await waiting();
  engine.wish.askFor(hex(mara.kid));
  await engine.changeWish();
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  await engine.answer(false);
  assert.equal(engine.wish.ticket().back, null);
  engine.wish.askFor(hex(mara.kid));
  assert.equal(engine.wish.ticket().back, b64u(mara.kid));
});

test("somebody else who is refused leaves the one who was asked for", async () => {
  const engine = await waiting();
  const other = new Uint8Array(16).fill(7);
  engine.wish.askFor(hex(other));
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  await engine.answer(false);
  assert.equal(engine.wish.ticket().back, b64u(other));
});

for (const on of [false, undefined]) {
  test(`a peer who cannot be met now is nobody to ask for (${on})`, async () => {
    const engine = await waiting();
    await house.meets(engine, mara);
    await left(engine, on);
    await engine.lookAgain();
    assert.equal(engine.peerToday.value, null);
  });
}
