// A drawing that only its maker sees, and how far it is shared: its first strokes, in the order they were made.

import { computed, signal } from "../../../vendor/preact.js";
import { EDGE, MOST, simplified, sizeOf } from "../strokes.js";

/** @typedef {import("../strokes.js").Mark} Mark */
/** @typedef {import("../strokes.js").Stroke} Stroke */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** Characters of the words beside a drawing: both fit into one message. */
export const WORDS_MOST = 400;
/** How far a hand moves before another point is kept, and how far a line may be off without them, in 1,000 a side. */
const STEP = 6;
const NEAR = 2.5;
/** Bytes from where on a person is told that the board fills up, and that a stamp still needs. */
const SOON = 0.85 * MOST;
const LEAST = 60;

export class Drawing {
  /** @type {Signal<Mark[]>} */
  strokes = signal([]);
  /** The stroke under the hand. @type {Signal<Stroke | null>} */
  live = signal(null);
  words = signal("");
  /** How many strokes would go; all of them, until somebody says otherwise. */
  upTo = computed(() => Math.min(this.#held.value ?? Infinity, this.strokes.value.length));
  /** What would go, and nothing else. */
  chosen = computed(() => this.strokes.value.slice(0, this.upTo.value));
  /** Whether there is room for more. */
  room = computed(() => {
    const used = sizeOf(this.strokes.value);
    if (used > MOST - LEAST) return "full";
    return used > SOON ? "near" : "enough";
  });
  /** @type {Signal<number | null>} */
  #held = signal(null);
  #say;

  /** @param {(kind: "drawing", fields: { strokes: Mark[], words: string }) => void} say */
  constructor(say) {
    this.#say = say;
  }

  /**
   * The hand comes down.
   * @param {{ c: number, w: number }} look
   * @param {number} x 0 to 999, as is y; what lies outside counts as the edge
   * @param {number} y
   */
  begin(look, x, y) {
    if (this.room.value !== "full") this.live.value = { ...look, p: [inside(x), inside(y)] };
  }

  /**
   * The hand moves. Where the board is full the stroke ends as it is.
   * @param {number} x
   * @param {number} y
   */
  draw(x, y) {
    const stroke = this.live.value;
    if (stroke === null) return;
    const [toX, toY] = [inside(x), inside(y)];
    const [atX = 0, atY = 0] = stroke.p.slice(-2);
    if (Math.hypot(toX - atX, toY - atY) < STEP) return;
    const longer = { ...stroke, p: [...stroke.p, toX, toY] };
    if (sizeOf([...this.strokes.value, longer]) > MOST) this.finish();
    else this.live.value = longer;
  }

  /** The hand goes up. */
  finish() {
    const stroke = this.live.value;
    this.live.value = null;
    if (stroke !== null) this.#add({ ...stroke, p: simplified(stroke.p, NEAR) });
  }

  /**
   * A stamp, where somebody pointed or chose a place; whether there was room.
   * @param {number} c
   * @param {string} s
   * @param {[number, number]} at
   */
  stamp(c, s, at) {
    return this.#add({ c, s, at });
  }

  /** The latest stroke or stamp goes. */
  undo() {
    this.strokes.value = this.strokes.value.slice(0, -1);
  }

  /** @param {number} count how many strokes would go */
  shareUpTo(count) {
    this.#held.value = count < this.strokes.value.length ? count : null;
  }

  /** Shares the strokes up to the chosen one, and the words; whether there was anything to share. */
  share() {
    const strokes = this.chosen.value;
    if (strokes.length === 0) return false;
    this.#say("drawing", { strokes, words: this.words.value.trim() });
    return true;
  }

  forget() {
    this.strokes.value = [];
    this.live.value = null;
    this.words.value = "";
    this.#held.value = null;
  }

  /** @param {Mark} mark */
  #add(mark) {
    const more = [...this.strokes.value, mark];
    if (sizeOf(more) > MOST) return false;
    this.strokes.value = more;
    return true;
  }
}

/** @param {number} value */
const inside = (value) => Math.round(Math.min(EDGE, Math.max(0, value)));
