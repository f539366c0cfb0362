// The moderator's desk against a scripted service: proofs of what was flagged, covers, decisions, and what stays of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { writeBody } from "../js/crypto/body.js";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { sealFlag } from "../js/crypto/flag.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { Receiver } from "../js/crypto/receiver.js";
import { chainNext, chainStart } from "../js/crypto/transcript.js";
import { encrypt } from "../js/crypto/envelope.js";
import { Review, show } from "../js/state/moderator/review.js";
import { judge } from "../js/state/staff/proof.js";
import { MARA, RK, ROOM, Room as Kept, SOL, filled, flipped } from "./cast.js";
import { Browser, StaffHouse, doseOf, seated } from "./staff_house.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/state/staff/proof.js").EvidenceRow} Row */
/** @typedef {import("../js/state/staff/proof.js").Disclosed} Disclosed */
/** @typedef {import("../js/state/moderator/review.js").FlagView} FlagView */
/** @typedef {import("./staff_house.js").Json} Json */

const FLAG = filled(16, 0xf1);

/** @param {Kept} kept @returns {Row[]} what the service keeps of a room */
const rowsOf = (kept) => kept.items.map(({ seq, ke, seat, n, com }) => ({ seq, ke, seat, n, com }));

/** @param {Kept} kept @param {number[]} seqs @returns {Promise<Disclosed[]>} what its client can disclose */
async function disclosed(kept, seqs) {
  const receiver = await Receiver.start(kept.room, CLIENT_SEAT, RK);
  const items = [];
  for (const item of kept.items) {
    const { seq, opened } = await receiver.receive(item);
    if (opened && seqs.includes(seq)) items.push({ seq, kf: b64u(opened.kf), body: b64u(opened.body) });
  }
  return items;
}

/** A client, a peer who asks for a number, and another in between. @param {Bytes} [peer] */
async function talk(peer = MARA) {
  const kept = await Kept.open(ROOM);
  await kept.say(CLIENT_SEAT, "text", { x: "hi" });
  await kept.say(peer, "text", { x: "glad you came" });
  await kept.say(CLIENT_SEAT, "text", { x: "thank you" });
  await kept.say(peer, "text", { x: "give me your number" });
  await kept.say(CLIENT_SEAT, "text", { x: "no" });
  return kept;
}

/** @param {{ proof: string }[]} judged */
const proofs = (judged) => judged.map(({ proof }) => proof);

test("words that were said check out, by whomever", async () => {
  const kept = await talk();
  assert.deepEqual(proofs(await judge(ROOM, rowsOf(kept), await disclosed(kept, [1, 2, 3, 4, 5]))), ["ok", "ok", "ok", "ok", "ok"]);
  const [one] = await judge(ROOM, rowsOf(kept), await disclosed(kept, [4]));
  assert.deepEqual([one?.seat, one?.body?.fields.x, one?.proof], [MARA, "give me your number", "ok"]);
});

/** One thing each that is not as it was said. @type {[string, (rows: Row[], item: Disclosed) => { rows?: Row[], item?: Disclosed, room?: Bytes }][]} */
const CHANGES = [
  ["a body", (_, item) => ({ item: { ...item, body: b64u(flipped(unb64u(item.body), 8)) } })],
  ["a body that says something else", (_, item) => ({ item: { ...item, body: b64u(writeBody({ kind: "text", t: 29_000_000, seen: { seq: 0, head: filled(32, 0) }, fields: { x: "worse" } })) } })],
  ["a shorter opening key", (_, item) => ({ item: { ...item, kf: b64u(unb64u(item.kf).slice(1)) } })],
  ["an opening key", (_, item) => ({ item: { ...item, kf: b64u(flipped(unb64u(item.kf))) } })],
  ["the place", (_, item) => ({ item: { ...item, seq: 2 } })],
  ["a place that is not there", (_, item) => ({ item: { ...item, seq: 99 } })],
  ["the row's seat", (rows) => ({ rows: rows.map((row) => (row.seq === 4 ? { ...row, seat: SOL } : row)) })],
  ["the row's count", (rows) => ({ rows: rows.map((row) => (row.seq === 4 ? { ...row, n: row.n + 1 } : row)) })],
  ["the row's epoch", (rows) => ({ rows: rows.map((row) => (row.seq === 4 ? { ...row, ke: 2 } : row)) })],
  ["the row's commitment", (rows) => ({ rows: rows.map((row) => (row.seq === 4 ? { ...row, com: flipped(row.com) } : row)) })],
  ["the room", () => ({ room: flipped(ROOM) })],
  ["the sender of an earlier row", (rows) => ({ rows: rows.map((row) => (row.seq === 2 ? { ...row, seat: SOL } : row)) })],
  ["the commitment of an earlier row", (rows) => ({ rows: rows.map((row) => (row.seq === 1 ? { ...row, com: flipped(row.com) } : row)) })],
  ["the count of an earlier row", (rows) => ({ rows: rows.map((row) => (row.seq === 3 ? { ...row, n: 9 } : row)) })],
];

