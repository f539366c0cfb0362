// What waits for this very person: second opinions, appeals, and for a moderator, proposals to suspend somebody.

import { computed } from "../../../vendor/preact.js";
import { Pauses } from "./pauses.js";
import { Proposals } from "./proposals.js";
import { Seconds } from "./seconds.js";

/** @typedef {import("../staff/session.js").StaffSession} StaffSession */

/** One of these for each session: what one part of a page knows, all of them do. @type {WeakMap<StaffSession, Asked>} */
const KNOWN = new WeakMap();

/** @param {StaffSession} session @returns {Asked} */
export function askedOf(session) {
  const known = KNOWN.get(session) ?? new Asked(session);
  KNOWN.set(session, known);
  return known;
}

export class Asked {
  /** Whether anything waits. */
  waits = computed(() => {
    const { asked, open } = this.seconds;
    return (asked.value ?? []).length > 0 || open.value !== null || this.pauses.appeals.value.length > 0 || this.proposals.open.value.length > 0;
  });
  seconds;
  pauses;
  proposals;
  #answersProposals;

  /** @param {StaffSession} session */
  constructor(session) {
    this.seconds = new Seconds(session);
    this.pauses = new Pauses(session);
    this.proposals = new Proposals(session);
    // Coordinators have these where they look after people.
    this.#answersProposals = session.role === "moderator";
  }

  /** @param {{ quiet?: boolean }} [how] quiet: nobody asked for it, so it disturbs nobody */
  async look(how) {
    await this.seconds.look(how);
    await this.pauses.look(how);
    if (this.#answersProposals) await this.proposals.look(how);
  }
}
