// How the connection is, as a person is told: a line that is back within a moment is not worth a word.

import { signal } from "../../vendor/preact.js";

/** @typedef {"up" | "slow" | "off" | "back"} Net back: after it was off, once everything is sent */

/** Milliseconds without a line before it is called off. */
const GRACE = 3000;
/** Milliseconds for which "back" is shown. */
const SHOWN = 6000;

export class NetState {
  /** @type {import("@preact/signals").Signal<Net>} */
  value = signal("up");
  #clock;
  #up = true;
  #slow = false;
  /** Whether it was called off, and its being back was not told yet. */
  #wasOff = false;
  #unsent = 0;
  /** What is to happen later. */
  #cancel = () => {};

  /** @param {import("../platform/clock.js").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {boolean} up whether words reach the server now */
  online(up) {
    if (up === this.#up) return;
    this.#up = up;
    this.#slow = false;
    this.#cancel();
    if (this.value.value === "back") this.value.value = "up";
    if (up) this.#judge();
    else this.#cancel = this.#clock.after(GRACE, () => this.#isOff());
  }

  /** @param {boolean} slow whether the server takes long to answer */
  slow(slow) {
    this.#slow = slow;
    this.#judge();
  }

  /** @param {number} count words that wait */
  unsent(count) {
    this.#unsent = count;
    this.#judge();
  }

  /** Nothing is known any more. */
  stop() {
    this.#cancel();
    this.#up = true;
    this.#slow = false;
    this.#wasOff = false;
    this.#unsent = 0;
    this.value.value = "up";
  }

  #isOff() {
    this.#wasOff = true;
    this.value.value = "off";
  }

  #judge() {
    if (!this.#up || this.value.value === "back") return;
    if (!this.#wasOff || this.#unsent > 0) {
      this.value.value = this.#slow || this.#wasOff ? "slow" : "up";
      return;
    }
    this.#wasOff = false;
    this.value.value = "back";
    this.#cancel = this.#clock.after(SHOWN, () => {
      this.value.value = "up";
      this.#judge();
    });
  }
}
