// Work that must not overlap, although each piece of it waits for something.

/** Carries calls out one after another, in the order they were made. One that fails does not stop the next. */
export class Turns {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * A call made from inside a turn must not be awaited there: it comes after that turn.
   * @template T
   * @param {() => T | Promise<T>} act
   * @returns {Promise<T>}
   */
  run(act) {
    const done = this.#last.then(act);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
