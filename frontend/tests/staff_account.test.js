// The way in for staff, against a scripted service: joining, signing in, staying, and leaving nothing behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u } from "../js/crypto/encoding.js";
import { generateKey } from "../js/crypto/keys.js";
import { readKeyFile, readSecret, secretWords } from "../js/crypto/secret_words.js";
import { filled } from "./cast.js";
import { Browser, PASSWORD, PROFILE, StaffHouse, joined, lists, seated, until } from "./staff_house.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @param {import("../js/state/staff/account.js").Account} account */
const at = (account) => [account.stage.value, account.problem.value];

/** A peer at work, whose browser holds the secret too. */
async function atWork() {
  const house = await StaffHouse.founded();
  const { browser, member, signIn } = await seated(house);
  browser.storage.keptSecret = filled(16, 1);
  const account = browser.page();
  await signIn(account);
  assert.deepEqual(at(account), ["in", null]);
  return { house, browser, account, member };
}

/** A peer who joined and signed in with a password. */
async function signedIn() {
  const house = await StaffHouse.founded();
  const { browser, name, words } = await joined(house);
  const account = browser.page();
  await account.resume();
  await account.signIn({ name, password: PASSWORD });
  assert.deepEqual(at(account), ["in", null]);
  return { house, browser, account, name, words };
}

test("a newcomer joins by a link, keeps twelve words and a key file, and can sign in once admitted", async () => {
  const house = await StaffHouse.founded();
  const browser = new Browser(house);
  const account = browser.page();
  await account.resume();
  assert.equal(account.needsSecret.value, true);
  await account.openInvitation(`http://localhost/peer.html#invite=${b64u(await house.invite("peer"))}`);
  assert.deepEqual(at(account), ["enrolling", null]);
  assert.equal(account.invitation.value?.role, "peer");
  await account.enrol({ name: "mara", password: PASSWORD, profile: PROFILE });
  assert.deepEqual(at(account), ["enrolled", null]);

  const secret = browser.storage.keptSecret;
  const [en] = (await lists()).values();
  assert.ok(secret && en);
  assert.equal(account.secretWords.value, await secretWords(secret, en));
  await account.downloadKeyFile();
  const [[name, text] = []] = browser.saved;
  assert.equal(name, "beside-staff.key");
  assert.deepEqual(await readKeyFile(String(text), [en]), secret);

  await account.signIn({ name: "mara", password: PASSWORD });
  assert.deepEqual(at(account), ["enrolled", "unknown"]);
  await house.admit();
  await account.signIn({ name: "mara", password: PASSWORD });
  assert.deepEqual(at(account), ["in", null]);
  assert.deepEqual([account.role.value, account.alias.value, account.secretWords.value], ["peer", "Mara", null]);
});

test("neither password nor secret nor private key is ever sent", async () => {
  const { house, words, browser } = await signedIn();
  const sent = JSON.stringify(house.calls);
  assert.ok(browser.storage.keptSecret);
  for (const secret of [PASSWORD, words, b64u(browser.storage.keptSecret)]) assert.ok(!sent.includes(secret));
});

test("an invitation opens as twelve words too, and one that was never made or was used does not", async () => {
  const house = await StaffHouse.founded();
  const [en] = (await lists()).values();
  const account = new Browser(house).page();
  const words = await secretWords(await house.invite("moderator"), en ?? []);
  await account.openInvitation(words);
  assert.deepEqual([account.stage.value, account.invitation.value?.role], ["enrolling", "moderator"]);

  const other = new Browser(house).page();
  await other.openInvitation(`#invite=${b64u(filled(16, 99))}`);
  assert.deepEqual(at(other), ["out", "unknown"]);
  await other.openInvitation("#invite=short");
  assert.deepEqual(at(other), ["out", "malformed"]);
  await other.openInvitation("not twelve words");
  assert.deepEqual(at(other), ["out", "malformed"]);
});

test("an invitation of another service is refused before any key is made for it", async () => {
  const house = await StaffHouse.founded();
  const foreign = b64u(await house.invite("peer"));
  const post = house.post.bind(house);
  house.post = async (path, body, pass) => {
    const answer = await post(path, body, pass);
    return path === "enrolment/open" ? { ...answer, instance: b64u(filled(16, 0x99)) } : answer;
  };
  const account = new Browser(house).page();
  await account.openInvitation(`#invite=${foreign}`);
  assert.deepEqual(at(account), ["out", "dir_signature"]);
  assert.equal(account.invitation.value, null);
});

test("a short password is refused before anything is kept or sent", async () => {
  const house = await StaffHouse.founded();
  const browser = new Browser(house);
  const account = browser.page();
  await account.openInvitation(`#invite=${b64u(await house.invite("peer"))}`);
  await account.enrol({ name: "mara", password: "eleven char", profile: PROFILE });
  assert.deepEqual(at(account), ["enrolling", "password-short"]);
  assert.deepEqual([browser.storage.keptSecret, house.asked("enrolment/submit").length], [null, 0]);
});

