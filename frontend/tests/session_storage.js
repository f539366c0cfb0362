// Session storage as a browser has it, for tests: full or refused where they say so.

import { afterEach } from "node:test";

export class SessionStorage {
  full = false;
  refused = false;
  /** @type {Map<string, string>} */
  #entries = new Map();

  /** In place of the browser's, until the test ends. */
  constructor() {
    const get = () => {
      if (this.refused) throw new Error("refused");
      return this;
    };
    Object.defineProperty(globalThis, "sessionStorage", { configurable: true, get });
  }

  get length() {
    return this.#entries.size;
  }

  /** All that is in it. */
  get text() {
    return JSON.stringify([...this.#entries]);
  }

  /** @param {string} name */
  getItem(name) {
    return this.#entries.get(name) ?? null;
  }

  /** @param {string} name @param {string} value */
  setItem(name, value) {
    if (this.full) throw new Error("full");
    this.#entries.set(name, value);
  }

  /** @param {string} name */
  removeItem(name) {
    this.#entries.delete(name);
  }
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "sessionStorage");
});
