// What takes two people, and what comes with a change of keys, against a service that judges as the real one does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { openFlag } from "../js/crypto/seals.js";
import { Kept as KeptFlags } from "../js/state/moderator/kept.js";
import { Pauses } from "../js/state/moderator/pauses.js";
import { Proposals } from "../js/state/moderator/proposals.js";
import { reseal, resealAfterSignIn } from "../js/state/moderator/reseal.js";
import { Review } from "../js/state/moderator/review.js";
import { Seconds } from "../js/state/moderator/seconds.js";
import { sealFlagNote } from "../js/crypto/flag.js";
import { ROOM, Room as Kept, filled, flipped } from "./cast.js";
import { ModerationHouse } from "./moderation_house.js";
import { StaffHouse, doseOf, seated, until } from "./staff_house.js";

/** @typedef {import("../js/state/staff/session.js").StaffSession} StaffSession */
/** @typedef {import("../js/state/moderator/review.js").FlagView} FlagView */
/** @typedef {import("../js/state/moderator/case.js").Case} Case */
/** @typedef {import("./staff_house.js").Json} Json */

/**
 * A flag that waits, the peer it is about, Ash who moderates, and others by name.
 * @param {{ second?: "moderator" | "coordinator" | null, category?: string }} [given]
 */
async function team({ second = "moderator", category = "abuse" } = {}) {
  const house = await StaffHouse.founded();
  const mara = await seated(house);
  const ash = await seated(house, { role: "moderator", alias: "Ash", value: 9 });
  const noor = second && (await seated(house, { role: second, alias: "Noor", value: 11 }));
  const moderation = new ModerationHouse(house);
  const kept = await Kept.open(ROOM);
  const seat = await house.seat(ROOM, mara.member);
  for (const x of ["hi", "glad you came", "thank you", "give me your number"]) await kept.say(x === "hi" || x === "thank you" ? CLIENT_SEAT : seat, "text", { x });
  const held = await moderation.flag(kept, mara.member, { category });

  /** @param {typeof ash} who @returns {Promise<{ account: import("../js/state/staff/account.js").Account, session: StaffSession }>} */
  const signedIn = async (who) => {
    const account = who.browser.page();
    await who.signIn(account);
    const session = /** @type {StaffSession} */ (account.session.value);
    await session.bearer();
    return { account, session };
  };
  const asked = noor && (await signedIn(noor));
  const first = await signedIn(ash);
  const review = new Review(first.account, doseOf(house, ash.browser));
  return { house, moderation, held, kept, mara, ash, noor, review, first, asked, seconds: asked && new Seconds(asked.session) };
}

/** @param {Review} review */
const view = (review) => /** @type {FlagView} */ (review.flag.value);
/** @param {Seconds | null} seconds */
const one = (seconds) => /** @type {Seconds} */ (seconds);
/** @param {Seconds} seconds */
async function reads(seconds) {
  await seconds.look();
  const [asked] = seconds.asked.value ?? [];
  if (asked) await seconds.read(asked);
  return /** @type {Case} */ (seconds.open.value);
}
/** @param {Case} read */
const wordsOf = (read) => read.items.map((item) => (item.type === "item" ? [item.text, item.proof] : item.count));
/** @param {{ member: import("./staff_house.js").Member }} mara */
const pauseOf = (mara) => ({ act: /** @type {const} */ ("pause"), subject: mara.member.kid, reason: "asked-contact", line: "asked for a number" });

