// Who somebody would like to talk with: nothing of it is required, and nothing of it is remembered once a peer joins.

import { signal } from "../../../vendor/preact.js";
import { b64u, unb64u } from "../../crypto/encoding.js";

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

  /** The page is in another language now: a talk is in it too, unless the person chose otherwise. @param {string} language */
  speaks(language) {
    if (this.language.peek() === this.pageLanguage) this.language.value = language;
    this.pageLanguage = language;
  }

  /** @param {ReturnType<Wish["ticket"]>} ticket what was wished before the page was loaded again */
  take({ language, topics, lived, back }) {
    this.language.value = language;
    this.topics.value = topics;
    this.lived.value = lived;
    this.asked.value = back === null ? null : unb64u(back);
  }

  /** A peer joined, or the talk is forgotten: what was wished is not known any more. */
  forget() {
    this.language.value = this.pageLanguage;
    this.topics.value = [];
    this.lived.value = [];
    this.asked.value = null;
  }
}

/** @param {string[]} list @param {string} topic */
function picked(list, topic) {
  if (list.includes(topic)) return list.filter((each) => each !== topic);
  return list.length < MOST ? [...list, topic] : list;
}