for (const [what, change] of CHANGES) {
  test(`nothing checks out once ${what} was changed`, async () => {
    const kept = await talk();
    const [item] = await disclosed(kept, [4]);
    assert.ok(item);
    const changed = { rows: rowsOf(kept), item, room: ROOM, ...change(rowsOf(kept), item) };
    assert.deepEqual(proofs(await judge(changed.room, changed.rows, [changed.item])), ["bad"]);
  });
}

test("where the rows have a gap, nothing can be checked yet", async () => {
  const kept = await talk();
  const items = await disclosed(kept, [2, 4]);
  for (const gone of [1, 2, 3]) {
    assert.deepEqual(proofs(await judge(ROOM, rowsOf(kept).filter(({ seq }) => seq !== gone), items)), ["wait", "wait"]);
  }
  assert.deepEqual(proofs(await judge(ROOM, rowsOf(kept).toReversed(), items)), ["wait", "wait"]);
});

test("words that claim to have seen another past, or their own future, do not check out", async () => {
  const kept = await talk();
  const message = { room: ROOM, ke: 1, seat: MARA, n: 3 };
  for (const seen of [
    { seq: 5, head: filled(32, 9) },
    { seq: 6, head: filled(32, 9) },
    { seq: 70, head: filled(32, 9) },
  ]) {
    const body = writeBody({ kind: "text", t: 29_000_000, seen, fields: { x: "x" } });
    const kf = filled(32, 4);
    const { com } = await encrypt(/** @type {Bytes} */ (RK.get(1)), message, body, kf);
    const rows = [...rowsOf(kept), { seq: 6, ke: 1, seat: MARA, n: 3, com }];
    assert.deepEqual(proofs(await judge(ROOM, rows, [{ seq: 6, kf: b64u(kf), body: b64u(body) }])), ["bad"]);
  }
});

test("words that name what was really seen check out, however long before", async () => {
  const kept = await Kept.open(ROOM);
  const start = await chainStart(ROOM);
  await kept.say(CLIENT_SEAT, "text", { x: "one" }, { seen: { seq: 0, head: start } });
  await kept.say(MARA, "text", { x: "two" }, { seen: { seq: 0, head: start } });
  const [first] = kept.items;
  assert.ok(first);
  assert.deepEqual(kept.heads[1], await chainNext(start, 1, first, first.com));
  assert.deepEqual(proofs(await judge(ROOM, rowsOf(kept), await disclosed(kept, [1, 2]))), ["ok", "ok"]);
});

/** A moderator with one flag waiting, raised by the client unless a test says otherwise. @param {{ more?: (kept: Kept, seat: Bytes) => Promise<void>, seqs?: number[], epoch?: number, reporter?: Bytes, change?: (evidence: Json) => void, flag?: (items: Disclosed[]) => Disclosed[] }} [given] */
async function onDuty({ more = async () => {}, seqs = [2, 4], epoch = 1, reporter = CLIENT_SEAT, change = () => {}, flag = (items) => items } = {}) {
  const house = await StaffHouse.founded();
  const mara = await seated(house);
  const ash = await seated(house, { role: "moderator", alias: "Ash", value: 9 });
  const account = ash.browser.page();
  const review = new Review(account, doseOf(house, ash.browser));
  await ash.signIn(account);

  const kept = await talk(await house.seat(ROOM, mara.member));
  await more(kept, await house.seat(ROOM, mara.member));
  const key = house.teams.moderation?.find((each) => each.epoch === epoch) ?? house.team("moderation");
  const content = { v: /** @type {const} */ (1), items: flag(await disclosed(kept, seqs)), reason: "asked for my number", note: "" };
  const evidence = {
    flag: b64u(FLAG), room: b64u(ROOM), reporter: b64u(reporter), kid: b64u(filled(16, 0)), epoch, category: "contact", day: 20_000,
    sealed: b64u(await sealFlag(key.pub, FLAG, ROOM, reporter, content)),
    state: "talking",
    rows: rowsOf(kept).map(({ seat, com, ...row }) => ({ ...row, seat: b64u(seat), com: b64u(com) })),
    seats: [{ seat: b64u(CLIENT_SEAT), kid: null }],
    more: null, notes: [], note: 1, second: null,
  };
  change(evidence);
  let waits = true;
  house.answers.set("flags/take", () => ({ flag: waits ? { flag: b64u(FLAG), category: "contact", day: 20_000, until: house.now + 1800, more: "none", held: false, handed_on: false } : null }));
  house.answers.set("flags/read", () => evidence);
  house.answers.set("staff/trail", () => ({ entries: [] }));
  house.answers.set("flags/decide", () => {
    waits = false;
    return { outcome: "none" };
  });
  return { house, account, review, mara };
}