test("a peer is paused once two people chose it, each by themselves", async () => {
  for (const second of /** @type {const} */ (["moderator", "coordinator"])) {
    const { review, seconds, mara, noor, moderation, house } = await team({ second });
    await review.next();
    assert.deepEqual([view(review).others.map(({ alias }) => alias), view(review).peers.map(({ alias }) => alias)], [["Noor"], ["Mara"]]);
    await review.askSecond(pauseOf(mara), /** @type {NonNullable<typeof noor>} */ (noor).member.kid);
    assert.deepEqual([review.problem.value, review.flag.value, review.done.value, moderation.paused.size], [null, null, "asked-second", 0]);
    await review.next();
    assert.equal(review.none.value, true);

    const read = await reads(one(seconds));
    assert.deepEqual(wordsOf(read), [["glad you came", "ok"], 1, ["give me your number", "ok"]]);
    assert.deepEqual([read.second, read.notes, read.mayAct], [null, [], true]);
    await one(seconds).answer(pauseOf(mara));
    assert.deepEqual([one(seconds).problem.value, one(seconds).agreed.value, one(seconds).open.value], [null, true, null]);
    assert.deepEqual([...moderation.paused], [[b64u(mara.member.kid), { until: null }]]);
    assert.ok(!JSON.stringify(house.calls).includes("asked for a number"));
  }
});

test("what is shown to the second person opens with their own key, and no other", async () => {
  const { review, noor, mara, held, first, asked } = await team();
  await review.next();
  await review.askSecond(pauseOf(mara), /** @type {NonNullable<typeof noor>} */ (noor).member.kid);
  const open = (/** @type {import("../js/crypto/keys.js").SealKey} */ key) => openFlag(key, unb64u(held.flag), ROOM, CLIENT_SEAT, unb64u(String(held.second?.shown)));
  assert.equal((await open(/** @type {StaffSession} */ (asked?.session).key)).items.length, 2);
  for (const key of [first.session.key, ...first.session.teamKeysOf("moderation")]) await assert.rejects(open(key));
});

test("two who differ do nothing: the flag goes back to the first, with the other one's line", async () => {
  const { review, seconds, mara, noor, moderation } = await team();
  await review.next();
  await review.askSecond(pauseOf(mara), /** @type {NonNullable<typeof noor>} */ (noor).member.kid);
  await reads(one(seconds));
  await one(seconds).answer({ act: "talk", subject: null, reason: "other", line: "a word with her is enough" });
  assert.deepEqual([one(seconds).agreed.value, moderation.paused.size], [false, 0]);
  await review.next();
  assert.deepEqual([view(review).second?.state, view(review).second?.alias], ["differs", "Noor"]);
  assert.deepEqual(view(review).notes.map(({ by, line }) => [by, line]), [["Ash", "asked for a number"], ["Noor", "a word with her is enough"]]);
  await review.decide({ act: "talk", subject: null, reason: "other", line: "so be it" });
  assert.deepEqual([review.problem.value, moderation.flags[0]?.decision?.act], [null, "talk"]);
});

test("whoever asked can open the flag again while nobody answered, and ask nobody twice for the same", async () => {
  const { review, seconds, mara, noor, first, house } = await team();
  await review.next();
  house.refusals.set("flags/second", ["unreachable"]);
  const to = /** @type {NonNullable<typeof noor>} */ (noor).member.kid;
  await review.askSecond(pauseOf(mara), to);
  assert.equal(review.problem.value, "unreachable");
  await review.askSecond(pauseOf(mara), to);
  const [before, after] = house.asked("flags/second");
  assert.deepEqual(before, after);
  const mine = new Seconds(first.session);
  await mine.look();
  const [waiting] = mine.mine.value;
  assert.equal(waiting?.to, "Noor");
  await review.reopen(/** @type {NonNullable<typeof waiting>} */ (waiting).flag);
  assert.equal(view(review).second?.state, "asked");
  await review.decide({ act: "none", subject: null, reason: "not-clear", line: "not needed any more" });
  await one(seconds).look();
  assert.deepEqual(one(seconds).asked.value, []);
});

test("where nobody else is listed, one person may pause a peer, and only that", async () => {
  const { review, mara, moderation, house } = await team({ second: null, category: "danger" });
  await review.next();
  await review.decide({ act: "close", subject: null, reason: "danger", line: "x" });
  await review.decide({ act: "report", subject: null, reason: "danger", line: "x" });
  assert.deepEqual([review.problem.value, house.asked("flags/decide").length], ["proof", 0]);
  await review.decide(pauseOf(mara));
  assert.deepEqual([review.problem.value, moderation.paused.get(b64u(mara.member.kid))?.until], [null, house.now + 3 * 86_400]);
});

