// What a page believes of a service, and when.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { signDirectory } from "../js/crypto/directory.js";
import { b64u, utf8 } from "../js/crypto/encoding.js";
import { kidOf } from "../js/crypto/ids.js";
import { generateKey } from "../js/crypto/keys.js";
import { ApiError } from "../js/net/api.js";
import { Trust, serverTime } from "../js/state/trust.js";
import { filled } from "./cast.js";
import { settled } from "./manual_clock.js";
import { STORE } from "./table.js";

const DAY = 86_400;
const NOW = 1_795_000_000;
const [ROOT, STRANGER, MARA, SOL, TEAM] = await Promise.all([1, 2, 3, 4, 5].map(() => generateKey()));
const INSTANCE = filled(16, 1);
const PROFILE = { alias: "Mara", stone: "2", line: "I listen.", languages: ["en"], topics: [], lived: [] };

/** @typedef {NonNullable<typeof ROOT>} Pair */
const [root, stranger, mara, sol, teamKey] = /** @type {[Pair, Pair, Pair, Pair, Pair]} */ ([ROOT, STRANGER, MARA, SOL, TEAM]);

/** @param {Pair} pair */
const entry = async (pair) => ({ kid: b64u(await kidOf(pair.pub)), pub: b64u(pair.pub), roles: ["peer"], profile: PROFILE });

/**
 * A directory as it is published.
 * @param {Record<string, unknown>} [change]
 * @param {{ signer?: Pair, staff?: Pair[] }} [who]
 */
async function published(change = {}, { signer = root, staff = [mara] } = {}) {
  const members = await Promise.all(staff.map(entry));
  const team = { suite: 1, epoch: 1, pub: b64u(teamKey.pub), members: members.map(({ kid }) => kid) };
  const times = { issued: NOW - DAY, expires: NOW + 34 * DAY };
  const teams = { peer: team, moderation: team, root: team };
  const payload = utf8(JSON.stringify({ v: 1, instance: b64u(INSTANCE), serial: 7, ...times, earlier: [], teams, staff: members, ...change }));
  const sig = await signDirectory(signer.pkcs8, payload);
  return { payload: b64u(payload), sigs: [{ kid: b64u(await kidOf(signer.pub)), sig: b64u(sig) }] };
}

const SERVICE = { time: NOW, store: STORE, open: true, serial: 7, directory: null, keep_days: 30, wait: { en: [5, 20] }, queue: { open: true } };

/** A service that gives what stands here at the moment. */
class Service {
  /** @type {Record<string, any>} */
  gives = {
    "/site.json": { v: 1, instance: b64u(INSTANCE), roots: [b64u(root.pub)] },
    service: SERVICE,
  };
  /** @type {string[]} */
  asked = [];

  /** @param {string} path */
  async get(path) {
    this.asked.push(path);
    const answer = this.gives[path];
    if (answer === undefined) throw new ApiError("unknown", 404);
    return answer;
  }
}

/** A service, and trust in it as far as its site.json. @param {Record<string, unknown>} [change] */
async function pinned(change) {
  const service = new Service();
  service.gives.directory = await published(change);
  return { service, trust: await Trust.pin(service) };
}

/**
 * @param {Promise<unknown> | (() => unknown)} call
 * @param {string} code
 */
const refused = (call, code) =>
  assert.rejects(
    async () => (typeof call === "function" ? call() : call),
    (error) => error instanceof ApiError && (assert.equal(error.code, code), true),
  );

describe("pinning", () => {
  test("takes instance and roots from the service's own site.json", async () => {
    const { trust } = await pinned();
    assert.deepEqual(trust.instance, INSTANCE);
    assert.equal((await trust.refresh()).serial, 7);
  });

  test("is refused where the service was never set up", async () => {
    const service = new Service();
    delete service.gives["/site.json"];
    await refused(Trust.pin(service), "unknown");
  });

  for (const [what, change] of /** @type {[string, object][]} */ ([
    ["another version", { v: 2 }],
    ["no instance", { instance: null }],
    ["roots that are no list", { roots: b64u(root.pub) }],
    ["half a root", { roots: ["AAAA"] }],
    ["roots without end", { roots: Array(1000).fill(b64u(root.pub)) }],
  ])) {
    test(`is refused with ${what}`, async () => {
      const service = new Service();
      await Trust.pin(service);
      service.gives["/site.json"] = { ...service.gives["/site.json"], ...change };
      await refused(Trust.pin(service), "not_beside");
    });
  }
});

test("before a directory is accepted there is none", async () => {
  const { trust } = await pinned();
  await refused(() => trust.directory, "unknown");
  await refused(() => trust.hash, "unknown");
  await refused(trust.member(filled(16, 9)), "unknown");
  const directory = await trust.refresh();
  assert.deepEqual([trust.directory, trust.hash], [directory, directory.hash]);
});

