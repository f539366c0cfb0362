// Whom a peer would bring into the talk, to go on with it or to sit with them. Nobody comes in before this person lets
// them in by name, and what they are told of the past is this person's to read, to change and to hold back.

import { signal } from "../../../vendor/preact.js";
import { equal, hex } from "../../crypto/encoding.js";
import { isClient, seatId } from "../../crypto/ids.js";
import { Turns } from "../turns.js";
import { profileOf } from "./profile.js";
import { sitting } from "./rekeying.js";

/** @typedef {import("../answers.js").Ask} Ask */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {{ seq: number, text: string }} Card what a peer would like the next one to know; seq: of the message that held it */
/**
 * by: the alias of the peer who brings them; card: null where there is none, or they only come to sit with both.
 * @typedef {{ peer: Profile, by: string, purpose: Ask["purpose"], card: Card | null }} Newcomer
 */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export class Newcomers {
  /** Who would come now, in the order of the service. @type {Signal<Newcomer[]>} */
  value = signal([]);
  /** By the seat that wrote it and the kid it names, both in hex. @type {Map<string, Card>} */
  #cards = new Map();
  #turns = new Turns();
  #life = 0;

  /**
   * A verified message: it may be a card, or take one back.
   * @param {import("../../crypto/receiver.js").Received} received
   * @returns {boolean} whether the cards are others now: then it is time to learn anew
   */
  said({ seq, seat, body, obeyed }) {
    if (body === null || !obeyed || isClient(seat)) return false;
    const before = [...this.#cards.values()];
    const { next, text, of } = body.fields;
    if (body.kind === "handover" && typeof next === "string") this.#cards.set(`${hex(seat)} ${next}`, { seq, text: String(text) });
    if (body.kind === "take-back") this.#drop((card, writer) => card.seq === of && writer === hex(seat));
    const now = [...this.#cards.values()];
    return now.length !== before.length || now.some((card, i) => card !== before[i]);
  }

  /**
   * Learns who would come. Only who sits here and was let in can bring somebody, and only a peer of the directory comes.
   * @param {Talk} talk
   */
  learn(talk) {
    const life = this.#life;
    return this.#turns.run(async () => {
      const { room, trust } = talk;
      const asks = room.state === "talking" ? room.asks : [];
      const here = asks.length > 0 ? (await sitting(room, trust.directory)).members.filter(({ kid }) => talk.isAccepted(kid)) : [];
      /** @type {Newcomer[]} */
      const found = [];
      for (const { kid, by, purpose } of asks) {
        const host = here.find((member) => equal(member.kid, by));
        if (!host || here.some((member) => equal(member.kid, kid))) continue;
        const member = await trust.member(kid).catch(() => null); // looked up again with the next word of the room
        if (!member?.roles.includes("peer")) continue;
        const card = purpose === "handover" ? this.#cards.get(`${hex(await seatId(room.room, by))} ${hex(kid)}`) : null;
        found.push({ peer: profileOf(member), by: host.profile.alias, purpose, card: card ?? null });
      }
      if (life === this.#life && JSON.stringify(found) !== JSON.stringify(this.value.value)) this.value.value = found;
    });
  }

  /** Whether somebody would come. @param {string} kid in hex */
  has(kid) {
    return this.value.value.some(({ peer }) => peer.kid === kid);
  }

  /**
   * Nobody waits for an answer about this one any more.
   * @param {string} kid in hex
   */
  answered(kid) {
    this.value.value = this.value.value.filter(({ peer }) => peer.kid !== kid);
  }

  /**
   * The service lost everything after a seq.
   * @param {number} seq
   */
  cut(seq) {
    this.#drop((card) => card.seq > seq);
  }

  /** Nothing is known any more. */
  forget() {
    this.#life += 1;
    this.#cards.clear();
    this.value.value = [];
  }

  /** @param {(card: Card, writer: string) => boolean} isGone */
  #drop(isGone) {
    for (const [key, card] of this.#cards) if (isGone(card, key.split(" ")[0] ?? "")) this.#cards.delete(key);
  }
}