test("whoever cannot be asked any more is not on the list then, and the flag stays", async () => {
  const { review, noor, mara, house } = await team();
  await review.next();
  house.members = house.members.filter((member) => member !== noor?.member);
  await house.publish();
  await review.askSecond(pauseOf(mara), /** @type {NonNullable<typeof noor>} */ (noor).member.kid);
  assert.deepEqual([review.problem.value, view(review).others, house.asked("flags/second").length], ["second_needed", [], 0]);
});

test("words that do not check out let a second person do nothing about anybody, and answer all the same", async () => {
  const { review, seconds, mara, noor, held, house } = await team();
  await review.next();
  await review.askSecond(pauseOf(mara), /** @type {NonNullable<typeof noor>} */ (noor).member.kid);
  const row = /** @type {Json} */ (held.rows[3]);
  row.com = b64u(flipped(unb64u(row.com)));
  const read = await reads(one(seconds));
  assert.deepEqual([read.mayAct, wordsOf(read).at(-1)], [false, ["give me your number", "bad"]]);
  await one(seconds).answer(pauseOf(mara));
  assert.deepEqual([one(seconds).problem.value, house.asked("flags/second-answer").length], ["proof", 0]);
  await one(seconds).answer({ act: "none", subject: null, reason: "not-clear", line: "does not check out" });
  assert.equal(one(seconds).agreed.value, false);
});

test("what two agree to report can be packed by both, also after a reload, and stays to be decided", async () => {
  const { review, seconds, noor, moderation, house, first, held } = await team();
  const report = { act: /** @type {const} */ ("report"), subject: null, reason: "abuse", line: "the law asks for it" };
  await review.next();
  assert.deepEqual(await review.pack(), { found: null, code: "unknown" });
  await review.askSecond(report, /** @type {NonNullable<typeof noor>} */ (noor).member.kid);
  await reads(one(seconds));
  await one(seconds).answer(report);
  const [agreed] = one(seconds).reported.value;
  assert.deepEqual([one(seconds).agreed.value, agreed?.other], [true, "Ash"]);
  const { browser, signIn } = /** @type {NonNullable<typeof noor>} */ (noor);
  const page = browser.page();
  await signIn(page);
  const reloaded = new Seconds(/** @type {StaffSession} */ (page.session.value));
  await reloaded.look();
  const [found] = reloaded.reported.value;
  assert.deepEqual([found?.other, found?.until], ["Ash", 20_007 * 86_400_000]);
  const packed = await reloaded.pack(/** @type {NonNullable<typeof found>} */ (found).flag);
  await signIn(first.account);
  await review.next();
  assert.deepEqual([view(review).second?.state, moderation.flags[0]?.held], ["agreed", true]);
  const own = await review.pack();
  assert.deepEqual([packed, own].map(({ found: each }) => each && wordsOf(each)), [wordsOf(view(review)), wordsOf(view(review))]);
  assert.equal(house.asked("flags/pack").length, 3);

  // Not a file of words that do not check out, nor of none.
  const row = /** @type {Json} */ (held.rows[3]);
  row.com = b64u(flipped(unb64u(row.com)));
  assert.deepEqual(await review.pack(), { found: null, code: "unproven" });
  held.sealed = b64u(flipped(unb64u(held.sealed), 200));
  assert.deepEqual(await review.pack(), { found: null, code: "shut" });
});

