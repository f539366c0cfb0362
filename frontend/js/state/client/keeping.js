// Keeps the open talk over a reload, as long as the page is open and its person wants that.

import { signal } from "../../../vendor/preact.js";
import { keepTalk, wipeTalk } from "../../platform/talk_storage.js";
import { toKept } from "./kept.js";

/** Milliseconds between two notes that the page is still open: what is kept is void ten minutes after the last. */
const STILL_HERE = 60_000;
const OVER = ["closed", "deleted"];

export class Keeping {
  /** Whether nothing is kept, should the page reload. */
  shared = signal(false);
  #clock;
  /** What there is to keep now. */
  #now;
  #cancel = () => {};
  /** Whether the person ended the talk for now; who looks for a peer again goes on with it. */
  #ended = false;

  /**
   * @param {import("../../platform/clock.js").Clock} clock the device's
   * @param {() => { talk: import("./talk.js").Talk, ticket: import("./opening.js").Ticket } | null} now
   */
  constructor(clock, now) {
    this.#clock = clock;
    this.#now = now;
  }

  /** Keeps the talk as it stands; one that is over is kept no more. */
  keep() {
    const kept = this.#now();
    if (kept === null || this.shared.value) return;
    const { state } = kept.talk.room;
    this.#ended &&= state === "resting";
    if (this.#ended || OVER.includes(state)) wipeTalk();
    else keepTalk(toKept(kept.talk, kept.ticket), this.#clock.now());
  }

  /** The person ended the talk for now: from here on only the code opens it. A talk that its peer left is kept. */
  end() {
    this.#ended = true;
    this.keep();
  }

  /** Goes on keeping it while the page is open. */
  start() {
    this.stop();
    this.#cancel = this.#clock.after(STILL_HERE, () => {
      this.keep();
      this.start();
    });
  }

  stop() {
    this.#cancel();
  }

  /** @param {boolean} shared */
  setShared(shared) {
    this.shared.value = shared;
    if (shared) wipeTalk();
    else this.keep();
  }
}
