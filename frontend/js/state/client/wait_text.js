// What somebody who waits is told: it changes at most once a minute, and only where it differs. Who goes over to another
// language asks anew, and is told at once.

import { signal } from "../../../vendor/preact.js";

/** @typedef {import("../answers.js").WaitState & { language: string }} Told language: of the talk that it is told about */

const LEAST = 60_000;

export class WaitText {
  /** @type {import("@preact/signals").Signal<Told | null>} */
  value = signal(null);
  #clock;
  /** @type {Told | null} */
  #newest = null;
  #resting = false;
  #cancel = () => {};

  /** @param {import("../../platform/clock.js").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {import("../answers.js").WaitState} wait @param {string} language */
  told(wait, language) {
    this.#newest = { ...wait, language };
    if (language !== this.value.value?.language) this.#rested();
    this.#show();
  }

  /** Nobody waits any more. */
  clear() {
    this.#rested();
    this.#newest = null;
    this.value.value = null;
  }

  #show() {
    if (this.#resting || this.#newest === null || same(this.#newest, this.value.value)) return;
    this.value.value = this.#newest;
    this.#resting = true;
    this.#cancel = this.#clock.after(LEAST, () => {
      this.#rested();
      this.#show();
    });
  }

  #rested() {
    this.#cancel();
    this.#resting = false;
  }
}

/** Everything that the sentences are made of. @type {readonly (keyof Told)[]} */
const PARTS = ["language", "ahead", "low", "high", "why", "opens", "over"];

/** @param {Told} a @param {Told | null} b */
const same = (a, b) => b !== null && PARTS.every((part) => a[part] === b[part]);