test("a look that nobody asked for holds up no act, takes away no word of what went wrong, and undoes nothing that was done meanwhile", async () => {
  const { first, house } = await team();
  const pauses = new Pauses(first.session);
  const pause = { kid: b64u(filled(16, 1)), since_day: 20_000, until: null, reason: "abuse", by: b64u(first.session.kid), second: null, appeal: null };
  let open = [pause];
  house.answers.set("pauses/appeals", () => ({ appeals: [] }));
  house.answers.set("pauses/list", () => ({ pauses: open }));
  house.answers.set("pauses/lift", () => {
    open = [];
    return {};
  });
  await pauses.look();
  house.refusals.set("pauses/lift", ["unknown"]);
  await pauses.lift(filled(16, 1), "over");
  const quiet = pauses.look({ quiet: true });
  assert.deepEqual([pauses.busy.value, pauses.problem.value], [false, "unknown"]);
  await pauses.lift(filled(16, 1), "over");
  await quiet;
  assert.deepEqual([pauses.problem.value, pauses.pauses.value, pauses.did.value], [null, [], hex(filled(16, 1))]);
  house.refusals.set("pauses/list", ["unreachable", "unreachable"]);
  await pauses.look({ quiet: true });
  assert.equal(pauses.problem.value, null);
  await pauses.look();
  assert.equal(pauses.problem.value, "unreachable");
});

test("another flag than the one that was asked for is not shown", async () => {
  const { review, seconds, moderation, kept, mara, noor, house } = await team();
  const other = await moderation.flag(kept, mara.member, { id: 2 });
  await review.next();
  await review.askSecond(pauseOf(mara), /** @type {NonNullable<typeof noor>} */ (noor).member.kid);
  for (const path of ["flags/second-read", "flags/read"]) {
    const door = /** @type {(body: Json) => Json} */ (house.answers.get(path));
    house.answers.set(path, (body) => ({ ...door(body), flag: path === "flags/read" ? b64u(filled(16, 1)) : other.flag }));
  }
  await reads(one(seconds));
  assert.deepEqual([one(seconds).open.value, one(seconds).problem.value], [null, "not_beside"]);
  await review.next();
  assert.deepEqual([review.flag.value, review.problem.value], [null, "not_beside"]);
});

test("a reporter is asked once for more; what they send is proven with the rest, and a no is no answer", async () => {
  const { review, moderation, held, kept } = await team();
  await review.next();
  await review.askMore();
  assert.deepEqual([review.done.value, held.more.state], ["asked-more", "asked"]);
  await review.next();
  assert.equal(review.none.value, true);
  await moderation.giveMore(held, kept, [3]);
  await review.next();
  assert.deepEqual([view(review).more, view(review).moreNote, view(review).mayAct], ["given", "more of it", true]);
  assert.deepEqual(view(review).items.map((item) => item.type === "item" && [item.text, item.later]), [["glad you came", false], ["thank you", true], ["give me your number", false]]);

  const other = await team();
  await other.review.next();
  await other.review.askMore();
  await other.moderation.giveMore(other.held, other.kept, null);
  await other.review.next();
  assert.deepEqual([view(other.review).more, view(other.review).items.length], ["refused", 3]);
});

test("a flag that is handed on comes to another moderator with its line, and never back", async () => {
  const { review, noor, asked, house } = await team();
  await review.next();
  await review.handOn("I know her");
  assert.deepEqual([review.problem.value, review.done.value], [null, "handed-on"]);
  await review.next();
  assert.equal(review.none.value, true);
  const second = new Review(/** @type {NonNullable<typeof asked>} */ (asked).account, doseOf(house, /** @type {NonNullable<typeof noor>} */ (noor).browser));
  await second.next();
  assert.deepEqual([view(second).handedOn, view(second).notes.map(({ line }) => line)], [true, ["I know her"]]);

  const alone = await team({ second: "coordinator" });
  await alone.review.next();
  assert.equal(view(alone.review).moderators, false);
  await alone.review.handOn("nobody to hand it to");
  assert.deepEqual([alone.review.problem.value, view(alone.review).key], ["second_needed", view(alone.review).key]);
});

