// A page that only its writer sees, and the lines of it that they pick to share.

import { computed, signal } from "../../../vendor/preact.js";
import { utf8 } from "../../crypto/encoding.js";

/** @typedef {{ at: number, text: string }} Line at: which one of the page, from 0 */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** Characters of a whole page: with the drawing and the steps it fits into what a code can keep. */
export const PAGE_MOST = 30_000;
/** Bytes of lines that go in one message; the rest of 16,384 is for what travels with them. */
const SHARE_MOST = 15_000;

export class MyPage {
  text = signal("");
  /** Which lines are picked. @type {Signal<ReadonlySet<number>>} */
  picked = signal(new Set());
  /** The lines that have words. */
  lines = computed(() => linesOf(this.text.value).map((text, at) => ({ at, text })).filter(({ text }) => text.trim() !== ""));
  /** The words that would go, and nothing else. */
  chosen = computed(() => this.lines.value.filter(({ at }) => this.picked.value.has(at)).map(({ text }) => text));
  fits = computed(() => utf8(JSON.stringify(this.chosen.value)).length <= SHARE_MOST);
  #say;

  /** @param {(kind: "page", fields: { lines: string[] }) => void} say */
  constructor(say) {
    this.#say = say;
  }

  /**
   * The page as it reads now. A line that stays as it was stays picked; a changed one is picked anew, by hand: nothing
   * goes out that was not looked at.
   * @param {string} text
   */
  write(text) {
    const [before, now] = [linesOf(this.text.value), linesOf(text)];
    const shorter = Math.min(before.length, now.length);
    let above = 0;
    while (above < shorter && before[above] === now[above]) above += 1;
    let below = 0;
    while (below < shorter - above && before.at(-1 - below) === now.at(-1 - below)) below += 1;
    const picks = [...this.picked.value].flatMap((at) => {
      if (at < above) return at;
      return at >= before.length - below ? at + now.length - before.length : [];
    });
    this.text.value = text;
    this.picked.value = new Set(picks);
  }

  /**
   * @param {number} at a line
   * @param {boolean} picked
   */
  pick(at, picked) {
    const others = [...this.picked.value].filter((each) => each !== at);
    this.picked.value = new Set(picked ? [...others, at] : others);
  }

  /** Shares the picked lines; whether there were any, and not too many at once. */
  share() {
    const lines = this.chosen.value;
    if (lines.length === 0 || !this.fits.value) return false;
    this.#say("page", { lines });
    this.picked.value = new Set();
    return true;
  }

  forget() {
    this.text.value = "";
    this.picked.value = new Set();
  }
}

/** @param {string} text */
export const linesOf = (text) => text.split("\n");
