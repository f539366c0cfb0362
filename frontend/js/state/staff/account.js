// The way in for staff: joining by an invitation, signing in, staying, and leaving nothing behind.

import { batch, signal } from "../../../vendor/preact.js";
import { Api } from "../../net/api.js";
import { systemClock } from "../../platform/clock.js";
import { download } from "../../platform/download.js";
import { StaffStorage } from "../../platform/staff_storage.js";
import { wordLists } from "../word_lists.js";
import { KEY_FILE, asFile, asWords } from "./carried_key.js";
import { codeOf, isNoAnswer } from "./codes.js";
import { Enrolment } from "./enrolment.js";
import { OwnSignIn, SHORTEST_PASSWORD } from "./own_sign_in.js";
import { StaffSession } from "./session.js";
import { TeamTrail } from "./team_trail.js";
import { readInvitation, readStaffSecret } from "./typed.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./answers.js").Role} Role */
/** @typedef {import("./enrolment.js").Profile} Profile */
/** @typedef {"out" | "enrolling" | "enrolled" | "working" | "in" | "locked"} Stage working: keys are being derived */
/** @typedef {Pick<StaffStorage, "secret" | "keepSecret" | "forgetSecret" | "desk" | "keepDesk" | "forgetDesk" | "forgetAll" | "trailRead" | "keepTrailRead">} Storage */

const MINUTE = 60_000;
/** Without any use for so long a page locks. */
const IDLE = 30 * MINUTE;
/** How often a page in use looks for a newer directory, which keeps its session alive too. */
const LOOK = 10 * MINUTE;
/** Days before its end at which a directory's renewal is asked for. */
const WARN = 21;

export { SHORTEST_PASSWORD };

/** Who sits at this page. No act throws: what went wrong is a code in `problem`. */
export class Account {
  /** @type {Signal<Stage>} */
  stage = signal("out");
  /** @type {Signal<Role | null>} */
  role = signal(null);
  /** The name that clients see. */
  alias = signal("");
  /** A code of docs/protocol.md, 16, or of ApiError; also password-short, secret-missing, storage (this browser keeps
   * nothing), signed-out (the service ended the session). @type {Signal<string | null>} */
  problem = signal(null);
  /** Whether this browser holds no staff secret. */
  needsSecret = signal(true);
  /** Whether the last sign-in was right, but for a code that this person's sign-in asks for. */
  needsCode = signal(false);
  /** expires in unix seconds. @type {Signal<{ role: Role, expires: number } | null>} */
  invitation = signal(null);
  /** Twelve words, once, after joining. @type {Signal<string | null>} */
  secretWords = signal(null);
  /** Days until the directory ends, where they are few; 0 where it is over. @type {Signal<{ days: number } | null>} */
  renewal = signal(null);
  /** Whoever is signed in; desks begin and end with it. @type {Signal<StaffSession | null>} */
  session = signal(null);
  /** Whom this person wants to meet, if they are a peer. @type {Signal<import("../../platform/staff_storage.js").Wanted>} */
  availability = signal({ state: "on", limit: null });
  /** Whether words are being written somewhere: then no page locks. */
  isWriting = () => false;
  clock;
  #api;
  #storage;
  #lists;
  #save;
  /** @type {Enrolment | null} */
  #enrolment = null;
  /** The secret that stood here before an enrolment that may still be refused. @type {Bytes | null} */
  #before = null;
  #used = 0;
  #looked = 0;
  #cancelTick = () => {};