test("the secret of a refused account is forgotten and the one before it stays; unanswered, the new one stays", async () => {
  const house = await StaffHouse.founded();
  const browser = new Browser(house);
  browser.storage.keptSecret = filled(16, 3);
  const account = browser.page();
  await account.openInvitation(`#invite=${b64u(await house.invite("peer"))}`);
  house.refusals.set("enrolment/submit", ["name_taken", "unreachable"]);
  await account.enrol({ name: "mara", password: PASSWORD, profile: PROFILE });
  assert.deepEqual(at(account), ["enrolling", "name_taken"]);
  assert.deepEqual(browser.storage.keptSecret, filled(16, 3));

  await account.enrol({ name: "mara2", password: PASSWORD, profile: PROFILE });
  assert.deepEqual(at(account), ["enrolling", "unreachable"]);
  assert.notDeepEqual(browser.storage.keptSecret, filled(16, 3));
  await account.enrol({ name: "mara2", password: PASSWORD, profile: PROFILE });
  assert.equal(account.stage.value, "enrolled");
  const [, second, third] = house.asked("enrolment/submit");
  assert.deepEqual(second, third);
});

test("no account is made in a browser that keeps nothing: its secret could be lost with the page", async () => {
  const house = await StaffHouse.founded();
  const browser = new Browser(house);
  browser.storage.refused = true;
  const account = browser.page();
  await account.openInvitation(`#invite=${b64u(await house.invite("peer"))}`);
  await account.enrol({ name: "mara", password: PASSWORD, profile: PROFILE });
  assert.deepEqual(at(account), ["enrolling", "storage"]);
  assert.equal(house.asked("enrolment/submit").length, 0);
});

test("on a new device the secret comes by link, key file or twelve words, and is kept there for the next time", async () => {
  const house = await StaffHouse.founded();
  const { name, words } = await joined(house);
  const secret = await readSecret(words, (await lists()).values());
  for (const brought of [`#secret=${b64u(secret)}`, `http://localhost/peer.html#secret=${b64u(secret)}`, `beside staff secret 1\n${words}\n`, words]) {
    const browser = new Browser(house);
    const account = browser.page();
    await account.resume();
    await account.signIn({ name, password: PASSWORD });
    assert.deepEqual(at(account), ["out", "secret-missing"]);
    await account.signIn({ name, password: PASSWORD, secret: brought });
    assert.deepEqual(at(account), ["in", null]);
    assert.deepEqual([account.needsSecret.value, browser.storage.keptSecret], [false, secret]);
  }
});

test("a wrong name, password or secret looks the same, and leaves nothing in the browser", async () => {
  const house = await StaffHouse.founded();
  const { name, words } = await joined(house);
  const wrong = `#secret=${b64u(filled(16, 5))}`;
  for (const typed of [{ name: "sol", password: PASSWORD, secret: words }, { name, password: "another password", secret: words }, { name, password: PASSWORD, secret: wrong }]) {
    const browser = new Browser(house);
    const account = browser.page();
    await account.signIn(typed);
    assert.deepEqual(at(account), ["out", "unknown"]);
    assert.deepEqual([browser.storage.keptSecret, browser.storage.keptDesk], [null, null]);
  }
});

test("a team key that is not the signed one lets nobody in", async () => {
  const house = await StaffHouse.founded();
  const { browser, name } = await joined(house);
  house.forged = { epoch: 1, ...(await generateKey()) };
  const account = browser.page();
  await account.signIn({ name, password: PASSWORD });
  assert.deepEqual([...at(account), account.session.value], ["out", "key_fork", null]);
  house.forged = null;
  await account.signIn({ name, password: PASSWORD });
  assert.equal(account.stage.value, "in");
});

test("a directory that no pinned root signed lets nobody in; one that is over does", async () => {
  const house = await StaffHouse.founded();
  const { browser, name } = await joined(house);
  const [right, account] = [house.directory, browser.page()];
  house.directory = { ...right, sigs: [] };
  await account.signIn({ name, password: PASSWORD });
  assert.deepEqual(at(account), ["out", "dir_signature"]);
  house.directory = right;
  await house.clock.pass(40 * DAY);
  await account.signIn({ name, password: PASSWORD });
  assert.deepEqual([account.stage.value, account.renewal.value], ["in", { days: 0 }]);
});

test("the end of the directory is told from three weeks before", async () => {
  for (const [days, told] of /** @type {[number, { days: number } | null][]} */ ([
    [22, null],
    [21, { days: 21 }],
    [3, { days: 3 }],
  ])) {
    const house = await StaffHouse.founded();
    house.days = days;
    const { browser, signIn } = await seated(house);
    const account = browser.page();
    await signIn(account);
    assert.deepEqual(account.renewal.value, told);
  }
});