describe("a directory is refused, and the one before stays in force:", () => {
  /** @type {[string, string, () => Promise<any>][]} */
  const CASES = [
    ["signed by somebody else", "dir_signature", () => published({ serial: 8 }, { signer: stranger })],
    ["of another instance", "dir_signature", () => published({ serial: 8, instance: b64u(filled(16, 9)) })],
    ["signed, but of no known form", "dir_signature", () => published({ serial: 8, teams: {} })],
    ["older than the last", "dir_rollback", () => published({ serial: 6 })],
    ["two days past its end", "dir_expired", () => published({ serial: 8, issued: NOW - 30 * DAY, expires: NOW - 2 * DAY })],
    ["no directory at all", "not_beside", async () => ({ payload: 1, sigs: [] })],
    ["signatures that are text", "not_beside", async () => ({ ...(await published()), sigs: "none" })],
    ["withheld", "unknown", async () => undefined],
  ];
  for (const [what, code, answer] of CASES) {
    test(`${what}: ${code}`, async () => {
      const { service, trust } = await pinned();
      const before = await trust.refresh();
      service.gives.directory = await answer();
      await refused(trust.refresh(), code);
      assert.equal(trust.directory, before);
      service.gives.directory = await published({ serial: 8 });
      assert.equal((await trust.refresh()).serial, 8);
    });
  }

  test("and nobody is believed where the first one is refused", async () => {
    const { service, trust } = await pinned({ expires: NOW - 2 * DAY, issued: NOW - 30 * DAY });
    await refused(trust.refresh(), "dir_expired");
    await refused(() => trust.directory, "unknown");
    assert.equal((await trust.refresh({ evenExpired: true })).serial, 7);
    assert.ok(service.asked.includes("service"));
  });
});

test("an old directory that a slow answer brings late does not replace a newer one", async () => {
  const { service, trust } = await pinned();
  const [old, fresh] = [await published({ serial: 8 }), await published({ serial: 9 })];
  const answers = [settled().then(settled).then(() => old), fresh];
  service.get = async (path) => (path === "directory" ? answers.shift() : service.gives[path]);
  await Promise.all([trust.refresh(), trust.refresh()]);
  assert.equal(trust.directory.serial, 9);
});

describe("who holds a key", () => {
  test("is looked up in the directory we have, and again in a newer one", async () => {
    const { service, trust } = await pinned();
    await trust.refresh();
    service.asked.length = 0;
    assert.equal((await trust.member(await kidOf(mara.pub)))?.profile.alias, "Mara");
    assert.deepEqual(service.asked, []);
    service.gives.directory = await published({ serial: 8 }, { staff: [mara, sol] });
    assert.deepEqual((await trust.member(await kidOf(sol.pub)))?.pub, sol.pub);
    assert.equal(await trust.member(filled(16, 9)), null);
  });

  test("is known also when the directory has run out meanwhile", async () => {
    const { service, trust } = await pinned();
    await trust.refresh();
    service.gives.service = { ...SERVICE, time: NOW + 90 * DAY };
    service.gives.directory = await published({ serial: 8 }, { staff: [mara, sol] });
    assert.ok(await trust.member(await kidOf(sol.pub)));
    await refused(trust.refresh(), "dir_expired");
  });
});

describe("the hash in a seal", () => {
  test("is that of our directory, of one it replaced, or of a newer one that is fetched", async () => {
    const { service, trust } = await pinned({ earlier: [b64u(filled(32, 5))] });
    const { hash } = await trust.refresh();
    service.asked.length = 0;
    assert.equal(await trust.knows(hash), true);
    assert.equal(await trust.knows(filled(32, 5)), true);
    assert.deepEqual(service.asked, []);
    assert.equal(await trust.knows(filled(32, 6)), false);
    service.gives.directory = await published({ serial: 8, earlier: [b64u(hash), b64u(filled(32, 6))] });
    assert.equal(await trust.knows(filled(32, 6)), true);
    assert.equal(await trust.knows(hash), true);
  });
});

describe("time", () => {
  test("is the server's", async () => {
    assert.equal(await serverTime(new Service()), NOW);
  });

  for (const [what, change] of /** @type {[string, object][]} */ ([
    ["text for a time", { time: "now" }],
    ["a time beyond numbers", { time: 1e300 }],
    ["no queue", { queue: null }],
    ["a wait of one number", { wait: { en: [5] } }],
    ["a wait of three", { wait: { en: [5, 6, 7] } }],
  ])) {
    test(`is not taken from an answer with ${what}`, async () => {
      const service = new Service();
      service.gives.service = { ...SERVICE, ...change };
      await refused(serverTime(service), "not_beside");
    });
  }
});
