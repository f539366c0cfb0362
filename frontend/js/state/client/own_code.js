// The code of this page's talk: made before any room, on this device, whether or not it is ever shown.

import { signal } from "../../../vendor/preact.js";
import { codeRoot, makeCode } from "../../crypto/code.js";
import { listFor, shownCode } from "./code_words.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/code.js").Code} Code */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export class OwnCode {
  /** What can be shown; null before there is one, and after a reload. @type {Signal<{ words: string, numbers: string } | null>} */
  shown = signal(null);
  /** @type {Signal<"offer" | "shown" | "declined">} */
  kept = signal("offer");
  #lists;
  /** @type {{ code: Code, root: Bytes } | null} */
  #known = null;

  /** @param {import("./code_words.js").Lists} lists */
  constructor(lists) {
    this.#lists = lists;
  }

  /**
   * What the code opens; without one, it is made now.
   * @param {string} language as `lang` has it
   * @param {Bytes} instance
   */
  async root(language, instance) {
    if (this.#known === null) {
      const code = makeCode(listFor(language));
      this.knows(code, await codeRoot(code, instance));
    }
    return /** @type {{ root: Bytes }} */ (this.#known).root;
  }

  /** What the code opens, where it is known here. */
  get opened() {
    return this.#known?.root ?? null;
  }

  /** @param {Code} code @param {Bytes} root */
  knows(code, root) {
    this.#known = { code, root };
  }

  /** Gets it ready to be shown. */
  async show() {
    const known = this.#known;
    if (known === null) return;
    const shown = await shownCode({ ...known.code, indices: [...known.code.indices] }, this.#lists);
    if (known === this.#known) this.shown.value = shown;
  }

  /** Nothing is known any more. */
  forget() {
    this.#known?.root.fill(0);
    this.#known?.code.indices.fill(0);
    this.#known = null;
    this.shown.value = null;
    this.kept.value = "offer";
  }
}
