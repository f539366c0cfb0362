// A journal in its vault: the bytes, and the page's dealings with the service (docs/protocol.md, 3 and 4).

import assert from "node:assert/strict";
import { test } from "node:test";
import { boxSeal } from "../js/crypto/box.js";
import { vaultKeys } from "../js/crypto/code.js";
import { b64u, concat, hex, u32, utf8 } from "../js/crypto/encoding.js";
import { sha256 } from "../js/crypto/primitives.js";
import { openJournal, sealJournal } from "../js/crypto/vault.js";
import { ApiError } from "../js/net/api.js";
import { Journal } from "../js/state/client/journal.js";
import { filled, refused } from "./cast.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */

const ROOT = filled(32, 5);
const SALT = filled(32, 7);
const JOURNAL = { v: 1, page: ["el tranvía llegó tarde", "anyway"], steps: [{ x: "soup" }], next: "" };

/** A service with one vault, as its answers say. */
class Service {
  /** @type {{ version: number, blob: string } | null} */
  held = null;
  /** @type {{ path: string, body: Record<string, any> }[]} */
  calls = [];
  /** Codes with which the next writes are refused; "lost" carries it out and loses the answer. @type {string[]} */
  refusals = [];
  slept = 0;

  clock = { sleep: async (/** @type {number} */ ms) => void (this.slept += ms) };

  /** @param {string} path @param {Record<string, any>} body */
  post = async (path, body) => {
    this.calls.push({ path, body });
    if (path === "vault/challenge") return { challenge: { salt: b64u(filled(16, 1)), cost: 1, bits: 1, puzzles: 2, expires: 9, mac: b64u(filled(32, 1)) } };
    if (path === "vault/get") return this.held ?? { version: 0, blob: null };
    const refusal = path === "vault/put" ? this.refusals.shift() : undefined;
    if (refusal !== undefined && refusal !== "lost") throw new ApiError(refusal);
    if (path === "vault/delete") this.held = null;
    else this.#write(body);
    if (refusal === "lost") throw new ApiError("unreachable");
    return {};
  };

  /** @param {Record<string, any>} body */
  #write({ version, blob }) {
    if (version === this.held?.version && blob === this.held?.blob) return;
    if (version !== (this.held?.version ?? 0) + 1) throw new ApiError("v_conflict", 409);
    this.held = { version, blob };
  }

  /** @param {string} path */
  asked(path) {
    return this.calls.filter((call) => call.path === path).map(({ body }) => body);
  }

  journal() {
    return new Journal({ api: this, root: ROOT, clock: this.clock });
  }
}

/** @param {Promise<unknown>} call @param {string} code */
const refusedBy = (call, code) =>
  assert.rejects(call, (error) => error instanceof ApiError && (assert.equal(error.code, code), true));

test("a journal has the bytes that Python gives it, and opens as that version alone", async () => {
  const keys = await vaultKeys(ROOT);
  const blob = await sealJournal(keys, 3, JOURNAL, SALT);
  assert.equal(blob.length, 4177);
  assert.equal(hex(await sha256(blob)), "016a17a9c1e9aa3c7d4fef179ec7b0f8a9b2f2a79ee71444a63bf1153b3d47b8");
  assert.deepEqual(await openJournal(keys, 3, blob), JOURNAL);
  await refused(openJournal(keys, 2, blob), "box_key");
  await refused(openJournal(await vaultKeys(filled(32, 9)), 3, blob), "box_key");
});

test("a journal has one of seven lengths, and is too long above the last", async () => {
  const keys = await vaultKeys(ROOT);
  const lengths = new Set();
  for (const many of [0, 4000, 4100, 8200, 16_400, 32_800, 65_600, 131_100, 262_000]) {
    lengths.add((await sealJournal(keys, 1, { page: ["a".repeat(many)] })).length);
  }
  assert.deepEqual([...lengths], Array.from({ length: 7 }, (_, k) => 4096 * 2 ** k + 81));
  await refused(sealJournal(keys, 1, { page: ["a".repeat(262_144)] }), "too_long");
});

