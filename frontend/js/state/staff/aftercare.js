// How a peer is after their talks. Nothing of it goes to the service: it stays on this device, or is gone at once.

import { computed, signal } from "../../../vendor/preact.js";
import { openNote, sealNote } from "../../crypto/note.js";
import { Turns } from "../turns.js";

/** @typedef {"steady" | "stirred" | "shaken"} Body how it is in one's body */
/** @typedef {Pick<import("./session.js").StaffSession, "staff" | "key">} Member */
/** @typedef {Pick<import("../../platform/staff_storage.js").StaffStorage, "ownNote" | "keepOwnNote">} Storage */

export const BODIES = /** @type {const} */ (["steady", "stirred", "shaken"]);

/** Times shaken in one shift after which its end is offered. */
const OFTEN = 2;
/** A note to oneself is in the box of a note on a room, with one's own id in the room's place and this for a version. */
const ONLY = 1;
/** Characters of it, at most: they fit the box in any script. */
export const NEXT_LENGTH = 1000;

/** Milliseconds without a key after which what was put down is gone. */
const GONE = 60_000;

export class Aftercare {
  /** Whether a talk was closed just now. */
  open = signal(false);
  /** How it is after this talk. @type {import("@preact/signals").Signal<Body | null>} */
  body = signal(null);
  /** What is being put down: kept nowhere. */
  weight = signal("");
  /** What to try differently next time, as this person left it; kept in this browser for them alone. */
  next = signal("");
  /** Whether the page offers to end the shift. */
  enough = computed(() => this.#earlier.value + (this.body.value === "shaken" ? 1 : 0) >= OFTEN);
  /** Times shaken in this shift, after the talks before. */
  #earlier = signal(0);
  #storage;
  #clock;
  /** Whoever sits here. @type {Member | null} */
  #member = null;
  #keeping = new Turns();
  #cancel = () => {};

  /** @param {{ storage: Storage, clock: import("../../platform/clock.js").Clock }} parts */
  constructor({ storage, clock }) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** @param {Member} member whoever sits here now: of another one's note nothing opens */
  async begin(member) {
    this.#member = member;
    const box = await this.#storage.ownNote();
    const text = box && (await openNote(member.key.noteKey, member.staff, ONLY, box).catch(() => ""));
    if (this.#member === member && this.next.value === "") this.next.value = text ?? "";
  }

  /** A talk was closed. */
  talkClosed() {
    this.done();
    this.open.value = true;
  }

  /** @param {Body} body */
  felt(body) {
    this.body.value = body;
  }

  /** @param {string} text that stands in the box now; some time after the last key it is gone */
  write(text) {
    this.#cancel();
    this.weight.value = text;
    this.#cancel = text === "" ? () => {} : this.#clock.after(GONE, () => this.putDown());
  }

  putDown() {
    this.#cancel();
    this.weight.value = "";
  }

  /** @param {string} text of up to NEXT_LENGTH characters */
  keepNext(text) {
    this.next.value = text;
    const member = this.#member;
    if (member === null) return;
    void this.#keeping.run(async () => this.#storage.keepOwnNote(await sealNote(member.key.noteKey, member.staff, ONLY, text)));
  }

  /** On to whatever comes next. */
  done() {
    if (this.body.value === "shaken") this.#earlier.value += 1;
    this.body.value = null;
    this.open.value = false;
    this.putDown();
  }

  /** The shift is over: what it was like is forgotten. */
  shiftOver() {
    this.done();
    this.#earlier.value = 0;
  }

  /** Nobody sits here any more. */
  end() {
    this.done();
    this.#member = null;
    this.next.value = "";
  }
}
