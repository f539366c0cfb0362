// What a client writes, draws and names for themselves, what of it they share, and the page they write with a peer.
// It lives in memory alone and goes when they leave; only a tap keeps it, in the vault that their code opens.

import { batch, computed, signal } from "../../../vendor/preact.js";
import { hex } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { CLIENT_SEAT } from "../../crypto/ids.js";
import { ApiError } from "../../net/api.js";
import { Ours } from "../ours.js";
import { MOST, sizeOf } from "../strokes.js";
import { Drawing, WORDS_MOST } from "./drawing.js";
import { Journal } from "./journal.js";
import { readJournal } from "./journal_pages.js";
import { MyPage, linesOf } from "./my_page.js";
import { STEP_MOST, Steps } from "./steps.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../timeline.js").Row} Row */
/** @typedef {import("./journal_pages.js").Kept} Kept */
/** @typedef {Pick<Journal, "load" | "keep" | "remove">} Vault */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** Kinds of messages that share a piece of one's own. */
const PIECES = ["page", "drawing", "step"];

export class Pages {
  /** What was shared in this talk and not taken back, but for what is folded away. */
  shared = computed(() => this.#rows.value.filter(({ from, kind, folded }) => from === "me" && !folded && PIECES.includes(kind)));
  /** Whether an act of keeping is under way. */
  busy = signal(false);
  /** What became of the last one: a sentence's id. @type {Signal<string | null>} */
  told = signal(null);
  /** Whether something is kept, as far as this page knows. */
  kept = computed(() => this.#kept.value !== null);
  /** Whether what is here is not what is kept. */
  newer = computed(() => this.kept.value && this.#kept.value !== JSON.stringify(this.#now()));
  /** Whether nothing is here. */
  empty = computed(() => JSON.stringify(this.#now()) === NOTHING);
  /** What is kept, as JSON. @type {Signal<string | null>} */
  #kept = signal(null);
  #rows;
  #takeBack;
  #root;
  #open;
  /** @type {Vault | null} */
  #vault = null;
  /** Another one after each forgetting: what was under way then comes to nothing. */
  #life = {};

  /**
   * @param {{ say: (kind: string, fields: import("../../crypto/body.js").Fields) => string, takeBack: (key: string) => void,
   *   rows: Signal<Row[]>, names: (seat: string) => string, root: () => Promise<Bytes | null>, api: import("../../net/api.js").Api,
   *   clock: import("../../platform/clock.js").Clock, open?: (root: Bytes) => Vault }} parts
   *   names: aliases of staff by their seat in hex; root: what the code opens; null where this page does not know it. open: the vault of a root
   */
  constructor({ say, takeBack, rows, names, root, api, clock, open = (known) => new Journal({ api, root: known, clock }) }) {
    this.#rows = rows;
    this.#takeBack = takeBack;
    this.#root = root;
    this.#open = open;
    this.page = new MyPage(say);
    this.drawing = new Drawing(say);
    this.steps = new Steps(say);
    this.ours = new Ours({ own: hex(CLIENT_SEAT), say, names });
  }

  /**
   * A verified item of the talk.
   * @param {Parameters<Ours["said"]>[0]} received
   * @param {boolean} [caughtUp] as `Ours` has it
   */
  said(received, caughtUp) {
    this.ours.said(received, caughtUp);
  }

  /** @param {string} key of a row in `shared`: it goes on both sides */
  takeBack(key) {
    this.#takeBack(key);
  }

  /** The lines of the page that both write on come onto one's own. */
  copyOurs() {
    const before = this.page.text.value;
    const lines = this.ours.lines.value.map(({ x }) => x);
    this.page.write([...(before === "" ? [] : [before]), ...lines].join("\n"));
  }

  /** Keeps all of it with the code, in place of what is kept. */
  keep() {
    const now = this.#now();
    return this.#act(async (vault) => {
      await vault.keep(now);
      return () => {
        this.#kept.value = JSON.stringify(now);
        return "keep-done";
      };
    });
  }

  /** Adds what was kept to what is here. */
  bringBack() {
    return this.#act(async (vault) => {
      const found = await vault.load();
      return () => (found === null ? "keep-none" : this.#add(readJournal(found)));
    });
  }

  /** What is kept goes; what is here stays. */
  stopKeeping() {
    return this.#act(async (vault) => {
      await vault.remove();
      return () => {
        this.#kept.value = null;
        return "keep-stopped";
      };
    });
  }