test("a box of one's own with no journal in it is malformed", async () => {
  const keys = await vaultKeys(ROOT);
  for (const block of [new Uint8Array(0), concat(u32(9), utf8("{}")), concat(u32(2), utf8("{}1")), concat(u32(2), utf8("[]"))]) {
    await refused(openJournal(keys, 1, await boxSeal(keys.key, "vault", concat(keys.id, u32(1)), block)), "malformed");
  }
});

test("what is kept is there for the next page with the same code, and the service holds nothing of it in clear", async () => {
  const service = new Service();
  const journal = service.journal();
  assert.equal(await journal.load(), null);
  await journal.keep(JOURNAL);
  await journal.keep({ ...JOURNAL, next: "sleep" });
  assert.deepEqual(await service.journal().load(), { ...JOURNAL, next: "sleep" });
  assert.equal(JSON.stringify(service.calls).includes("tranv"), false);
  const { id, token, key } = await vaultKeys(ROOT);
  for (const { body } of service.calls.filter(({ path }) => path !== "vault/challenge")) {
    assert.deepEqual([body.id, body.token], [b64u(id), b64u(token)]);
    assert.equal(Object.values(body).includes(b64u(key)), false);
  }
});

test("nothing is asked before somebody loads, keeps or removes, and only the first write takes a proof of work", async () => {
  const service = new Service();
  const journal = service.journal();
  assert.deepEqual(service.calls, []);
  await journal.keep(JOURNAL);
  await journal.keep(JOURNAL);
  assert.deepEqual(service.asked("vault/put").map(({ version, proof }) => [version, proof?.solution.length]), [[1, 2], [2, undefined]]);
});

test("a page that another one overtook is told so, and goes on after it has looked", async () => {
  const service = new Service();
  const [one, other] = [service.journal(), service.journal()];
  await one.keep(JOURNAL);
  await refusedBy(other.keep({ page: [] }), "v_conflict");
  assert.deepEqual(await other.load(), JOURNAL);
  await other.keep({ page: [] });
  assert.equal(service.held?.version, 2);
});

test("a write whose answer was lost counts once", async () => {
  const service = new Service();
  const journal = service.journal();
  service.refusals = ["lost", "unavailable"];
  await journal.keep(JOURNAL);
  assert.equal(service.held?.version, 1);
  const blobs = service.asked("vault/put").map(({ blob }) => blob);
  assert.equal(new Set(blobs).size, 1);
  assert.equal(blobs.length, 3);
});

test("words kept after a long break of the line are no conflict with what arrived before it", async () => {
  const service = new Service();
  const journal = service.journal();
  service.refusals = ["lost", "unreachable", "unreachable", "unreachable"];
  await refusedBy(journal.keep(JOURNAL), "unreachable");
  await journal.keep({ page: ["later"] });
  assert.equal(service.held?.version, 2);
  assert.deepEqual(await service.journal().load(), { page: ["later"] });
});

test("a proof that took too long is made again, and any other refusal is passed on", async () => {
  const service = new Service();
  service.refusals = ["pow_invalid"];
  await service.journal().keep(JOURNAL);
  assert.equal(service.asked("vault/challenge").length, 2);
  service.refusals = ["slow_down"];
  const journal = service.journal();
  await journal.load();
  await refusedBy(journal.keep(JOURNAL), "slow_down");
  await journal.keep(JOURNAL);
});

test("what is removed is gone, and can be kept anew", async () => {
  const service = new Service();
  const journal = service.journal();
  await journal.keep(JOURNAL);
  await journal.remove();
  assert.equal(await journal.load(), null);
  await journal.keep(JOURNAL);
  assert.equal(service.held?.version, 1);
});

test("an answer of another shape is not of this service", async () => {
  for (const held of [{ version: 0, blob: "AA" }, { version: 1, blob: null }, { version: 1, blob: "=" }, { version: -1, blob: "AA" }]) {
    const service = new Service();
    service.held = /** @type {any} */ (held);
    await refusedBy(service.journal().load(), "not_beside");
  }
});
