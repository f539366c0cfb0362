// What a person says of the pace, a pause, a question left out: short signs, each at its time and no oftener.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { House, until } from "./client_house.js";
import { SessionStorage } from "./session_storage.js";

/** @typedef {import("../js/state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("./client_house.js").Peer} Peer */

const DAY = 86_400_000;

/** @type {House} */
let house;
/** @type {Peer} */
let mara;
/** @type {Peer} */
let sol;

beforeEach(async () => {
  new SessionStorage();
  house = await House.founded("Mara", "Sol");
  [mara, sol] = /** @type {[Peer, Peer]} */ (/** @type {unknown} */ (house.peers));
});

/** Somebody in a talk with Mara. @param {(engine: ClientEngine) => void} [before] what they do before a room is there */
async function talking(before = () => {}) {
  const engine = house.engine();
  before(engine);
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  await house.meets(engine, mara);
  return engine;
}

/** @param {Promise<void>} act */
async function done(act) {
  let over = false;
  void act.finally(() => (over = true));
  await until(() => {
    if (!over) void house.clock.pass(100);
    return over;
  });
}

/** What the client said of these kinds, as [kind, value], in order. @param {string[]} kinds */
async function said(...kinds) {
  const bodies = (await house.read()).flatMap((body) => (body && kinds.includes(body.kind) ? [body] : []));
  return bodies.map(({ kind, fields }) => [kind, fields.v ?? fields.alias ?? fields.of]);
}

/** @param {ClientEngine} engine */
async function restored(engine) {
  engine.hide();
  house.lines = [];
  const again = house.engine();
  assert.equal(await again.restore(), true);
  await until(() => again.peer.value !== null);
  return again;
}

/** @param {() => boolean | Promise<boolean>} happened */
async function eventually(happened) {
  for (let tries = 0; tries < 2000; tries++) {
    if (await happened()) return;
    await new Promise((next) => setImmediate(next));
  }
  assert.fail("it did not happen");
}

test("nothing is said of pace, need or name before the person chooses; then each once, and again only where it differs", async () => {
  const engine = await talking();
  assert.deepEqual([engine.pace.value, engine.need.value, engine.name.value], ["slowly", "unsure", ""]);
  assert.deepEqual(await said("pace", "need", "hello"), []);
  engine.setPace("slowly"); // chosen, although it held before
  engine.setPace("slowly");
  engine.setNeed("ideas");
  engine.setName("  River ");
  await eventually(async () => (await said("pace", "need", "hello")).length === 3);
  engine.setNeed("ideas");
  engine.setName("River");
  engine.setPace("listen");
  await eventually(async () => (await said("pace")).length === 2);
  assert.deepEqual(await said("pace", "need", "hello"), [["pace", "slowly"], ["need", "ideas"], ["hello", "River"], ["pace", "listen"]]);
  assert.deepEqual([engine.pace.value, engine.need.value, engine.name.value], ["listen", "ideas", "River"]);
});

test("what is changed before it goes out goes out once, as it was chosen last", async () => {
  house.sockets = false;
  house.offline = true;
  const engine = house.engine();
  for (const pace of /** @type {const} */ (["listen", "slowly", "ask"])) engine.setPace(pace);
  void engine.open();
  house.offline = false;
  house.sockets = true;
  await until(() => {
    void house.clock.pass(1000);
    return engine.stage.value === "waiting";
  });
  await eventually(async () => (await said("pace")).length > 0);
  assert.deepEqual(await said("pace"), [["pace", "ask"]]);
});

test("a pace chosen before there is a room comes behind the first words, and is no note of its own", async () => {
  const engine = await talking((early) => {
    early.setPace("ask");
    early.send("hello");
  });
  assert.deepEqual((await house.read()).map((body) => body?.kind), ["text", "pace"]);
  assert.equal(engine.pace.value, "ask");
  house.rooms.clear();
  const wordless = house.engine();
  wordless.setPace("ask");
  await wordless.open();
  await eventually(async () => (await said("pace")).length === 1);
  assert.equal(house.room.ticket?.note, false);
  wordless.send("now there are words");
  await until(() => house.room.ticket?.note === true);
});

test("a new reader who cannot open what was said hears it again by itself; one who can does not", async () => {
  for (const sharePast of [false, true]) {
    house.rooms.clear();
    const engine = await talking((early) => {
      early.setPace("listen");
      early.setNeed("company");
    });
    await eventually(async () => (await said("pace", "need")).length === 2);
    await done(engine.switchPeer({ sharePast }));
    await house.meets(engine, sol);
    const times = sharePast ? 1 : 2;
    await eventually(async () => (await said("pace")).length === times && (await said("need")).length === times);
    if (!sharePast) assert.equal(house.room.kept.items.at(-1)?.ke, 2);
    assert.equal(engine.pace.value, "listen");
  }
});

test("pace, need and name are there again after a reload", async () => {
  const engine = await talking();
  engine.setPace("ask");
  engine.setNeed("facts");
  engine.setName("River");
  await eventually(async () => (await said("pace", "need", "hello")).length === 3);
  const again = await restored(engine);
  await until(() => again.name.value === "River");
  assert.deepEqual([again.pace.value, again.need.value], ["ask", "facts"]);
  again.setPace("ask");
  assert.equal((await said("pace", "need", "hello")).length, 3);
});

test("the line says who can see the pace, and where nobody is there only what it is", async () => {
  const engine = house.engine();
  engine.setPace("listen");
  await engine.open();
  const note = () => engine.rows.value.find(({ from }) => from === "note")?.note;
  await until(() => note() !== undefined);
  assert.deepEqual(note(), { id: "note-client-pace", args: { what: "listen" } });
  await house.meets(engine, mara);
  await until(() => note()?.id === "pace-changed");
  assert.deepEqual(note()?.args, { pace: "listen", peer: "Mara" });
});

