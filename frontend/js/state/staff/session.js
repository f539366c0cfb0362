// A signed-in staff member: own key, team keys, passes (docs/protocol.md, 6 and 7).

import { memberOf } from "../../crypto/directory.js";
import { b64u, equal, unb64u } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { openKeyring } from "../../crypto/keyring.js";
import { importSealKey } from "../../crypto/keys.js";
import { readChallenge, solve } from "../../crypto/pow.js";
import { openTeamKey } from "../../crypto/seals.js";
import { staffKeys } from "../../crypto/staff.js";
import { ID } from "../../crypto/sizes.js";
import { ApiError } from "../../net/api.js";
import { Trust, serverTime } from "../trust.js";
import { readPass, readSignedIn } from "./answers.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/keys.js").SealKey} SealKey */
/** @typedef {import("../../crypto/keyring.js").OwnKey} OwnKey */
/** @typedef {import("../../crypto/directory.js").TeamName} TeamName */
/** @typedef {import("./answers.js").SignedIn} SignedIn */
/** @typedef {import("./answers.js").Role} Role */
/** @typedef {Pick<import("../../net/api.js").Api, "get" | "post">} Api */

/** Seconds that a pass must still be good for, to be used once more. */
const FRESH = 60;

/** One staff member at one service. Calls throw ApiError "unknown" once they are let go; `ended` hears of it too. */
export class StaffSession {
  api;
  trust;
  staff;
  role;
  key;
  /** Rooms at once, as the last pass says; 0 before the first. */
  limit = 0;
  /** Whether signing in asks this person for a code. */
  asksCode = false;
  /** The directory that this page signed last; before: the names that were listed until then, by key in hex.
   * @type {{ hash: Bytes, before: Record<string, string> } | null} */
  signedHere = null;
  /** Whether somebody sits behind it. */
  isOpen = true;
  /** What to do when the service lets this account in no longer. */
  ended = () => {};
  /** What to do after a look for a newer directory. */
  refreshed = () => {};
  /** By team and epoch. @type {Map<TeamName, Map<number, SealKey>>} */
  #teamKeys = new Map();
  /** @type {import("./answers.js").Pass | null} */
  #pass = null;

  /**
   * @param {Api} api
   * @param {Trust} trust
   * @param {{ staff: Bytes, role: Role, key: OwnKey }} member
   */
  constructor(api, trust, { staff, role, key }) {
    this.api = api;
    this.trust = trust;
    this.staff = staff;
    this.role = role;
    this.key = key;
  }

  /**
   * @param {Api} api
   * @param {{ name: string, password: string, secret: Bytes, code?: string | null }} credentials secret: the staff secret,
   *   16 bytes; code: six digits, where this person's sign-in asks for them
   * @throws {ApiError} unknown: one of the three is wrong, or the directory does not list this person; code_needed,
   *   code_wrong, and slow_down after too many wrong codes: the three are right
   * @throws {ProtocolError} the keys that the service kept do not open, or are not the signed ones
   */
  static async signIn(api, { name, password, secret, code = null }) {
    const trust = await Trust.pin(api);
    const salt = unb64u((await api.post("staff/salt", { name })).salt, ID);
    const { auth, wrap } = await staffKeys(password, salt, secret);
    const { challenge } = await api.post("staff/challenge", {});
    const proof = { challenge, solution: await solve(readChallenge(challenge)) };
    const shown = { name, auth: b64u(auth), proof, ...(code === null ? {} : { code }) };
    const answer = readSignedIn(await api.post("staff/sign-in", shown));
    const key = await openKeyring(wrap, answer.staff, answer.keys);
    if (!equal(key.kid, answer.kid)) throw new ProtocolError("keys_format");
    return StaffSession.#begin(api, trust, key, answer);
  }

  /**
   * A session that a reload interrupted: the cookie still holds it, and the browser the key.
   * @param {Api} api
   * @param {{ staff: Bytes, key: OwnKey }} kept
   * @throws {ApiError} unknown: it is over, or somebody else signed in here
   */
  static async resume(api, { staff, key }) {
    const trust = await Trust.pin(api);
    const answer = readSignedIn(await api.post("staff/me", {}));
    if (!equal(answer.staff, staff) || !equal(answer.kid, key.kid)) throw new ApiError("unknown");
    return StaffSession.#begin(api, trust, key, answer);
  }

