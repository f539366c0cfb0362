// The first stage of the client's page: no keys and no network. Whatever somebody writes before the rest of the page is
// there is kept here, and handed over in order, once.

import { signal } from "../../../vendor/preact.js";
import { systemDate } from "../../platform/surroundings.js";
import { keptTalk, wipeTalk } from "../../platform/talk_storage.js";

/** @typedef {import("./engine.js").ClientEngine} ClientEngine */
/** @typedef {"landing" | "back" | "look" | "talk"} Screen back: coming back by a code; look: looking around first */
/** @typedef {{ key: string, text: string }} Held */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** Seconds until the rest of the page is asked for again: doubled each time, up to this. */
const LONGEST_WAIT = 30;

export class Door {
  /** @type {Signal<Screen>} */
  screen = signal("landing");
  /** What stands in the composer. */
  draft = signal("");
  /** Words sent before the engine was there. @type {Signal<Held[]>} */
  held = signal([]);
  /** @type {Signal<ClientEngine | null>} */
  engine = signal(null);
  #started = false;
  #kept;
  #keys = 0;
  /** @type {(engine: ClientEngine) => void} */
  #arrived = () => {};
  /** @type {Promise<ClientEngine>} */
  #arrival = new Promise((resolve) => (this.#arrived = resolve));

  constructor() {
    this.#kept = keptTalk(systemDate()) !== null;
    if (this.#kept) this.screen.value = "talk";
  }

  /**
   * Fetches the rest of the page, again and again until it comes, and hands over to it.
   * @param {() => Promise<ClientEngine>} make
   * @param {(seconds: number) => Promise<void>} [sleep]
   */
  async load(make, sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000))) {
    for (let wait = 1; ; wait = Math.min(LONGEST_WAIT, 2 * wait)) {
      const engine = await make().catch(() => null);
      if (engine) return this.handOver(engine);
      await sleep(wait); // offline, or a server that restarts: what was typed is kept here
    }
  }

  /**
   * The engine takes over: what was kept over a reload, a talk that was started, and the words so far.
   * @param {ClientEngine} engine
   */
  async handOver(engine) {
    const words = this.takeHeld();
    for (const { key, text } of words) engine.send(text, key);
    this.engine.value = engine;
    this.#arrived(engine);
    if (this.#started) engine.open();
    else if (!this.#kept) void engine.askService();
    else if (!(await engine.restore())) {
      // The talk is gone, or its ten minutes are over: who wrote meanwhile wants to talk.
      if (words.length > 0) this.start();
      else this.screen.value = "landing";
    }
  }

  /** The words so far, once. */
  takeHeld() {
    const held = this.held.value;
    this.held.value = [];
    return held;
  }

  /** A talk begins: the page is a waiting room from now on. */
  start() {
    this.#started = true;
    this.screen.value = "talk";
    this.engine.value?.open();
  }

  /** @param {Exclude<Screen, "talk">} screen */
  goTo(screen) {
    this.screen.value = screen;
  }

  /**
   * Words leave the composer.
   * @param {string} text
   */
  send(text) {
    const engine = this.engine.value;
    if (engine) engine.send(text);
    else this.held.value = [...this.held.value, { key: `d${++this.#keys}`, text }];
  }

  /**
   * Words that wait are taken back.
   * @param {string} key
   */
  takeBack(key) {
    const engine = this.engine.value;
    if (engine) engine.takeBack(key);
    else this.held.value = this.held.value.filter((each) => each.key !== key);
  }

  /**
   * Somebody comes back with what opens their talk: seven words or numbers, typed in any shape.
   * @param {string} text
   * @returns {Promise<string | null>} null where it opened one; else code-format, code-unknown, unreachable or another code
   */
  async comeBack(text) {
    const engine = await this.#arrival;
    const trouble = await engine.comeBack(text);
    if (trouble === null) this.screen.value = "talk";
    return trouble;
  }

  /** Everything is forgotten at once, in this task: keys, words, storage, the line. */
  forget() {
    try {
      this.engine.value?.leave();
    } finally {
      wipeTalk();
      this.#blank();
    }
  }

  /** The page goes out of sight, perhaps for a reload: keys and words go, what a reload needs stays for ten minutes. */
  hide() {
    this.engine.value?.hide();
    this.#blank();
  }

  #blank() {
    this.held.value = [];
    this.draft.value = "";
    this.screen.value = "landing";
    this.engine.value = null;
  }
}