  /** Nothing is known any more. */
  forget() {
    this.#vault = null;
    this.#life = {};
    batch(() => {
      this.page.forget();
      this.drawing.forget();
      this.steps.forget();
      this.ours.forget();
      this.#kept.value = null;
      this.busy.value = false;
      this.told.value = null;
    });
  }

  /** @returns {Kept} */
  #now() {
    const text = this.page.text.value;
    const drawing = { strokes: this.drawing.strokes.value, words: this.drawing.words.value };
    const steps = this.steps.list.value.map(({ x }) => ({ x }));
    return { v: 1, page: text === "" ? [] : linesOf(text), drawing, steps, next: this.steps.next.value };
  }

  /**
   * @param {Kept | null} found
   * @returns {string} the sentence that says what became of it
   */
  #add(found) {
    if (found === null) return "keep-unread";
    const now = this.#now();
    const strokes = union(found.drawing.strokes, now.drawing.strokes);
    if (sizeOf(strokes) > MOST) return "keep-two-drawings";
    this.#kept.value = JSON.stringify(found);
    this.page.write(joined(found.page.join("\n"), now.page.join("\n")));
    this.drawing.strokes.value = strokes;
    this.drawing.words.value = both(found.drawing.words, now.drawing.words, WORDS_MOST);
    this.steps.bringBack(found.steps);
    this.steps.next.value = both(found.next, now.next, STEP_MOST);
    return "keep-back-done";
  }

  /**
   * Something that only a tap does; what it gives is carried out unless everything was forgotten meanwhile.
   * @param {(vault: Vault) => Promise<() => string>} act
   */
  async #act(act) {
    if (this.busy.value) return;
    const life = this.#life;
    this.busy.value = true;
    this.told.value = null;
    let then = () => "keep-no-code";
    try {
      const vault = await this.#opened(life);
      if (vault !== null) then = await act(vault);
    } catch (error) {
      then = () => troubleIn(error);
    }
    if (life !== this.#life) return;
    batch(() => {
      this.told.value = then();
      this.busy.value = false;
    });
  }

  /** @param {object} life */
  async #opened(life) {
    if (this.#vault !== null) return this.#vault;
    const root = await this.#root();
    const vault = root && this.#open(root);
    if (life === this.#life) this.#vault = vault;
    return vault;
  }
}

/** @param {unknown} error @returns {string} the sentence that says what is wrong */
function troubleIn(error) {
  const code = error instanceof ApiError || error instanceof ProtocolError ? error.code : "";
  if (code === "v_conflict") return "keep-conflict";
  if (code === "too_long") return "keep-long";
  return error instanceof ProtocolError ? "keep-unread" : "keep-not";
}

const NOTHING = JSON.stringify({ v: 1, page: [], drawing: { strokes: [], words: "" }, steps: [], next: "" });

/**
 * Both texts; one of them where it holds the other from its beginning on.
 * @param {string} kept
 * @param {string} here
 */
function joined(kept, here) {
  if (kept.startsWith(here)) return kept;
  return here.startsWith(kept) ? here : `${kept}\n${here}`;
}

/**
 * What was kept, and of what is here only what is not in it.
 * @template T
 * @param {T[]} kept
 * @param {T[]} here
 */
function union(kept, here) {
  const known = new Set(kept.map((each) => JSON.stringify(each)));
  return [...kept, ...here.filter((each) => !known.has(JSON.stringify(each)))];
}

/** @param {string} kept @param {string} here @param {number} most characters */
const both = (kept, here, most) => [...new Set([kept, here])].filter((each) => each !== "").join(" ").slice(0, most);
