// The page of both in a talk that goes on: what it discloses, what it tells, and what it does where nothing can be said.

import "./packages.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const { signal } = await import("../vendor/preact.js");
const { b64u, hex, unb64u } = await import("../js/crypto/encoding.js");
const { CLIENT_SEAT } = await import("../js/crypto/ids.js");
const { importSealKey } = await import("../js/crypto/keys.js");
const { openFlag } = await import("../js/crypto/seals.js");
const { render } = await import("preact-render-to-string");
const { h } = await import("../vendor/preact.js");
const { announce, Announcer, hush } = await import("../js/views/parts/announcer.js");
const { hushOutside } = await import("../js/views/staff/page.js");
const { ROOM } = await import("./cast.js");
const { House, until } = await import("./client_house.js");
const { SessionStorage } = await import("./session_storage.js");
const { Shift } = await import("./shift.js");

/** @type {InstanceType<typeof House>} */
let house;
/** @type {import("./client_house.js").Peer} */
let mara;

const line = (/** @type {number} */ id, /** @type {string} */ x) => ({ op: { do: "line", id: id.toString(16).padStart(16, "0"), x } });

/** What a flag holds of a line. @param {{ body: string }} item */
const lineIn = ({ body }) => JSON.parse(new TextDecoder().decode(unb64u(body))).op.x;

beforeEach(async () => {
  void new SessionStorage();
  house = await House.founded("Mara");
  [mara] = /** @type {[import("./client_house.js").Peer]} */ (/** @type {unknown} */ (house.peers));
});

async function talking() {
  const engine = house.engine();
  engine.send("hi");
  await engine.open();
  await until(() => engine.stage.value === "waiting");
  house.claim(mara);
  await until(() => engine.meet.value !== null);
  await engine.answer(true);
  await house.sit(mara);
  await until(() => engine.peer.value !== null);
  return engine;
}

test("a client flags what a peer wrote on our page, also once the peer took it out, and nothing else goes", async () => {
  const engine = await talking();
  const { ours } = engine.pages;
  ours.start();
  await until(() => house.room.kept.items.length >= 2);
  await house.says(mara, "ours", line(1, "give me your number"));
  await house.says(mara, "ours", line(2, "a walk"));
  await house.says(mara, "ours", line(1, ""));
  await until(() => ours.gone.value.size === 1);
  assert.equal(ours.news.value, true);
  assert.deepEqual(ours.written.value.map(({ who, text }) => [who, text]), [["Mara", "give me your number"], ["Mara", "a walk"]]);
  const [picked] = ours.written.value;
  assert.deepEqual(await engine.flag({ keys: [String(picked?.key)], category: "contact" }), { ok: true });
  const flag = /** @type {Record<string, any>} */ (house.flags[0]);
  const opened = await openFlag(house.moderation, unb64u(flag["flag"]), house.room.kept.room, CLIENT_SEAT, unb64u(flag["sealed"]));
  assert.deepEqual(opened.items.map(lineIn), ["give me your number"]);
  engine.leave();
});

test("a line that the service refuses for good does not wait for ever; what is said next goes out", async () => {
  const engine = await talking();
  const { ours } = engine.pages;
  ours.start();
  await until(() => house.room.kept.items.length >= 2 && ours.open.value);
  const hears = house.hears.bind(house);
  house.hears = async (line, frame) => {
    if (!(frame instanceof Uint8Array)) return hears(line, frame);
    house.hears = hears;
    const n = new DataView(frame.buffer, frame.byteOffset).getUint32(19);
    line.listener.heard({ type: "error", code: "too_long", room: b64u(house.room.kept.room), n });
  };
  assert.equal(ours.add("refused"), true);
  assert.deepEqual(ours.lines.value.map(({ x, waits }) => [x, waits]), [["refused", true]]);
  await until(() => ours.lines.value.length === 0);
  ours.add("goes out");
  await until(() => ours.lines.value.some(({ waits }) => !waits));
  assert.deepEqual(ours.lines.value.map(({ x }) => x), ["goes out"]);
  engine.leave();
});

test("what the service lost of our page is gone from it", async () => {
  const engine = await talking();
  const { ours } = engine.pages;
  ours.start();
  await until(() => house.room.kept.items.length >= 2 && ours.open.value);
  await house.says(mara, "ours", line(1, "kept"));
  await house.says(mara, "ours", line(2, "lost"));
  await until(() => ours.lines.value.length === 2);
  const { kept } = house.room;
  const { length } = kept.items;
  kept.items.length = length - 1;
  kept.heads.length = length;
  house.line.drop();
  house.line.connect();
  await until(() => engine.olderCopy.value);
  assert.deepEqual(ours.lines.value.map(({ x }) => x), ["kept"]);
  assert.deepEqual(ours.written.value.map(({ text }) => text), ["kept"]);
  engine.leave();
});

test("a peer flags what stands on the page from the client", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.clientSays(ROOM, "ours", { op: { do: "start" } });
  await shift.clientSays(ROOM, "text", { x: "hello" });
  await shift.clientSays(ROOM, "ours", line(1, "I know where you live"));
  await until(() => room.ours?.lines.value.length === 1);
  assert.deepEqual(room.flaggable.value.map(({ text }) => text), ["hello", "I know where you live"]);
  const key = String(room.flaggable.value[1]?.key);
  assert.deepEqual(await room.flag({ keys: [key], category: "abuse", note: "", reason: "abuse" }), { ok: true });
  const [flag] = /** @type {[import("./staff_house.js").Json]} */ (shift.house.asked("flags/open"));
  const opened = await openFlag(await importSealKey(shift.house.team("moderation").pkcs8), unb64u(flag.flag), ROOM, /** @type {any} */ (shift.seats.get(hex(ROOM))), unb64u(flag.sealed));
  assert.deepEqual(opened.items.map(lineIn), ["I know where you live"]);
});

test("a peer who has no say in a room adds nothing that would wait there", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await until(() => room.mayWrite.value);
  await shift.clientSays(ROOM, "ours", { op: { do: "start" } });
  await until(() => room.ours?.open.value === true);
  assert.equal(room.ours?.add("one"), true);
  room.mayWrite.value = false;
  assert.equal(room.ours?.add("two"), false);
  assert.deepEqual(room.ours?.lines.value.map(({ x }) => x), ["one"]);
});

test("what was read out on a desk goes when nobody is signed in there", () => {
  const stage = signal(/** @type {any} */ ("in"));
  const stop = hushOutside({ stage });
  announce("They say: a secret");
  assert.match(render(h(Announcer, {})), /secret/);
  stage.value = "locked";
  assert.doesNotMatch(render(h(Announcer, {})), /secret/);
  stop();
  hush();
});
