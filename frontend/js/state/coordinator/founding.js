// How a service begins: its first coordinator's browser makes the root key, the teams and the first directory, by the
// set-up link that the server gave once (docs/protocol.md, 5 and 6).

import { batch, signal } from "../../../vendor/preact.js";
import { b64u, equal, unb64u } from "../../crypto/encoding.js";
import { kidOf } from "../../crypto/ids.js";
import { makeKeyring, sealKeyring } from "../../crypto/keyring.js";
import { generateKey } from "../../crypto/keys.js";
import { random, sha256 } from "../../crypto/primitives.js";
import { ID } from "../../crypto/sizes.js";
import { staffKeys } from "../../crypto/staff.js";
import { Api } from "../../net/api.js";
import { systemClock } from "../../platform/clock.js";
import { download } from "../../platform/download.js";
import { StaffStorage } from "../../platform/staff_storage.js";
import { readService, readSite } from "../answers.js";
import { SHORTEST_PASSWORD } from "../staff/account.js";
import { KEY_FILE, asFile, asWords } from "../staff/carried_key.js";
import { codeOf, isNoAnswer } from "../staff/codes.js";
import { wordLists } from "../word_lists.js";
import { firstDirectory } from "./directories.js";
import { checkedTime } from "./service_keys.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/enrolment.js").Typed} Typed */
/** @typedef {"asking" | "working" | "words" | "proving" | "done"} Stage working: keys are being made and sent */
/** @typedef {{ root: Bytes, body: object, directory: object }} Prepared */

const ASKED = 3;

/**
 * Whether there is a service here to sign in to; where nobody answers, that is for the sign-in to say.
 * @param {Pick<Api, "get">} [api] tests give their own
 */
export async function isFounded(api = new Api()) {
  try {
    await api.get("/site.json");
  } catch (error) {
    return codeOf(error) !== "unknown";
  }
  return true;
}

/** Somebody with a set-up link. No act throws: what went wrong is a code in `problem`. */
export class Founding {
  /** @type {Signal<Stage>} */
  stage = signal("asking");
  /** A code of docs/protocol.md, 16, or of ApiError; also password-short, storage, link: it is cut off, and words: what
   * was typed back is not what was shown. @type {Signal<string | null>} */
  problem = signal(null);
  /** The new staff secret, shown once. @type {Signal<string[]>} */
  words = signal([]);
  /** Which of the words are asked back, by their place, from 0. @type {Signal<number[]>} */
  asked = signal([]);
  #code;
  #api;
  #storage;
  #clock;
  #lists;
  #save;
  #secret = random(ID);
  /** What the service is given, and what it was made of: given again, it is the very same. It goes once it was taken. @type {{ typed: string, prepared: Prepared } | null} */
  #made = null;

  /**
   * Tests give their own parts.
   * @param {string} code out of the set-up link
   * @param {{ api?: Pick<Api, "get" | "post">, storage?: Pick<StaffStorage, "secret" | "keepSecret" | "forgetSecret">,
   *   clock?: Pick<import("../../platform/clock.js").Clock, "now">, lists?: import("../staff/typed.js").Lists,
   *   save?: (name: string, text: string) => void }} [parts]
   */
  constructor(code, { api = new Api(), storage = new StaffStorage(), clock = systemClock, lists = wordLists, save = download } = {}) {
    this.#code = code;
    this.#api = api;
    this.#storage = storage;
    this.#clock = clock;
    this.#lists = lists;
    this.#save = save;
  }

