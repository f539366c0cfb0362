// Whether a peer can be met, and how many talks at once: told to the service, and taken up again after a reload.

import { batch, computed, signal } from "../../../vendor/preact.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../platform/staff_storage.js").Wanted} Wanted */
/** @typedef {import("../../platform/clock.js").Clock} Clock */

/** In the order in which the desk shows them. */
export const STATES = /** @type {const} */ (["on", "finishing", "break", "off"]);

/** The wish itself lies in the account, which keeps it; here is what becomes of it. */
export class Availability {
  state = computed(() => this.#wanted.value.state);
  /** Talks at once that the pass allows; 0 before the first pass. */
  most = signal(0);
  /** Talks at once: this peer's own limit, where it is the lower one. */
  limit = computed(() => Math.min(this.#wanted.value.limit ?? this.most.value, this.most.value));
  /** Whether the end of the last talk ended the shift of somebody who was finishing. */
  finished = signal(false);
  /** Whether the team had this peer take no new talks. */
  paused = signal(false);
  /** When offers start again, by this device's clock; null where they are not held back. @type {Signal<Date | null>} */
  again = signal(null);
  #clock;
  #wanted;
  #want;
  /** @type {((frame: { type: string } & Record<string, unknown>) => void) | null} */
  #say = null;
  /** Milliseconds that the service's clock is ahead of this device's. */
  #ahead = 0;
  #cancel = () => {};

  /** @param {{ clock: Clock, availability: Signal<Wanted>, setAvailability: (wanted: Wanted) => void }} account */
  constructor(account) {
    this.#clock = account.clock;
    this.#wanted = account.availability;
    this.#want = (/** @type {Wanted} */ wanted) => account.setAvailability(wanted);
  }

  /** @param {Wanted["state"]} state */
  choose(state) {
    this.finished.value = false;
    this.#want({ ...this.#wanted.value, state });
    this.#tell();
  }

  /** @param {number} limit talks at once; more than the pass allows are as many as it allows */
  hold(limit) {
    this.#want({ ...this.#wanted.value, limit });
    this.#tell();
  }

  /** The time after a talk is over, because this peer says so; nobody else shortens it. */
  ready() {
    this.#rest(null);
    this.#tell({ ready: true });
  }

  /**
   * The line is there, for the first time or once more.
   * @param {{ most: number, ahead: number, say: (frame: { type: string } & Record<string, unknown>) => void }} line
   *   ahead: milliseconds that the service's clock is ahead of this device's
   */
  joined({ most, ahead, say }) {
    this.#ahead = ahead;
    this.#say = say;
    this.most.value = most;
    this.#tell();
  }

  /**
   * What the service has of this peer now; another page of theirs may have changed it.
   * @param {import("../answers.js").Availability} now
   */
  heard({ state, limit, until, paused }) {
    const { state: before, limit: own } = this.#wanted.value;
    const other = limit > 0 && limit !== this.limit.value;
    batch(() => {
      if (state !== before) this.finished.value = before === "finishing" && state === "off";
      if (other || state !== before) this.#want({ state, limit: other ? limit : own });
      this.paused.value = paused;
      this.#rest(until);
    });
  }

  /** Nobody sits here any more. */
  end() {
    this.#say = null;
    this.#rest(null);
    this.finished.value = false;
    this.paused.value = false;
    this.most.value = 0;
  }

  /** @param {object} [more] */
  #tell(more = {}) {
    const { state, limit } = this.#wanted.value;
    const own = limit === null || this.most.value === 0 ? {} : { limit: this.limit.value };
    this.#say?.({ type: "availability", state, ...own, ...more });
  }

  /** @param {number | null} until unix seconds by the service's clock */
  #rest(until) {
    this.#cancel();
    this.#cancel = () => {};
    const at = until === null ? null : until * 1000 - this.#ahead;
    const left = at === null ? 0 : at - this.#clock.now();
    this.again.value = at === null || left <= 0 ? null : new Date(at);
    if (left > 0) this.#cancel = this.#clock.after(left, () => void (this.again.value = null));
  }
}
