// A peer's notes on one talk, for their own eyes: kept on the service in a box that they alone open, and gone with the
// talk. Reading and writing never throw: where it stands is in `state`.

import { computed, signal } from "../../../../vendor/preact.js";
import { NOTE_LENGTH } from "../../../crypto/note.js";
import { codeOf } from "../codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/**
 * closed: not looked at yet; opening; unread: they could not be read, so nothing is written over them; kept; writing:
 * not kept yet; keeping; unkept: the service could not be reached; elsewhere: they were changed on another page.
 * @typedef {"closed" | "opening" | "unread" | "kept" | "writing" | "keeping" | "unkept" | "elsewhere"} PadState
 */
/** @typedef {{ load: () => Promise<string>, save: (text: string) => Promise<void> }} Box where the notes lie */

/** Milliseconds without a key after which notes are kept. */
const PAUSE = 2000;

const utf8 = new TextEncoder();

export class NotePad {
  text = signal("");
  /** @type {Signal<PadState>} */
  state = signal("closed");
  /** Whether there is more than fits: nothing is kept until it is shorter. */
  isFull = computed(() => utf8.encode(this.text.value).length > NOTE_LENGTH);
  #box;
  #clock;
  #kept = "";
  #cancel = () => {};

  /**
   * @param {Box} box
   * @param {import("../../../platform/clock.js").Clock} clock
   */
  constructor(box, clock) {
    this.#box = box;
    this.#clock = clock;
  }

  /** Reads the notes, where they were not read yet or were changed elsewhere. */
  async open() {
    if (!["closed", "unread", "elsewhere"].includes(this.state.value)) return;
    if (!this.isOpen) this.state.value = "opening";
    try {
      this.#kept = await this.#box.load();
      this.text.value = this.#kept;
      this.state.value = "kept";
    } catch {
      if (!this.isOpen) this.state.value = "unread";
    }
  }

  /** @param {string} text all of the notes as they stand now */
  write(text) {
    if (!this.isOpen) return;
    this.text.value = text;
    if (this.state.value === "elsewhere") return;
    if (this.state.value !== "keeping") this.state.value = text === this.#kept ? "kept" : "writing";
    this.#keepSoon();
  }

  /** Keeps the notes now, where they changed and fit. */
  async keep() {
    this.#cancel();
    if (!["writing", "unkept"].includes(this.state.value) || this.isFull.value) return;
    const text = this.text.value;
    this.state.value = "keeping";
    try {
      await this.#box.save(text);
      this.#kept = text;
      this.state.value = this.text.value === text ? "kept" : "writing";
    } catch (error) {
      this.state.value = codeOf(error) === "v_conflict" ? "elsewhere" : "unkept";
    }
    if (this.state.value === "writing") this.#keepSoon();
  }

  #keepSoon() {
    this.#cancel();
    this.#cancel = this.#clock.after(PAUSE, () => void this.keep());
  }

  /** Whether the notes were read, and can be written. */
  get isOpen() {
    return !["closed", "opening", "unread"].includes(this.state.value);
  }
}
