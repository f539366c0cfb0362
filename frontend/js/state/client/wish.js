// Who somebody would like to talk with: nothing of it is required, and nothing of it is remembered once a peer joins.

import { signal } from "../../../vendor/preact.js";
import { b64u, hex } from "../../crypto/encoding.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** So many topics, and so many things a peer lived through, are enough to find somebody (docs/protocol.md, 8). */
export const MOST = 3;

export class Wish {
  /** The language of the talk, as `lang` has it. @type {Signal<string>} */
  language;
  /** What is on the person's mind: words of the topic list. @type {Signal<string[]>} */
  topics = signal(/** @type {string[]} */ ([]));
  /** What somebody may have lived through, of the same list. @type {Signal<string[]>} */
  lived = signal(/** @type {string[]} */ ([]));
  /** The kid of the peer who is asked for. @type {Signal<Bytes | null>} */
  asked = signal(/** @type {Bytes | null} */ (null));
  /** Whether what was picked before the page was loaded again still holds: this page does not know what that was. */
  before = signal(false);
  /** The language of the page: a code is made of its words. */
  pageLanguage;

  /** @param {{ language: string }} page language: that of the page, as `lang` has it */
  constructor({ language }) {
    this.pageLanguage = language;
    this.language = signal(language);
  }

  /**
   * The part of a ticket that the service may match on (docs/protocol.md, 8).
   * @returns {{ language: string, topics: string[], lived: string[], back: string | null }} back: a kid in base64url
   */
  ticket() {
    const asked = this.asked.value;
    return {
      language: this.language.value,
      topics: [...this.topics.value],
      lived: [...this.lived.value],
      back: asked && b64u(asked),
    };
  }

  /** @param {string} topic picked where it was not, and the other way round; a fourth one changes nothing */
  pickTopic(topic) {
    this.topics.value = picked(this.topics.value, topic);
  }

  /** @param {string} topic */
  pickLived(topic) {
    this.lived.value = picked(this.lived.value, topic);
  }

  /** @param {string | null} kid in hex: the peer to ask for; null: anyone */
  askFor(kid) {
    this.asked.value = kid === null ? null : Uint8Array.from(kid.match(/../g) ?? [], (byte) => parseInt(byte, 16));
  }

  /** @param {string | null} kid in hex: of somebody who was asked for and is not wanted any more */
  noLonger(kid) {
    if (this.asked.value !== null && hex(this.asked.value) === kid) this.asked.value = null;
  }

  /**
   * The page is in another language now: a talk is in it too, unless the person chose otherwise; whether it is.
   * @param {string} language
   */
  speaks(language) {
    const follows = this.language.peek() === this.pageLanguage && language !== this.pageLanguage;
    if (follows) this.language.value = language;
    this.pageLanguage = language;
    return follows;
  }

  /** @param {string} language of the talk, before the page was loaded again */
  take(language) {
    this.language.value = language;
    this.before.value = true;
  }

  /** Something is picked, or nothing of before holds: this page knows all there is. */
  settle() {
    const picked = this.topics.value.length + this.lived.value.length > 0 || this.asked.value !== null;
    if (picked) this.before.value = false;
    return !this.before.value;
  }

  /** A peer joined: nothing but the language of the talk is known any more. */
  joined() {
    this.topics.value = [];
    this.lived.value = [];
    this.asked.value = null;
    this.before.value = false;
  }

  /** The talk is forgotten: what was wished is not known any more. */
  forget() {
    this.joined();
    this.language.value = this.pageLanguage;
  }
}

/** @param {string[]} list @param {string} topic */
function picked(list, topic) {
  if (list.includes(topic)) return list.filter((each) => each !== topic);
  return list.length < MOST ? [...list, topic] : list;
}
