// What became of one's own flags.

import { signal } from "../../vendor/preact.js";
import { ApiError } from "../net/api.js";

/** @typedef {import("./flagging.js").Report & { seen: boolean }} Report seen: its outcome was read */
/** @typedef {() => Promise<import("./flagging.js").Report[]>} Own asks for one's own flags; ApiError where that fails */

/** Milliseconds between two questions where the server tells nothing by itself. */
const WITHOUT_SOCKET = 60_000;
/** Outcomes after which another one follows. */
const UNDECIDED = ["open", "asked"];

export class Reports {
  /** @type {import("@preact/signals").Signal<Report[]>} */
  value = signal([]);
  #clock;
  #asked = 0;
  #asking = false;
  #again = false;
  #life = 0;

  /** @param {import("../platform/clock.js").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * Something was told: where a report is open, or none was asked for yet, its outcome may be it.
   * @param {Own} own
   * @param {boolean} isNews whether it was told because something changed, not because it was looked for
   */
  async noticed(own, isNews) {
    const due = isNews || this.#clock.now() - this.#asked >= WITHOUT_SOCKET;
    if (this.#asked === 0 || (this.isOpen && due)) await this.ask(own);
  }

  /** Whether one is not decided yet. */
  get isOpen() {
    return this.value.value.some(({ outcome }) => UNDECIDED.includes(outcome));
  }

  /**
   * Asks now; once more afterwards where this is called meanwhile.
   * @param {Own} own
   */
  async ask(own) {
    this.#again = true;
    if (this.#asking) return;
    this.#asking = true;
    this.#asked = this.#clock.now();
    try {
      while (this.#again) {
        this.#again = false;
        const life = this.#life;
        const told = await own();
        if (life === this.#life) this.#took(told);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // asked again with the next word of the room
    } finally {
      this.#asking = false;
    }
  }

  /** The person has read how the reports stand. */
  read() {
    this.value.value = this.value.value.map((report) => ({ ...report, seen: true }));
  }

  /** Nothing is known any more. */
  forget() {
    this.#life += 1;
    this.#asked = 0;
    this.value.value = [];
  }

  /** @param {import("./flagging.js").Report[]} told */
  #took(told) {
    const before = this.value.value;
    this.value.value = told.map((report) => {
      const { flag, outcome } = report;
      const known = before.find((each) => each.flag === flag);
      return { ...report, seen: known?.outcome === outcome ? known.seen : outcome === "open" };
    });
  }
}
