// What somebody who waits is told: it changes at most once a minute, and only where it differs.

import { signal } from "../../../vendor/preact.js";

/** @typedef {import("../answers.js").WaitState} WaitState */

const LEAST = 60_000;

export class WaitText {
  /** @type {import("@preact/signals").Signal<WaitState | null>} */
  value = signal(null);
  #clock;
  /** @type {WaitState | null} */
  #newest = null;
  #resting = false;
  #cancel = () => {};

  /** @param {import("../../platform/clock.js").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {WaitState} wait */
  told({ ahead, low, high }) {
    this.#newest = { ahead, low, high };
    this.#show();
  }

  /** Nobody waits any more. */
  clear() {
    this.#cancel();
    this.#resting = false;
    this.#newest = null;
    this.value.value = null;
  }

  #show() {
    if (this.#resting || this.#newest === null || same(this.#newest, this.value.value)) return;
    this.value.value = this.#newest;
    this.#resting = true;
    this.#cancel = this.#clock.after(LEAST, () => {
      this.#resting = false;
      this.#show();
    });
  }
}

/** @param {WaitState} a @param {WaitState | null} b */
const same = (a, b) => b !== null && a.ahead === b.ahead && a.low === b.low && a.high === b.high;
