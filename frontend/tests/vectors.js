// Runs a file of test vectors against frontend/js/crypto:  node frontend/tests/vectors.js FILE
//
// Prints a line for each failure and ends with "N passed, N failed"; exit 1 on any failure, on an operation it does not
// know and on a file that is not of the format.

import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { pathToFileURL } from "node:url";
import { boxOpen, boxSeal } from "../js/crypto/box.js";
import { codeRoot, slot, vaultKeys } from "../js/crypto/code.js";
import { verifyDirectory } from "../js/crypto/directory.js";
import { hex as toHex, isRecord } from "../js/crypto/encoding.js";
import { decrypt, encrypt, verifyItem } from "../js/crypto/envelope.js";
import { ProtocolError } from "../js/crypto/errors.js";
import { kidOf, seatId } from "../js/crypto/ids.js";
import { packKeys, rekeyHash } from "../js/crypto/key_list.js";
import { importSealKey } from "../js/crypto/keys.js";
import { checkSolution } from "../js/crypto/pow.js";
import { openFlag, openRoom, openTeamKey } from "../js/crypto/seals.js";
import { enrolMac, staffKeys } from "../js/crypto/staff.js";
import { chainNext, chainStart } from "../js/crypto/transcript.js";
import { witness, witnessKeyHash } from "../js/crypto/witness.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */

/** What is wrong with a file or a case, in words for whoever wrote it. */
class BadVectors extends Error {}

/** The inputs of one case; every reader refuses what is missing or of another type. */
class Inputs {
  #from;
  #path;

  /**
   * @param {unknown} from
   * @param {string} path
   */
  constructor(from, path = "in") {
    if (!isRecord(from)) throw new BadVectors(`${path} is not an object`);
    this.#from = from;
    this.#path = path;
  }

