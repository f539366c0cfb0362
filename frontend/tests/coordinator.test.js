// The coordinator's desk against a service that judges as the real one: founding, invitations, every change of the team,
// and what happens where a browser closes in the middle.

import assert from "node:assert/strict";
import { test } from "node:test";
import { knowsDirectory } from "../js/crypto/directory.js";
import { b64u, equal, unb64u, utf8 } from "../js/crypto/encoding.js";
import { importSealKey } from "../js/crypto/keys.js";
import { importSecret } from "../js/crypto/primitives.js";
import { readSecret, secretWords } from "../js/crypto/secret_words.js";
import { openSignedTeamKey } from "../js/crypto/seals.js";
import { Founding, isFounded } from "../js/state/coordinator/founding.js";
import { rootKey } from "../js/state/coordinator/service_keys.js";
import { CoordinatorHouse, aliases, coordinating, reloaded } from "./coordinator_house.js";
import { filled } from "./cast.js";
import { Browser, PASSWORD, PROFILE, lists, until } from "./staff_house.js";

/** @typedef {import("../js/state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../js/state/coordinator/coordination.js").Team} Team */

const MINUTE = 60_000;
const TYPED = { name: "ana", password: PASSWORD, profile: { ...PROFILE, alias: "Ana" } };

/** @param {Coordination} desk @returns {Promise<Team>} once the page has looked */
async function shown(desk) {
  await until(() => desk.team.value !== null && !desk.busy.value);
  return /** @type {Team} */ (desk.team.value);
}

/** @param {Coordination} desk @param {string} alias */
const person = (desk, alias) => /** @type {import("../js/state/coordinator/coordination.js").Person} */ (desk.team.value?.people.find((each) => each.alias === alias));

/** Who could be admitted, as the screen shows them. @param {Coordination} desk */
const ready = (desk) => desk.team.value?.newcomers.filter(({ state }) => state === "ready") ?? [];

/** The secret of the invitation that was just made. @param {Coordination} desk */
function freshSecret(desk) {
  const newcomer = desk.team.value?.newcomers.find(({ key }) => key === desk.fresh.value);
  return unb64u(String(newcomer?.handOver?.fragment).slice("invite=".length));
}

/**
 * Invites people who answer, one after the other, and admits them together.
 * @param {CoordinatorHouse} house
 * @param {Coordination} desk
 * @param {[import("../js/state/staff/answers.js").Role, string][]} people
 */
async function withTeam(house, desk, people) {
  await shown(desk);
  for (const [role, alias] of people) {
    await desk.invite(role);
    await house.answered({ alias, secret: freshSecret(desk) });
  }
  await desk.look();
  await desk.admit(ready(desk));
  assert.equal(desk.problem.value, null);
}

test("a service is founded in the browser, and goes on only once three words came back", async () => {
  const house = await CoordinatorHouse.empty();
  assert.equal(await isFounded(house), false);
  const browser = new Browser(house);
  const founding = new Founding(house.code, { api: house, storage: browser.storage, lists, clock: house.clock, save: (...file) => void browser.saved.push(file) });
  await founding.enrol({ ...TYPED, password: "short" });
  assert.equal(founding.problem.value, "password-short");
  await founding.enrol(TYPED);
  assert.deepEqual([founding.stage.value, founding.problem.value], ["words", null]);
  assert.deepEqual([aliases(house.inForce), await isFounded(house)], [["Ana"], true]);
  assert.ok(house.elsewhere && equal(house.elsewhere.hash, house.inForce.hash));

  const words = founding.words.value;
  assert.deepEqual(await readSecret(words.join(" "), (await lists()).values()), browser.storage.keptSecret);
  await founding.downloadKeyFile();
  assert.equal(browser.saved.length, 1);
  founding.kept();
  const asked = founding.asked.value;
  assert.equal(new Set(asked).size, 3);
  founding.prove(asked.map(() => "other"));
  assert.deepEqual([founding.stage.value, founding.problem.value], ["proving", "words"]);
  founding.prove(asked.map((place) => ` ${String(words[place]).toUpperCase()}`));
  assert.deepEqual([founding.stage.value, founding.words.value], ["done", []]);
});

