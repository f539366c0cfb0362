// Which hints a peer switched off, kept in this browser alone.

import { signal } from "../../../../vendor/preact.js";
import { StaffStorage } from "../../../platform/staff_storage.js";

/** @typedef {Pick<StaffStorage, "hintsOff" | "keepHintsOff">} Storage */

export class Hints {
  /** @type {import("@preact/signals").Signal<ReadonlySet<string>>} */
  off = signal(new Set());
  #storage;
  #read = false;

  /** @param {Storage} [storage] */
  constructor(storage = new StaffStorage()) {
    this.#storage = storage;
  }

  /** Takes up what was switched off before; once is enough. */
  async begin() {
    if (this.#read) return;
    this.#read = true;
    const before = await this.#storage.hintsOff();
    this.off.value = new Set([...before, ...this.off.value]);
  }

  /**
   * @param {string} id
   * @param {boolean} on whether the hint is shown from now on
   */
  turn(id, on) {
    const off = new Set(this.off.value);
    if (on) off.delete(id);
    else off.add(id);
    this.off.value = off;
    void this.#storage.keepHintsOff([...off]);
  }
}

/** The hints of this page. */
export const hints = new Hints();
