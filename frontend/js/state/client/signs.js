// Short signs in place of sentences: the pace, a pause, a question left out. Each is one tap, and none needs a reason.

import { Pace } from "./pace.js";
import { Pause } from "./pause.js";

/** @typedef {import("../../crypto/receiver.js").Received} Received */
/** @typedef {import("../timeline.js").Reply} Reply */
/** @typedef {import("../outbox.js").Content} Content */

export class Signs {
  #say;
  #timeline;

  /**
   * @param {{ say: (content: Content) => string, withdraw: (key: string) => boolean,
   *   timeline: import("../timeline.js").Timeline, reach: import("./reach.js").Reach }} parts withdraw: whether what
   *   was said had not gone out yet
   */
  constructor({ say, withdraw, timeline, reach }) {
    this.#say = say;
    this.#timeline = timeline;
    this.pace = new Pace({ say, withdraw });
    this.pause = new Pause({ say, clock: reach.clock, keepDays: reach.keepDays });
  }

  /**
   * Answers a peer's question without words.
   * @param {Reply} reply
   * @param {number} seq of the peer's row
   */
  reply(reply, seq) {
    this.#timeline.answered(seq, reply);
    this.#say({ kind: reply, fields: { of: seq } });
  }

  /**
   * A message of this person's is in the transcript.
   * @param {Received} received
   * @param {string | null} key as it was said here
   */
  said(received, key) {
    this.pause.said(received, key);
    this.pace.said(received);
  }

  /**
   * A message was refused for good.
   * @param {import("./words.js").Waiting} waiting
   */
  refused({ key, content }) {
    if (content.kind === "skip" || content.kind === "not-ready") this.#timeline.answered(Number(content.fields?.of), null);
    this.pause.refused(key);
    this.pace.refused(content);
  }

  /**
   * The service lost everything after a seq.
   * @param {number} seq
   */
  cut(seq) {
    this.pause.cut(seq);
    this.pace.cut(seq);
  }

  /**
   * Whoever reads now and cannot open what was said of the pace hears it again.
   * @param {import("./talk.js").Talk} talk
   */
  readIn({ room, let: { shared } }) {
    if (room.mayWrite && room.caughtUp) this.pace.readBy(shared);
  }

  /** Nothing is known any more. */
  forget() {
    this.pace.forget();
    this.pause.forget();
  }
}
