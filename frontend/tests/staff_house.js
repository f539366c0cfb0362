// A scripted service for the tests of frontend/js/state/staff: accounts, a signed directory, team keys, and a line that
// tests speak through.

import { b64u, equal, hex, unb64u, utf8 } from "../js/crypto/encoding.js";
import { signDirectory } from "../js/crypto/directory.js";
import { kidOf, seatId } from "../js/crypto/ids.js";
import { generateKey, importSealKey } from "../js/crypto/keys.js";
import { importSecret, sha256 } from "../js/crypto/primitives.js";
import { sealRoom, sealTeamKey } from "../js/crypto/seals.js";
import { isEnrolMac, inviteKeys } from "../js/crypto/staff.js";
import { ApiError } from "../js/net/api.js";
import { Dose } from "../js/state/moderator/dose.js";
import { Account } from "../js/state/staff/account.js";
import { filled } from "./cast.js";
import { ManualClock } from "./manual_clock.js";
import { readFileSync } from "node:fs";
import { readWords } from "../js/crypto/code.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/net/line.js").Listener} Listener */
/** @typedef {import("../js/platform/staff_storage.js").KeptDesk} KeptDesk */
/** @typedef {Record<string, any>} Json */
/** @typedef {{ staff: Bytes, role: string, pub: Bytes, kid: Bytes, name: string, salt: string, authHash: string, keys: string, profile: Json }} Member */
/** @typedef {{ epoch: number, pkcs8: Bytes, pub: Bytes, standIns?: Member[] }} TeamKey standIns: who else was given it */

const DAY = 86_400;
const TEAMS = /** @type {const} */ (["peer", "moderation", "root"]);
const INSTANCE = filled(16, 0x51);
export const STORE = b64u(filled(16, 0x52));
export const PASSWORD = "seven kind horses at dawn";
export const PROFILE = { alias: "Mara", stone: 2, line: "", languages: ["en"], topics: [], lived: [] };

const list = (/** @type {string} */ name) => readWords(readFileSync(new URL(`../words/words.${name}.txt`, import.meta.url), "utf8"));
const LISTS = new Map([
  [1, list("en")],
  [2, list("es")],
]);
export const lists = async () => LISTS;

/** Identity and conversations as their staff see them. */
export class StaffHouse {
  /** Every request: path, body, bearer. @type {{ path: string, body: Json, bearer: string | undefined }[]} */
  calls = [];
  /** Codes with which the next requests to a path are refused. @type {Map<string, string[]>} */
  refusals = new Map();
  /** What conversations answers, by path. @type {Map<string, (body: Json) => Json>} */
  answers = new Map();
  offline = false;
  limit = 2;
  clock = new ManualClock();
  /** Whom the cookie stands for. @type {Member | null} */
  cookie = null;
  /** @type {Member[]} */
  members = [];
  /** Invitations by their token. @type {Map<string, { staff: Bytes, role: string, invite: Bytes }>} */
  invitations = new Map();
  /** @type {Member[]} */
  submitted = [];
  /** Each team's keys, the present one last. @type {Record<string, TeamKey[]>} */
  teams = {};
  days = 35;
  /** Given out in place of a member's right team key. @type {TeamKey | null} */
  forged = null;
  /** @type {{ payload: string, sigs: Json[] }} */
  directory = { payload: "", sigs: [] };
  hash = filled(32, 0);
  #serial = 0;
  #root;

  /** @param {{ pkcs8: Bytes, pub: Bytes }} root */
  constructor(root) {
    this.#root = root;
  }

  static async founded() {
    const house = new StaffHouse(await generateKey());
    for (const team of TEAMS) house.teams[team] = [{ epoch: 1, ...(await generateKey()) }];
    await house.publish();
    return house;
  }

