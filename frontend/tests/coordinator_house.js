// A scripted service for the tests of frontend/js/state/coordinator: it is founded, publishes and remembers as the real one
// does (app/identity/members, app/identity/enrolment), and keeps only what that one keeps.

import { acceptDirectory, readSignedDirectory } from "../js/crypto/directory.js";
import { b64u, equal, unb64u } from "../js/crypto/encoding.js";
import { ProtocolError } from "../js/crypto/errors.js";
import { kidOf } from "../js/crypto/ids.js";
import { generateKey } from "../js/crypto/keys.js";
import { random, sha256 } from "../js/crypto/primitives.js";
import { enrolMac, inviteKeys } from "../js/crypto/staff.js";
import { ApiError } from "../js/net/api.js";
import { Coordination } from "../js/state/coordinator/coordination.js";
import { Founding } from "../js/state/coordinator/founding.js";
import { ServiceRules } from "../js/state/coordinator/service_rules.js";
import { filled } from "./cast.js";
import { Browser, PASSWORD, PROFILE, STORE, StaffHouse, lists } from "./staff_house.js";

/** @typedef {import("../js/crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../js/crypto/directory.js").Directory} Directory */
/** @typedef {import("./staff_house.js").Json} Json */
/** @typedef {import("./staff_house.js").Member} Member */
/** @typedef {{ staff: string, role: string, token_hash: string, secret_box: string, replaces: string | null, expires: number,
 *   pub: string | null, mac: string | null, profile: Json | null }} Invitation */

const DAY = 86_400;
const CODE = filled(16, 0x77);

export class CoordinatorHouse extends StaffHouse {
  code = b64u(CODE);
  /** @type {Bytes[]} */
  roots = [];
  instance = "";
  /** Every directory that was in force at identity, the last one now. @type {Directory[]} */
  directories = [];
  /** The signed directory that listed a suspended person last, by key. @type {Map<string, Json>} */
  lastListed = new Map();
  /** What conversations has. @type {Directory | null} */
  elsewhere = null;
  /** Team keys as they were sealed, by team, epoch and kid. @type {Map<string, { team: string, epoch: number, kid: string, sealed: string }>} */
  seals = new Map();
  /** @type {Invitation[]} */
  invited = [];
  /** @type {Json[]} */
  suspended = [];
  /** @type {{ kid: string, reason: string, by: string, day: number, agreed: string | null }[]} */
  proposals = [];
  /** @type {Map<string, number>} */
  limits = new Map();
  /** Paths whose next answer is lost on the way, after it was carried out. @type {Set<string>} */
  losesAnswer = new Set();

  static async empty() {
    return new CoordinatorHouse(await generateKey());
  }

  get inForce() {
    return /** @type {Directory} */ (this.directories.at(-1));
  }

  /** @override @param {string} path @returns {Promise<Json>} */
  async get(path) {
    if (this.offline) throw new ApiError("unreachable");
    if (path === "service") {
      const known = this.elsewhere && { serial: this.elsewhere.serial, directory: b64u(this.elsewhere.hash) };
      return { time: this.now, store: STORE, open: true, keep_days: 30, wait: {}, queue: { open: true }, ...known };
    }
    if (this.directories.length === 0) throw new ApiError("unknown", 404);
    if (path === "/site.json") return { v: 1, instance: this.instance, roots: this.roots.map(b64u) };
    return super.get(path);
  }