/** @param {Review} review */
const view = (review) => /** @type {FlagView} */ (review.flag.value);

/** @param {Review} review @returns {import("../js/state/moderator/case.js").FlaggedItem[]} */
const messages = (review) => view(review).items.flatMap((item) => (item.type === "item" ? [item] : []));

test("a moderator sees the disclosed words, who said them, the gap between, and that they check out", async () => {
  const { review } = await onDuty();
  await review.next();
  const { category, day, from, reason, room, mayAct, epochMissing, items } = view(review);
  assert.deepEqual([category, day, from, reason, room, mayAct, epochMissing], ["contact", 20_000, "client", "asked for my number", "open", true, false]);
  assert.deepEqual(items.map((item) => (item.type === "gap" ? item.count : [item.seq, item.from, item.text, item.proof])), [
    [2, "Mara", "glad you came", "ok"],
    1,
    [4, "Mara", "give me your number", "ok"],
  ]);
});

test("a flagged line of the page that both write on is read as any words", async () => {
  const { review } = await onDuty({
    seqs: [6],
    more: async (kept, seat) => void (await kept.say(seat, "ours", { op: { do: "line", id: "00000000000000aa", x: "call me" } })),
  });
  await review.next();
  assert.deepEqual(messages(review).map(({ from, kind, text, proof }) => [from, kind, text, proof]), [["Mara", "ours", "call me", "ok"]]);
});

test("words stay covered until they are shown, one by one", async () => {
  const { review } = await onDuty();
  await review.next();
  assert.deepEqual(messages(review).map(({ shown }) => shown.value), [false, false]);
  show(/** @type {import("../js/state/moderator/case.js").FlaggedItem} */ (messages(review)[1]));
  assert.deepEqual(messages(review).map(({ shown }) => shown.value), [false, true]);
});

test("a speaker is named from the signed directory alone; somebody it does not list has no name", async () => {
  const { review } = await onDuty({ seqs: [1, 2], change: (evidence) => (evidence.seats = [{ seat: b64u(CLIENT_SEAT), kid: b64u(filled(16, 3)) }]) });
  await review.next();
  assert.deepEqual(messages(review).map(({ from, fromClient }) => [from, fromClient]), [["client", true], ["Mara", false]]);

  const gone = await onDuty({ seqs: [2] });
  gone.house.members = gone.house.members.filter((member) => member !== gone.mara.member);
  await gone.house.publish();
  await gone.account.session.value?.refresh();
  await gone.review.next();
  assert.deepEqual(messages(gone.review).map(({ from, proof }) => [from, proof]), [["", "ok"]]);
});

for (const [what, change] of /** @type {[string, (evidence: Json) => void][]} */ ([
  ["commitment", ({ rows }) => (rows[3].com = b64u(flipped(unb64u(rows[3].com))))],
  ["seat", ({ rows }) => (rows[3].seat = b64u(filled(16, 0x77)))],
  ["count", ({ rows }) => (rows[3].n += 1)],
  ["epoch", ({ rows }) => (rows[3].ke += 1)],
])) {
  test(`a row with another ${what} turns its words bad, and nobody can be acted on`, async () => {
    const { review, house } = await onDuty({ change });
    await review.next();
    assert.deepEqual([messages(review).map(({ proof }) => proof), view(review).mayAct], [["ok", "bad"], false]);
    await review.decide({ act: "close", subject: null, reason: "abuse", line: "x" });
    assert.deepEqual([review.problem.value, house.asked("flags/decide").length], ["proof", 0]);
    await review.decide({ act: "none", subject: null, reason: "not-clear", line: "does not check out" });
    assert.deepEqual([review.problem.value, review.flag.value], [null, null]);
  });
}

test("words that a reporter made up turn bad", async () => {
  const words = { kind: "text", t: 29_000_000, seen: { seq: 0, head: filled(32, 0) }, fields: { x: "I will find you" } };
  const { review } = await onDuty({ flag: ([, item]) => (item ? [{ ...item, body: b64u(writeBody(words)) }] : []) });
  await review.next();
  assert.deepEqual([messages(review).map(({ proof }) => proof), view(review).mayAct], [["bad"], false]);
});

test("evidence with a missing row has to wait", async () => {
  const { review } = await onDuty({ change: (evidence) => evidence.rows.splice(2, 1) });
  await review.next();
  assert.deepEqual([messages(review).map(({ proof }) => proof), view(review).mayAct], [["wait", "wait"], false]);
});

