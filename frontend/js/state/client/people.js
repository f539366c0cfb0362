// Who is who in a talk: the peer, who holds a key now, and whose words are whose.

import { batch, computed, signal } from "../../../vendor/preact.js";
import { memberOf } from "../../crypto/directory.js";
import { b64u, equal, hex } from "../../crypto/encoding.js";
import { seatId } from "../../crypto/ids.js";
import { Turns } from "../turns.js";
import { profileOf } from "./profile.js";
import { sitting } from "./rekeying.js";

/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("./talk.js").Talk} Talk */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** Milliseconds for which a longer reply is told of. */
const WRITES = 120_000;

export class People {
  /** Who talks with us. @type {Signal<Profile | null>} */
  peer = signal(null);
  /** Who holds a key now; who was here before stands first. @type {Signal<Profile[]>} */
  sitting = signal([]);
  /** Their aliases. */
  readers = computed(() => this.sitting.value.map(({ alias }) => alias));
  /** Who sits here and takes no new talks, until the person has read that. @type {Signal<Profile | null>} */
  paused = signal(null);
  /** Of those who had a seat in this talk, who can be met today; the latest of several. @type {Signal<Profile | null>} */
  today = signal(null);
  /** The peer's page lost its line. */
  lost = signal(false);
  /** The id of the line that says so, where the peer's page was closed. @type {Signal<string | null>} */
  left = signal(null);
  /** The peer is writing a longer reply. */
  writing = signal(false);
  #clock;
  #cancel = () => {};
  /** By seat in hex. @type {Map<string, Member>} */
  #members = new Map();
  /** Of whom the person has read that they are paused, by kid in hex. @type {Set<string>} */
  #read = new Set();
  /** What was told of each page, by seat in hex. @type {Map<string, "here" | "lost" | "left">} */
  #pages = new Map();
  /** @type {string | null} */
  #peerSeat = null;
  #turns = new Turns();
  #life = 0;

  /** @param {import("../../platform/clock.js").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** @param {string} seat in hex */
  alias(seat) {
    return this.#members.get(seat)?.profile.alias ?? "";
  }

  /** @param {string} seat in hex */
  stone(seat) {
    return this.#members.get(seat)?.profile.stone ?? null;
  }

  /**
   * Learns who sits where now.
   * @param {Talk} talk
   */
  learn(talk) {
    const life = this.#life;
    return this.#turns.run(async () => {
      const { room, trust } = talk;
      const named = await Promise.all(room.seats.map((seat) => nameOf(talk, seat)));
      // While a room rests nobody sits there, whatever was said of its seats before.
      const members = room.state === "talking" ? this.#inOrder((await sitting(room, trust.directory)).members) : [];
      const peer = members.find(({ kid }) => talk.isAccepted(kid));
      const met = room.seats.findLast(({ on, kid }) => on && kid && !talk.let.refused.has(b64u(kid)));
      const today = met ? named[room.seats.indexOf(met)]?.[1] : null;
      const isPaused = (/** @type {Member} */ { kid }) => room.seats.some((seat) => seat.open && seat.paused && seat.kid && equal(seat.kid, kid));
      const resting = members.filter(isPaused).map(profileOf);
      const peerSeat = peer ? hex(await seatId(room.room, peer.kid)) : null;
      if (life !== this.#life) return;
      batch(() => {
        for (const [seat, member] of named) if (member) this.#members.set(seat, member);
        this.#peerSeat = peerSeat;
        const kid = peer ? hex(peer.kid) : undefined;
        if (kid !== this.peer.value?.kid) this.peer.value = peer ? profileOf(peer) : null;
        if ((today ? hex(today.kid) : undefined) !== this.today.value?.kid) this.today.value = today ? profileOf(today) : null;
        if (members.map(({ kid }) => hex(kid)).join() !== this.sitting.value.map((each) => each.kid).join()) this.sitting.value = members.map(profileOf);
        for (const kid of [...this.#read]) if (!resting.some((each) => each.kid === kid)) this.#read.delete(kid);
        this.paused.value = resting.find(({ kid }) => !this.#read.has(kid)) ?? null;
        this.#judge();
      });
    });
  }

  /**
   * A page is here, lost its line, or was closed.
   * @param {string} seat in hex
   * @param {"here" | "lost" | "left"} state
   */
  presence(seat, state) {
    this.#pages.set(seat, state);
    this.#judge();
  }

  /** The person has read that somebody here is paused, and stays. */
  stays() {
    if (this.paused.value) this.#read.add(this.paused.value.kid);
    this.paused.value = null;
  }

  /** Somebody of the team writes a longer reply, which is worth a word for a while. */
  writes() {
    this.spoke();
    this.writing.value = true;
    this.#cancel = this.#clock.after(WRITES, () => this.spoke());
  }

  /** What was being written came, or is not waited for any more. */
  spoke() {
    this.#cancel();
    this.writing.value = false;
  }

  /** Nobody is known any more. */
  forget() {
    this.spoke();
    this.#life += 1;
    this.#members.clear();
    this.#pages.clear();
    this.#peerSeat = null;
    this.peer.value = null;
    this.today.value = null;
    this.sitting.value = [];
    this.paused.value = null;
    this.#read.clear();
    this.#judge();
  }

  /** The service lists seats in no order: a name keeps its place while somebody sits here. @param {Member[]} members */
  #inOrder(members) {
    const before = this.sitting.value.map(({ kid }) => kid);
    const place = (/** @type {Member} */ { kid }) => (before.includes(hex(kid)) ? before.indexOf(hex(kid)) : before.length);
    return members.toSorted((one, other) => place(one) - place(other));
  }

  #judge() {
    const page = this.#peerSeat === null ? "here" : this.#pages.get(this.#peerSeat);
    this.lost.value = page === "lost";
    this.left.value = page === "left" ? "peer-left" : null;
  }
}

/**
 * A seat, and who the directory says holds it: a seat that is not its kid's is nobody's.
 * @param {Talk} talk
 * @param {import("../answers.js").SeatState} seat
 * @returns {Promise<[string, Member | null]>}
 */
async function nameOf({ room, trust }, { seat, kid }) {
  const member = kid && memberOf(trust.directory, kid);
  return [hex(seat), member && equal(seat, await seatId(room.room, kid)) ? member : null];
}