test("a lost answer of founding is no second founding; a link that is wrong or used is said to be", async () => {
  const house = await CoordinatorHouse.empty();
  const browser = new Browser(house);
  const parts = { api: house, storage: browser.storage, lists, clock: house.clock };
  const wrong = new Founding(b64u(filled(16, 1)), parts);
  await wrong.enrol(TYPED);
  assert.deepEqual([wrong.stage.value, wrong.problem.value, browser.storage.keptSecret], ["asking", "unknown", null]);
  const cut = new Founding("AAAA", parts);
  await cut.enrol(TYPED);
  assert.equal(cut.problem.value, "link");

  house.losesAnswer.add("enrolment/found");
  const founding = new Founding(house.code, parts);
  await founding.enrol(TYPED);
  assert.deepEqual([founding.stage.value, founding.problem.value], ["words", null]);

  const late = new Founding(house.code, parts);
  const kept = browser.storage.keptSecret;
  await late.enrol(TYPED);
  assert.equal(late.problem.value, "unknown");
  assert.deepEqual(browser.storage.keptSecret, kept, "the key of the first is still there");
});

test("a browser that closes before the words were kept comes in by name and password, and finds the service whole", async () => {
  const house = await CoordinatorHouse.empty();
  const browser = new Browser(house);
  house.refusals.set("service/directory", ["unavailable"]);
  await new Founding(house.code, { api: house, storage: browser.storage, lists, clock: house.clock }).enrol(TYPED);
  assert.equal(house.elsewhere, null);
  const { account, desk } = await reloaded(browser);
  await account.signIn({ name: "ana", password: PASSWORD });
  const team = await shown(desk);
  assert.equal(team.people[0]?.alias, "Ana");
  assert.ok(house.elsewhere, "sign-in brought conversations up");
  assert.equal(desk.problem.value, null);
});

test("several newcomers are admitted in one sitting; a key that nobody vouched for never is", async () => {
  const { house, desk } = await coordinating();
  await shown(desk);
  await desk.invite("peer");
  const secret = freshSecret(desk);
  const [english] = (await lists()).values();
  assert.ok(english);
  assert.equal(desk.team.value?.newcomers[0]?.handOver?.words, await secretWords(secret, english));
  await house.answered({ alias: "Mara", secret });
  await desk.invite("moderator");
  await house.answered({ alias: "Mo", secret: freshSecret(desk) });
  await desk.invite("peer");
  await house.answered({ alias: "Eve", secret: freshSecret(desk), forged: true });
  await desk.look();
  const states = desk.team.value?.newcomers.map(({ state, member }) => [state, member?.profile.alias ?? null]);
  assert.deepEqual(states, [["ready", "Mara"], ["ready", "Mo"], ["forged", null]]);

  const before = house.inForce;
  await desk.admit(ready(desk));
  assert.deepEqual([desk.problem.value, desk.done.value], [null, "did-admit"]);
  assert.deepEqual(aliases(house.inForce), ["Ana", "Mara", "Mo"]);
  assert.equal(house.inForce.serial, before.serial + 1);
  for (const team of /** @type {const} */ (["peer", "moderation"])) assert.equal(house.inForce.teams[team].epoch, before.teams[team].epoch + 1);
  assert.ok(equal(house.inForce.teams.root.pub, before.teams.root.pub));
  assert.ok(knowsDirectory(house.inForce, before.hash), "what was sealed under the old list is still known");
  assert.deepEqual(desk.team.value?.newcomers.map(({ state }) => state), ["forged"]);
});

test("an admission that is cut off between the houses is done again by the next sign-in", async () => {
  const { house, browser, desk } = await coordinating();
  await shown(desk);
  await desk.invite("peer");
  await house.answered({ alias: "Mara", secret: freshSecret(desk) });
  await desk.look();
  house.refusals.set("service/directory", ["unavailable"]);
  await desk.admit(ready(desk));
  assert.equal(desk.problem.value, "unavailable");
  assert.deepEqual([aliases(house.inForce), house.elsewhere?.serial], [["Ana", "Mara"], 1]);

  const again = await reloaded(browser);
  await shown(again.desk);
  assert.equal(house.elsewhere?.serial, 2);
  assert.equal(again.desk.problem.value, null);
});

test("a lost answer of publishing leaves the new list, and the next act builds on it", async () => {
  const { house, desk } = await coordinating();
  await shown(desk);
  house.losesAnswer.add("directory/publish");
  await desk.renew();
  assert.equal(desk.problem.value, "unreachable");
  await desk.renew();
  assert.deepEqual([desk.problem.value, house.inForce.serial, house.elsewhere?.serial], [null, 3, 3]);
});

