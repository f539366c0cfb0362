// The ways into a talk: a new room, the one kept over a reload, the one that a code opens.

import { codeRoot } from "../../crypto/code.js";
import { listFor, typedCodes } from "./code_words.js";
import { freshProof, openRoom } from "./opening.js";
import { findTalk, roomAt } from "./returning.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../outbox.js").Content} Content */
/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("./opening.js").Ticket} Ticket */
/** @typedef {import("./rekeying.js").Slot} Slot */
/** @typedef {(event: import("../events.js").RoomEvent) => void} Tell */
/** @typedef {<T>(act: () => Promise<T>) => Promise<T>} Ask carries a request out as often as it takes to reach the server */

export class WaysIn {
  #api;
  #reach;
  #own;
  #lists;

  /**
   * @param {{ api: import("../../net/api.js").Api, reach: import("./reach.js").Reach, own: import("./own_code.js").OwnCode,
   *   lists: import("./code_words.js").Lists }} parts
   */
  constructor({ api, reach, own, lists }) {
    this.#api = api;
    this.#reach = reach;
    this.#own = own;
    this.#lists = lists;
  }

  /**
   * Opens a room.
   * @param {{ ask: Ask, tell: Tell }} parts
   * @param {{ language: string, say: () => { first: Content | null, ticket: Ticket } }} how language: of the code's
   *   words; say: what goes along, asked for at the last moment
   * @returns {Promise<{ place: Slot, room: Room, ticket: Ticket }>}
   */
  async anew({ ask, tell }, { language, say }) {
    const trust = await ask(() => this.#reach.trust());
    const parts = { api: this.#api, trust, ask, tell, clock: this.#reach.clock };
    const [proof, root] = await Promise.all([freshProof(parts), this.#own.root(language, trust.instance)]);
    await ask(() => this.#reach.ask());
    await ask(() => trust.refresh());
    const { first, ticket } = say();
    return { ...(await openRoom(parts, root, proof, ticket, first)), ticket };
  }

  /**
   * The talk that was kept over a reload.
   * @param {{ ask: Ask, tell: Tell }} parts
   * @param {Slot} place
   */
  async kept({ ask, tell }, place) {
    const trust = await ask(() => this.#reach.trust());
    await ask(() => trust.refresh({ evenExpired: true }));
    await ask(() => this.#reach.ask());
    return ask(() => this.at(place, tell));
  }

  /**
   * The talk of a place, as it stands.
   * @param {Slot} place
   * @param {Tell} tell
   */
  at(place, tell) {
    return roomAt(this.#api, place, { tell, clock: this.#reach.clock });
  }

  /**
   * Where the talk is that somebody typed the words or numbers of.
   * @param {string} text
   * @param {string} language of the page, whose word list is the likeliest
   * @returns {Promise<{ place: Slot, root: Bytes, code: import("../../crypto/code.js").Code } | null>}
   */
  async byCode(text, language) {
    for await (const code of typedCodes(text, this.#lists, listFor(language))) {
      const trust = await this.#reach.trust();
      await trust.refresh({ evenExpired: true });
      const { time } = await this.#reach.ask();
      const root = await codeRoot(code, trust.instance);
      const place = await findTalk(this.#api, root, time);
      if (place) return { place, root, code };
    }
    return null;
  }
}