  /** @override @param {string} path @param {Json} body @param {{ bearer?: string }} [pass] @returns {Promise<Json>} */
  async post(path, body, pass) {
    const own = /** @type {Record<string, (body: Json) => unknown>} */ ({
      "enrolment/found": (asked) => this.#found(asked),
      "directory/publish": (asked) => this.#publish(asked),
      "service/directory": ({ directory }) => this.#takeElsewhere(directory),
      "enrolment/invite": (asked) => this.#invite(asked),
      "enrolment/withdraw": ({ staff }) => void (this.invited = this.invited.filter((each) => each.staff !== staff)),
      "enrolment/waiting": () => ({ waiting: this.invited.map((each) => ({ ...each, submitted: each.pub !== null })) }),
      "enrolment/members": () => this.#people(),
      "enrolment/suspend": ({ kid, reason }) => void this.proposals.push({ kid, reason, by: this.#caller(), day: 0, agreed: null }),
      "enrolment/agree": ({ kid }) => void (this.#proposal(kid).agreed = this.#caller()),
      "enrolment/refuse": ({ kid }) => void this.proposals.splice(this.proposals.indexOf(this.#proposal(kid)), 1),
      "enrolment/last-listed": ({ kid }) => this.lastListed.get(kid),
      "enrolment/forget": ({ kid }) => void (this.suspended = this.suspended.filter((each) => each.kid !== kid)),
      "enrolment/limit": ({ kid, limit }) => void this.limits.set(kid, limit),
    });
    for (const [each, act] of Object.entries(own)) this.answers.set(each, /** @type {(body: Json) => Json} */ (act));
    const answer = await super.post(path, body, pass);
    if (this.losesAnswer.delete(path)) throw new ApiError("unreachable");
    if (path !== "staff/me" && path !== "staff/sign-in") return answer;
    return { ...answer, team_keys: [...this.seals.values()].filter(({ kid }) => kid === answer.kid) };
  }

  /**
   * Somebody answers the last invitation for a role, vouched for by its secret unless somebody else sends the key.
   * @param {{ alias: string, name?: string, secret: Bytes, forged?: boolean }} who
   */
  async answered({ alias, name = alias.toLowerCase(), secret, forged = false }) {
    const tokenHash = b64u(await sha256((await inviteKeys(secret)).token));
    const invitation = this.invited.find((each) => each.token_hash === tokenHash);
    if (!invitation) throw new ApiError("unknown", 404);
    const { pkcs8, pub } = await generateKey();
    const { role, staff } = invitation;
    const newcomer = { instance: unb64u(this.instance), staffId: unb64u(staff), role, pub };
    invitation.pub = b64u(pub);
    invitation.mac = b64u(await enrolMac(forged ? random(16) : secret, newcomer));
    invitation.profile = { ...PROFILE, alias };
    const nothing = { salt: "", authHash: "", keys: "" };
    this.members.push({ staff: unb64u(staff), role, pub, kid: await kidOf(pub), name, profile: invitation.profile, ...nothing });
    return { pkcs8, pub };
  }

  /** A copy of what identity holds; called, it takes the place of what is there now. */
  backup() {
    const [directories, directory, seals] = [[...this.directories], this.directory, new Map(this.seals)];
    const [members, invited, suspended] = [[...this.members], [...this.invited], [...this.suspended]];
    return () => void Object.assign(this, { directories, directory, seals, members, invited, suspended });
  }

  /** @param {Json} asked */
  async #found({ code, root, instance, staff, directory, team_keys, name, pub, salt, auth_hash, keys }) {
    if (code !== this.code || this.directories.length > 0) throw new ApiError("unknown", 404);
    const first = await acceptDirectory(readSignedDirectory(directory), [unb64u(root)], { instance: unb64u(instance), serial: 0, now: this.now });
    const [me] = first.staff;
    if (!me || first.serial !== 1 || b64u(me.pub) !== pub || !me.roles.includes("coordinator")) throw new ApiError("malformed", 400);
    this.roots = [unb64u(root)];
    this.instance = instance;
    const account = { staff: unb64u(staff), role: "coordinator", pub: me.pub, kid: me.kid, profile: { ...me.profile } };
    this.members.push({ ...account, name, salt, authHash: auth_hash, keys });
    this.#put(first, directory, team_keys);
  }

  /** @param {Json} asked */
  async #publish({ directory, team_keys }) {
    const next = await this.#accepted(directory, this.inForce.serial);
    if (next.serial === this.inForce.serial) {
      if (equal(next.hash, this.inForce.hash)) return;
      throw new ApiError("dir_conflict", 409);
    }
    const before = new Map(this.inForce.staff.map((member) => [b64u(member.kid), member]));
    const after = new Map(next.staff.map((member) => [b64u(member.kid), member]));
    const asked = this.proposals.filter(({ kid }) => before.has(kid) && !after.has(kid));
    const isKnown = (/** @type {string} */ kid) => this.suspended.some((each) => each.kid === kid) || this.members.some((each) => b64u(each.kid) === kid);
    const isCut = asked.some(({ agreed }) => agreed === null) || [...after.keys()].some((kid) => !before.has(kid) && !isKnown(kid));
    if (isCut || next.teams.root.members.length === 0) throw new ApiError("malformed", 400);
    const last = /** @type {Json} */ (/** @type {unknown} */ (this.directory));
    this.#put(next, directory, team_keys);
    for (const { kid, reason, by, agreed } of asked) {
      this.lastListed.set(kid, last);
      const { pub, roles, profile } = /** @type {import("../js/crypto/directory.js").Member} */ (before.get(kid));
      this.suspended.push({ kid, pub: b64u(pub), role: roles[0], profile, reason, by, second: agreed, day: 20_000 });
    }
    this.suspended = this.suspended.filter(({ kid }) => !after.has(kid));
    this.proposals = this.proposals.filter(({ kid }) => after.has(kid));
    const admitted = new Set(next.staff.map(({ pub }) => b64u(pub)));
    this.invited = this.invited.filter(({ pub }) => pub === null || !admitted.has(pub));
  }

  /** @param {Json} directory */
  async #takeElsewhere(directory) {
    const next = await this.#accepted(directory, this.elsewhere?.serial ?? 0);
    if (this.elsewhere?.serial === next.serial && !equal(this.elsewhere.hash, next.hash)) throw new ApiError("dir_conflict", 409);
    this.elsewhere = next;
  }

  /** @param {Json} directory @param {number} serial */
  async #accepted(directory, serial) {
    try {
      return await acceptDirectory(readSignedDirectory(directory), this.roots, { instance: unb64u(this.instance), serial, now: this.now });
    } catch (error) {
      throw new ApiError(error instanceof ProtocolError ? error.code : "malformed", 400);
    }
  }

  /** Every member of every team has its key, nobody else. @param {Directory} next @param {Json} signed @param {Json[]} brought */
  #put(next, signed, brought) {
    const id = (/** @type {string} */ team, /** @type {number} */ epoch, /** @type {string} */ kid) => `${team} ${epoch} ${kid}`;
    const needed = Object.entries(next.teams).flatMap(([team, { epoch, members }]) => members.map((kid) => id(team, epoch, b64u(kid))));
    const ids = brought.map(({ team, epoch, kid }) => id(team, epoch, kid));
    const whole = needed.every((each) => ids.includes(each) || this.seals.has(each)) && ids.every((each) => needed.includes(each));
    if (!whole || brought.some(({ sealed }) => unb64u(sealed).length !== 337)) throw new ApiError("malformed", 400);
    for (const each of brought) this.seals.set(id(each.team, each.epoch, each.kid), /** @type {any} */ (each));
    for (const [key, { kid }] of this.seals) if (!next.staff.some((member) => b64u(member.kid) === kid)) this.seals.delete(key);
    this.directories.push(next);
    this.directory = /** @type {any} */ (signed);
  }

