// One flag as a reader gets it: what was disclosed and no more, with a proof for every item.

import { signal } from "../../../vendor/preact.js";
import { isObeyed } from "../../crypto/body.js";
import { equal, hex, isRecord } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { isClient, seatId } from "../../crypto/ids.js";
import { openFlag, openFlagNote } from "../../crypto/seals.js";
import { codeOf } from "../staff/codes.js";
import { isShown, shownOf } from "../timeline.js";
import { judge } from "../staff/proof.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/keys.js").SealKey} SealKey */
/** @typedef {import("../../crypto/seals.js").Flag} Flag */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").Evidence} Evidence */
/** @typedef {import("../staff/proof.js").Judged} Judged */
/** @typedef {import("../staff/proof.js").Proof} Proof */
/**
 * A disclosed message. from: "client", or the alias of the member of staff who said it, "" for somebody the directory
 * lists no longer; fromClient tells the two apart for sure. text, content: as in a row of a talk; kind: "unknown" for
 * what this version cannot show. later: sent when the reporter was asked for more. Nothing is on the screen before
 * `shown`, but the first `parts` of its words.
 * @typedef {{ type: "item", key: string, seq: number, from: string, fromClient: boolean, minutes: number | null,
 *   text: string, content: import("../timeline.js").Row["content"], kind: string, later: boolean, shown: Signal<boolean>,
 *   parts: Signal<number>, proof: Proof }} FlaggedItem
 */
/** @typedef {{ type: "gap", count: number }} Gap messages between two others that were not disclosed */
/** @typedef {{ n: number, by: string, line: string | null }} Note by: an alias; line: null where it does not open here */
/** @typedef {{ kid: Bytes, key: string, alias: string }} Peer key: the kid in hex */
/**
 * day: of its opening, days since 1970; mayAct: every item checks out; epochMissing: this reader was not given the key it
 * is sealed to, so that nothing of it can be read; peers: those who said something in its room, who wrote disclosed words
 * first; content: for whoever is shown it next, null where it did not open; problem: why not.
 * @typedef {{ key: string, category: string, day: number, from: "client" | "peer", reason: string, note: string,
 *   moreNote: string, epochMissing: boolean, items: (Gap | FlaggedItem)[], room: "open" | "closed" | "deleted",
 *   mayAct: boolean, peers: Peer[], notes: Note[], second: (Omit<import("./answers.js").Second, "to"> & { alias: string }) | null,
 *   evidence: Evidence, content: Flag | null, problem: string | null }} Case
 */

/**
 * @param {StaffSession} session
 * @param {Evidence} evidence
 * @param {SealKey[]} keys that may open it; of none, nothing opens
 * @returns {Promise<Case>}
 */
export async function openCase(session, evidence, keys) {
  const { flag, category, day, room, reporter, rows, state } = evidence;
  const speakers = await namedSeats(session, room);
  /** @type {Case} */
  const view = {
    key: hex(flag),
    category,
    day,
    from: isClient(reporter) ? "client" : "peer",
    reason: "",
    note: "",
    moreNote: "",
    epochMissing: keys.length === 0,
    items: [],
    room: state === "closed" || state === "deleted" ? state : "open",
    mayAct: false,
    peers: [],
    notes: await openedNotes(session, evidence),
    second: evidence.second && { ...evidence.second, alias: aliasOf(session, evidence.second.to) },
    evidence,
    content: null,
    problem: null,
  };
  if (view.epochMissing) return view;
  try {
    const first = await openedBy(keys, (key) => openFlag(key, flag, room, reporter, evidence.sealed));
    const more = evidence.more && (await openedBy(keys, (key) => openFlag(key, flag, room, reporter, /** @type {Bytes} */ (evidence.more))));
    const content = together(first, more);
    const judged = await judge(room, rows, content.items);
    const later = new Set(content.items.filter((item) => !first.items.includes(item)).map(({ seq }) => seq));
    const items = judged.map((item) => flaggedItem(item, speakers, later));
    const mayAct = judged.length > 0 && judged.every(({ proof }) => proof === "ok");
    const { reason, note } = first;
    return { ...view, reason, note, moreNote: more?.note ?? "", mayAct, items: withGaps(items), peers: peersOf(rows, judged, speakers), content };
  } catch (error) {
    // What does not open proves nothing; the flag can still be laid aside.
    return { ...view, problem: codeOf(error) };
  }
}

/**
 * The first of several keys that opens something, which was sealed to one of them.
 * @template T
 * @param {SealKey[]} keys
 * @param {(key: SealKey) => Promise<T>} open
 * @returns {Promise<T>}
 */
