// Time by the server's clock: a phone with a wrong date writes the right minutes and loses no talk.

/** @typedef {import("../../platform/clock.js").Clock} Clock */

/** Milliseconds that a device may be off before its person is told. */
const MUCH = 86_400_000;

/** A clock that runs as the device's, and shows the server's time once that is known. @implements {Clock} */
export class ServerClock {
  #clock;
  #ahead = 0;

  /** @param {Clock} clock the device's */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * What the server says it is.
   * @param {number} time unix seconds
   */
  told(time) {
    this.#ahead = time * 1000 - this.#clock.now();
  }

  /** Whether the device's date is off by more than a day. */
  get deviceIsWrong() {
    return Math.abs(this.#ahead) > MUCH;
  }

  now() {
    return this.#clock.now() + this.#ahead;
  }

  minutes() {
    return Math.floor(this.now() / 60_000);
  }

  /** @param {number} ms */
  sleep(ms) {
    return this.#clock.sleep(ms);
  }

  /** @param {number} ms @param {() => void} act */
  after(ms, act) {
    return this.#clock.after(ms, act);
  }
}
