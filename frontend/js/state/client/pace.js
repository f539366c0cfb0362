// What a person says of how the talk may go: pace, need, and what to be called. Said only once they chose something, and
// said again by itself to whoever cannot read where it was said before (docs/protocol.md, 9).

import { signal } from "../../../vendor/preact.js";

/** @typedef {import("../../crypto/receiver.js").Received} Received */
/** @typedef {import("../outbox.js").Content} Content */
/** @typedef {import("./rekeying.js").Shared} Shared */
/** @typedef {"listen" | "slowly" | "ask"} Speed */
/** @typedef {"heard" | "ideas" | "facts" | "company" | "unsure"} Need */
/** @typedef {"pace" | "need" | "hello"} Kind */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** @type {readonly Speed[]} */
export const SPEEDS = Object.freeze(["listen", "slowly", "ask"]);
/** @type {readonly Need[]} */
export const NEEDS = Object.freeze(["heard", "ideas", "facts", "company", "unsure"]);
/** Characters that a name may have (docs/protocol.md, 9, allows more). */
export const LONGEST_NAME = 40;

export class Pace {
  /** @type {Signal<Speed>} */
  speed = signal("slowly");
  /** @type {Signal<Need>} */
  need = signal("unsure");
  /** What to be called; "" where nothing was said. */
  name = signal("");
  #say;
  #withdraw;
  /** What is in the transcript last, with the place and the epoch of its message. @type {Map<Kind, { value: string, seq: number, ke: number }>} */
  #said = new Map();
  /** What is on its way, with its key. @type {Map<Kind, { value: string, key: string }>} */
  #going = new Map();

  /**
   * @param {{ say: (content: Content) => string, withdraw: (key: string) => boolean }} parts withdraw: whether it had
   *   not gone out yet
   */
  constructor({ say, withdraw }) {
    this.#say = say;
    this.#withdraw = withdraw;
  }

  /**
   * A choice of the person's; it is told where it differs from what was.
   * @param {Kind} kind
   * @param {string} value
   */
  choose(kind, value) {
    const [said, going] = [this.#said.get(kind), this.#going.get(kind)];
    this.#show(kind, value);
    if ((going ?? said)?.value === value) return;
    if (going && this.#withdraw(going.key)) this.#going.delete(kind);
    if (!this.#going.has(kind) && said?.value === value) return;
    this.#tell(kind, value);
  }

  /**
   * A message of this person's is in the transcript, from here or from another tab.
   * @param {Received} received
   */
  said({ body, obeyed, seq, ke }) {
    const kind = kindOf(body?.kind);
    if (!body || !obeyed || kind === null) return;
    if (seq < (this.#said.get(kind)?.seq ?? 0)) return; // the room is read anew: what came later still holds
    const value = String((kind === "hello" ? body.fields.alias : body.fields.v) ?? "");
    this.#said.set(kind, { value, seq, ke });
    if (this.#going.get(kind)?.value === value) this.#going.delete(kind);
    if (!this.#going.has(kind)) this.#show(kind, value);
  }

  /**
   * A message was refused for good: what was said before still holds.
   * @param {Content} content
   */
  refused(content) {
    const kind = kindOf(content.kind);
    if (kind === null) return;
    this.#going.delete(kind);
    this.#show(kind, this.#said.get(kind)?.value ?? FIRST[kind]);
  }

  /**
   * Tells again what somebody who reads now was never given.
   * @param {Shared} shared the epochs of each reader
   */
  readBy(shared) {
    for (const [kind, { value, ke }] of this.#said) {
      if (!this.#going.has(kind) && [...shared.values()].some((epochs) => !epochs.has(ke))) this.#tell(kind, value);
    }
  }

  /**
   * The service lost everything after a seq: what was chosen is said again.
   * @param {number} seq
   */
  cut(seq) {
    for (const [kind, lost] of [...this.#said]) {
      if (lost.seq <= seq) continue;
      this.#said.delete(kind);
      if (!this.#going.has(kind)) this.#tell(kind, lost.value);
    }
  }

  /** Nothing is known any more. */
  forget() {
    this.#said.clear();
    this.#going.clear();
    for (const kind of KINDS) this.#show(kind, FIRST[kind]);
  }

  /** @param {Kind} kind @param {string} value */
  #tell(kind, value) {
    const fields = kind === "hello" ? { alias: value } : { v: value };
    this.#going.set(kind, { value, key: this.#say({ kind, fields }) });
  }

  /** @param {Kind} kind @param {string} value */
  #show(kind, value) {
    if (kind === "hello") this.name.value = value;
    else if (kind === "pace") this.speed.value = SPEEDS.find((each) => each === value) ?? FIRST.pace;
    else this.need.value = NEEDS.find((each) => each === value) ?? FIRST.need;
  }
}

/** @type {readonly Kind[]} */
const KINDS = ["pace", "need", "hello"];
const FIRST = Object.freeze({ pace: /** @type {Speed} */ ("slowly"), need: /** @type {Need} */ ("unsure"), hello: "" });

/** @param {string | undefined} kind @returns {Kind | null} */
const kindOf = (kind) => KINDS.find((each) => each === kind) ?? null;
