// Acts at the service, one at a time: whoever presses twice asks once. Looks go beside them.

import { signal } from "../../../vendor/preact.js";
import { codeOf } from "../staff/codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/**
 * problem: a code of docs/protocol.md, 16, or of ApiError; at: what was tried last, where the problem is told.
 * did: what worked last, "" for nothing.
 * @typedef {{ busy: Signal<boolean>, problem: Signal<string | null>, at: Signal<string>, did?: Signal<string> }} Desk
 */

/** Where a problem belongs that a look met. */
export const LOOK = "look";

/**
 * @param {Desk} desk
 * @param {StaffSession} session
 * @param {string} what is tried
 * @param {(session: StaffSession) => Promise<void>} act
 */
export async function oneAtATime({ busy, problem, at, did = signal("") }, session, what, act) {
  if (!session.isOpen || busy.value) return;
  busy.value = true;
  problem.value = null;
  at.value = what;
  did.value = "";
  try {
    await act(session);
    did.value = what;
  } catch (error) {
    if (session.isOpen) problem.value = codeOf(error);
  }
  busy.value = false;
}

/**
 * A look holds up nobody who acts, and takes away nothing that they were told. What it found does not count where somebody
 * acted meanwhile: it may be older than their act.
 * @param {Desk} desk
 * @param {StaffSession} session
 * @param {(session: StaffSession) => Promise<() => void>} find gives what takes in what was found
 * @param {{ quiet?: boolean }} [how] quiet: nobody asked for it, so nobody hears that it failed
 */
export async function lookIn({ busy, problem, at, did = signal("") }, session, find, { quiet = false } = {}) {
  if (!session.isOpen) return;
  if (!quiet) did.value = "";
  let acted = false;
  const stop = busy.subscribe((now) => void (acted ||= now));
  try {
    const take = await find(session);
    if (session.isOpen && !acted) {
      take();
      if (at.value === LOOK) problem.value = null;
    }
  } catch (error) {
    if (session.isOpen && !acted && !quiet) {
      at.value = LOOK;
      problem.value = codeOf(error);
    }
  }
  stop();
}
