// Who else of the team sits in a talk, and whom a peer would bring in: the client alone opens a seat.

import { batch, signal } from "../../../vendor/preact.js";
import { memberOf } from "../../crypto/directory.js";
import { equal, fromHex, hex } from "../../crypto/encoding.js";
import { seatId } from "../../crypto/ids.js";
import { Turns } from "../turns.js";
import { codeOf } from "./codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/directory.js").Profile} Profile */
/** @typedef {import("../answers.js").AskPurpose} AskPurpose */
/** @typedef {import("../room.js").Room} Room */
/** @typedef {{ kid: string, profile: Profile }} Colleague kid in hex */
/** @typedef {{ kid: string, alias: string, purpose: AskPurpose, willing: boolean, mine: boolean }} Asked mine: this peer asked them */

/** Acts never throw: what went wrong is a code in `problem`. */
export class Colleagues {
  /** Aliases of those who sit here beside this peer. @type {Signal<string[]>} */
  here = signal([]);
  /** @type {Signal<Asked[]>} */
  asked = signal([]);
  /** Who could come now; null before that was asked for. @type {Signal<Colleague[] | null>} */
  free = signal(null);
  /** Of those whom this peer asked, the last who is not coming in now. @type {Signal<string | null>} */
  notNow = signal(null);
  /** @type {Signal<string | null>} */
  problem = signal(null);
  #room;
  #peer;
  #session;
  /** By seat in hex. @type {Map<string, Profile>} */
  #profiles = new Map();
  #turns = new Turns();

  /**
   * @param {Bytes} room
   * @param {{ peer: import("./peer.js").Peer, session: import("./session.js").StaffSession }} hand
   */
  constructor(room, { peer, session }) {
    this.#room = room;
    this.#peer = peer;
    this.#session = session;
  }

  /** @param {string} seat in hex */
  alias(seat) {
    return this.#profiles.get(seat)?.alias ?? "";
  }

  /** @param {string} seat in hex */
  stone(seat) {
    return this.#profiles.get(seat)?.stone ?? null;
  }

  /** Looks who could come now. */
  async look() {
    await this.#work(async () => {
      const found = await Promise.all((await this.#peer.whom(this.#room)).map((kid) => this.#session.trust.member(kid)));
      this.free.value = found.flatMap((member) => (member ? [{ kid: hex(member.kid), profile: member.profile }] : []));
    });
  }

  /**
   * @param {string} kid in hex
   * @param {AskPurpose} purpose
   * @returns {Promise<boolean>} whether they are asked now
   */
  ask(kid, purpose) {
    this.notNow.value = null;
    return this.#work(() => this.#peer.askIn(this.#room, fromHex(kid), purpose));
  }

  /** @param {string} kid in hex */
  withdraw(kid) {
    this.asked.value = this.asked.value.filter((each) => each.kid !== kid); // taken back by this peer: nothing is to be told
    return this.#work(() => this.#peer.withdrawAsk(this.#room, fromHex(kid)));
  }

  /**
   * Learns how the room stands; whether somebody is known now who was not. Who sits where is recomputed: the service's word
   * for it does not count.
   * @param {Room} room
   * @returns {Promise<boolean>}
   */
  learn(room) {
    return this.#turns.run(() => this.#learn(room));
  }

  /** @param {Room} room */
  async #learn({ room, seats, asks }) {
    const before = this.#profiles.size;
    const { kid: own, trust } = this.#session;
    /** @type {{ kid: string, alias: string }[]} */
    const here = [];
    for (const { seat, kid, open } of seats) {
      if (!kid || !equal(seat, await seatId(room, kid))) continue;
      const member = memberOf(trust.directory, kid) ?? (open ? await trust.member(kid).catch(() => null) : null);
      if (member) this.#profiles.set(hex(seat), member.profile);
      if (open && !equal(kid, own)) here.push({ kid: hex(kid), alias: member?.profile.alias ?? "" });
    }
    const asked = await Promise.all(asks.map(async ({ kid, by, purpose, willing }) => {
      const alias = (await trust.member(kid).catch(() => null))?.profile.alias ?? "";
      return { kid: hex(kid), alias, purpose, willing, mine: equal(by, own) };
    }));
    batch(() => {
      const gone = this.asked.value.find(({ kid, mine }) => mine && ![...asked, ...here].some((each) => each.kid === kid));
      if (gone) this.notNow.value = gone.alias;
      this.asked.value = asked;
      this.here.value = here.map(({ alias }) => alias);
    });
    return this.#profiles.size !== before;
  }

  /** This peer has read that somebody is not coming. */
  read() {
    this.notNow.value = null;
  }

  /** This peer sits here no longer. */
  left() {
    this.here.value = [];
    this.asked.value = [];
    this.notNow.value = null;
  }

  /** @param {() => Promise<void>} act @returns {Promise<boolean>} whether it worked */
  async #work(act) {
    this.problem.value = null;
    try {
      await act();
      return true;
    } catch (error) {
      this.problem.value = codeOf(error);
      return false;
    }
  }
}
