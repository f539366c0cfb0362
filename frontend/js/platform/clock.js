// Time on this device, in one place, so that tests can hold it still.

/**
 * now: milliseconds since 1970; minutes: the same in whole minutes; sleep: resolves after so many milliseconds;
 * after: calls once after so many milliseconds and returns what cancels that.
 * @typedef {{ now(): number, minutes(): number, sleep(ms: number): Promise<void>,
 *   after(ms: number, act: () => void): () => void }} Clock
 */

/** Above this a browser's timer fires at once. */
const LONGEST = 2 ** 31 - 1;

/** The device's own clock. @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  minutes: () => Math.floor(Date.now() / 60_000),
  sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
  after(ms, act) {
    const timer = setTimeout(act, Math.min(ms, LONGEST));
    return () => clearTimeout(timer);
  },
};
