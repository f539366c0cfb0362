// Who asks to be let in: in a meeting, or into a talk that goes on. Only a yes gives anybody a key.

import { signal } from "../../../vendor/preact.js";
import { fromHex } from "../../crypto/encoding.js";
import { ApiError } from "../../net/api.js";
import { profileOf } from "./profile.js";

/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("../room.js").Room} Room */
/** @typedef {(act: (talk: import("./talk.js").Talk) => Promise<void>) => Promise<boolean>} Act whether it worked */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export class Guests {
  /** Who is here and waits for our answer. @type {Signal<Profile | null>} */
  meet = signal(null);
  /** Who holds a seat that nobody here accepted. @type {Signal<Profile | null>} */
  seat = signal(null);
  #act;

  /** @param {Act} act */
  constructor(act) {
    this.#act = act;
  }

  /** @param {Member} member */
  met(member) {
    this.meet.value = profileOf(member);
  }

  /** @param {Member} member */
  asks(member) {
    this.seat.value = profileOf(member);
  }

  /**
   * @param {boolean} accept whether the peer who is here may read and talk with us
   * @param {() => boolean} stillMeets
   */
  async answer(accept, stillMeets) {
    const profile = this.meet.value;
    if (profile === null) return;
    this.meet.value = null;
    const done = await this.#act((talk) => unlessOver(talk.answer(fromHex(profile.kid), accept)));
    if (!done && stillMeets()) this.meet.value = profile;
  }

  /** @param {boolean} accept whether who asks for a seat may read on */
  async answerSeat(accept) {
    const profile = this.seat.value;
    if (profile === null) return;
    this.seat.value = null;
    await this.#act((talk) => talk.answerSeat(fromHex(profile.kid), accept));
  }

  /** Nobody asks in a room that stands otherwise. @param {Pick<Room, "state" | "meet">} room */
  lookAt({ state, meet }) {
    if (state !== "meeting" || meet?.accepted) this.meet.value = null;
    if (state !== "talking") this.seat.value = null;
  }

  /** Nothing is known any more. */
  forget() {
    this.meet.value = null;
    this.seat.value = null;
  }
}

/**
 * An answer that came too late is none: the meeting ended by itself.
 * @param {Promise<void>} answer
 */
export async function unlessOver(answer) {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "unknown") throw error;
  }
}
