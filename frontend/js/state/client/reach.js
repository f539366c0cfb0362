// The service as this page reaches it: whom it trusts, what time it is there, and what it says of itself.

import { signal } from "../../../vendor/preact.js";
import { readService } from "../answers.js";
import { NetState } from "../net_state.js";
import { Trust } from "../trust.js";
import { untilReached } from "./patience.js";
import { ServerClock } from "./server_clock.js";

/** @typedef {import("../answers.js").Service} Service */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export class Reach {
  /** What the service says of itself; null before it was asked. @type {Signal<Service | null>} */
  service = signal(null);
  /** Days that a talk stays after its last use. */
  keepDays = signal(30);
  /** Whether the device's date is more than a day off. */
  wrongDate = signal(false);
  /** Whom this page trusts, once it was pinned. @type {Trust | null} */
  trusted = null;
  #api;

  /**
   * @param {import("../../net/api.js").Api} api
   * @param {import("../../platform/clock.js").Clock} device
   */
  constructor(api, device) {
    this.#api = api;
    this.clock = new ServerClock(device);
    this.net = new NetState(device);
  }

  /** Whom this page trusts, as it was pinned the first time. */
  async trust() {
    this.trusted ??= await Trust.pin(this.#api);
    return this.trusted;
  }

  /** Asks what the service says of itself. */
  async ask() {
    const service = readService(await this.#api.get("service"));
    this.service.value = service;
    this.keepDays.value = service.keepDays;
    this.clock.told(service.time);
    this.lookAtDate();
    return service;
  }

  lookAtDate() {
    this.wrongDate.value = this.clock.deviceIsWrong;
  }

  /**
   * Requests of the background: as often as it takes, and each only while it is wanted.
   * @param {() => void} wanted throws once it is not
   * @returns {<T>(act: () => Promise<T>) => Promise<T>}
   */
  asking(wanted) {
    return (act) =>
      untilReached(this.clock, (reached) => this.net.online(reached), async () => {
        wanted();
        return act();
      });
  }

  /** Whom this page trusts is pinned anew the next time. */
  forget() {
    this.trusted = null;
  }
}
