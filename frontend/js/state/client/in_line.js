// What the service knows of somebody who waits: tags only, and nothing of it once a peer joined.

import { signal } from "../../../vendor/preact.js";
import { Turns } from "../turns.js";
import { codeOf } from "./patience.js";
import { Wish } from "./wish.js";

/** @typedef {import("./opening.js").Ticket} Ticket */
/** @typedef {import("./talk.js").Talk} Talk */

export class InLine {
  /** The person's own word for how it is. */
  urgent = signal(false);
  /** Whether words of this wait are with the service, so that a peer may answer while the page is away. */
  noteKept = signal(false);
  /** The language of the ticket that the service has: what it tells of the wait is told about that one. */
  language;
  #turns = new Turns();

  /** @param {string} language that of the page, as `lang` has it */
  constructor(language) {
    this.wish = new Wish({ language });
    this.language = language;
  }

  /** @param {boolean} [note] whether words are ready @returns {Ticket} */
  ticket(note = this.noteKept.value) {
    return { ...this.wish.ticket(), urgent: this.urgent.value, note, refused: [] };
  }

  /**
   * Tells the service the ticket as it is now; one after another, so that the last word stands however fast somebody
   * taps.
   * @param {() => Talk | null} current the talk, once it is its turn
   * @returns {Promise<string | null>} a code where it was not taken; nothing is to be told once nobody waits any more
   */
  tell(current) {
    return this.#turns.run(async () => {
      const talk = current();
      if (talk?.room.state !== "waiting") return null;
      const ticket = this.ticket();
      const { topics: _t, lived: _l, back: _b, ...rest } = ticket;
      try {
        await talk.changeTicket(this.wish.settle() ? ticket : rest);
        this.language = ticket.language;
        return null;
      } catch (error) {
        return talk === current() && talk.room.state === "waiting" ? codeOf(error) : null;
      }
    });
  }

  /** @param {{ urgent: boolean, note: boolean, language: string }} kept what was told before the page was loaded again */
  take({ urgent, note, language }) {
    this.urgent.value = urgent;
    this.noteKept.value = note;
    this.language = language;
    this.wish.take(language);
  }

  /** A talk is brought back from elsewhere: what its ticket says is not known. */
  takesUp() {
    this.noteKept.value = true; // it stays as it is
    this.take({ urgent: this.urgent.value, note: true, language: this.wish.language.value });
  }

  /**
   * Looks for somebody anew: no words are ready for them yet.
   * @param {boolean} urgent
   */
  again(urgent) {
    this.urgent.value = urgent;
    this.noteKept.value = false;
    this.wish.before.value = false;
  }

  /** Nothing is known any more. */
  forget() {
    this.again(false);
    this.wish.forget();
    this.language = this.wish.language.value;
  }
}
