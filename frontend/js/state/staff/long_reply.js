// Notices that a peer has been writing one reply for long: then the client hears of it once.

/** Milliseconds of writing that make a reply a long one. */
const LONG = 60_000;
/** Milliseconds without a key after which writing begins anew: somebody turned to something else. */
const STILL = 30_000;

export class LongReply {
  #clock;
  #tell;
  #began = 0;
  #last = 0;
  #text = "";
  #told = false;

  /** @param {import("../../platform/clock.js").Clock} clock @param {() => boolean} tell whether it could be told */
  constructor(clock, tell) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** @param {string} text that stands in the field now: a reply ends, and with it what was told of it, where nothing does */
  changed(text) {
    const now = this.#clock.now();
    if (text === this.#text) return;
    const isNew = this.#text.trim() === "" || now - this.#last > STILL;
    if (text.trim() === "") this.#told = false;
    else if (isNew) this.#began = now;
    else if (!this.#told && now - this.#began >= LONG) this.#told = this.#tell();
    this.#text = text;
    this.#last = now;
  }
}
