import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u } from "../js/crypto/encoding.js";
import { checkSolution, readChallenge, solve } from "../js/crypto/pow.js";
import { filled, refused } from "./cast.js";

const PUZZLES = { salt: filled(16, 1), cost: 2, bits: 5, puzzles: 4 };
const JSON_FORM = { salt: b64u(filled(16, 1)), cost: 1000, bits: 6, puzzles: 16, expires: 1_800_000_000, mac: b64u(filled(32, 2)) };

test("what solve finds is accepted, and nothing else in its place", async () => {
  const solution = await solve(PUZZLES);
  assert.equal(await checkSolution(PUZZLES, solution), true);
  for (const [i, counter] of solution.entries()) {
    assert.equal(await checkSolution(PUZZLES, solution.with(i, counter + 2 ** 32)), false);
    if (counter > 0) assert.equal(await checkSolution(PUZZLES, solution.with(i, counter - 1)), false);
  }
  assert.equal(await checkSolution(PUZZLES, []), false);
  assert.equal(await checkSolution(PUZZLES, solution.slice(0, 3)), false);
  assert.equal(await checkSolution(PUZZLES, [...solution, 0]), false);
  assert.equal(await checkSolution({ ...PUZZLES, salt: filled(16, 2), bits: 16 }, solution), false);
});

test("bits are counted across bytes", async () => {
  const [counter] = await solve({ ...PUZZLES, bits: 9, puzzles: 1 });
  assert.equal(await checkSolution({ ...PUZZLES, bits: 9, puzzles: 1 }, [Number(counter)]), true);
  assert.equal(await checkSolution({ ...PUZZLES, bits: 0, puzzles: 1 }, [0]), true);
});

test("a challenge is read as it was issued, and refused where it is not whole or asks too much", async () => {
  assert.deepEqual(readChallenge(JSON_FORM), { ...JSON_FORM, salt: filled(16, 1), mac: filled(32, 2) });
  for (const change of [{ salt: "AAAA" }, { mac: undefined }, { cost: 0 }, { cost: 100_001 }, { bits: 25 }, { bits: -1 }, { puzzles: 0 }, { puzzles: 65 }, { expires: 1.5 }, { cost: "1000" }]) {
    await refused(() => readChallenge({ ...JSON_FORM, ...change }), "malformed");
  }
  for (const wrong of [null, [], "x", undefined]) await refused(() => readChallenge(wrong), "malformed");
});
