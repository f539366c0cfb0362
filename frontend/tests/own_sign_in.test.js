// One's own sign-in and the changes to the team, against a scripted service.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, hex, unb64u } from "../js/crypto/encoding.js";
import { openKeyring, resealKeyring } from "../js/crypto/keyring.js";
import { random, sha256 } from "../js/crypto/primitives.js";
import { readKeyFile, readSecret } from "../js/crypto/secret_words.js";
import { staffKeys } from "../js/crypto/staff.js";
import { ApiError } from "../js/net/api.js";
import { filled } from "./cast.js";
import { PASSWORD, StaffHouse, joined, lists, seated, until } from "./staff_house.js";

const NEXT = "nine quiet boats at noon";

/** A peer who joined and signed in; `code` is what their sign-in asks for, once it does. */
async function signedIn() {
  const house = await StaffHouse.founded();
  const { browser, name, member, words } = await joined(house);
  const account = browser.page();
  await account.resume();
  await account.signIn({ name, password: PASSWORD });
  assert.equal(account.stage.value, "in");
  return { house, browser, account, name, member, words };
}

/** A peer whose session a reload interrupted. */
async function atWork() {
  const house = await StaffHouse.founded();
  const { browser, member, signIn } = await seated(house);
  browser.storage.keptSecret = filled(16, 1);
  const account = browser.page();
  await signIn(account);
  return { house, browser, account, own: account.own, trail: account.trail, member };
}

test("a changed password opens the same keys, and neither password nor key leaves in the clear", async () => {
  const { house, browser, account, name, member } = await signedIn();
  const { own } = account;
  house.answers.set("staff/password", ({ auth, salt, auth_hash, keys }) => {
    assert.equal(own.working.value, "password");
    assert.ok(auth);
    Object.assign(member, { salt, authHash: auth_hash, keys });
    return {};
  });
  await own.changePassword({ old: "another password", next: NEXT, code: null });
  assert.deepEqual([own.problem.value, own.done.value], [{ act: "password", code: "box_key" }, null]);
  await own.changePassword({ old: PASSWORD, next: "eleven char", code: null });
  assert.deepEqual(own.problem.value, { act: "password", code: "password-short" });
  assert.equal(house.asked("staff/password").length, 0);

  await own.changePassword({ old: PASSWORD, next: NEXT, code: "123456" });
  assert.deepEqual([own.problem.value, own.done.value], [null, "password"]);
  const [sent] = house.asked("staff/password");
  assert.equal(sent?.code, "123456");
  const secret = /** @type {Uint8Array<ArrayBuffer>} */ (browser.storage.keptSecret);
  for (const word of [PASSWORD, NEXT, b64u(secret)]) assert.ok(!JSON.stringify(house.calls).includes(word));

  const again = browser.page();
  await again.signIn({ name, password: PASSWORD });
  assert.deepEqual([again.stage.value, again.problem.value], ["out", "unknown"]);
  await again.signIn({ name, password: NEXT });
  assert.equal(again.stage.value, "in");
  assert.deepEqual(again.session.value?.kid, member.kid);
});

test("a resealed box opens with the new key alone", async () => {
  const { house, browser, member } = await signedIn();
  const secret = /** @type {Uint8Array<ArrayBuffer>} */ (browser.storage.keptSecret);
  const { auth, wrap } = await staffKeys(PASSWORD, unb64u(member.salt), secret);
  assert.equal(b64u(await sha256(auth)), member.authHash);
  const next = random(32);
  const box = await resealKeyring(unb64u(member.keys), member.staff, wrap, next);
  assert.deepEqual((await openKeyring(next, member.staff, box)).kid, member.kid);
  await assert.rejects(openKeyring(wrap, member.staff, box), { code: "box_key" });
  assert.equal(box.length, unb64u(member.keys).length);
  assert.ok(house);
});