  /** @param {Json} asked */
  #invite({ staff, role, token_hash, secret_box, replaces = null }) {
    const expires = this.now + 7 * DAY;
    this.invited.push({ staff, role, token_hash, secret_box, replaces, expires, pub: null, mac: null, profile: null });
    return { expires };
  }

  #people() {
    const members = this.inForce.staff.map(({ kid, roles }) => ({ kid: b64u(kid), role: roles[0], second_factor: false, room_limit: this.limits.get(b64u(kid)) ?? 2 }));
    return { members, suspended: this.suspended, proposals: this.proposals };
  }

  #caller() {
    return b64u(/** @type {Member} */ (this.cookie).kid);
  }

  /** @param {string} about */
  #proposal(about) {
    const found = this.proposals.find(({ kid, by }) => kid === about && by !== this.#caller());
    if (!found) throw new ApiError("unknown", 404);
    return found;
  }
}

/** A founded service, and its first coordinator at their desk. */
export async function coordinating() {
  const house = await CoordinatorHouse.empty();
  const browser = new Browser(house);
  const founding = new Founding(house.code, { api: house, storage: browser.storage, lists, clock: house.clock });
  await founding.enrol({ name: "ana", password: PASSWORD, profile: { ...PROFILE, alias: "Ana" } });
  const account = browser.page();
  const desk = new Coordination(account, { lists });
  const rules = new ServiceRules(desk);
  await account.signIn({ name: "ana", password: PASSWORD });
  return { house, browser, founding, account, desk, rules };
}

/** A page of the same browser that was just loaded, and its desk. @param {Browser} browser */
export async function reloaded(browser) {
  const account = browser.page();
  const desk = new Coordination(account, { lists });
  await account.resume();
  return { account, desk };
}

/** @param {Directory} directory */
export const aliases = ({ staff }) => staff.map(({ profile }) => profile.alias).sort();
