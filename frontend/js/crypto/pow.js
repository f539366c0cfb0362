// Proof of work before a room or a sign-in: docs/protocol.md, 13. WebCrypto hashes beside the page, so typing goes on.

import { concat, isRecord, isWhole, u32, u8, unb64u } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { pbkdf2 } from "./primitives.js";
import { HASH, ID } from "./sizes.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */
/**
 * @typedef {{ salt: Bytes, cost: number, bits: number, puzzles: number }} Puzzles
 * @typedef {Puzzles & { expires: number, mac: Bytes }} Challenge expires in unix seconds
 */

// No honest service asks for more; beyond it a page refuses rather than burn a phone's battery.
const MOST = { cost: 100_000, bits: 24, puzzles: 64 };

const U32 = 2 ** 32 - 1;

/**
 * A challenge from the service's JSON.
 * @param {unknown} json
 * @returns {Challenge}
 * @throws {ProtocolError} malformed, also where it asks for more work than an honest service does
 */
export function readChallenge(json) {
  if (!isRecord(json)) throw new ProtocolError("malformed");
  const { cost, bits, puzzles, expires } = json;
  if (!isWhole(cost, 1, MOST.cost) || !isWhole(bits, 0, MOST.bits) || !isWhole(puzzles, 1, MOST.puzzles)) {
    throw new ProtocolError("malformed");
  }
  if (!isWhole(expires, 0, U32)) throw new ProtocolError("malformed");
  return { salt: unb64u(json.salt, ID), cost, bits, puzzles, expires, mac: unb64u(json.mac, HASH) };
}

/**
 * Whether a counter solves the i-th puzzle (from 0).
 * @param {Puzzles} puzzles
 * @param {number} i
 * @param {number} counter
 */
async function solves({ salt, cost, bits }, i, counter) {
  const hash = await pbkdf2(concat(u8(i), u32(counter)), salt, cost);
  const whole = bits >> 3;
  const rest = bits & 7;
  return hash.subarray(0, whole).every((byte) => byte === 0) && (rest === 0 || Number(hash[whole]) >> (8 - rest) === 0);
}

/**
 * @param {Puzzles} puzzles
 * @param {number[]} solution a counter for each puzzle
 */
export async function checkSolution(puzzles, solution) {
  if (solution.length !== puzzles.puzzles || !solution.every((counter) => isWhole(counter, 0, U32))) return false;
  for (const [i, counter] of solution.entries()) {
    if (!(await solves(puzzles, i, counter))) return false;
  }
  return true;
}

/**
 * The smallest counters that solve a challenge.
 * @param {Puzzles} puzzles
 * @returns {Promise<number[]>}
 */
export async function solve(puzzles) {
  const solution = [];
  for (let i = 0; i < puzzles.puzzles; i++) {
    let counter = 0;
    while (!(await solves(puzzles, i, counter))) counter++;
    solution.push(counter);
  }
  return solution;
}