test("a code is asked for only after name, password and key fit, and is sent then", async () => {
  const { house, browser, name } = await signedIn();
  const account = browser.page();
  house.refusals.set("staff/sign-in", ["unknown", "code_needed", "code_wrong"]);
  await account.signIn({ name, password: PASSWORD });
  assert.deepEqual([account.problem.value, account.needsCode.value], ["unknown", false]);
  await account.signIn({ name, password: PASSWORD });
  assert.deepEqual([account.problem.value, account.needsCode.value], ["code_needed", true]);
  await account.signIn({ name, password: PASSWORD, code: "000000" });
  assert.deepEqual([account.problem.value, account.needsCode.value], ["code_wrong", true]);
  await account.signIn({ name, password: PASSWORD, code: "123456" });
  assert.deepEqual([account.stage.value, account.needsCode.value], ["in", false]);
  assert.deepEqual(house.asked("staff/sign-in").slice(-4).map(({ code }) => code), [undefined, undefined, "000000", "123456"]);
});

test("codes are set up, confirmed and removed, and what was begun goes when it is left", async () => {
  const { house, account } = await signedIn();
  const { own } = account;
  house.answers.set("staff/second/begin", () => ({ secret: "ABCDEFGH", uri: "otpauth://totp/x", rows: ["10", "01"] }));
  house.answers.set("staff/second/confirm", ({ code }) => {
    if (code !== "123456") throw new ApiError("code_wrong", 401);
    return {};
  });
  house.answers.set("staff/second/remove", () => ({}));
  await own.beginCodes(PASSWORD);
  assert.deepEqual(own.begun.value, { secret: "ABCDEFGH", rows: ["10", "01"] });
  own.leaveCodes();
  assert.equal(own.begun.value, null);
  await own.beginCodes(PASSWORD);
  await own.confirmCodes("000000");
  assert.deepEqual([own.problem.value, own.asksCode.value], [{ act: "confirm", code: "code_wrong" }, false]);
  assert.ok(own.begun.value);
  await own.confirmCodes("123456");
  assert.deepEqual([own.done.value, own.asksCode.value, own.begun.value], ["confirm", true, null]);
  await own.removeCodes({ password: PASSWORD, code: "123456" });
  assert.deepEqual([own.done.value, own.asksCode.value], ["remove", false]);
  house.answers.set("staff/second/begin", () => ({ secret: "A", uri: "", rows: ["10", "0"] }));
  await own.beginCodes(PASSWORD);
  assert.deepEqual(own.problem.value, { act: "begin", code: "not_beside" });
});

test("the key of this browser is shown again as words and as a file, and goes with the person", async () => {
  const { browser, account, own } = await atWork();
  const all = (await lists()).values();
  await own.showKey();
  assert.deepEqual(await readSecret(String(own.words.value), (await lists()).values()), filled(16, 1));
  await own.downloadKey();
  const [[name, text] = []] = browser.saved;
  assert.equal(name, "beside-staff.key");
  assert.deepEqual(await readKeyFile(String(text), all), filled(16, 1));
  await account.signOut();
  assert.equal(own.words.value, null);
  await own.showKey();
  assert.equal(own.words.value, null);
});

test("a browser that keeps no key says so, and changes nothing", async () => {
  const { browser, own, house } = await atWork();
  browser.storage.keptSecret = null;
  await own.changePassword({ old: PASSWORD, next: NEXT, code: null });
  assert.deepEqual(own.problem.value, { act: "password", code: "secret-missing" });
  assert.equal(house.asked("staff/password").length, 0);
});

test("sessions are listed, and signing out everywhere ends this one too", async () => {
  const { house, account, own } = await atWork();
  house.answers.set("staff/sessions", () => ({ sessions: [{ begun: 10, used: 20, this: true }, { begun: 5, used: 6, this: false }] }));
  house.refusals.set("staff/sign-out-everywhere", ["unreachable"]);
  house.answers.set("staff/sign-out-everywhere", () => ({}));
  await own.look();
  assert.deepEqual(own.sessions.value, [{ begun: 10, used: 20, this: true }, { begun: 5, used: 6, this: false }]);
  await own.signOutEverywhere();
  assert.deepEqual([account.stage.value, own.problem.value], ["in", { act: "everywhere", code: "unreachable" }]);
  await own.signOutEverywhere();
  assert.deepEqual([account.stage.value, account.problem.value, own.sessions.value], ["out", null, null]);
});