test("a pause keeps the place to the end of the talk's days; whoever writes is back", async () => {
  const engine = await talking();
  const pause = () => engine.pause.value;
  assert.equal(pause(), null);
  engine.setPause("here");
  const today = Math.floor(house.now / 86_400) * 86_400;
  assert.deepEqual(pause(), { kind: "here", until: today + 12 * 86_400, told: false });
  engine.setPause("away");
  await eventually(async () => (await said("pause")).length === 2);
  await until(() => pause()?.told === true);
  assert.equal(pause()?.kind, "away");
  engine.setPace("listen"); // a sign is not a word
  assert.equal(pause()?.kind, "away");
  engine.send("me again");
  assert.equal(pause(), null);
  await eventually(async () => (await said("pause", "text")).length === 4);
  assert.deepEqual(await said("pause"), [["pause", "here"], ["pause", "away"], ["pause", "back"]]);
  assert.deepEqual((await house.read()).slice(-2).map((body) => body?.kind), ["pause", "text"]);
});

test("a pause outlives a reload, and one tap keeps the place longer on another day, or ends it", async () => {
  const engine = await talking();
  engine.setPause("away");
  await eventually(async () => (await said("pause")).length === 1);
  const again = await restored(engine);
  await until(() => again.pause.value?.kind === "away");
  const until_ = Number(again.pause.value?.until);
  again.setPause("away");
  assert.equal((await said("pause")).length, 1); // kept for today already
  await house.clock.pass(DAY);
  again.setPause("away");
  assert.equal(again.pause.value?.until, until_ + 86_400);
  again.comeBackFromPause();
  assert.equal(again.pause.value, null);
  await eventually(async () => (await said("pause")).length === 3);
  again.comeBackFromPause();
  assert.equal((await said("pause")).length, 3);
});

test("who looks for somebody else is back from a pause", async () => {
  const engine = await talking();
  engine.setPause("away");
  await eventually(async () => (await said("pause")).length === 1);
  await done(engine.switchPeer());
  assert.equal(engine.pause.value, null);
  await eventually(async () => (await said("pause")).length === 2);
});

test("a question is left out, or for another time, with one sign that names it; the row shows which", async () => {
  const engine = await talking();
  await house.says(mara, "text", { x: "What has been on your mind?" });
  await house.says(mara, "text", { x: "And before that?" });
  await until(() => engine.rows.value.length === 2);
  const [first, second] = engine.rows.value.map(({ seq }) => Number(seq));
  engine.skip(Number(first));
  engine.notReady(Number(second));
  assert.deepEqual(engine.rows.value.map(({ reply }) => reply), ["skip", "not-ready"]);
  await eventually(async () => (await said("skip", "not-ready")).length === 2);
  assert.deepEqual(await said("skip", "not-ready"), [["skip", first], ["not-ready", second]]);
  assert.equal(engine.rows.value.length, 2); // the rows say it: there is no line beside
});

test("a longer reply is told of until it comes, or for two minutes", async () => {
  const engine = await talking();
  const writes = () => house.line.listener.heard({ type: "signal", room: house.standing(house.room).room, kind: "writing" });
  writes();
  await until(() => engine.peerWriting.value);
  await house.says(mara, "text", { x: "It took me a while" });
  await until(() => !engine.peerWriting.value);
  writes();
  await until(() => engine.peerWriting.value);
  await house.clock.pass(121_000);
  assert.equal(engine.peerWriting.value, false);
});

test("a page, a drawing and a step go out as they are, stand in rows and are taken back like words", async () => {
  const engine = await talking();
  const strokes = [{ c: 1, w: 0, p: [1, 2, 3, 4] }];
  const keys = [
    engine.say("page", { lines: ["one line", "another"] }),
    engine.say("drawing", { strokes, words: "a line" }),
    engine.say("step", { x: "I wrote" }),
  ];
  await until(() => engine.rows.value.length === 3 && engine.rows.value.every(({ status, proof }) => status === "sent" && proof !== null));
  assert.deepEqual(engine.rows.value.map(({ key, kind, text }) => [key, kind, text]), [
    [keys[0], "page", "one line\nanother"],
    [keys[1], "drawing", "a line"],
    [keys[2], "step", "I wrote"],
  ]);
  assert.deepEqual(engine.rows.value[0]?.content?.lines, ["one line", "another"]);
  assert.deepEqual(engine.rows.value[1]?.content?.strokes, strokes);
  await engine.takeBack(String(keys[1]));
  await until(() => engine.rows.value[1]?.kind === "taken-back");
  assert.equal(engine.rows.value[1]?.content, null);
});

test("wishes hold at the service over a reload while one waits, and are forgotten once a peer joined", async () => {
  const engine = house.engine();
  engine.wish.pickTopic("grief");
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  assert.deepEqual(house.room.ticket?.topics, ["grief"]);
  engine.hide();
  house.lines = [];
  const again = house.engine();
  assert.equal(await again.restore(), true);
  assert.deepEqual([again.wish.topics.value, again.wish.before.value], [[], true]);
  await again.setUrgent(true);
  assert.deepEqual([house.room.ticket?.topics, house.room.ticket?.urgent], [["grief"], true]);
  again.wish.pickTopic("money");
  await again.changeWish();
  assert.deepEqual([house.room.ticket?.topics, again.wish.before.value], [["money"], false]);
  again.wish.pickTopic("money"); // put back: now nothing is wished
  await again.changeWish();
  assert.deepEqual(house.room.ticket?.topics, []);
  await house.meets(again, mara);
  assert.deepEqual(again.wish.topics.value, []);
});
