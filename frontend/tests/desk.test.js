// The peer's desk from the offer to the rest after a talk, against a scripted service.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { Receiver } from "../js/crypto/receiver.js";
import { RK, ROOM, filled } from "./cast.js";

const read = (/** @type {string} */ path) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

// The renderer cannot see into the vendored bundle, so the packages that it was made of take its place.
const packages = JSON.stringify(read("../vendor/preact.d.ts"));
const hook = `export const load = async (url, context, next) => url.endsWith("/vendor/preact.js")
  ? { format: "module", source: ${packages}, shortCircuit: true } : next(url, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { Shift } = await import("./shift.js");
const { seated, until } = await import("./staff_house.js");
const { Aftercare } = await import("../js/state/staff/aftercare.js");
const { readLocale, t } = await import("../js/platform/locale.js");
const { PeerDesk } = await import("../js/views/staff/desk.js");
const { newsOf } = await import("../js/views/staff/news.js");

readLocale(["en", "en.staff", "en.craft", "en.pages", "en.talk"].map((file) => read(`../locales/${file}.ftl`)));

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/state/staff/peer_room.js").PeerRoom} PeerRoom */

const OTHER = filled(16, 0x0b);
const THIRD = filled(16, 0x0c);
const MINUTE = 60_000;

/** What a person reads: no tags, no isolation marks. @param {string} html */
const words = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2068\u2069]/g, "").replace(/\s+/g, " ");

/** The whole desk as a person reads it. @param {InstanceType<typeof Shift>} shift */
const screen = ({ desk }) => words(render(h(PeerDesk, { desk })));

/** What the client reads in a room: kinds with what they carry. @param {InstanceType<typeof Shift>} shift @param {Bytes} room */
async function readBy(shift, room) {
  const receiver = await Receiver.start(room, CLIENT_SEAT, RK);
  /** @type {({ kind: string } & Record<string, unknown>)[]} */
  const found = [];
  for (const item of shift.keptOf(room).items) {
    const { body } = await receiver.receive(item);
    if (body) found.push({ kind: body.kind, ...body.fields });
  }
  return found;
}

// Availability

test("the service hears whether a peer can be met, with their own limit, and again after each reconnection", async () => {
  const shift = await Shift.begin();
  shift.desk.setAvailability("finishing");
  shift.desk.availability.hold(1);
  shift.wire.lose();
  await shift.connect();
  assert.deepEqual(shift.wire.frames("availability"), [
    { type: "availability", state: "on" },
    { type: "availability", state: "finishing" },
    { type: "availability", state: "finishing", limit: 1 },
    { type: "availability", state: "finishing", limit: 1 },
  ]);
});

test("a limit of one's own is never above the one of the pass", async () => {
  const shift = await Shift.begin();
  shift.desk.availability.hold(3);
  assert.deepEqual([shift.desk.availability.limit.value, shift.wire.frames("availability").at(-1).limit], [2, 2]);
  shift.desk.availability.hold(1);
  assert.equal(shift.desk.full.value, false);
  await shift.meet(ROOM);
  assert.equal(shift.desk.full.value, true);
});

test("what another page of the same peer chose is taken up here, and kept over a reload", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM);
  shift.availability({ state: "break", limit: 1 });
  assert.deepEqual([shift.desk.availability.state.value, shift.desk.availability.limit.value, shift.desk.waiting.value], ["break", 1, []]);
  assert.deepEqual(shift.browser.storage.keptDesk?.wanted, { state: "break", limit: 1 });
  // A state that this page does not know changes nothing.
  shift.availability({ state: "asleep" });
  assert.equal(shift.desk.availability.state.value, "break");
});

test("after a talk offers wait until a clock time, by this device's clock, and start again by themselves", async () => {
  const shift = await Shift.begin();
  shift.wire.lose();
  await shift.account.session.value?.freshPass();
  shift.wire.connect(shift.house.now + 3600); // this device is an hour behind
  shift.availability({ state: "on", until: shift.house.now + 3600 + 600 });
  const { again } = shift.desk.availability;
  assert.equal(again.value?.getTime(), Math.floor(shift.house.clock.now() / 1000) * 1000 + 10 * MINUTE);
  const line = t("desk-again", { time: /** @type {Date} */ (again.value) }).replace(/[\u2068\u2069]/g, "");
  assert.ok(screen(shift).includes(line));
  assert.doesNotMatch(line, /minute|second|left/);
  await shift.house.clock.pass(10 * MINUTE);
  assert.equal(again.value, null);
  assert.ok(!screen(shift).includes("Offers start again"));
});

test("only the peer ends the time after a talk early", async () => {
  const shift = await Shift.begin();
  shift.availability({ state: "on", until: shift.house.now + 600 });
  assert.ok(screen(shift).includes(t("desk-ready")));
  shift.desk.availability.ready();
  assert.deepEqual(shift.wire.frames("availability").at(-1), { type: "availability", state: "on", ready: true });
  assert.equal(shift.desk.availability.again.value, null);
});

test("finishing keeps the talks, brings no offers, and says when the last is over", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  shift.offer(OTHER);
  shift.desk.setAvailability("finishing");
  assert.equal(shift.desk.offer.value, null);
  assert.ok(screen(shift).includes("No offers come. Your talks go on."));
  assert.equal(room.stage.value, "talking");
  await shift.passing(room.release());
  assert.ok(screen(shift).includes("Your last talk is over. No offers come."));
  // The service ends the shift with the last talk.
  shift.availability({ state: "off" });
  assert.ok(screen(shift).includes("Your last talk is over. You are off. No offers come."));
  shift.desk.setAvailability("on");
  assert.ok(!screen(shift).includes("Your last talk is over."));
});

for (const state of /** @type {const} */ (["break", "off"])) {
  test(`talks stay open while a peer is ${state === "off" ? "off" : "on a break"}`, async () => {
    const shift = await Shift.begin();
    const room = await shift.meet(ROOM);
    await until(() => room.mayWrite.value);
    shift.desk.setAvailability(state);
    assert.deepEqual([room.stage.value, room.mayWrite.value], ["talking", true]);
    assert.ok(screen(shift).includes(`${t(`desk-now-${state}`)} ${t("desk-now-talks")}`));
  });
}

// Offers

test("an offer says why it fits, stands above the list and not in it, and is met by a hello", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM, OTHER);
  shift.offer(ROOM, { urgent: true, back: true, fits: { language: true, topics: ["grief"], lived: ["health"], asked: true } });
  const shown = screen(shift);
  for (const said of ["They asked for you.", "You both speak English.", "You are glad to talk about: grief", "You have lived through: health", "It feels urgent", "coming back"]) {
    assert.ok(shown.includes(said), said);
  }
  assert.equal(shown.split("Waiting 3 minutes").length - 1, 2);
  await shift.desk.claim(hex(ROOM));
  assert.deepEqual(shift.house.asked("queue/claim"), [{ room: b64u(ROOM) }]);
  assert.deepEqual([shift.desk.offer.value, shift.desk.current.value, shift.desk.movedOn.value], [null, hex(ROOM), 0]);
});

test("an offer that nothing speaks for says only that one is the next free peer", async () => {
  const shift = await Shift.begin();
  shift.offer(ROOM, { fits: { language: false, topics: [], lived: [], asked: false } });
  assert.ok(screen(shift).includes("You are the next free peer."));
});

test("passing takes the offer away, gives no reason, and is a problem only where the service could not be told", async () => {
  const shift = await Shift.begin();
  shift.offer(ROOM);
  shift.house.refusals.set("queue/pass", ["unknown"]);
  await shift.desk.pass(hex(ROOM));
  assert.deepEqual(shift.house.asked("queue/pass"), [{ room: b64u(ROOM) }]);
  assert.deepEqual([shift.desk.offer.value, shift.desk.problem.value, shift.desk.movedOn.value], [null, null, 0]);
  shift.offer(OTHER);
  shift.house.refusals.set("queue/pass", ["unreachable"]);
  await shift.desk.pass(hex(OTHER));
  assert.deepEqual([shift.desk.problem.value, shift.desk.offer.value?.key], ["unreachable", hex(OTHER)]);
});

test("an offer that moves on goes without a problem, and is counted once as moved on", async () => {
  const shift = await Shift.begin();
  shift.offer(ROOM);
  shift.offer(ROOM, { minutes: 4 });
  assert.equal(shift.desk.movedOn.value, 0);
  shift.offer(null);
  assert.deepEqual([shift.desk.offer.value, shift.desk.problem.value, shift.desk.movedOn.value], [null, null, 1]);
  // One of another form is as good as none.
  shift.offer(ROOM, { fits: null });
  assert.equal(shift.desk.offer.value, null);
});

test("nobody is offered to a peer who is not on", async () => {
  const shift = await Shift.begin();
  shift.desk.setAvailability("break");
  shift.offer(ROOM);
  assert.equal(shift.desk.offer.value, null);
});

// What the client asks for

test("the pace, the need, the name and a pause of the client are in view, the last of each", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  assert.deepEqual([room.pace.value, room.need.value, room.name.value, room.pause.value], ["slowly", null, "", null]);
  assert.ok(screen(shift).includes("Pace: slowly"));
  await shift.clientSays(ROOM, "pace", { v: "ask" });
  await shift.clientSays(ROOM, "pace", { v: "listen" });
  await shift.clientSays(ROOM, "need", { v: "heard" });
  await shift.clientSays(ROOM, "hello", { alias: "Sam" });
  await shift.clientSays(ROOM, "pause", { v: "here" });
  await shift.clientSays(ROOM, "text", { x: "hm" });
  await until(() => room.pause.value === "here" && room.rows.value.some(({ text }) => text === "hm"));
  const shown = screen(shift);
  for (const said of ["Pace: just listen", "Be heard", "Call them Sam", "They paused. Nothing is expected of you.", "They (Sam)"]) assert.ok(shown.includes(said), said);
  await shift.clientSays(ROOM, "pause", { v: "away" });
  await until(() => room.pause.value === "away");
  assert.ok(screen(shift).includes("They stepped away for a while."));
  await shift.clientSays(ROOM, "pause", { v: "back" });
  await until(() => room.pause.value === null);
  assert.ok(!screen(shift).includes("Nothing is expected of you."));
});

test("a pace that only a later version knows changes nothing", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.clientSays(ROOM, "pace", { v: "ask" });
  await shift.clientSays(ROOM, "pace", { v: "drumming" });
  await shift.clientSays(ROOM, "text", { x: "hm" });
  await until(() => room.rows.value.some(({ text }) => text === "hm"));
  assert.equal(room.pace.value, "ask");
});

test("a name is as long as fits beside a message", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.clientSays(ROOM, "hello", { alias: "é".repeat(40) });
  await until(() => room.name.value === "é".repeat(40));
  await shift.clientSays(ROOM, "hello", { alias: "é".repeat(41) });
  await until(() => room.name.value === `${"é".repeat(40)}…`);
});

for (const [kind, said] of [["skip", "They said: skip this"], ["not-ready", "They said: not ready for that"]]) {
  test(`${kind} stands under the message that it answers, and is read out once`, async () => {
    const shift = await Shift.begin();
    const room = await shift.meet(ROOM);
    await until(() => room.mayWrite.value);
    await room.send("what happened then?");
    await shift.commit();
    await until(() => room.rows.value[0]?.seq === 2);
    assert.deepEqual([...newsOf(room.rows.value)], []);
    await shift.clientSays(ROOM, String(kind), { of: 2 });
    await until(() => room.rows.value[0]?.reply === kind);
    assert.ok(screen(shift).includes(String(said)));
    assert.deepEqual([...newsOf(room.rows.value).values()], [said]);
  });
}

// What the peer says without a sentence

test("I'm here, no rush reaches the client as just that", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await until(() => room.mayWrite.value);
  await room.here();
  await shift.commit();
  assert.deepEqual((await readBy(shift, ROOM)).map(({ kind }) => kind), ["hello", "here"]);
});

test("a nod goes to what the client said, once; what one said oneself gets none", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await until(() => room.mayWrite.value);
  await shift.clientSays(ROOM, "step", { x: "I rang her" });
  await room.send("that is a step");
  await shift.commit();
  await until(() => room.rows.value.length === 2 && room.rows.value.every(({ seq }) => seq !== null));
  const [step, own] = room.rows.value;
  await room.nod(String(own?.key));
  await room.nod(String(step?.key));
  await shift.commit();
  await until(() => room.rows.value[0]?.nodded);
  await room.nod(String(step?.key));
  assert.deepEqual((await readBy(shift, ROOM)).filter(({ kind }) => kind === "nod"), [{ kind: "nod", of: 2 }]);
});

/** @param {InstanceType<typeof Shift>} shift @param {PeerRoom} room @param {number} seconds of writing, a letter each */
async function write(shift, room, seconds) {
  for (let second = 0; second < seconds; second++) {
    room.draft.value += "a";
    await shift.house.clock.pass(1000);
  }
}

test("the client hears once of a reply that takes a minute of writing, and once of the next", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await until(() => room.mayWrite.value);
  await write(shift, room, 60);
  assert.deepEqual(shift.wire.frames("signal"), []);
  await write(shift, room, 120);
  assert.deepEqual(shift.wire.frames("signal"), [{ type: "signal", room: b64u(ROOM), kind: "writing" }]);
  room.draft.value = "";
  await write(shift, room, 62);
  assert.equal(shift.wire.frames("signal").length, 2);
});

test("words that only stand in the field are no writing", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await until(() => room.mayWrite.value);
  room.draft.value = "half a thought";
  await shift.house.clock.pass(10 * MINUTE);
  room.draft.value += " more";
  assert.deepEqual(shift.wire.frames("signal"), []);
});

// Beside the words

test("the page that both write on shows the client's lines, takes the peer's, and marks a talk out of view", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await until(() => room.mayWrite.value);
  await shift.meet(OTHER);
  await shift.clientSays(ROOM, "ours", { op: { do: "start" } });
  await shift.clientSays(ROOM, "ours", { op: { do: "line", id: "00112233445566ff", x: "soup" } });
  await until(() => room.ours?.lines.value.length === 1);
  assert.equal(room.unread.value, true);
  assert.equal(room.ours?.add("and bread"), true);
  await shift.commit();
  await until(() => room.ours?.lines.value.every(({ waits }) => !waits));
  assert.deepEqual(room.ours?.lines.value.map(({ x, mine }) => [x, mine]), [["soup", false], ["and bread", true]]);
  assert.equal((await readBy(shift, ROOM)).at(-1)?.kind, "ours");
  assert.ok(!room.rows.value.some(({ kind }) => kind === "unknown"));
});

test("a peer's notes on a talk are kept for that talk, sealed", async () => {
  const shift = await Shift.begin();
  shift.house.answers.set("notes/get", () => ({ version: 0, blob: null }));
  shift.house.answers.set("notes/put", () => ({}));
  const room = await shift.meet(ROOM);
  await room.notes.open();
  room.notes.write("likes soup");
  await room.notes.keep();
  assert.equal(room.notes.state.value, "kept");
  const [put] = shift.house.asked("notes/put");
  assert.deepEqual([put?.room, put?.version], [b64u(ROOM), 1]);
  assert.ok(!Buffer.from(unb64u(put?.blob)).includes("soup"));
});

// Several talks

test("200 random switches between three talks with drafts bring no word into another talk", async () => {
  const shift = await Shift.begin();
  shift.house.limit = 3;
  await shift.account.session.value?.freshPass();
  const ids = [ROOM, OTHER, THIRD];
  for (const id of ids) await shift.meet(id);
  await until(() => shift.desk.rooms.value.every(({ mayWrite }) => mayWrite.value));
  const random = numbers(17);
  /** @type {Map<string, string[]>} */
  const meant = new Map(ids.map((id) => [hex(id), []]));
  for (let step = 0; step < 200; step++) {
    const key = hex(/** @type {Bytes} */ (ids[random(3)]));
    shift.desk.choose(key);
    const room = shift.room(/** @type {Bytes} */ (ids.find((id) => hex(id) === key)));
    // The field in view is bound to the talk in view: it names it, has its edge, and holds its own words.
    const shown = render(h(PeerDesk, { desk: shift.desk }));
    assert.ok(words(shown).includes(`Your reply in Talk ${room.label}`));
    assert.ok(shown.includes(`class="composer edge-${room.stone}"`));
    assert.match(room.draft.value, new RegExp(`^(${room.label}:\\d+ )*$`));
    if (room.draft.value !== "") assert.ok(words(shown).includes(room.draft.value.trim()));
    room.draft.value += `${room.label}:${step} `;
    if (random(3) > 0) continue;
    const text = room.draft.value.trim();
    room.draft.value = "";
    await room.send(text);
    meant.get(key)?.push(text);
    await shift.commit();
  }
  for (const id of ids) {
    const came = (await readBy(shift, id)).filter(({ kind }) => kind === "text").map(({ x }) => x);
    assert.ok(came.length > 5);
    assert.deepEqual(came, meant.get(hex(id)));
  }
});

/** Whole numbers below a limit, always the same ones. @param {number} seed @returns {(below: number) => number} */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// After a talk

test("a talk that is taken off the list is followed by a moment for the peer, which one act passes over", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.passing(room.release());
  assert.equal(shift.desk.aftercare.open.value, false);
  room.close();
  const shown = screen(shift);
  for (const said of ["How are you, in your body?", "Steady Stirred Shaken", "Put it down", "What might I try differently next time?"]) assert.ok(shown.includes(said), said);
  shift.desk.aftercare.done();
  assert.ok(!screen(shift).includes("How are you, in your body?"));
});

test("a hello that nobody answered is followed by nothing", async () => {
  const shift = await Shift.begin();
  shift.queue(ROOM);
  await shift.desk.claim(hex(ROOM));
  await shift.desk.cancelClaim(hex(ROOM));
  assert.equal(shift.desk.aftercare.open.value, false);
});

test("a hello to the next one passes over what is asked after a talk", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.passing(room.release());
  room.close();
  shift.desk.aftercare.write("heavy");
  shift.queue(OTHER);
  await shift.desk.claim(hex(OTHER));
  assert.deepEqual([shift.desk.aftercare.open.value, shift.desk.aftercare.weight.value], [false, ""]);
});

test("nothing that is said after a talk leaves this device", async () => {
  const shift = await Shift.begin();
  const room = await shift.meet(ROOM);
  await shift.passing(room.release());
  room.close();
  const before = [shift.house.calls.length, shift.wire.said.length];
  const { aftercare } = shift.desk;
  aftercare.felt("shaken");
  aftercare.write("what is still with me");
  aftercare.putDown();
  aftercare.keepNext("ask less");
  aftercare.done();
  await shift.house.clock.pass(2 * MINUTE);
  assert.deepEqual([shift.house.calls.length, shift.wire.said.length], before);
});

test("what is put down is gone at once by a button, and by itself a minute after the last key", async () => {
  const shift = await Shift.begin();
  const { aftercare } = shift.desk;
  aftercare.write("heavy");
  aftercare.putDown();
  assert.equal(aftercare.weight.value, "");
  aftercare.write("hea");
  await shift.house.clock.pass(50_000);
  aftercare.write("heavy");
  await shift.house.clock.pass(50_000);
  assert.equal(aftercare.weight.value, "heavy");
  await shift.house.clock.pass(10_000);
  assert.equal(aftercare.weight.value, "");
  assert.equal(shift.browser.storage.keptNote, null);
});

test("two talks that shook a peer in one shift bring the offer to end it, and no reason is asked", async () => {
  const shift = await Shift.begin();
  const { aftercare } = shift.desk;
  for (const [body, enough] of /** @type {const} */ ([["shaken", false], ["steady", false], ["stirred", false], ["shaken", true]])) {
    aftercare.talkClosed();
    aftercare.felt(body);
    assert.equal(aftercare.enough.value, enough);
  }
  assert.ok(screen(shift).includes("End my shift"));
  shift.desk.endShift();
  assert.deepEqual([aftercare.open.value, aftercare.enough.value, shift.desk.availability.state.value], [false, false, "off"]);
  // A new shift begins with nothing behind it.
  aftercare.talkClosed();
  aftercare.felt("shaken");
  assert.equal(aftercare.enough.value, false);
});

test("a change of mind about one talk is one answer", async () => {
  const shift = await Shift.begin();
  const { aftercare } = shift.desk;
  aftercare.talkClosed();
  for (const body of /** @type {const} */ (["shaken", "steady", "shaken"])) aftercare.felt(body);
  assert.equal(aftercare.enough.value, false);
});

test("what to try next time is there again for the same person, in a box, and for nobody else in this browser", async () => {
  const shift = await Shift.begin();
  const { storage } = shift.browser;
  shift.desk.aftercare.keepNext("ask l");
  await until(() => storage.keptNote);
  const first = storage.keptNote;
  shift.desk.aftercare.keepNext("ask less");
  await until(() => storage.keptNote !== first);
  assert.ok(!Buffer.from(storage.keptNote ?? []).includes("ask"));
  await shift.account.signOut();
  assert.equal(shift.desk.aftercare.next.value, "");

  const member = /** @type {import("../js/state/staff/session.js").StaffSession} */ (shift.session);
  const reader = () => new Aftercare({ storage, clock: shift.house.clock });
  const again = reader();
  await again.begin(member);
  assert.equal(again.next.value, "ask less");
  const { noteKey } = (await seated(shift.house, { alias: "Sol", value: 8 })).browser.storage.keptDesk?.key ?? member.key;
  const other = reader();
  await other.begin({ staff: filled(16, 8), key: { ...member.key, noteKey } });
  assert.equal(other.next.value, "");
  await shift.account.forgetBrowser();
  assert.equal(storage.keptNote, null);
});