test("an unknown that is about something else leaves a person signed in; one about them does not", async () => {
  const { house, account } = await atWork();
  const session = /** @type {import("../js/state/staff/session.js").StaffSession} */ (account.session.value);
  await assert.rejects(session.ask("enrolment/agree", { kid: "x" }), { code: "unknown" });
  assert.equal(account.stage.value, "in");
  house.cookie = null;
  await assert.rejects(session.ask("enrolment/agree", { kid: "x" }), { code: "unknown" });
  assert.deepEqual([account.stage.value, account.problem.value], ["out", "signed-out"]);
});

/** @param {number} n @param {Partial<Record<string, unknown>>} [parts] */
const entry = (n, parts = {}) => ({ n, day: 20_000, act: "admitted", by: b64u(filled(16, 80)), kid: b64u(filled(16, 81)), alias: "Sol", reason: "", ...parts });

test("who came and left is told once: not in a new browser, not what one did, not sign-ins", async () => {
  const { house, browser, trail, member } = await atWork();
  let entries = [entry(2), entry(1, { act: "founded" })];
  house.answers.set("staff/trail", () => ({ entries }));
  await trail.hear();
  assert.deepEqual([trail.news.value, trail.entries.value?.length, browser.storage.keptTrailReads.get(hex(member.staff))?.n], [[], 2, 2]);
  const own = entry(5, { by: b64u(member.kid) });
  entries = [entry(6, { act: "sign-in", kid: null, alias: "" }), own, entry(4, { act: "left" }), entry(3, { act: "renewed" }), ...entries];
  await trail.hear();
  assert.deepEqual(trail.news.value.map(({ n }) => n), [4]);
  trail.closeNews();
  await trail.hear();
  assert.deepEqual([trail.news.value, browser.storage.keptTrailReads.get(hex(member.staff))?.n], [[], 6]);
});

test("whom the signed list has or lacks is told by itself where the service's entries do not say it, under the signed name", async () => {
  const { house, account, trail } = await atWork();
  house.answers.set("staff/trail", () => ({ entries: [entry(1, { act: "founded" })] }));
  await trail.hear();
  const sol = await seated(house, { alias: "Sol", value: 8 });
  const session = /** @type {import("../js/state/staff/session.js").StaffSession} */ (account.session.value);
  await session.refresh();
  await until(() => trail.news.value.length > 0);
  assert.deepEqual(trail.news.value.map(({ act, alias }) => [act, alias]), [["listed", "Sol"]]);
  trail.closeNews();
  house.members = house.members.filter((each) => each !== sol.member);
  await house.publish();
  const left = entry(2, { act: "left", kid: b64u(sol.member.kid), alias: "Someone else" });
  house.answers.set("staff/trail", () => ({ entries: [left] }));
  await session.refresh();
  await until(() => trail.news.value.length > 0);
  assert.deepEqual(trail.news.value.map(({ act }) => act), ["left"], "said once");
  assert.equal(trail.nameOf(sol.member.kid), "Sol");
});

test("older entries come below, and a name is known by the directory or by what was written", async () => {
  const { house, trail, member } = await atWork();
  house.answers.set("staff/trail", ({ before }) => ({
    entries: before === undefined ? Array.from({ length: 100 }, (_, at) => entry(200 - at)) : [entry(100, { act: "founded" })],
  }));
  await trail.look();
  assert.equal(trail.hasMore.value, true);
  await trail.older();
  assert.deepEqual([trail.entries.value?.length, trail.hasMore.value, house.asked("staff/trail").at(-1)], [101, false, { before: 101 }]);
  assert.deepEqual([trail.nameOf(member.kid), trail.nameOf(filled(16, 81)), trail.nameOf(filled(16, 80)), trail.nameOf(null)], ["Mara", "Sol", null, null]);
});
