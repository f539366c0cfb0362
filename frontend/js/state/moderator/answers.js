// What conversations answers to who reviews flags and pauses: a field that this version does not know is passed over.

import { unb64u } from "../../crypto/encoding.js";
import { HASH, ID } from "../../crypto/sizes.js";
import { read, record, records, whole } from "../staff/answers.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../staff/answers.js").Json} Json */
/** @typedef {"none" | "talk" | "pause" | "reoffer" | "close" | "report"} Act */
/** @typedef {"none" | "asked" | "given" | "refused"} More whether the reporter was asked for more, and what came of it */
/**
 * handedOn: by another moderator, who wanted a second look.
 * @typedef {{ flag: Bytes, more: More, handedOn: boolean }} Taken
 */
/** @typedef {{ n: number, by: Bytes, sealed: Bytes }} SealedNote by: who wrote it down */
/** @typedef {{ to: Bytes, act: Act, subject: Bytes | null, state: "asked" | "agreed" | "differs" | "over" }} Second */
/**
 * epoch: of the moderation key it is sealed to; more: what the reporter sent when they were asked; sat: every member of
 * staff who ever sat there; note: the number of the next line on it.
 * @typedef {{ flag: Bytes, category: string, day: number, room: Bytes, reporter: Bytes, epoch: number, sealed: Bytes,
 *   more: Bytes | null, state: string, rows: import("../staff/proof.js").EvidenceRow[], sat: Bytes[],
 *   notes: SealedNote[], note: number, second: Second | null }} Evidence
 */
/** @typedef {{ flag: Bytes, category: string, day: number, by: Bytes }} AskedFlag by: who asks for a second opinion */
/** @typedef {{ flag: Bytes, category: string, day: number, to: Bytes }} AskingFlag to: who was asked */
/** @typedef {{ flag: Bytes, category: string, other: Bytes, lastDay: number }} ReportedFlag other: who agreed; lastDay: of saving its file, since 1970 */
/**
 * kid: of the key the flag is sealed to; sealed, more, notes: what of it lies under an older one.
 * @typedef {{ flag: Bytes, room: Bytes, reporter: Bytes, kid: Bytes, sealed: Bytes | null, more: Bytes | null, notes: SealedNote[] }} Stale
 */
/** @typedef {{ flag: Bytes, category: string, day: number | null, act: string | null, held: boolean, reported: boolean }} KeptFlag day, act: null where it is not decided */
/**
 * since: a day since 1970; until: unix seconds, null for as long as nobody lifts it.
 * @typedef {{ kid: Bytes, since: number, until: number | null, reason: string, by: Bytes, second: Bytes | null,
 *   appeal: "open" | "upheld" | null }} PausedPeer
 */
/** @typedef {{ kid: Bytes, id: Bytes, reason: string, sealed: Bytes }} Appeal kid: of the peer; id: of the pause */
/** @typedef {{ kid: Bytes, reason: string, by: Bytes, agreed: boolean }} Proposal that somebody be suspended */

/** @param {Json} json @returns {Taken | null} null where no flag waits @throws {import("../../net/api.js").ApiError} not_beside */
export const readTaken = (json) =>
  read(() => {
    if (json.flag === null) return null;
    const { flag, more, handed_on: handedOn } = record(json.flag);
    return { flag: id(flag), more: /** @type {More} */ (String(more)), handedOn: handedOn === true };
  });

/** @param {Json} json @returns {Evidence} @throws {import("../../net/api.js").ApiError} not_beside */
export const readEvidence = (json) =>
  read(() => ({
    flag: id(json.flag),
    category: String(json.category),
    day: whole(json.day),
    room: id(json.room),
    reporter: id(json.reporter),
    epoch: whole(json.epoch),
    sealed: unb64u(json.sealed),
    more: maybe(json.more, unb64u),
    state: String(json.state),
    rows: records(json.rows).map(({ seq, ke, seat, n, com }) => ({
      seq: whole(seq),
      ke: whole(ke),
      seat: id(seat),
      n: whole(n),
      com: unb64u(com, HASH),
    })),
    sat: records(json.seats).flatMap(({ kid }) => maybe(kid, id) ?? []),
    notes: records(json.notes).map(note),
    note: whole(json.note),
    second: maybe(json.second, (value) => {
      const { to, act, subject, state } = record(value);
      return { to: id(to), act: /** @type {Act} */ (String(act)), subject: maybe(subject, id), state: /** @type {Second["state"]} */ (String(state)) };
    }),
  }));

/** @param {Json} json @returns {{ asked: AskedFlag[], mine: AskingFlag[], reported: ReportedFlag[] }} @throws {import("../../net/api.js").ApiError} not_beside */
export const readAsked = (json) =>
  read(() => ({
    asked: records(json.asked).map(({ flag, category, day, by }) => ({ flag: id(flag), category: String(category), day: whole(day), by: id(by) })),
    mine: records(json.mine).map(({ flag, category, day, to }) => ({ flag: id(flag), category: String(category), day: whole(day), to: id(to) })),
    reported: records(json.reported).map(({ flag, category, other, last_day: last }) => ({ flag: id(flag), category: String(category), other: id(other), lastDay: whole(last) })),
  }));

/** @param {Json} json @returns {Stale[]} @throws {import("../../net/api.js").ApiError} not_beside */
export const readStale = (json) =>
  read(() =>
    records(json.flags).map(({ flag, room, reporter, kid, sealed, more, notes }) => ({
      flag: id(flag), room: id(room), reporter: id(reporter), kid: id(kid), sealed: maybe(sealed, unb64u), more: maybe(more, unb64u),
      notes: records(notes).map(note),
    })),
  );

/** @param {Json} json @returns {KeptFlag[]} @throws {import("../../net/api.js").ApiError} not_beside */
export const readKept = (json) =>
  read(() =>
    records(json.flags).map(({ flag, category, day, act, held, reported }) => ({
      flag: id(flag), category: String(category), day: maybe(day, whole), act: maybe(act, String), held: held === true, reported: Boolean(reported),
    })),
  );

/** @param {Json} json @returns {PausedPeer[]} @throws {import("../../net/api.js").ApiError} not_beside */
export const readPauses = (json) =>
  read(() =>
    records(json.pauses).map(({ kid, since_day: since, until, reason, by, second, appeal }) => ({
      kid: id(kid), since: whole(since), until: maybe(until, whole), reason: String(reason), by: id(by), second: maybe(second, id),
      appeal: appeal === "open" || appeal === "upheld" ? appeal : null,
    })),
  );

/** @param {Json} json @returns {Appeal[]} @throws {import("../../net/api.js").ApiError} not_beside */
export const readAppeals = (json) =>
  read(() => records(json.appeals).map(({ kid, id: pause, reason, sealed }) => ({ kid: id(kid), id: id(pause), reason: String(reason), sealed: unb64u(sealed) })));

/** @param {Json} json @returns {Proposal[]} @throws {import("../../net/api.js").ApiError} not_beside */
export const readProposals = (json) =>
  read(() => records(json.proposals).map(({ kid, reason, by, agreed }) => ({ kid: id(kid), reason: String(reason), by: id(by), agreed: maybe(agreed, id) !== null })));

/** @param {unknown} value */
const id = (value) => unb64u(value, ID);

/** @param {Json} json @returns {SealedNote} */
const note = ({ n, by, sealed }) => ({ n: whole(n), by: id(by), sealed: unb64u(sealed) });

/** @template T @param {unknown} value @param {(value: unknown) => T} parse @returns {T | null} */
const maybe = (value, parse) => (value === null || value === undefined ? null : parse(value));