test("a flag under an epoch this moderator was not given is named so, and cannot be acted on", async () => {
  const { review, house } = await onDuty({ epoch: 7 });
  const looked = house.asked("staff/me").length;
  await review.next();
  assert.deepEqual([view(review).epochMissing, view(review).items, view(review).mayAct, review.problem.value], [true, [], false, null]);
  assert.equal(house.asked("staff/me").length, looked + 1);
});

test("a flag under an epoch made since sign-in opens with the key fetched for it", async () => {
  const { house, account, mara } = await onDuty();
  await house.renewTeam("moderation");
  const review = new Review(account, doseOf(house, new Browser(house)));
  const kept = await talk(await house.seat(ROOM, mara.member));
  const content = { v: /** @type {const} */ (1), items: await disclosed(kept, [4]), reason: "", note: "" };
  const { pub, epoch } = house.team("moderation");
  assert.equal(epoch, 2);
  const evidence = house.answers.get("flags/read")?.({}) ?? {};
  Object.assign(evidence, { epoch, sealed: b64u(await sealFlag(pub, FLAG, ROOM, CLIENT_SEAT, content)), rows: rowsOf(kept).map(({ seat, com, ...row }) => ({ ...row, seat: b64u(seat), com: b64u(com) })) });
  await review.next();
  assert.deepEqual([view(review).mayAct, messages(review).length], [true, 1]);
});

for (const [what, given] of /** @type {[string, Parameters<typeof onDuty>[0]][]} */ ([
  ["another reporter's seat", { change: (evidence) => (evidence.reporter = b64u(filled(16, 5))) }],
  ["another room", { change: (evidence) => (evidence.room = b64u(filled(16, 5))) }],
])) {
  test(`a flag that is passed off as one of ${what} does not open, and can only be laid aside`, async () => {
    const { review } = await onDuty(given);
    await review.next();
    assert.deepEqual([review.problem.value, view(review).items, view(review).mayAct], ["aead", [], false]);
    await review.decide({ act: "none", subject: null, reason: "not-clear", line: "" });
    assert.equal(review.flag.value, null);
  });
}

test("a decision carries the reason in the clear and the moderator's line sealed to the team", async () => {
  const { review, house } = await onDuty();
  await review.next();
  await review.decide({ act: "close", subject: null, reason: "asked-contact", line: "asked twice" });
  const [asked] = /** @type {[Json]} */ (house.asked("flags/decide"));
  assert.deepEqual([asked.flag, asked.act, asked.reason, Object.keys(asked).length], [b64u(FLAG), "close", "asked-contact", 6]);
  assert.equal(unb64u(asked.sealed).length, 1024 + 81);
  assert.ok(!JSON.stringify(house.calls).includes("asked twice"));
  assert.equal(review.flag.value, null);
  await review.next();
  assert.deepEqual([review.none.value, review.flag.value], [true, null]);
});

test("a decision without an answer is asked again as it was; a changed one is another", async () => {
  const { review, house } = await onDuty();
  await review.next();
  house.refusals.set("flags/decide", ["unreachable", "unreachable"]);
  await review.decide({ act: "none", subject: null, reason: "nothing-wrong", line: "fine" });
  assert.deepEqual([review.problem.value, view(review).key], ["unreachable", hex(FLAG)]);
  await review.decide({ act: "none", subject: null, reason: "nothing-wrong", line: "fine" });
  await review.decide({ act: "none", subject: null, reason: "nothing-wrong", line: "fine after all" });
  const [first, second, third] = house.asked("flags/decide");
  assert.deepEqual(first, second);
  assert.notDeepEqual(second, third);
});

test("a flag that somebody else has by now goes out of view", async () => {
  for (const code of ["unknown", "closed"]) {
    const { review, house } = await onDuty();
    await review.next();
    house.refusals.set("flags/decide", [code]);
    await review.decide({ act: "none", subject: null, reason: "nothing-wrong", line: "" });
    assert.deepEqual([review.problem.value, review.flag.value], [code, null]);
  }
});

test("signing out leaves nothing of a flag", async () => {
  const { review, account } = await onDuty();
  await review.next();
  messages(review).forEach(show);
  await account.signOut();
  assert.deepEqual([review.flag.value, review.none.value, review.problem.value], [null, false, null]);
  await review.next();
  assert.equal(review.flag.value, null);
});

test("a flag that comes while its moderator signs out is not shown", async () => {
  const { review, account, house } = await onDuty();
  const asking = review.next();
  await account.signOut();
  await asking;
  assert.deepEqual([review.flag.value, house.cookie], [null, null]);
});

test("only a moderator has a review: for a peer nothing is asked", async () => {
  const { house, mara } = await onDuty();
  const account = mara.browser.page();
  const review = new Review(account, doseOf(house, mara.browser));
  await mara.signIn(account);
  await review.next();
  assert.deepEqual([account.stage.value, review.flag.value, house.asked("flags/take").length], ["in", null, 0]);
});
