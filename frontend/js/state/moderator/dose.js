// How much of this work comes at once. Kept in this browser for its moderator alone; the service hears nothing of it.

import { signal } from "../../../vendor/preact.js";
import { hex } from "../../crypto/encoding.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../platform/clock.js").Clock} Clock */
/** @typedef {import("../../platform/staff_storage.js").ReviewDay} ReviewDay */
/** @typedef {Pick<import("../../platform/staff_storage.js").StaffStorage, "reviewDay" | "keepReviewDay">} Storage */

/** Flags between two breaks. */
export const BATCH = 8;
/** Heavy ones after which going on is a choice. */
const HEAVY = 3;
const HEAVY_CATEGORIES = ["danger", "contact"];
const DAY = 86_400_000;

export class Dose {
  /** The flag in view, counted within its batch; 0 before the first. */
  at = signal(0);
  /** What asks for a choice before the next flag. @type {Signal<"batch" | "heavy" | null>} */
  choice = signal(null);
  /** Whether this moderator takes a break. */
  resting = signal(false);
  /** Categories that do not come today. @type {Signal<readonly string[]>} */
  skipped = signal([]);
  /** Done once it is known where this person stood: no flag comes before. @type {Promise<void>} */
  begun = Promise.resolve();
  #heavy = 0;
  /** The flag counted last: taken again after a reload, it is the same one. */
  #last = "";
  #day = 0;
  /** Whose it is, in hex. */
  #staff = "";
  #storage;
  #clock;

  /** @param {{ storage: Storage, clock: Clock }} parts */
  constructor({ storage, clock }) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Goes on where this person stood today in this browser. @param {Bytes} staff */
  begin(staff) {
    this.begun = this.#begin(staff);
    return this.begun;
  }

  /** @param {Bytes} staff */
  async #begin(staff) {
    const own = hex(staff);
    if (this.#staff === own) return;
    this.#staff = own;
    this.#day = this.#heavy = this.at.value = 0;
    this.#last = "";
    this.choice.value = null;
    this.resting.value = false;
    this.skipped.value = [];
    const kept = await this.#storage.reviewDay(own);
    if (this.#staff !== own || kept === null || kept.day !== this.#today()) return;
    this.#day = kept.day;
    this.#heavy = kept.heavy;
    this.#last = kept.last;
    this.at.value = kept.at;
    this.choice.value = kept.choice;
    this.skipped.value = kept.skipped;
  }

  /** Whether a flag may come now. */
  get mayGoOn() {
    return this.choice.value === null && !this.resting.value;
  }

  /** The categories to leave out; those of yesterday come again. */
  get toSkip() {
    this.#newDay();
    return this.skipped.value;
  }

  /**
   * A flag came into view.
   * @param {{ key: string, category: string }} flag
   */
  came({ key, category }) {
    this.#newDay();
    if (key === this.#last) return;
    this.#last = key;
    this.at.value = (this.at.value % BATCH) + 1;
    if (HEAVY_CATEGORIES.includes(category)) this.#heavy += 1;
    this.#keep();
  }

  /** It is done: decided, handed on, or waiting for somebody. */
  done() {
    if (this.at.value >= BATCH) this.choice.value = "batch";
    else if (this.#heavy >= HEAVY) this.choice.value = "heavy";
    this.#keep();
  }

  goOn() {
    this.#lighter();
    this.#keep();
  }

  rest() {
    this.resting.value = true;
    this.#lighter();
    this.#keep();
  }

  back() {
    this.resting.value = false;
  }

  /** @param {string} category comes today, or does not */
  turn(category) {
    this.#newDay();
    const { value } = this.skipped;
    this.skipped.value = value.includes(category) ? value.filter((each) => each !== category) : [...value, category];
    this.#keep();
  }

  #lighter() {
    if (this.choice.value === "batch" || this.resting.value) this.at.value = 0;
    this.#heavy = 0;
    this.choice.value = null;
  }

  #newDay() {
    const today = this.#today();
    if (this.#day !== today) this.skipped.value = [];
    this.#day = today;
  }

  #today() {
    return Math.floor(this.#clock.now() / DAY);
  }

  #keep() {
    void this.#storage.keepReviewDay(this.#staff, {
      day: this.#today(), at: this.at.value, heavy: this.#heavy, last: this.#last, choice: this.choice.value, skipped: [...this.skipped.value],
    });
  }
}