  /**
   * Tests give their own parts.
   * @param {{ api?: Pick<Api, "get" | "post">, storage?: Storage, clock?: import("../../platform/clock.js").Clock,
   *   lists?: import("./typed.js").Lists, save?: (name: string, text: string) => void }} [parts]
   */
  constructor({ api = new Api(), storage = new StaffStorage(), clock = systemClock, lists = wordLists, save = download } = {}) {
    this.clock = clock;
    this.#api = api;
    this.#storage = storage;
    this.#lists = lists;
    this.#save = save;
    this.own = new OwnSignIn({ session: this.session, storage, lists, save, over: () => this.#drop("out", null) });
    this.trail = new TeamTrail({ session: this.session, storage });
  }

  /** Goes on where a reload interrupted, if this browser still holds the key and the service the session. */
  async resume() {
    this.needsSecret.value = (await this.#storage.secret()) === null;
    const kept = await this.#storage.desk();
    if (kept === null) return;
    if (Math.abs(this.clock.now() - kept.used) >= IDLE) {
      await this.#storage.forgetDesk();
      this.stage.value = "locked";
      return;
    }
    await this.#work(async () => {
      try {
        this.#used = kept.used;
        this.availability.value = kept.wanted;
        await this.#enter(await StaffSession.resume(this.#api, kept));
      } catch (error) {
        if (codeOf(error) !== "unknown") throw error;
        await this.#storage.forgetDesk();
        this.#stopAt("out", "signed-out");
      }
    });
  }

  /**
   * @param {string} text a link, its fragment, or twelve words
   */
  async openInvitation(text) {
    await this.#work(async () => {
      const enrolment = await Enrolment.open(this.#api, await readInvitation(text, this.#lists));
      this.#enrolment = enrolment;
      this.invitation.value = { role: enrolment.role, expires: enrolment.expires };
      this.stage.value = "enrolling";
    });
  }

  /**
   * Makes the account that an opened invitation is for. The keys never leave this machine in the clear, and the secret
   * is kept here before the service hears of the account.
   * @param {{ name: string, password: string, profile: Profile }} typed
   */
  async enrol(typed) {
    const enrolment = this.#enrolment;
    if (enrolment === null) return;
    if ([...typed.password].length < SHORTEST_PASSWORD) return this.#stopAt(this.stage.value, "password-short");
    await this.#work(async () => {
      this.#before ??= await this.#storage.secret();
      if (!(await this.#storage.keepSecret(enrolment.secret))) return this.#stopAt("enrolling", "storage");
      try {
        await enrolment.submit(typed);
      } catch (error) {
        // Without an answer the service may have taken it: then this secret is the only one that will ever open it.
        if (!isNoAnswer(error)) await this.#keepAsBefore();
        throw error;
      }
      await this.#enrolled(enrolment);
    });
  }

  /** Hands the key file of the new account to the browser, while its words are shown. */
  async downloadKeyFile() {
    const secret = await this.#storage.secret();
    if (secret && this.secretWords.value !== null) this.#save(KEY_FILE, await asFile(secret, this.#lists));
  }

