// What was meant for one reader and has not gone out never goes to the next by itself; and what one said of the pace, the
// next hears.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Pace } from "../js/state/client/pace.js";
import { Pause } from "../js/state/client/pause.js";
import { House, until } from "./client_house.js";
import { ManualClock } from "./manual_clock.js";
import { SessionStorage } from "./session_storage.js";

/** @typedef {import("../js/state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("./client_house.js").Peer} Peer */

/** @type {House} */
let house;
/** @type {Peer} */
let mara;
/** @type {Peer} */
let sol;

beforeEach(async () => {
  void new SessionStorage();
  house = await House.founded("Mara", "Sol");
  [mara, sol] = /** @type {[Peer, Peer]} */ (/** @type {unknown} */ (house.peers));
});

async function talking() {
  const engine = house.engine();
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  await house.meets(engine, mara);
  await house.says(mara, "text", { x: "How was that?" });
  await until(() => engine.rows.value.length === 1);
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

/** Everything there is to say, while nothing gets through. @param {ClientEngine} engine */
function saysAll(engine) {
  house.silent = true;
  engine.setPace("listen");
  engine.say("page", { lines: ["for Mara alone"] });
  engine.send("and this");
  engine.skip(Number(engine.rows.value[0]?.seq));
  engine.pages.ours.start();
  engine.setPause("away");
}

/** The line comes back, and Sol is there. @param {ClientEngine} engine */
async function goesOnWithSol(engine) {
  house.silent = false;
  house.line.drop();
  house.line.connect();
  await house.meets(engine, sol);
  await until(() => engine.net.value !== "off");
}

const kinds = async () => (await house.read()).flatMap((body) => (body ? [body.kind] : []));

for (const how of ["a switch", "a rest", "a peer who leaves"]) {
  test(`after ${how} the next peer is not sent what was meant for the one before; sending it again is the person's own act`, async () => {
    const engine = await talking();
    saysAll(engine);
    assert.equal(engine.pages.ours.open.value, true);
    if (how === "a switch") await done(engine.switchPeer());
    else {
      if (how === "a rest") await done(engine.endForNow());
      else {
        house.room.state = "resting";
        house.room.seats = house.room.seats.map((seat) => ({ ...seat, open: false }));
        house.silent = false;
        house.tellRoom();
        await until(() => engine.stage.value === "resting");
        house.silent = true;
      }
      await done(engine.lookAgain());
    }
    const [question, page, text] = engine.rows.value.filter(({ from }) => from !== "note");
    assert.deepEqual([page?.kind, page?.status, text?.text, text?.status], ["page", "failed", "and this", "failed"]);
    assert.deepEqual([question?.reply, engine.pause.value, engine.pages.ours.open.value], [null, null, false]);
    await goesOnWithSol(engine);
    engine.send("hello Sol");
    await until(() => engine.rows.value.some(({ text: x, status }) => x === "hello Sol" && status === "sent"));
    const said = await kinds();
    for (const kind of ["page", "skip", "ours"]) assert.ok(!said.includes(kind), kind);
    assert.deepEqual(await house.texts(), ["hello Sol"]);
    assert.ok(said.includes("pace")); // how the talk may go holds with everybody
    await engine.retry(String(page?.key));
    await until(() => engine.rows.value.some(({ kind, status }) => kind === "page" && status === "sent"));
    assert.ok((await kinds()).includes("page"));
  });
}

/** @param {number} seq @param {string} kind @param {string} v @returns {any} */
const said = (seq, kind, v) => ({ seq, ke: 1, obeyed: true, body: { kind, t: 29_000_000, fields: { v } } });

test("a pace that the service lost is said again, also where an older one came back; one that it did not lose is not", () => {
  for (const lost of [true, false]) {
    /** @type {any[]} */
    const told = [];
    const pace = new Pace({ say: (content) => `w${told.push(content)}`, withdraw: () => true });
    pace.said(said(1, "pace", "ask"));
    pace.said(said(lost ? 3 : 2, "pace", "listen"));
    pace.said(said(1, "pace", "ask")); // read anew
    pace.cut(2);
    assert.deepEqual(told, lost ? [{ kind: "pace", fields: { v: "listen" } }] : []);
    assert.equal(pace.speed.value, "listen");
  }
});

test("a pause that the service lost is over; one that it did not lose goes on", () => {
  for (const [seq, kind] of /** @type {[number, string | undefined][]} */ ([[3, undefined], [2, "here"]])) {
    const pause = new Pause({ say: () => "w1", clock: new ManualClock(), keepDays: { value: 12 } });
    pause.said(said(seq, "pause", "here"), null);
    assert.equal(pause.value.value?.kind, "here");
    pause.cut(2);
    assert.equal(pause.value.value?.kind, kind);
  }
});

test("the language that somebody chose for a talk holds for the next peer, too", async () => {
  const engine = house.engine();
  engine.wish.language.value = "es";
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  await house.meets(engine, mara);
  engine.wish.pickTopic("grief"); // in the panel of the switch
  house.tellRoom();
  await done(engine.switchPeer());
  const { language, topics } = house.asked("rooms/rekey").at(-1)?.["ticket"] ?? {};
  assert.deepEqual({ language, topics }, { language: "es", topics: ["grief"] });
});

test("a page that goes over to another language while one waits tells the service so", async () => {
  const engine = house.engine();
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  if (engine.wish.speaks("es")) await engine.changeWish();
  assert.equal(house.room.ticket?.["language"], "es");
});