test("undecided flags follow the team's new key by themselves, words, what came later, and lines", async () => {
  const { house, review, moderation, held, kept, first, noor } = await team();
  await review.next();
  await review.askMore();
  await moderation.giveMore(held, kept, [3]);
  await review.next();
  await review.handOn("for somebody who joins");
  const old = first.session.teamKeysOf("moderation")[0];
  await house.renewTeam("moderation");
  await reseal(first.session);
  assert.equal(held.epoch, 2);
  for (const sealed of [held.sealed, String(held.more.sealed)]) {
    await assert.rejects(openFlag(/** @type {NonNullable<typeof old>} */ (old), unb64u(held.flag), ROOM, CLIENT_SEAT, unb64u(sealed)));
  }
  // Whoever holds the new key alone reads it all.
  house.teams.moderation = [house.team("moderation")];
  const late = /** @type {NonNullable<typeof noor>} */ (noor);
  const account = late.browser.page();
  await late.signIn(account);
  const fresh = new Review(account, doseOf(house, late.browser));
  await fresh.next();
  assert.deepEqual([view(fresh).mayAct, view(fresh).items.length, view(fresh).notes.map(({ line }) => line)], [true, 3, ["for somebody who joins"]]);
});

test("a coordinator who stood in seals what came without moderators for those who came later, and asks for nothing else", async () => {
  const { house, moderation, held, kept, mara, asked, first } = await team({ second: "coordinator" });
  const { account, session } = /** @type {NonNullable<typeof asked>} */ (asked);
  const stoodIn = /** @type {import("./staff_house.js").Member} */ (house.members.find(({ role }) => role === "coordinator"));
  house.cookie = stoodIn;
  await reseal(session);
  assert.equal(house.asked("flags/stale").length, 0, "who holds no key of the team has nothing to look for");
  await house.renewTeam("moderation");
  house.team("moderation").standIns = [stoodIn];
  const late = await moderation.flag(kept, mara.member, { id: 2 });
  await house.renewTeam("moderation");
  // By itself, at sign-in.
  resealAfterSignIn(account);
  await until(() => late.epoch === 3);
  assert.deepEqual([held.epoch, late.epoch], [1, 3]);
  await openFlag(/** @type {import("../js/crypto/keys.js").SealKey} */ (await keyOf(house, first)), unb64u(late.flag), ROOM, CLIENT_SEAT, unb64u(late.sealed));
  await account.signOut();
});

test("flags that open for nobody hide none behind them, and their lines follow all the same", async () => {
  const { house, review, moderation, held, kept, mara, first } = await team();
  await review.next();
  await review.handOn("for somebody who joins");
  for (let at = 2; at <= 21; at += 1) await moderation.flag(kept, mara.member, { id: at });
  const [last, ...shut] = [...moderation.flags].reverse();
  for (const each of shut) each.sealed = b64u(flipped(unb64u(each.sealed), 200));
  await house.renewTeam("moderation");
  await reseal(first.session);
  assert.equal(last?.epoch, 2);
  assert.ok(shut.every(({ epoch }) => epoch === 1));
  assert.deepEqual(held.notes.map(({ epoch }) => epoch), [2]);
});

test("a line that came between is read before one's own, and nothing is decided meanwhile", async () => {
  const { review, moderation, held } = await team();
  await review.next();
  const said = { by: b64u(filled(16, 9)), kind: "answered", sealed: b64u(filled(1105, 1)), epoch: 1 };
  held.notes.push({ n: 1, ...said });
  const talk = { act: /** @type {const} */ ("talk"), subject: null, reason: "other", line: "a word with her" };
  await review.decide(talk);
  assert.deepEqual([review.problem.value, held.decision, view(review).notes.length], ["n_conflict", null, 1]);
  await review.decide(talk);
  assert.deepEqual([review.problem.value, moderation.flags[0]?.decision?.act], [null, "talk"]);
});

/** The moderation key as the moderator holds it now. @param {StaffHouse} house @param {{ account: import("../js/state/staff/account.js").Account, session: StaffSession }} who */
async function keyOf(house, { session }) {
  house.cookie = house.members.find(({ kid }) => b64u(kid) === b64u(session.kid)) ?? null;
  await session.refresh();
  return session.teamKeysOf("moderation")[0];
}

