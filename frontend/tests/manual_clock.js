// A clock that only moves when a test moves it.

/** @typedef {import("../js/platform/clock.js").Clock} Clock */

/** @implements {Clock} */
export class ManualClock {
  #now;
  /** @type {Set<{ at: number, act: () => void }>} */
  #timers = new Set();

  /** @param {number} [now] milliseconds since 1970 */
  constructor(now = 1_800_000_000_000) {
    this.#now = now;
  }

  /** How many timers are set. */
  get waiting() {
    return this.#timers.size;
  }

  now() {
    return this.#now;
  }

  minutes() {
    return Math.floor(this.#now / 60_000);
  }

  /** @param {number} ms @returns {Promise<void>} */
  sleep(ms) {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** @param {number} ms @param {() => void} act */
  after(ms, act) {
    const timer = { at: this.#now + ms, act };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /**
   * Time passes; what it was waited for happens in its order, and what hangs on that.
   * @param {number} ms
   */
  async pass(ms) {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Everything that waits for no timer, socket or cryptography has happened. */
export const settled = () => new Promise((resolve) => void setImmediate(resolve));
