// A pause of the person who looks for help. It is a message like any other, so it outlives a reload, and there is no
// clock in it: the talk is kept as long as any other.

import { batch, computed, signal } from "../../../vendor/preact.js";

/** @typedef {import("../../crypto/receiver.js").Received} Received */
/** @typedef {"here" | "away"} Kind here: present, not writing */
/** @typedef {{ kind: Kind, minutes: number }} Told minutes: when it was said, since 1970 */

const DAY = 1440; // minutes

export class Pause {
  #say;
  #clock;
  #keepDays;
  /** As it stands on the screen. @type {import("@preact/signals").Signal<Told | null>} */
  #now = signal(null);
  /** As the transcript has it; seq: its place there. @type {Told & { seq: number } | null} */
  #said = null;
  /** The key of the message on its way, if there is one. @type {import("@preact/signals").Signal<string | null>} */
  #going = signal(null);
  /**
   * until: unix seconds up to which the talk is kept at least, by the server's days; told: whether whoever reads knows.
   * @type {import("@preact/signals").ReadonlySignal<{ kind: Kind, until: number | null, told: boolean } | null>}
   */
  value = computed(() => {
    const [now, days, going] = [this.#now.value, this.#keepDays.value, this.#going.value];
    return now && { kind: now.kind, until: (Math.floor(now.minutes / DAY) + days) * DAY * 60, told: going === null };
  });

  /**
   * @param {{ say: (content: import("../outbox.js").Content) => string,
   *   clock: import("../../platform/clock.js").Clock, keepDays: { readonly value: number } }} parts
   */
  constructor({ say, clock, keepDays }) {
    this.#say = say;
    this.#clock = clock;
    this.#keepDays = keepDays;
  }

  /**
   * Begins a pause, or makes it another one. The same again keeps the place longer, once a day.
   * @param {Kind} kind
   */
  begin(kind) {
    const [before, minutes] = [this.#now.value, this.#clock.minutes()];
    if (before?.kind === kind && sameDay(before.minutes, minutes)) return;
    this.#tell(kind, { kind, minutes });
  }

  /** The person is back. */
  end() {
    if (this.#now.value !== null) this.#tell("back", null);
  }

  /**
   * A message of this person's is in the transcript.
   * @param {Received} received
   * @param {string | null} key where it went out from here
   */
  said({ body, obeyed, seq }, key) {
    if (body?.kind !== "pause" || !obeyed) return;
    const { v } = body.fields;
    this.#said = v === "here" || v === "away" ? { kind: v, minutes: body.t, seq } : null;
    this.#goneOut(key);
  }

  /**
   * The service lost everything after a seq.
   * @param {number} seq
   */
  cut(seq) {
    if (this.#said === null || this.#said.seq <= seq) return;
    this.#said = null;
    this.#goneOut(null);
  }

  /** @param {string} key of a message that was refused for good */
  refused(key) {
    this.#goneOut(key);
  }

  /** Nothing is known any more. */
  forget() {
    this.#said = null;
    this.#going.value = null;
    this.#now.value = null;
  }

  /** @param {Kind | "back"} v @param {Told | null} told */
  #tell(v, told) {
    this.#now.value = told;
    this.#going.value = this.#say({ kind: "pause", fields: { v } });
  }

  /** @param {string | null} key */
  #goneOut(key) {
    batch(() => {
      if (this.#going.value === key) this.#going.value = null;
      if (this.#going.value === null) this.#now.value = this.#said;
    });
  }
}

/** @param {number} a @param {number} b minutes since 1970 */
const sameDay = (a, b) => Math.floor(a / DAY) === Math.floor(b / DAY);
