// One's own sign-in, while signed in: where, with which password, with codes or without, and the key to carry elsewhere.

import { batch, signal } from "../../../vendor/preact.js";
import { b64u, unb64u } from "../../crypto/encoding.js";
import { resealKeyring } from "../../crypto/keyring.js";
import { random, sha256 } from "../../crypto/primitives.js";
import { ID } from "../../crypto/sizes.js";
import { staffKeys } from "../../crypto/staff.js";
import { readBegunSecond, readSessions, readSignedIn } from "./answers.js";
import { KEY_FILE, asFile, asWords } from "./carried_key.js";
import { codeOf } from "./codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").OwnSession} OwnSession */
/** @typedef {import("./answers.js").BegunSecond} BegunSecond */
/** @typedef {"sessions" | "everywhere" | "password" | "begin" | "confirm" | "remove" | "key"} Act */

/** Characters of a password, at least: the same everywhere. */
export const SHORTEST_PASSWORD = 12;

/** No act throws: what went wrong is a code in `problem`, with the act it belongs to. */
export class OwnSignIn {
  /** The last used first; null until somebody looked. @type {Signal<OwnSession[] | null>} */
  sessions = signal(null);
  /** Whether signing in asks for a code. */
  asksCode = signal(false);
  /** What an app takes up, until its first code is confirmed. @type {Signal<BegunSecond | null>} */
  begun = signal(null);
  /** The twelve words of this browser's secret, while they are shown. @type {Signal<string | null>} */
  words = signal(null);
  /** The act that is under way. @type {Signal<Act | null>} */
  working = signal(null);
  /** The act that was done last. @type {Signal<Act | null>} */
  done = signal(null);
  /** code: of docs/protocol.md, 16, or of ApiError; also password-short and secret-missing. @type {Signal<{ act: Act, code: string } | null>} */
  problem = signal(null);
  #session;
  #storage;
  #lists;
  #save;
  #over;

  /**
   * @param {{ session: Signal<StaffSession | null>, storage: Pick<import("../../platform/staff_storage.js").StaffStorage, "secret">,
   *   lists: import("./typed.js").Lists, save: (name: string, text: string) => void, over: () => void }} parts
   *   over: called when the session here has been ended by its owner
   */
  constructor({ session, storage, lists, save, over }) {
    this.#session = session;
    this.#storage = storage;
    this.#lists = lists;
    this.#save = save;
    this.#over = over;
  }

  /** Looks where one is signed in. */
  async look() {
    await this.#do("sessions", async (session) => {
      const found = readSessions(await session.ask("staff/sessions"));
      if (this.#isHere(session)) this.sessions.value = found;
    });
  }

  /** Ends every session, this one too. */
  async signOutEverywhere() {
    await this.#do("everywhere", async (session) => {
      await session.ask("staff/sign-out-everywhere");
      if (this.#isHere(session)) this.#over();
    });
  }

  /**
   * Another password; every other browser is signed out. Neither password is sent, nor the keys in the clear.
   * @param {{ old: string, next: string, code: string | null }} typed
   */
  async changePassword({ old, next, code }) {
    if ([...next].length < SHORTEST_PASSWORD) return void (this.problem.value = { act: "password", code: "password-short" });
    await this.#do("password", async (session, secret) => {
      const me = await session.ask("staff/me");
      const before = await staffKeys(old, unb64u(me.salt, ID), secret);
      const salt = random(ID);
      const after = await staffKeys(next, salt, secret);
      // What does not open here means that the old password is not the right one.
      const keys = await resealKeyring(readSignedIn(me).keys, session.staff, before.wrap, after.wrap);
      await session.ask("staff/password", {
        auth: b64u(before.auth),
        salt: b64u(salt),
        auth_hash: b64u(await sha256(after.auth)),
        keys: b64u(keys),
        ...(code === null ? {} : { code }),
      });
    });
  }

  /**
   * Makes codes for an app. Nothing asks for them until the first one is confirmed.
   * @param {string} password
   */
  async beginCodes(password) {
    await this.#do("begin", async (session, secret) => {
      const auth = await this.#auth(session, password, secret);
      const begun = readBegunSecond(await session.ask("staff/second/begin", { auth }));
      if (this.#isHere(session)) this.begun.value = begun;
    });
  }

  /** @param {string} code six digits, which show that the app has it */
  async confirmCodes(code) {
    await this.#do("confirm", async (session) => {
      await session.ask("staff/second/confirm", { code });
      this.#nowAsks(session, true);
    });
  }

  /** Leaves what was begun; signing in goes on without codes. */
  leaveCodes() {
    this.begun.value = null;
    this.problem.value = null;
  }

  /** @param {{ password: string, code: string }} typed */
  async removeCodes({ password, code }) {
    await this.#do("remove", async (session, secret) => {
      await session.ask("staff/second/remove", { auth: await this.#auth(session, password, secret), code });
      this.#nowAsks(session, false);
    });
  }

  /** Shows the words of the secret that this browser keeps. */
  async showKey() {
    await this.#do("key", async (session, secret) => {
      const words = await asWords(secret, this.#lists);
      if (this.#isHere(session)) this.words.value = words;
    });
  }

  hideKey() {
    this.words.value = null;
  }

  /** Hands the key file to the browser. */
  async downloadKey() {
    await this.#do("key", async (_, secret) => this.#save(KEY_FILE, await asFile(secret, this.#lists)));
  }

  /** Nobody sits here any more. */
  forget() {
    batch(() => {
      this.sessions.value = this.begun.value = this.words.value = this.working.value = this.done.value = this.problem.value = null;
    });
  }

  /**
   * Carries an act out, one at a time.
   * @param {Act} act
   * @param {(session: StaffSession, secret: Bytes) => Promise<void>} work secret: empty where the act needs none
   */
  async #do(act, work) {
    const session = this.#session.value;
    if (session === null || this.working.value !== null) return;
    batch(() => {
      this.working.value = act;
      this.done.value = this.problem.value = null;
    });
    let code = null;
    try {
      const secret = await this.#storage.secret();
      if (secret === null && NEEDS_SECRET.has(act)) code = "secret-missing";
      else await work(session, secret ?? new Uint8Array());
    } catch (error) {
      code = codeOf(error);
    }
    if (!this.#isHere(session)) return;
    batch(() => {
      this.working.value = null;
      if (code === null) this.done.value = act;
      else this.problem.value = { act, code };
    });
  }

  /** @param {StaffSession} session */
  #isHere(session) {
    return this.#session.value === session;
  }

  /** @param {StaffSession} session @param {boolean} asks */
  #nowAsks(session, asks) {
    session.asksCode = asks;
    if (!this.#isHere(session)) return;
    batch(() => {
      this.asksCode.value = asks;
      this.begun.value = null;
    });
  }

  /**
   * @param {StaffSession} session
   * @param {string} password
   * @param {Bytes} secret
   */
  async #auth(session, password, secret) {
    const { salt } = await session.ask("staff/me");
    return b64u((await staffKeys(password, unb64u(salt, ID), secret)).auth);
  }
}

/** @type {Set<Act>} */
const NEEDS_SECRET = new Set(["password", "begin", "remove", "key"]);