  /** Unix seconds. */
  get now() {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Signs who is a member now. */
  async publish() {
    this.#serial += 1;
    const staff = this.members.map(({ kid, pub, role, profile }) => ({
      kid: b64u(kid),
      pub: b64u(pub),
      roles: [role],
      profile: { ...profile, stone: String(profile.stone) },
    }));
    const teams = Object.fromEntries(
      TEAMS.map((team) => {
        const { epoch, pub } = this.team(team);
        return [team, { suite: 1, epoch, pub: b64u(pub), members: this.#membersOf(team).map(({ kid }) => b64u(kid)) }];
      }),
    );
    const [issued, earlier] = [this.now, this.#serial === 1 ? [] : [b64u(this.hash)]];
    const form = { v: 1, instance: b64u(INSTANCE), serial: this.#serial, issued, expires: issued + this.days * DAY, earlier };
    const payload = utf8(JSON.stringify({ ...form, teams, staff }));
    const sig = await signDirectory(this.#root.pkcs8, payload);
    this.hash = await sha256(payload);
    this.directory = { payload: b64u(payload), sigs: [{ kid: b64u(await kidOf(this.#root.pub)), sig: b64u(sig) }] };
  }

  /** @param {string} team @returns {TeamKey} the present key */
  team(team) {
    return /** @type {TeamKey} */ (this.teams[team]?.at(-1));
  }

  /** @param {string} team a new epoch, known to its present members */
  async renewTeam(team) {
    this.teams[team]?.push({ epoch: this.team(team).epoch + 1, ...(await generateKey()) });
    await this.publish();
  }

  /** @param {string} role @param {number} value @returns {Promise<Bytes>} the invite secret */
  async invite(role, value = 7) {
    const invite = filled(16, value);
    this.invitations.set(b64u((await inviteKeys(invite)).token), { staff: filled(16, value + 1), role, invite });
    return invite;
  }

  /** A coordinator admits everybody who submitted. */
  async admit() {
    this.members.push(...this.submitted.splice(0));
    await this.publish();
  }

  /**
   * The room's keys as its client seals them to the peer team.
   * @param {Bytes} room
   * @param {Map<number, Bytes>} keys
   * @param {{ dirHash?: Bytes, epoch?: number }} [how]
   */
  async teamSeal(room, keys, { dirHash = this.hash, epoch = this.team("peer").epoch } = {}) {
    const { pub } = /** @type {TeamKey} */ (this.teams.peer?.find((each) => each.epoch === epoch));
    return sealRoom(pub, "team-peer", room, Math.max(...keys.keys()), { dirHash, keys });
  }

  /** @param {Bytes} room @param {Member} member */
  seat(room, { kid }) {
    return seatId(room, kid);
  }

  // As net/api.js

  /** @param {string} path @returns {Promise<Json>} */
  async get(path) {
    if (this.offline) throw new ApiError("unreachable");
    if (path === "/site.json") return { v: 1, instance: b64u(INSTANCE), roots: [b64u(this.#root.pub)] };
    if (path === "directory") return this.directory;
    if (path === "service") return { time: this.now, store: STORE, open: true, keep_days: 30, wait: {}, queue: { open: true } };
    throw new ApiError("unknown", 404);
  }

  /** @param {string} path @param {Json} body @param {{ bearer?: string }} [pass] @returns {Promise<Json>} */
  async post(path, body, { bearer } = {}) {
    this.calls.push({ path, body, bearer });
    if (this.offline) throw new ApiError("unreachable");
    const refusal = this.refusals.get(path)?.shift();
    if (refusal) throw new ApiError(refusal);
    const own = /** @type {Record<string, (body: Json) => unknown>} */ ({
      "staff/salt": ({ name }) => ({ salt: this.#named(name)?.salt ?? b64u(filled(16, 9)) }),
      "staff/challenge": () => ({ challenge: { salt: b64u(filled(16, 1)), cost: 1, bits: 0, puzzles: 1, expires: this.now + 600, mac: b64u(filled(32, 1)) } }),
      "staff/sign-in": (asked) => this.#signIn(asked),
      "staff/me": () => this.#desk(),
      "staff/sign-out": () => void (this.cookie = null),
      "staff/pass": () => this.#pass(),
      "enrolment/open": ({ token }) => this.#opened(token),
      "enrolment/submit": (asked) => this.#submit(asked),
    });
    const answer = own[path] ?? this.answers.get(path);
    if (!answer) throw new ApiError("unknown", 404);
    return /** @type {Json} */ ((await answer(body)) ?? {});
  }

  /** @param {string} path the bodies of all requests to it */
  asked(path) {
    return this.calls.filter((call) => call.path === path).map(({ body }) => body);
  }

  /** @param {string} team */
  #membersOf(team) {
    const role = { peer: "peer", moderation: "moderator", root: "coordinator" }[team];
    return this.members.filter((member) => member.role === role);
  }

  /** @param {string} name */
  #named(name) {
    return this.members.find((member) => member.name === name);
  }

  /** @param {Json} asked */
  async #signIn({ name, auth }) {
    const member = this.#named(name);
    if (!member || b64u(await sha256(unb64u(auth))) !== member.authHash) throw new ApiError("unknown", 404);
    this.cookie = member;
    return this.#desk();
  }

  async #desk() {
    const member = this.cookie;
    if (!member) throw new ApiError("unknown", 404);
    const isMine = (/** @type {string} */ team, /** @type {TeamKey} */ { standIns }) => this.#membersOf(team).includes(member) || standIns?.includes(member);
    const team_keys = await Promise.all(
      Object.entries(this.teams).flatMap(([team, keys]) =>
        keys.filter((key) => isMine(team, key)).map(async ({ epoch, pkcs8 }) => {
          const given = this.forged?.epoch === epoch ? this.forged.pkcs8 : pkcs8;
          const name = /** @type {import("../js/crypto/directory.js").TeamName} */ (team);
          return { team, epoch, sealed: b64u(await sealTeamKey(member.pub, name, epoch, given)) };
        }),
      ),
    );
    return { staff: b64u(member.staff), role: member.role, kid: b64u(member.kid), salt: member.salt, keys: member.keys, team_keys };
  }

  #pass() {
    if (!this.cookie) throw new ApiError("unknown", 404);
    const claims = utf8(JSON.stringify({ kid: b64u(this.cookie.kid), limit: this.limit }));
    return { pass: `e30.${b64u(claims)}.AA`, expires: this.now + 600 };
  }

  /** @param {string} token */
  #opened(token) {
    const found = this.invitations.get(token);
    if (!found) throw new ApiError("unknown", 404);
    return { staff: b64u(found.staff), role: found.role, instance: b64u(INSTANCE), expires: this.now + 7 * DAY };
  }

  /** @param {Json} asked */
  async #submit(asked) {
    const found = this.invitations.get(asked.token);
    if (!found) throw new ApiError("unknown", 404);
    const pub = unb64u(asked.pub);
    const newcomer = { instance: INSTANCE, staffId: found.staff, role: found.role, pub };
    if (!(await isEnrolMac(found.invite, newcomer, unb64u(asked.mac)))) throw new ApiError("malformed", 400);
    const before = this.submitted.find(({ staff }) => equal(staff, found.staff));
    if (before && hex(before.pub) !== hex(pub)) throw new ApiError("unknown", 404);
    if (before) return {};
    const { name, salt, auth_hash: authHash, keys, profile } = asked;
    this.submitted.push({ staff: found.staff, role: found.role, pub, kid: await kidOf(pub), name, salt, authHash, keys, profile });
    return {};
  }
}

/** What a browser keeps, in memory; full where a test says so. */
export class KeptInMemory {
  refused = false;
  /** @type {Bytes | null} */
  keptSecret = null;
  /** @type {KeptDesk | null} */
  keptDesk = null;
  /** @type {Bytes | null} */
  keptNote = null;
  /** By staff id. @type {Map<string, import("../js/platform/staff_storage.js").ReviewDay>} */
  keptReviewDays = new Map();
  /** By staff id. @type {Map<string, import("../js/platform/staff_storage.js").TrailRead>} */
  keptTrailReads = new Map();

  async secret() {
    return this.keptSecret;
  }
  /** @param {Bytes} secret */
  async keepSecret(secret) {
    if (!this.refused) this.keptSecret = secret.slice();
    return !this.refused;
  }
  async forgetSecret() {
    this.keptSecret = null;
    return true;
  }
  async desk() {
    return this.keptDesk;
  }
  /** @param {KeptDesk} desk */
  async keepDesk(desk) {
    this.keptDesk = desk;
    return true;
  }
  async forgetDesk() {
    this.keptDesk = null;
    return true;
  }
  /** @param {string} staff */
  async trailRead(staff) {
    return this.keptTrailReads.get(staff) ?? null;
  }
  /** @param {string} staff @param {import("../js/platform/staff_storage.js").TrailRead} read */
  async keepTrailRead(staff, read) {
    this.keptTrailReads.set(staff, read);
    return true;
  }
  async ownNote() {
    return this.keptNote;
  }
  /** @param {Bytes} box */
  async keepOwnNote(box) {
    this.keptNote = box;
    return true;
  }
  /** @param {string} staff */
  async reviewDay(staff) {
    return this.keptReviewDays.get(staff) ?? null;
  }
  /** @param {string} staff @param {import("../js/platform/staff_storage.js").ReviewDay} day */
  async keepReviewDay(staff, day) {
    this.keptReviewDays.set(staff, day);
    return true;
  }
  async forgetAll() {
    this.keptReviewDays.clear();
    this.keptTrailReads.clear();
    this.keptSecret = this.keptDesk = this.keptNote = null;
    return true;
  }
}

/** A live socket that a test is the other end of. */
export class Wire {
  up = false;
  /** Control frames said, and messages as bytes. @type {any[]} */
  said = [];
  /** @type {Listener} */
  listener;

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  start() {}
  stop() {
    this.up = false;
  }
  /** @param {object | Bytes} frame */
  say(frame) {
    if (this.up) this.said.push(frame);
  }

  /** @param {number} time unix seconds */
  connect(time) {
    this.up = true;
    this.listener.joined({ store: STORE, time });
  }

  lose() {
    this.up = false;
    this.listener.lost();
  }

  /** @param {string} type the control frames said of a type */
  frames(type) {
    return this.said.filter((frame) => frame.type === type);
  }
}

/** A browser at the service, with what it keeps. */
export class Browser {
  storage = new KeptInMemory();
  /** @type {[string, string][]} */
  saved = [];
  /** @type {Wire[]} */
  wires = [];
  house;

  /** @param {StaffHouse} house */
  constructor(house) {
    this.house = house;
  }

  /** A page that was just loaded. */
  page() {
    return new Account({
      api: this.house,
      storage: this.storage,
      clock: this.house.clock,
      lists,
      save: (name, text) => void this.saved.push([name, text]),
    });
  }

  /** @param {Listener} listener */
  line = (listener) => {
    const wire = new Wire(listener);
    this.wires.push(wire);
    return wire;
  };

  get wire() {
    return /** @type {Wire} */ (this.wires.at(-1));
  }
}

/**
 * A member of the team, from invitation to admission, and the browser it was done in.
 * @param {StaffHouse} house
 * @param {{ role?: string, name?: string, alias?: string, value?: number }} [who]
 */
export async function joined(house, { role = "peer", name = "mara", alias = "Mara", value = 7 } = {}) {
  const browser = new Browser(house);
  const account = browser.page();
  await account.resume();
  await account.openInvitation(`#invite=${b64u(await house.invite(role, value))}`);
  await account.enrol({ name, password: PASSWORD, profile: { ...PROFILE, alias } });
  const words = String(account.secretWords.value);
  await house.admit();
  return { browser, name, words, member: /** @type {Member} */ (house.members.at(-1)) };
}

/**
 * A member of the team whose browser holds a session already: no password is stretched, which takes long.
 * @param {StaffHouse} house
 * @param {{ role?: string, alias?: string, value?: number }} [who]
 */
export async function seated(house, { role = "peer", alias = "Mara", value = 7 } = {}) {
  const { pkcs8, pub } = await generateKey();
  const key = { ...(await importSealKey(pkcs8)), noteKey: await importSecret(filled(32, value)) };
  const staff = filled(16, value);
  const nothing = { name: alias, salt: "", authHash: "", keys: "" };
  /** @type {Member} */
  const member = { staff, role, pub, kid: key.kid, profile: { ...PROFILE, alias }, ...nothing };
  house.members.push(member);
  await house.publish();
  const browser = new Browser(house);
  browser.storage.keptDesk = { staff, key, used: house.clock.now(), wanted: { state: "on", limit: null } };
  return {
    browser,
    member,
    /** @param {Account} account goes on where the browser is */
    async signIn(account) {
      house.cookie = member;
      await account.resume();
    },
  };
}

/** What a moderator's browser knows of how much they read. @param {StaffHouse} house @param {Browser} browser */
export const doseOf = (house, browser) => new Dose({ storage: browser.storage, clock: house.clock });

/** A moment for cryptography: it takes turns that nobody can count. */
export const moment = () => new Promise((resolve) => void setTimeout(resolve, 1));

/**
 * Until something is so.
 * @param {() => unknown} isSo
 */
export async function until(isSo) {
  for (let turn = 0; turn < 5000; turn++) {
    if (isSo()) return;
    await moment();
  }
  throw new Error("it did not come so");
}