test("one flag that does not open keeps no other from being sealed again, and nothing is asked for ever", async () => {
  const { house, moderation, held, kept, mara, first } = await team();
  const other = await moderation.flag(kept, mara.member, { id: 2 });
  held.sealed = b64u(flipped(unb64u(held.sealed), 200));
  await house.renewTeam("moderation");
  await reseal(first.session);
  assert.deepEqual([held.epoch, other.epoch, house.asked("flags/stale").length], [1, 2, 2]);
});

test("an appeal opens for the one it names; lifting and letting stand go with a reason", async () => {
  const { house, asked, first, mara, noor } = await team();
  const id = filled(16, 0xa1);
  const sealed = b64u(await sealFlagNote(/** @type {NonNullable<typeof noor>} */ (noor).member.pub, id, 0, { line: "I was covering for someone" }));
  const pause = { kid: b64u(mara.member.kid), id: b64u(id), since_day: 20_000, until: null, reason: "abuse", by: b64u(first.session.kid), second: null, appeal: "open" };
  let paused = true;
  house.answers.set("pauses/list", () => ({ pauses: paused ? [pause] : [] }));
  house.answers.set("pauses/appeals", () => ({ appeals: paused ? [{ ...pause, day: 20_000, sealed }] : [] }));
  house.answers.set("pauses/answer", ({ act }) => {
    paused = act !== "lift";
    return {};
  });
  const [named, stranger] = [new Pauses(/** @type {StaffSession} */ (asked?.session)), new Pauses(first.session)];
  for (const [pauses, words] of /** @type {[Pauses, string | null][]} */ ([[named, "I was covering for someone"], [stranger, null]])) {
    await pauses.look();
    assert.deepEqual(pauses.appeals.value.map((each) => [each.alias, each.words]), [["Mara", words]]);
  }
  assert.deepEqual(named.pauses.value?.map(({ alias, by, second, appeal }) => [alias, by, second, appeal]), [["Mara", "Ash", "", "open"]]);
  await named.answer(mara.member.kid, "lift", "looked again");
  assert.deepEqual([house.asked("pauses/answer"), named.pauses.value], [[{ kid: b64u(mara.member.kid), act: "lift", reason: "looked again" }], []]);
});

test("a decided flag is held and let go again, with a reason each", async () => {
  const { review, first, house } = await team();
  await review.next();
  await review.decide({ act: "none", subject: null, reason: "nothing-wrong", line: "fine" });
  const flags = new KeptFlags(first.session);
  await flags.look();
  const [kept] = flags.flags.value ?? [];
  assert.deepEqual([kept?.act, kept?.held], ["none", false]);
  await flags.hold(/** @type {NonNullable<typeof kept>} */ (kept).flag, true, "a question is open");
  assert.deepEqual([flags.flags.value?.[0]?.held, house.asked("flags/hold")[0]?.reason], [true, "a question is open"]);
});

test("a moderator answers who would be suspended; one's own proposals and those that are agreed to are not asked", async () => {
  const { house, first, mara, noor } = await team({ second: "coordinator" });
  const by = b64u(/** @type {NonNullable<typeof noor>} */ (noor).member.kid);
  const kid = b64u(mara.member.kid);
  let open = [{ kid, reason: "safety", by, day: 20_000, agreed: /** @type {string | null} */ (null) }, { kid, reason: "other", by, day: 20_000, agreed: by }];
  house.answers.set("enrolment/proposals", () => ({ proposals: open }));
  house.answers.set("enrolment/agree", () => {
    open = [];
    return {};
  });
  const proposals = new Proposals(first.session);
  await proposals.look();
  assert.deepEqual(proposals.open.value.map(({ alias, by: who, reason }) => [alias, who, reason]), [["Mara", "Noor", "safety"]]);
  await proposals.answer(mara.member.kid, true);
  assert.deepEqual([proposals.problem.value, proposals.open.value, house.asked("enrolment/agree")], [null, [], [{ kid }]]);
});