export async function openedBy(keys, open) {
  for (const key of keys) {
    try {
      return await open(key);
    } catch (error) {
      if (key === keys.at(-1)) throw error;
    }
  }
  throw new ProtocolError("aead");
}

/**
 * A flag, and what its reporter sent later. A message that both show as differently said is no flag.
 * @param {Flag} first
 * @param {Flag | null} more
 * @returns {Flag}
 */
export function together(first, more) {
  if (more === null) return first;
  const known = new Map(first.items.map((item) => [item.seq, item]));
  const added = more.items.filter((item) => {
    const before = known.get(item.seq);
    if (before && (before.kf !== item.kf || before.body !== item.body)) throw new ProtocolError("flag_format");
    return before === undefined;
  });
  const items = [...first.items, ...added].sort((a, b) => a.seq - b.seq);
  return { v: 1, items, reason: first.reason, note: [first.note, more.note].filter(Boolean).join("\n\n") };
}

/** @typedef {{ kid: Bytes, alias: string, isPeer: boolean }} Speaker */

/**
 * Whoever the directory lists, by seat in hex. A seat is recomputed from a key: who sat there is not the service's word.
 * @param {StaffSession} session
 * @param {Bytes} room
 * @returns {Promise<Map<string, Speaker>>}
 */
async function namedSeats(session, room) {
  const { staff } = session.trust.directory;
  return new Map(
    await Promise.all(
      staff.map(async ({ kid, roles, profile }) =>
        /** @type {[string, Speaker]} */ ([hex(await seatId(room, kid)), { kid, alias: profile.alias, isPeer: roles.includes("peer") }]),
      ),
    ),
  );
}

/**
 * @param {import("../staff/proof.js").EvidenceRow[]} rows
 * @param {Judged[]} judged
 * @param {Map<string, Speaker>} speakers
 * @returns {Peer[]}
 */
function peersOf(rows, judged, speakers) {
  const seats = new Set([...judged.flatMap(({ seat }) => (seat ? [hex(seat)] : [])), ...rows.map(({ seat }) => hex(seat))]);
  return [...seats].flatMap((seat) => {
    const who = speakers.get(seat);
    return who?.isPeer ? [{ kid: who.kid, key: hex(who.kid), alias: who.alias }] : [];
  });
}

/**
 * What others wrote down, as far as this reader holds the team's keys.
 * @param {StaffSession} session
 * @param {Evidence} evidence
 * @returns {Promise<Note[]>}
 */
const openedNotes = (session, { flag, notes }) =>
  Promise.all(
    notes.map(async ({ n, by, sealed }) => ({
      n,
      by: aliasOf(session, by),
      line: await openedBy(session.teamKeysOf("moderation"), (key) => openFlagNote(key, flag, n, sealed)).catch(() => null),
    })),
  );

/**
 * The alias of whoever holds a key; "" for somebody the directory lists no longer.
 * @param {StaffSession} session
 * @param {Bytes} kid
 */
export const aliasOf = ({ trust }, kid) => trust.directory.staff.find((each) => equal(each.kid, kid))?.profile.alias ?? "";

/**
 * @param {Judged} judged
 * @param {Map<string, Speaker>} speakers
 * @param {Set<number>} later
 * @returns {FlaggedItem}
 */
function flaggedItem({ seq, seat, body, proof }, speakers, later) {
  const fromClient = seat !== null && isClient(seat);
  const kind = body && seat && isObeyed(body, fromClient) ? body.kind : "unknown";
  return {
    type: "item",
    key: `${seq}`,
    seq,
    from: fromClient ? "client" : ((seat && speakers.get(hex(seat))?.alias) ?? ""),
    fromClient,
    minutes: body && body.t,
    ...(body && isShown(kind) ? shownOf(body) : { text: kind === "ours" ? lineOf(body?.fields.op) : "", content: null }),
    kind,
    later: later.has(seq),
    shown: signal(false),
    parts: signal(0),
    proof,
  };
}

/** The words of a line of the page that both write on. @param {unknown} op @returns {string} "" for none */
const lineOf = (op) => (isRecord(op) && typeof op.x === "string" ? op.x : "");

/**
 * Between two messages stands how many were not disclosed.
 * @param {FlaggedItem[]} items by seq
 * @returns {(Gap | FlaggedItem)[]}
 */
const withGaps = (items) =>
  items.flatMap((item, i) => {
    const before = items[i - 1];
    const count = before ? item.seq - before.seq - 1 : 0;
    return count > 0 ? [{ type: /** @type {const} */ ("gap"), count }, item] : [item];
  });