  /** @param {string} name @returns {Bytes} */
  bytes(name) {
    return fromHex(this.#from[name], `${this.#path}.${name}`);
  }

  /** @param {string} name */
  text(name) {
    const value = this.#from[name];
    if (typeof value !== "string") throw new BadVectors(`${this.#path}.${name} is not a string`);
    return value;
  }

  /** @param {string} name */
  number(name) {
    return whole(this.#from[name], `${this.#path}.${name}`);
  }

  /** @param {string} name @returns {unknown[]} */
  array(name) {
    const value = this.#from[name];
    if (!Array.isArray(value)) throw new BadVectors(`${this.#path}.${name} is not an array`);
    return value;
  }

  /** @param {string} name */
  numbers(name) {
    return this.array(name).map((value, i) => whole(value, `${this.#path}.${name}[${i}]`));
  }

  /** @param {string} name */
  inner(name) {
    return new Inputs(this.#from[name], `${this.#path}.${name}`);
  }

  /** @param {Bytes} [room] where the room stands elsewhere in the case */
  header(room = this.bytes("room")) {
    return { room, ke: this.number("epoch"), seat: this.bytes("seat"), n: this.number("n") };
  }

  /** @param {string} name */
  keys(name) {
    /** @type {Map<number, Bytes>} */
    const keys = new Map();
    for (const [i, entry] of this.array(name).entries()) {
      const path = `${this.#path}.${name}[${i}]`;
      if (!Array.isArray(entry) || entry.length !== 2) throw new BadVectors(`${path} is not [epoch, key]`);
      const epoch = whole(entry[0], path);
      if (keys.has(epoch)) throw new ProtocolError("keys_format");
      keys.set(epoch, fromHex(entry[1], path));
    }
    return keys;
  }

  /** The pair named by pkcs8 and pub. */
  async sealKey() {
    const key = await importSealKey(this.bytes("pkcs8"));
    if (toHex(key.pub) !== this.text("pub")) throw new BadVectors(`${this.#path}.pub is not the key of pkcs8`);
    return key;
  }
}

/** @param {unknown} value @param {string} path */
function whole(value, path) {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new BadVectors(`${path} is not a whole number`);
  return value;
}

/** @param {unknown} value @param {string} path @returns {Bytes} */
function fromHex(value, path) {
  if (typeof value !== "string" || !/^([0-9a-f]{2})*$/.test(value)) throw new BadVectors(`${path} is not lower-case hex`);
  return Uint8Array.from(value.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

/** @typedef {(input: Inputs) => unknown} Operation its result may hold bytes, maps and promises of neither */
/** @type {Record<string, Operation>} */
const OPERATIONS = Object.assign(Object.create(null), {
  code_root: (/** @type {Inputs} */ i) =>
    codeRoot({ list: i.number("list"), indices: i.numbers("idx") }, i.bytes("instance"), i.number("iter")),
  slot: (/** @type {Inputs} */ i) => slot(i.bytes("root"), i.number("month"), i.number("k")),
  vault_keys: (/** @type {Inputs} */ i) => vaultKeys(i.bytes("root")),
  box_seal: (/** @type {Inputs} */ i) =>
    boxSeal(i.bytes("key"), i.text("label"), i.bytes("aad"), i.bytes("pt"), i.bytes("salt")),
  box_open: (/** @type {Inputs} */ i) => boxOpen(i.bytes("key"), i.text("label"), i.bytes("aad"), i.bytes("blob")),
  pack_keys: (/** @type {Inputs} */ i) => packKeys(i.keys("keys")),
  kid: (/** @type {Inputs} */ i) => kidOf(i.bytes("pub")),
  seat_id: (/** @type {Inputs} */ i) => seatId(i.bytes("room"), i.bytes("kid")),
  chain0: (/** @type {Inputs} */ i) => chainStart(i.bytes("room")),
  chain_next: (/** @type {Inputs} */ i) =>
    chainNext(i.bytes("prev"), i.number("seq"), i.inner("m").header(), i.bytes("com")),
  encrypt: async (/** @type {Inputs} */ i) => {
    const { com, ct } = await encrypt(i.bytes("key"), i.inner("m").header(), i.bytes("body"), i.bytes("kf"));
    return { com, ct, ct_len: ct.length, ct_sha256: createHash("sha256").update(ct).digest("hex") };
  },
  decrypt: (/** @type {Inputs} */ i) =>
    decrypt(i.bytes("key"), i.inner("m").header(), i.bytes("com"), i.bytes("ct")),
  verify_item: (/** @type {Inputs} */ i) => {
    const row = i.inner("row");
    return verifyItem(row.header(i.bytes("room")), row.bytes("com"), i.bytes("kf"), i.bytes("body"));
  },
  wit_key_hash: (/** @type {Inputs} */ i) => witnessKeyHash(i.bytes("kw")),
  witness: (/** @type {Inputs} */ i) => witness(i.bytes("kw"), i.inner("m").header(), i.bytes("com")),
  open_room: async (/** @type {Inputs} */ i) => {
    const purpose = i.text("purpose");
    if (purpose !== "team-peer" && purpose !== "seat-peer") throw new BadVectors("in.purpose is not that of a room seal");
    return openRoom(await i.sealKey(), purpose, i.bytes("room"), i.number("epoch"), i.bytes("sealed"));
  },
  open_team_key: async (/** @type {Inputs} */ i) => {
    const team = i.text("team");
    if (team !== "peer" && team !== "moderation" && team !== "root") throw new BadVectors("in.team is not a team");
    return openTeamKey(await i.sealKey(), team, i.number("epoch"), i.bytes("sealed"));
  },
  open_flag: async (/** @type {Inputs} */ i) =>
    openFlag(await i.sealKey(), i.bytes("flag"), i.bytes("room"), i.bytes("seat"), i.bytes("sealed")),
  staff_keys: (/** @type {Inputs} */ i) =>
    staffKeys(i.text("password"), i.bytes("salt"), i.bytes("secret"), i.number("iter")),
  enrol_mac: (/** @type {Inputs} */ i) =>
    enrolMac(i.bytes("invite"), {
      instance: i.bytes("instance"),
      staffId: i.bytes("staff_id"),
      role: i.text("role"),
      pub: i.bytes("pub"),
    }),
  dir_verify: (/** @type {Inputs} */ i) => verifyDirectory(i.bytes("pub"), i.bytes("payload"), i.bytes("sig")),
  rekey_hash: (/** @type {Inputs} */ i) => rekeyHash(i.bytes("room"), i.number("epoch"), i.bytes("key")),
  pow_check: (/** @type {Inputs} */ i) => {
    const solution = i.numbers("solution");
    const puzzles = { salt: i.bytes("salt"), cost: i.number("cost"), bits: i.number("bits"), puzzles: solution.length };
    return checkSolution(puzzles, solution);
  },
});

/**
 * A result as the file writes it: bytes as hex, maps as lists of pairs.
 * @param {unknown} value
 * @returns {unknown}
 */
function plain(value) {
  if (value instanceof Uint8Array) return toHex(new Uint8Array(value));
  if (value instanceof Map) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]));
  return value;
}

/**
 * Whether a result has everything that is expected of it; of an object a file may give only some fields.
 * @param {unknown} result
 * @param {unknown} expected
 */
function agrees(result, expected) {
  if (!isRecord(result) || !isRecord(expected)) return isDeepStrictEqual(result, expected);
  const names = Object.keys(expected);
  return names.length > 0 && names.every((name) => isDeepStrictEqual(result[name], expected[name]));
}

/**
 * What is wrong with one case, or null where it passes.
 * @param {unknown} vector
 * @returns {Promise<string | null>}
 */
async function failure(vector) {
  if (!isRecord(vector) || typeof vector.op !== "string") return "malformed: no operation";
  const { op, in: input, out, error } = vector;
  if ((out === undefined) === (error === undefined)) return "malformed: exactly one of out and error must be given";
  if (error !== undefined && typeof error !== "string") return "malformed: error is not a string";
  const operation = OPERATIONS[op];
  if (!operation) return `unknown operation ${JSON.stringify(op)}`;
  try {
    const result = plain(await operation(new Inputs(input)));
    if (error !== undefined) return `expected error ${error}, got a result`;
    return agrees(result, out) ? null : "another result than expected";
  } catch (caught) {
    if (caught instanceof BadVectors) return `malformed: ${caught.message}`;
    if (!(caught instanceof ProtocolError)) return `failed without a code: ${caught}`;
    return caught.code === error ? null : `expected ${error ? `error ${error}` : "a result"}, got error ${caught.code}`;
  }
}

/**
 * The cases of a file.
 * @param {string} path
 * @returns {unknown[]}
 */
function read(path) {
  let file;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch (caught) {
    throw new BadVectors(caught instanceof SyntaxError ? "not JSON" : "cannot be read");
  }
  if (!isRecord(file) || file.format !== "beside-vectors") throw new BadVectors("not a file of beside-vectors");
  if (file.version !== 1) throw new BadVectors("not of version 1");
  if (!Array.isArray(file.cases) || file.cases.length === 0) throw new BadVectors("holds no cases");
  return file.cases;
}

/**
 * @param {string[]} paths
 * @param {(line: string) => void} print
 * @returns {Promise<number>} the exit code
 */
export async function main(paths, print) {
  const [path] = paths;
  if (path === undefined || paths.length !== 1) {
    print("usage: node frontend/tests/vectors.js FILE");
    return 2;
  }
  let passed = 0;
  let failed = 0;
  try {
    for (const [i, vector] of read(path).entries()) {
      const wrong = await failure(vector);
      if (wrong === null) passed++;
      else {
        failed++;
        print(`${isRecord(vector) && typeof vector.id === "string" ? vector.id : `case ${i}`}: ${wrong}`);
      }
    }
  } catch (caught) {
    if (!(caught instanceof BadVectors)) throw caught;
    failed++;
    print(`${path}: ${caught.message}`);
  }
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = await main(process.argv.slice(2), console.log);
}