test("of two coordinators who publish at once one wins, and the other sees the new list", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"]]);
  const serial = house.inForce.serial;
  house.refusals.set("directory/publish", ["dir_conflict"]);
  await desk.letGo(person(desk, "Mara").kid);
  assert.equal(desk.problem.value, "dir_conflict");
  assert.deepEqual([house.inForce.serial, aliases(house.inForce)], [serial, ["Ana", "Mara"]]);
});

test("who is let go holds no key of the new epochs, and the last coordinator stays", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"], ["peer", "Sol"]]);
  const mara = person(desk, "Mara");
  await desk.letGo(mara.kid);
  assert.deepEqual([desk.done.value, aliases(house.inForce)], ["did-let-go", ["Ana", "Sol"]]);
  assert.ok(![...house.seals.values()].some(({ kid }) => kid === b64u(mara.kid)));
  await desk.letGo(person(desk, "Ana").kid);
  assert.equal(desk.problem.value, "malformed");
  assert.deepEqual(aliases(house.inForce), ["Ana", "Sol"]);
});

test("a second coordinator takes over: they hold the root key, and let the first go", async () => {
  const { house, desk } = await coordinating();
  await shown(desk);
  await desk.invite("coordinator");
  const { pkcs8 } = await house.answered({ alias: "Bea", secret: freshSecret(desk) });
  await desk.look();
  await desk.admit(ready(desk));
  const bea = house.members.find(({ name }) => name === "bea");
  assert.ok(bea);
  const elsewhere = new Browser(house);
  const key = { ...(await importSealKey(pkcs8)), noteKey: await importSecret(filled(32, 4)) };
  elsewhere.storage.keptDesk = { staff: bea.staff, key, used: house.clock.now(), wanted: { state: "on", limit: null } };
  house.cookie = bea;
  const second = await reloaded(elsewhere);
  await shown(second.desk);
  await second.desk.letGo(person(second.desk, "Ana").kid);
  assert.deepEqual([second.desk.problem.value, aliases(house.inForce)], [null, ["Bea"]]);
});

test("a suspension takes a second person; then it is carried out, and can be undone or made final", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"], ["moderator", "Mo"]]);
  const { kid } = person(desk, "Mara");
  await desk.propose(kid, "conduct");
  assert.deepEqual(person(desk, "Mara").proposed, { reason: "conduct", by: "Ana", mine: true, agreed: false });
  await desk.suspend(kid);
  assert.equal(desk.problem.value, "malformed", "nobody agreed yet");

  const [proposal] = house.proposals;
  assert.ok(proposal);
  proposal.agreed = b64u(person(desk, "Mo").kid);
  await desk.look();
  assert.equal(person(desk, "Mara").proposed?.agreed, true);
  await desk.suspend(kid);
  assert.deepEqual([desk.problem.value, aliases(house.inForce)], [null, ["Ana", "Mo"]]);
  const suspended = desk.team.value?.suspended[0];
  assert.ok(suspended && suspended.reason === "conduct");
  // The house's word for who somebody is counts for nothing: a root signed it when they were listed last.
  const signed = house.lastListed.get(b64u(suspended.kid));
  house.lastListed.set(b64u(suspended.kid), { ...signed, payload: b64u(utf8("{}")) });
  await desk.restore(suspended);
  assert.deepEqual([desk.problem.value, aliases(house.inForce)], ["dir_signature", ["Ana", "Mo"]]);
  assert.deepEqual(desk.team.value?.suspended.map(({ member }) => member), [null], "nobody is named whom no root signed");
  house.lastListed.set(b64u(suspended.kid), /** @type {any} */ (signed));
  // The house's own word for a name is not even shown.
  Object.assign(/** @type {object} */ (house.suspended[0]), { profile: { ...PROFILE, alias: "Somebody else" } });
  await desk.look();
  assert.deepEqual(desk.team.value?.suspended.map(({ member }) => member?.profile.alias), ["Mara"]);
  // A list that a root signed once, and that names somebody else under this key, is not the one that was shown.
  await desk.restore({ ...suspended, member: suspended.member && { ...suspended.member, profile: { ...PROFILE, stone: "2", alias: "Sol" } } });
  assert.deepEqual([desk.problem.value, aliases(house.inForce)], ["changed", ["Ana", "Mo"]]);
  await desk.restore(suspended);
  assert.deepEqual([desk.problem.value, aliases(house.inForce)], [null, ["Ana", "Mara", "Mo"]]);
  assert.deepEqual(desk.team.value?.suspended, []);
});

