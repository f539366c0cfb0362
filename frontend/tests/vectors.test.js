import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { main } from "./vectors.js";

const RUNNER = fileURLToPath(new URL("vectors.js", import.meta.url));
const OURS = fileURLToPath(new URL("../../tests/vectors/vectors.json", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vectors-"));
after(() => rmSync(folder, { recursive: true }));

/** @param {string[]} args */
async function run(...args) {
  /** @type {string[]} */
  const lines = [];
  return { status: await main(args, (line) => lines.push(line)), lines };
}

/** @param {string} text */
function runText(text) {
  writeFileSync(join(folder, "file.json"), text);
  return run(join(folder, "file.json"));
}

/** @param {unknown[]} cases */
const runCases = (...cases) => runText(JSON.stringify({ format: "beside-vectors", version: 1, cases }));

test("all vectors of the protocol pass", async () => {
  const { cases } = JSON.parse(readFileSync(OURS, "utf8"));
  assert.deepEqual(await run(OURS), { status: 0, lines: [`${cases.length} passed, 0 failed`] });
});

test("the command ends with the counts and tells success from failure by its exit code", () => {
  for (const [file, status, counts] of [[OURS, 0, "45 passed, 0 failed"], [RUNNER, 1, "0 passed, 1 failed"]]) {
    const ended = spawnSync(process.execPath, [RUNNER, String(file)], { encoding: "utf8" });
    assert.deepEqual([ended.status, ended.stdout.trimEnd().split("\n").at(-1), ended.stderr], [status, counts, ""]);
  }
});

describe("one case fails, and says why", () => {
  const CHAIN = { id: "chain", op: "chain0", in: { room: "00".repeat(16) } };
  const right = "a5b0c6d4";
  /** @type {[string, unknown, RegExp][]} */
  const CASES = [
    ["another result", { ...CHAIN, out: right }, /^chain: another result than expected$/],
    ["a result in place of an error", { ...CHAIN, error: "aead" }, /^chain: expected error aead, got a result$/],
    ["an error in place of a result", { ...CHAIN, in: { room: "00" }, out: right }, /^chain: expected a result, got error malformed$/],
    ["another error", { ...CHAIN, in: { room: "00" }, error: "aead" }, /^chain: expected error aead, got error malformed$/],
    ["an unknown operation", { ...CHAIN, op: "toString", out: right }, /^chain: unknown operation "toString"$/],
    ["no operation", { id: "chain", in: {}, out: right }, /^chain: malformed: no operation$/],
    ["no expectation", CHAIN, /^chain: malformed: exactly one of out and error must be given$/],
    ["two expectations", { ...CHAIN, out: right, error: "aead" }, /^chain: malformed: exactly one/],
    ["an error that is no code", { ...CHAIN, error: 1 }, /^chain: malformed: error is not a string$/],
    ["no inputs", { ...CHAIN, in: undefined, out: right }, /^chain: malformed: in is not an object$/],
    ["an input in capitals", { ...CHAIN, in: { room: "AA" }, out: right }, /^chain: malformed: in\.room is not lower-case hex$/],
    ["a missing input", { ...CHAIN, in: {}, out: right }, /^chain: malformed: in\.room is not/],
    ["an expectation that names nothing", { id: "slot", op: "vault_keys", in: { root: "00".repeat(32) }, out: {} }, /^slot: another result/],
    ["a case that is no object", 5, /^case 0: malformed: no operation$/],
  ];
  for (const [what, vector, line] of CASES) {
    test(what, async () => {
      const { status, lines } = await runCases(vector);
      assert.match(String(lines[0]), line);
      assert.deepEqual([status, lines.slice(1)], [1, ["0 passed, 1 failed"]]);
    });
  }

  test("beside those that pass", async () => {
    const { cases } = JSON.parse(readFileSync(OURS, "utf8"));
    const { status, lines } = await runCases(cases.find((/** @type {{ op: string }} */ { op }) => op === "chain0"), { ...CHAIN, out: right });
    assert.deepEqual([status, lines.at(-1)], [1, "1 passed, 1 failed"]);
  });
});

for (const [what, text] of /** @type {[string, string][]} */ ([
  ["not JSON", "{"],
  ["empty", ""],
  ["of another format", '{"format":"other","version":1,"cases":[1]}'],
  ["of another version", '{"format":"beside-vectors","version":2,"cases":[1]}'],
  ["without cases", '{"format":"beside-vectors","version":1,"cases":[]}'],
  ["a list", "[]"],
])) {
  test(`a file that is ${what} is one failure with a plain message`, async () => {
    const { status, lines } = await runText(text);
    assert.deepEqual([status, lines.length, lines.at(-1)], [1, 2, "0 passed, 1 failed"]);
  });
}

test("a file that is not there, and none at all", async () => {
  const missing = await run(join(folder, "missing.json"));
  assert.deepEqual([missing.status, missing.lines.at(-1)], [1, "0 passed, 1 failed"]);
  assert.equal((await run()).status, 2);
});
