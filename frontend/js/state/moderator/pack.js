// What two agreed to report, for a file. Each time it is opened is written down.

import { signal } from "../../../vendor/preact.js";
import { b64u, equal } from "../../crypto/encoding.js";
import { ApiError } from "../../net/api.js";
import { readEvidence } from "./answers.js";
import { openCase } from "./case.js";
import { oneAtATime } from "./one_at_a_time.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/keys.js").SealKey} SealKey */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./answers.js").Evidence} Evidence */
/** @typedef {import("./case.js").Case} Case */
/**
 * found: every word of it opened, and checks out; code: why there is nothing, of docs/protocol.md, 16, or of ApiError; also
 * `shut`, it does not open here, and `unproven`, some of it does not check out.
 * @typedef {{ found: Case, code: null } | { found: null, code: string | null }} Packed
 */

/**
 * @param {import("@preact/signals").Signal<boolean>} busy
 * @param {StaffSession} session
 * @param {Bytes} flag
 * @param {(evidence: Evidence) => Promise<SealKey[]>} keysFor that may open it
 * @returns {Promise<Packed>} no code and nothing where it was asked for already
 */
export async function pack(busy, session, flag, keysFor) {
  const problem = signal(/** @type {string | null} */ (null));
  const found = signal(/** @type {Case | null} */ (null));
  await oneAtATime({ busy, problem, at: signal("") }, session, "pack", async () => {
    const evidence = readEvidence(await session.post("flags/pack", { flag: b64u(flag) }));
    if (!equal(evidence.flag, flag)) throw new ApiError("not_beside");
    found.value = await openCase(session, evidence, await keysFor(evidence));
  });
  const read = found.value;
  if (read === null || !session.isOpen) return { found: null, code: problem.value };
  if (read.content === null) return { found: null, code: "shut" };
  return read.mayAct ? { found: read, code: null } : { found: null, code: "unproven" };
}