  /**
   * @param {{ name: string, password: string, secret?: string, code?: string }} typed secret: a link, a key file's text or
   *   twelve words, where this browser has none, or another one; code: once `needsCode` says so
   */
  async signIn({ name, password, secret, code }) {
    await this.#work(async () => {
      const known = secret ? await readStaffSecret(secret, this.#lists) : await this.#storage.secret();
      if (known === null) return this.#stopAt("out", "secret-missing");
      const session = await this.#signedIn({ name, password, secret: known, code: code ?? null });
      this.active();
      await this.#storage.keepSecret(known);
      await this.#enter(session);
      this.needsSecret.value = false;
      this.secretWords.value = null;
    });
  }

  /** @param {{ name: string, password: string, secret: Bytes, code: string | null }} credentials */
  async #signedIn(credentials) {
    try {
      const session = await StaffSession.signIn(this.#api, credentials);
      this.needsCode.value = false;
      return session;
    } catch (error) {
      this.needsCode.value = ["code_needed", "code_wrong"].includes(codeOf(error)) || (this.needsCode.value && codeOf(error) !== "unknown");
      throw error;
    }
  }

  /** Ends the session. The secret stays, so that name and password are enough the next time. */
  async signOut() {
    const session = this.session.value;
    this.#drop("out", null);
    await this.#storage.forgetDesk();
    await session?.signOut().catch(() => undefined); // offline it ends by itself
  }

  /** Leave now: the same, begun within this task. */
  leave() {
    void this.signOut();
  }

  /** Signs out and forgets the secret too: the next sign-in here needs it again. */
  async forgetBrowser() {
    await Promise.all([this.signOut(), this.#storage.forgetAll()]);
    this.secretWords.value = null;
    this.needsSecret.value = true;
  }

  /** Somebody uses the page: a key, or a pointer. */
  active() {
    this.#used = this.clock.now();
  }

  /** @param {import("../../platform/staff_storage.js").Wanted} wanted */
  setAvailability(wanted) {
    this.availability.value = wanted;
    void this.#keep();
  }

  /**
   * Carries an act out, one at a time; what goes wrong becomes a problem at the stage where it began.
   * @param {() => Promise<void>} act
   */
  async #work(act) {
    const from = this.stage.value;
    if (from === "working" || from === "in") return;
    this.#stopAt("working", null);
    try {
      await act();
    } catch (error) {
      this.#stopAt(from, codeOf(error));
    }
    if (/** @type {Stage} */ (this.stage.value) === "working") this.stage.value = from;
  }

  /**
   * @param {Stage} stage
   * @param {string | null} problem
   */
  #stopAt(stage, problem) {
    batch(() => {
      this.stage.value = stage;
      this.problem.value = problem;
    });
  }

  /** @param {Enrolment} enrolment */
  async #enrolled(enrolment) {
    const twelve = await asWords(enrolment.secret, this.#lists);
    this.#enrolment = this.#before = null;
    batch(() => {
      this.needsSecret.value = false;
      this.invitation.value = null;
      this.secretWords.value = twelve;
      this.stage.value = "enrolled";
    });
  }

  async #keepAsBefore() {
    if (this.#before === null) await this.#storage.forgetSecret();
    else await this.#storage.keepSecret(this.#before);
  }

  /** @param {StaffSession} session */
  async #enter(session) {
    const days = await session.daysLeft();
    session.ended = () => {
      if (this.session.value === session) this.#drop("out", "signed-out");
    };
    session.refreshed = () => void (this.session.value === session && this.trail.hear());
    this.#looked = this.clock.now();
    batch(() => {
      this.#show(session, days);
      this.session.value = session;
      this.stage.value = "in";
    });
    await this.#keep();
    this.#cancelTick = this.clock.after(MINUTE, () => this.#tick());
  }

  /**
   * @param {StaffSession} session
   * @param {number} days
   */
  #show(session, days) {
    this.role.value = session.role;
    this.alias.value = session.alias;
    this.own.asksCode.value = session.asksCode;
    this.renewal.value = days <= WARN ? { days } : null;
  }

  /** Once a minute: locks a page that nobody uses, and keeps one in use up to date. */
  #tick() {
    const session = this.session.value;
    if (session === null) return;
    const now = this.clock.now();
    if (now - this.#used >= IDLE && !this.isWriting()) {
      this.#drop("locked", null);
      void session.signOut().catch(() => undefined);
      return;
    }
    void this.#keep();
    if (now - this.#looked >= LOOK) void this.#look(session);
    this.#cancelTick = this.clock.after(MINUTE, () => this.#tick());
  }

  /** @param {StaffSession} session */
  async #look(session) {
    this.#looked = this.clock.now();
    try {
      await session.refresh();
      const days = await session.daysLeft();
      if (this.session.value === session) batch(() => this.#show(session, days));
    } catch (error) {
      const code = codeOf(error);
      if (this.session.value === session && code !== "unreachable") this.problem.value = code;
    }
  }

  /** What a reload needs. */
  async #keep() {
    const session = this.session.value;
    if (session === null) return;
    const { staff, key } = session;
    await this.#storage.keepDesk({ staff, key, used: this.#used, wanted: this.availability.value });
  }

  /**
   * Nobody sits here any more: desks end, keys go.
   * @param {Stage} stage
   * @param {string | null} problem
   */
  #drop(stage, problem) {
    this.#cancelTick();
    this.#enrolment = null;
    if (this.session.value) this.session.value.isOpen = false;
    void this.#storage.forgetDesk();
    batch(() => {
      this.session.value = null;
      this.own.forget();
      this.trail.forget();
      this.role.value = null;
      this.alias.value = "";
      this.renewal.value = null;
      this.invitation.value = null;
      this.#stopAt(stage, problem);
    });
  }
}
