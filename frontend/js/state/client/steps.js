// Steps that a person named: no number, no date, and nobody but they decides what one is.

import { signal } from "../../../vendor/preact.js";

/** @typedef {{ id: number, x: string, key: string | null }} Step key: of the row that shows it to a peer */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export const STEP_MOST = 400; // characters
/** Steps on one page: all of them fit into what a code can keep. */
export const STEPS_MOST = 60;

export class Steps {
  /** @type {Signal<Step[]>} */
  list = signal([]);
  /** The step that is being written. */
  draft = signal("");
  /** A next step, in the person's own words. */
  next = signal("");
  #say;
  #count = 0;

  /** @param {(kind: "step", fields: { x: string }) => string} say gives the key of its row */
  constructor(say) {
    this.#say = say;
  }

  /** @param {string} x @returns {boolean} whether there was a word in it, and room for it */
  add(x) {
    const words = x.trim();
    if (words === "" || words.length > STEP_MOST || this.list.value.length >= STEPS_MOST) return false;
    this.list.value = [...this.list.value, { id: ++this.#count, x: words, key: null }];
    return true;
  }

  /** @param {number} id */
  remove(id) {
    this.list.value = this.list.value.filter((step) => step.id !== id);
  }

  /** @param {number} id of a step that a peer may see from now on */
  share(id) {
    this.list.value = this.list.value.map((step) => (step.id === id ? { ...step, key: this.#say("step", { x: step.x }) } : step));
  }

  /** @param {{ x: string }[]} kept earlier ones: they stand before those that are here, none twice */
  bringBack(kept) {
    const earlier = kept.filter(({ x }) => !this.list.value.some((step) => step.x === x));
    this.list.value = [...earlier.map(({ x }) => ({ id: ++this.#count, x, key: null })), ...this.list.value];
  }

  forget() {
    this.list.value = [];
    this.draft.value = "";
    this.next.value = "";
  }
}