test("a page in use hears that the directory was renewed", async () => {
  const house = await StaffHouse.founded();
  house.days = 5;
  const { browser, signIn } = await seated(house);
  const account = browser.page();
  await signIn(account);
  assert.deepEqual(account.renewal.value, { days: 5 });
  house.days = 35;
  await house.publish();
  await house.clock.pass(11 * MINUTE);
  await until(() => account.renewal.value === null);
});

test("a reload goes on without a password, with a key that can be used and not read", async () => {
  const { house, browser, account, member } = await atWork();
  account.setAvailability({ state: "break", limit: 1 });
  const page = browser.page();
  await page.resume();
  assert.deepEqual([page.stage.value, page.alias.value, page.availability.value], ["in", "Mara", { state: "break", limit: 1 }]);
  assert.deepEqual(page.session.value?.kid, member.kid);
  assert.equal(browser.storage.keptDesk?.key.privateKey.extractable, false);
  assert.deepEqual(Object.keys(browser.storage.keptDesk ?? {}).sort(), ["key", "staff", "used", "wanted"]);
  assert.equal(house.asked("staff/sign-in").length, 0);
});

test("a reload offline keeps what it needs, and goes on when the service answers", async () => {
  const { house, browser } = await atWork();
  house.offline = true;
  const page = browser.page();
  await page.resume();
  assert.deepEqual(at(page), ["out", "unreachable"]);
  house.offline = false;
  await page.resume();
  assert.deepEqual(at(page), ["in", null]);
});

test("a reload under another's cookie, or after the session, ends here and forgets the key", async () => {
  for (const cookie of ["other", "none"]) {
    const { house, browser } = await atWork();
    const { member } = await seated(house, { alias: "Sol", value: 9 });
    house.cookie = cookie === "other" ? member : null;
    const page = browser.page();
    await page.resume();
    assert.deepEqual([...at(page), browser.storage.keptDesk], ["out", "signed-out", null]);
  }
});

test("after 30 minutes without use the page locks: keys go, name and password open it again", async () => {
  const { house, browser, account, name } = await signedIn();
  await house.clock.pass(29 * MINUTE);
  account.active();
  await house.clock.pass(29 * MINUTE);
  assert.equal(account.stage.value, "in");
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual([account.stage.value, account.session.value, account.alias.value], ["locked", null, ""]);
  assert.deepEqual([browser.storage.keptDesk, house.cookie], [null, null]);
  await account.signIn({ name, password: "not my password" });
  assert.deepEqual(at(account), ["locked", "unknown"]);
  await account.signIn({ name, password: PASSWORD });
  assert.deepEqual(at(account), ["in", null]);
});

test("no page locks while somebody's words stand in a draft", async () => {
  const { house, account } = await atWork();
  let words = "I hear";
  account.isWriting = () => words !== "";
  await house.clock.pass(60 * MINUTE);
  assert.equal(account.stage.value, "in");
  words = "";
  await house.clock.pass(2 * MINUTE);
  assert.equal(account.stage.value, "locked");
});

test("a page that was closed for longer than 30 minutes comes back locked, without its key", async () => {
  const { house, browser } = await atWork();
  const kept = browser.storage.keptDesk;
  assert.ok(kept);
  browser.storage.keptDesk = { ...kept, used: house.clock.now() - 31 * MINUTE };
  const page = browser.page();
  await page.resume();
  assert.deepEqual([page.stage.value, browser.storage.keptDesk], ["locked", null]);
});

test("signing out forgets the key and keeps the secret; forgetting this browser forgets both", async () => {
  const { house, browser, account } = await atWork();
  const secret = browser.storage.keptSecret;
  await account.signOut();
  assert.deepEqual([...at(account), account.session.value, house.cookie], ["out", null, null, null]);
  assert.deepEqual([browser.storage.keptDesk, browser.storage.keptSecret], [null, secret]);
  await account.forgetBrowser();
  assert.deepEqual([browser.storage.keptSecret, account.needsSecret.value], [null, true]);
});

test("signing out works without the service", async () => {
  const { house, browser, account } = await atWork();
  house.offline = true;
  await account.signOut();
  assert.deepEqual([...at(account), browser.storage.keptDesk], ["out", null, null]);
});

test("a pass for somebody else, whose cookie it is now, ends the session here", async () => {
  const { house, account } = await atWork();
  const session = account.session.value;
  const { member } = await seated(house, { alias: "Sol", value: 9 });
  house.cookie = member;
  await assert.rejects(async () => session?.freshPass(), { code: "unknown" });
  assert.deepEqual([...at(account), account.session.value], ["out", "signed-out", null]);
});