  /**
   * @param {Api} api
   * @param {Trust} trust
   * @param {OwnKey} key
   * @param {SignedIn} answer
   */
  static async #begin(api, trust, key, answer) {
    await trust.refresh({ evenExpired: true });
    const session = new StaffSession(api, trust, { staff: answer.staff, role: answer.role, key });
    await session.#take(answer);
    return session;
  }

  get kid() {
    return this.key.kid;
  }

  /** The name that clients see, as the directory has it. */
  get alias() {
    return memberOf(this.trust.directory, this.kid)?.profile.alias ?? "";
  }

  /**
   * The team's key of an epoch, where this member was given it.
   * @param {TeamName} team
   * @param {number} epoch
   */
  teamKey(team, epoch) {
    return this.#teamKeys.get(team)?.get(epoch);
  }

  /**
   * All keys of a team, the newest first.
   * @param {TeamName} team
   */
  teamKeysOf(team) {
    return [...(this.#teamKeys.get(team) ?? [])].sort(([a], [b]) => b - a).map(([, key]) => key);
  }

  /** Looks for a newer directory and newer team keys. */
  async refresh() {
    await this.trust.refresh({ evenExpired: true });
    await this.#take(readSignedIn(await this.ask("staff/me")));
    this.refreshed();
  }

  /** Whole days until the directory ends, by the service's clock; 0 where it is over. */
  async daysLeft() {
    const left = this.trust.directory.expires - (await serverTime(this.api));
    return Math.max(0, Math.ceil(left / 86_400));
  }

  /** A new pass for the conversation side. */
  async freshPass() {
    const pass = readPass(await this.ask("staff/pass"));
    // The cookie is one for the whole browser: another page may have signed somebody else in.
    if (!equal(pass.kid, this.kid)) this.#over();
    this.limit = pass.limit;
    this.#pass = pass;
    return pass;
  }

  /** The token of a pass that is good for some time yet. */
  async bearer() {
    const held = this.#pass;
    const fresh = held !== null && held.expires - (await serverTime(this.api)) >= FRESH;
    return (fresh ? held : await this.freshPass()).token;
  }

  /**
   * A request on the conversation side; a pass that ended on the way is replaced once.
   * @param {string} path
   * @param {object} body
   */
  async post(path, body) {
    try {
      return await this.api.post(path, body, { bearer: await this.bearer() });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "pass_expired") throw error;
    }
    return this.api.post(path, body, { bearer: (await this.freshPass()).token });
  }

  /** Ends the session at the server. */
  async signOut() {
    await this.api.post("staff/sign-out", {});
  }

  /**
   * A request at identity, by the cookie. Where this account is let in no longer, the session is over: an "unknown"
   * may also mean that what was asked for is gone, so the service is asked which.
   * @param {string} path
   * @param {object} [body]
   */
  async ask(path, body = {}) {
    try {
      return await this.api.post(path, body);
    } catch (error) {
      if (isUnknown(error) && !(await this.#isLetIn(path))) this.#over();
      throw error;
    }
  }

  /** @param {string} refused the path that was just answered "unknown" */
  async #isLetIn(refused) {
    if (refused === "staff/me" || refused === "staff/pass") return false;
    try {
      await this.api.post("staff/me", {});
    } catch (error) {
      return !isUnknown(error);
    }
    return true;
  }

  /** @returns {never} */
  #over() {
    this.ended();
    throw new ApiError("unknown");
  }

  /**
   * Takes what may have changed, and opens the sealed team keys.
   * @param {SignedIn} answer
   * @throws {ProtocolError} key_fork: a present one is not the signed one
   */
  async #take({ teamKeys, asksCode }) {
    this.asksCode = asksCode;
    const { teams } = this.trust.directory;
    // The root is opened where something is signed (state/coordinator/service_keys.js), and is not kept here.
    for (const { team, epoch, sealed } of teamKeys.filter(({ team }) => team in teams && team !== "root")) {
      const name = /** @type {TeamName} */ (team);
      const { pkcs8, pub } = await openTeamKey(this.key, name, epoch, sealed);
      if (epoch === teams[name].epoch && !equal(pub, teams[name].pub)) throw new ProtocolError("key_fork");
      const key = await importSealKey(pkcs8);
      this.#teamKeys.set(name, (this.#teamKeys.get(name) ?? new Map()).set(epoch, key));
    }
  }
}

/** @param {unknown} error */
const isUnknown = (error) => error instanceof ApiError && error.code === "unknown";