  /**
   * Founds the service. The secret is kept here before the service hears of the account: should the page close in the
   * middle, name and password are enough to come in.
   * @param {Typed} typed
   */
  async enrol(typed) {
    if (this.stage.value !== "asking") return;
    if ([...typed.password].length < SHORTEST_PASSWORD) return void (this.problem.value = "password-short");
    if (!isCode(this.#code)) return void (this.problem.value = "link");
    this.#go("working", null);
    const before = await this.#storage.secret();
    try {
      if (!(await this.#storage.keepSecret(this.#secret))) return this.#go("asking", "storage");
      await this.#found(await this.#prepared(typed));
      const twelve = await asWords(this.#secret, this.#lists);
      this.#made = null;
      this.words.value = twelve.split(" ");
      this.#go("words", null);
    } catch (error) {
      // Without an answer it may have been founded: then this secret is the only one that will ever open it.
      if (!isNoAnswer(error) && before !== null) await this.#storage.keepSecret(before);
      else if (!isNoAnswer(error)) await this.#storage.forgetSecret();
      this.#go("asking", codeOf(error));
    }
  }

  /** Hands the key file to the browser, while the words are shown. */
  async downloadKeyFile() {
    if (this.stage.value === "words") this.#save(KEY_FILE, await asFile(this.#secret, this.#lists));
  }

  /** The words leave the screen, and three of them are asked back. */
  kept() {
    const places = [...this.words.value.keys()];
    /** @type {number[]} */
    const asked = [];
    while (asked.length < ASKED) asked.push(...places.splice(pick(places.length), 1));
    batch(() => {
      this.asked.value = asked.sort((a, b) => a - b);
      this.#go("proving", null);
    });
  }

  /** Shows the words once more: nothing is lost yet. */
  showAgain() {
    this.#go("words", null);
  }

  /**
   * The words at the places asked for. Capitals do not matter.
   * @param {string[]} typed in the order of `asked`
   */
  prove(typed) {
    const same = this.asked.value.every((place, i) => typed[i]?.trim().toLowerCase() === this.words.value[place]);
    if (!same) return void (this.problem.value = "words");
    this.#secret.fill(0);
    batch(() => {
      this.words.value = [];
      this.#go("done", null);
    });
  }

  /**
   * @param {Stage} stage
   * @param {string | null} problem
   */
  #go(stage, problem) {
    batch(() => {
      this.stage.value = stage;
      this.problem.value = problem;
    });
  }

  /** @param {Prepared} prepared */
  async #found({ root, body, directory }) {
    try {
      await this.#api.post("enrolment/found", body);
    } catch (error) {
      // The code counts once: where an answer was lost, only the pinned root tells that it was this very founding.
      if (!(await this.#isOurs(root))) throw error;
    }
    // Where this does not come through, the first sign-in does it again.
    await this.#api.post("service/directory", { directory }).catch(() => undefined);
  }

  /** @param {Bytes} root */
  async #isOurs(root) {
    try {
      return readSite(await this.#api.get("/site.json")).roots.some((each) => equal(each, root));
    } catch {
      return false;
    }
  }

  /** @param {Typed} typed @returns {Promise<Prepared>} */
  async #prepared(typed) {
    const text = JSON.stringify([typed.name, typed.password, typed.profile]);
    if (this.#made?.typed !== text) this.#made = { typed: text, prepared: await this.#prepare(typed) };
    return this.#made.prepared;
  }

  /** @param {Typed} typed @returns {Promise<Prepared>} */
  async #prepare({ name, password, profile }) {
    const now = checkedTime(readService(await this.#api.get("service")).time, this.#clock);
    const [keyring, root] = [await makeKeyring(), await generateKey()];
    const [instance, staff, salt] = [random(ID), random(ID), random(ID)];
    const { auth, wrap } = await staffKeys(password, salt, this.#secret);
    const face = { ...profile, stone: String(profile.stone) };
    const me = { kid: await kidOf(keyring.pub), pub: keyring.pub, roles: ["coordinator"], profile: face };
    const first = await firstDirectory({ instance, now, root, me });
    const account = {
      name,
      pub: b64u(keyring.pub),
      salt: b64u(salt),
      auth_hash: b64u(await sha256(auth)),
      keys: b64u(await sealKeyring(keyring, wrap, staff)),
    };
    const service = { code: this.#code, root: b64u(root.pub), instance: b64u(instance), staff: b64u(staff) };
    return { root: root.pub, body: { ...account, ...service, ...first }, directory: first.directory };
  }
}

/** @param {string} text */
function isCode(text) {
  try {
    return unb64u(text, ID).length === ID;
  } catch {
    return false;
  }
}

/** @param {number} below @returns {number} a place, by the system's generator */
const pick = (below) => Number(random(1)[0]) % below;
