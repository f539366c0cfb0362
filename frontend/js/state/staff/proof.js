// Whether flagged words were said in their room, in these words: docs/protocol.md, 11.

import { parseBody } from "../../crypto/body.js";
import { equal, unb64u } from "../../crypto/encoding.js";
import { verifyItem } from "../../crypto/envelope.js";
import { chainNext, chainStart } from "../../crypto/transcript.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/body.js").Body} Body */
/** @typedef {{ seq: number, ke: number, seat: Bytes, n: number, com: Bytes }} EvidenceRow a header as the service kept it */
/** @typedef {{ seq: number, kf: string, body: string }} Disclosed kf and body base64url */
/** @typedef {"ok" | "bad" | "wait"} Proof */
/** @typedef {{ seq: number, seat: Bytes | null, body: Body | null, proof: Proof }} Judged seat: null for a row that is not there */

/**
 * Judges every disclosed item against the rows of its room.
 *
 * `ok` only where the row commits to exactly this body and the body's `seen` is the chain of the rows before it. Where
 * the rows have a gap there is no chain to compare with, and every item has to `wait`.
 * @param {Bytes} room
 * @param {EvidenceRow[]} rows
 * @param {Disclosed[]} items
 * @returns {Promise<Judged[]>} by seq
 */
export async function judge(room, rows, items) {
  const heads = await chain(room, rows);
  const judged = items.map((item) => judgeItem(room, rows, heads, item));
  return (await Promise.all(judged)).sort((a, b) => a.seq - b.seq);
}

/**
 * C_0 to C_last, or null where the rows are not 1, 2, 3 ….
 * @param {Bytes} room
 * @param {EvidenceRow[]} rows
 */
async function chain(room, rows) {
  let head = await chainStart(room);
  const heads = [head];
  for (const [i, row] of rows.entries()) {
    if (row.seq !== i + 1) return null;
    head = await chainNext(head, row.seq, { room, ...row }, row.com);
    heads.push(head);
  }
  return heads;
}

/**
 * @param {Bytes} room
 * @param {EvidenceRow[]} rows
 * @param {Bytes[] | null} heads
 * @param {Disclosed} item
 * @returns {Promise<Judged>}
 */
async function judgeItem(room, rows, heads, { seq, kf, body }) {
  const row = rows.find((each) => each.seq === seq);
  const bytes = unb64u(body);
  const parsed = parsedOrNull(bytes);
  if (heads === null) return { seq, seat: row?.seat ?? null, body: parsed, proof: "wait" };
  if (row === undefined) return { seq, seat: null, body: parsed, proof: "bad" };
  const said = await verifyItem({ room, ...row }, row.com, unb64u(kf), bytes);
  return { seq, seat: row.seat, body: parsed, proof: said && parsed && isSeen(parsed, seq, heads) ? "ok" : "bad" };
}

/**
 * A sender can have seen no more than what was before its own message, and only what the rows say.
 * @param {Body} body
 * @param {number} seq
 * @param {Bytes[]} heads
 */
function isSeen({ seen }, seq, heads) {
  const head = heads[seen.seq];
  return seen.seq < seq && head !== undefined && equal(head, seen.head);
}

/** @param {Bytes} bytes */
function parsedOrNull(bytes) {
  try {
    return parseBody(bytes);
  } catch {
    return null;
  }
}