test("the second coordinator agrees, and the same tap takes them off the list", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"], ["moderator", "Mo"]]);
  const { kid } = person(desk, "Mara");
  house.proposals.push({ kid: b64u(kid), reason: "safety", by: b64u(person(desk, "Mo").kid), day: 0, agreed: null });
  await desk.look();
  assert.equal(person(desk, "Mara").proposed?.mine, false);
  await desk.agree(kid);
  assert.deepEqual([desk.problem.value, aliases(house.inForce)], [null, ["Ana", "Mo"]]);
});

test("the same person gets a new key in the old one's place, under the same name", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"]]);
  const old = person(desk, "Mara").kid;
  await desk.invite("peer", old);
  // What clients know is the face: another name, or one that is in use, changes nothing about it.
  const { pub } = await house.answered({ alias: "Ana", name: "mara again", secret: freshSecret(desk) });
  await desk.look();
  const [newcomer] = desk.team.value?.newcomers ?? [];
  assert.deepEqual([newcomer?.taken, newcomer?.replaced, newcomer?.member?.profile.alias], [false, "Mara", "Mara"]);
  // A house that says somebody else is to be replaced breaks the seal on the invitation.
  const [invited] = house.invited;
  const right = /** @type {any} */ (invited).replaces;
  /** @type {any} */ (invited).replaces = b64u(desk.session.value?.kid ?? old);
  await desk.look();
  assert.equal(desk.team.value?.newcomers[0]?.state, "elsewhere");
  /** @type {any} */ (invited).replaces = right;
  await desk.look();
  await desk.admit(ready(desk));
  assert.equal(desk.problem.value, null);
  assert.deepEqual(house.inForce.staff.filter(({ profile }) => profile.alias === "Mara").map((member) => b64u(member.pub)), [b64u(pub)]);
});

test("somebody suspended comes back with a new key under the face that a root signed", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"], ["moderator", "Mo"]]);
  const { kid } = person(desk, "Mara");
  house.proposals.push({ kid: b64u(kid), reason: "key-lost", by: b64u(person(desk, "Mo").kid), day: 0, agreed: null });
  await desk.agree(kid);
  await desk.invite("peer", kid);
  const { pub } = await house.answered({ alias: "New", name: "mara again", secret: freshSecret(desk) });
  await desk.look();
  await desk.admit(ready(desk));
  assert.deepEqual([desk.problem.value, aliases(house.inForce)], [null, ["Ana", "Mara", "Mo"]]);
  assert.equal(b64u(house.inForce.staff.find(({ profile }) => profile.alias === "Mara")?.pub ?? kid), b64u(pub));
});

test("a list that came back from a backup lists nobody again by itself; who is still here is said first", async () => {
  const { house, browser, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"], ["peer", "Sol"]]);
  const { kid } = person(desk, "Mara");
  const putBack = house.backup();
  await desk.letGo(kid);
  await desk.renew();
  const known = Number(house.elsewhere?.serial);
  putBack();
  assert.deepEqual(aliases(house.inForce), ["Ana", "Mara", "Sol"]);

  // A page that saw the newer list takes no older one; opened anew it shows what identity has, and what is wrong with it.
  await desk.renew();
  assert.equal(desk.problem.value, "behind");
  const again = await reloaded(browser);
  assert.deepEqual([(await shown(again.desk)).behind, again.desk.problem.value], [true, null]);
  const ask = again.desk;
  const careless = [() => ask.renew(), () => ask.letGo(kid), () => ask.admit([]), () => ask.suspend(kid)];
  for (const act of careless) {
    await act();
    assert.deepEqual([ask.problem.value, house.inForce.serial, house.elsewhere?.serial], ["behind", known - 2, known]);
  }

  await ask.recover([person(ask, "Sol").key]);
  assert.deepEqual([ask.problem.value, ask.done.value, ask.team.value?.behind], [null, "did-recover", false]);
  assert.deepEqual([aliases(house.inForce), house.inForce.serial], [["Ana", "Sol"], known + 1]);
  assert.ok(house.elsewhere && equal(house.elsewhere.hash, house.inForce.hash));
  await desk.renew();
  assert.deepEqual([desk.problem.value, house.inForce.serial], [null, known + 2]);
});

test("somebody who publishes between two looks is no backup", async () => {
  const { house, browser, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"]]);
  const other = await reloaded(browser);
  await shown(other.desk);
  const get = house.get.bind(house);
  let cuts = 1;
  house.get = async (path) => {
    if (path === "service" && cuts-- === 1) await other.desk.renew();
    return get(path);
  };
  await desk.renew();
  assert.deepEqual([desk.problem.value, desk.team.value?.behind, house.inForce.serial], [null, false, 4]);
});

test("a name that is in use is told before anybody is admitted under it", async () => {
  const { house, desk } = await coordinating();
  await shown(desk);
  await desk.invite("peer");
  await house.answered({ alias: "ANA", secret: freshSecret(desk) });
  await desk.look();
  assert.deepEqual(desk.team.value?.newcomers.map(({ taken }) => taken), [true]);
  await desk.admit(ready(desk));
  assert.equal(desk.problem.value, "malformed");
  assert.equal(house.inForce.serial, 1);
});

test("limits and invitations taken back are the house's; another coordinator's invitation is told apart", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"]]);
  await desk.limit(person(desk, "Mara").kid, 3);
  assert.equal(person(desk, "Mara").limit, 3);
  await desk.invite("peer");
  const [own] = desk.team.value?.newcomers ?? [];
  assert.ok(own);
  const foreign = { role: "peer", token_hash: b64u(filled(32, 2)), replaces: null, expires: house.now + 60, pub: null, mac: null, profile: null };
  house.invited.push({ ...foreign, staff: b64u(filled(16, 3)), secret_box: b64u(filled(97, 1)) });
  await desk.withdraw(own.staff);
  assert.deepEqual(desk.team.value?.newcomers.map(({ state }) => state), ["elsewhere"]);
});

test("the root key is opened for one signature and checked against the signed one; a peer's page opens none", async () => {
  const { house, desk, account } = await coordinating();
  await shown(desk);
  const session = account.session.value;
  assert.ok(session);
  const { root } = session.trust.directory.teams;
  assert.ok(equal((await rootKey(session)).pub, root.pub));
  const [, seal] = [...house.seals].find(([key]) => key.startsWith("root ")) ?? [];
  assert.ok(seal);
  await assert.rejects(openSignedTeamKey(session.key, "root", { ...root, pub: filled(65, 4) }, unb64u(seal.sealed)), { code: "dir_signature" });
  for (const key of [...house.seals.keys()].filter((each) => each.startsWith("root "))) house.seals.delete(key);
  await desk.renew();
  assert.equal(desk.problem.value, "unknown");
  assert.equal(house.inForce.serial, 1);
});

test("newcomers show by themselves within a minute, and nothing is looked for once nobody sits here", async () => {
  const { house, desk, account } = await coordinating();
  await shown(desk);
  await desk.invite("peer");
  await house.answered({ alias: "Mara", secret: freshSecret(desk) });
  await house.clock.pass(MINUTE);
  await until(() => desk.team.value?.newcomers[0]?.state === "ready");
  await account.signOut();
  const asked = house.asked("enrolment/waiting").length;
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual([desk.team.value, desk.session.value, house.asked("enrolment/waiting").length], [null, null, asked]);
});

test("nobody is signed whom the screen did not show: name, key and place are compared once more", async () => {
  const { house, desk } = await coordinating();
  await shown(desk);
  await desk.invite("peer");
  await house.answered({ alias: "Mara", secret: freshSecret(desk) });
  await desk.look();
  const seen = ready(desk);
  const invitation = /** @type {any} */ (house.invited[0]);
  const right = invitation.profile;
  invitation.profile = { ...right, alias: "Mallory" };
  await desk.admit(seen);
  assert.deepEqual([desk.problem.value, house.inForce.serial, aliases(house.inForce)], ["changed", 1, ["Ana"]]);
  assert.equal(ready(desk)[0]?.member?.profile.alias, "Mallory", "what there is now is shown");
  invitation.profile = right;
  await desk.admit(seen);
  assert.deepEqual([desk.problem.value, aliases(house.inForce)], [null, ["Ana", "Mara"]]);
});

test("a peer's invitation makes nobody a coordinator, whatever the house says", async () => {
  const { house, desk } = await coordinating();
  await shown(desk);
  await desk.invite("peer");
  const secret = freshSecret(desk);
  /** @type {any} */ (house.invited[0]).role = "coordinator";
  await house.answered({ alias: "Eve", secret });
  await desk.look();
  assert.deepEqual(desk.team.value?.newcomers.map(({ state }) => state), ["elsewhere"]);
});

test("a list is signed only by a clock like this device's, and names as replaced only what this page held", async () => {
  const { house, desk } = await coordinating();
  await shown(desk);
  const get = house.get.bind(house);
  /** @type {(answer: any) => any} */
  let lie = (answer) => ({ ...answer, time: answer.time + 2 * 86_400 });
  house.get = async (path) => (path === "service" ? lie(await get(path)) : get(path));
  await desk.renew();
  assert.deepEqual([desk.problem.value, house.inForce.serial], ["clock", 1]);
  let asked = 0;
  lie = (answer) => ({ ...answer, ...((asked += 1) === 3 ? { directory: b64u(filled(32, 9)) } : {}) });
  await desk.renew();
  assert.deepEqual([desk.problem.value, house.inForce.serial], [null, 2]);
  assert.ok(!knowsDirectory(house.inForce, filled(32, 9)));
});

test("somebody let go whom two people agreed to suspend meanwhile is gone, as the page says", async () => {
  const { house, desk } = await coordinating();
  await withTeam(house, desk, [["peer", "Mara"], ["moderator", "Mo"]]);
  const { kid } = person(desk, "Mara");
  house.proposals.push({ kid: b64u(kid), reason: "safety", by: b64u(person(desk, "Mo").kid), day: 0, agreed: b64u(kid) });
  await desk.letGo(kid);
  assert.deepEqual([desk.problem.value, desk.done.value, house.suspended, desk.team.value?.suspended], [null, "did-let-go", [], []]);
});

test("no page holds the root key, and founding forgets what it was made of", async () => {
  const { account, browser, founding } = await coordinating();
  const session = /** @type {import("../js/state/staff/session.js").StaffSession} */ (account.session.value);
  assert.deepEqual(session.teamKeysOf("root"), []);
  assert.equal(session.teamKeysOf("peer").length, 1);
  founding.kept();
  const words = founding.words.value;
  founding.prove(founding.asked.value.map((place) => String(words[place])));
  await founding.downloadKeyFile();
  assert.deepEqual([founding.stage.value, browser.saved], ["done", []]);
  assert.notDeepEqual(browser.storage.keptSecret, filled(16, 0), "what the browser keeps is its own copy");
});

test("whoever signs in next finds a desk that is not busy, and one clock that looks", async () => {
  const { house, desk, account } = await coordinating();
  await shown(desk);
  /** @type {(value?: unknown) => void} */
  let letGo = () => undefined;
  const waits = new Promise((resolve) => void (letGo = resolve));
  house.answers.set("enrolment/limit", () => /** @type {any} */ (waits));
  const post = house.post.bind(house);
  house.post = async (path, body, pass) => (path === "enrolment/limit" ? waits.then(() => ({})) : post(path, body, pass));
  const act = desk.limit(filled(16, 1), 2);
  assert.equal(desk.busy.value, true);
  await account.signOut();
  assert.equal(desk.busy.value, false);
  letGo();
  await act;
  assert.equal(desk.busy.value, false);
  const asked = house.asked("enrolment/waiting").length;
  await house.clock.pass(2 * MINUTE);
  assert.equal(house.asked("enrolment/waiting").length, asked);
});

test("a refusal by something on the way keeps the new secret: the service may have been founded", async () => {
  for (const code of ["unavailable", "not_beside", "unreachable"]) {
    const house = await CoordinatorHouse.empty();
    const browser = new Browser(house);
    house.refusals.set("enrolment/found", [code]);
    await new Founding(house.code, { api: house, storage: browser.storage, lists, clock: house.clock }).enrol(TYPED);
    assert.ok(browser.storage.keptSecret, code);
  }
});

test("one's own change of the list is no news, however often it is looked at", async () => {
  const { house, desk, account } = await coordinating();
  house.answers.set("staff/trail", () => ({ entries: [] }));
  await account.trail.hear();
  await withTeam(house, desk, [["peer", "Mara"]]);
  await desk.letGo(person(desk, "Mara").kid);
  for (let looks = 0; looks < 3; looks += 1) await account.trail.hear();
  assert.deepEqual(account.trail.news.value, []);
});
