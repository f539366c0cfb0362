// Acts at the service, one at a time: whoever presses twice asks once.

import { codeOf } from "../staff/codes.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */

/**
 * @param {{ busy: Signal<boolean>, problem: Signal<string | null> }} desk problem: a code of docs/protocol.md, 16, or of ApiError
 * @param {StaffSession} session
 * @param {(session: StaffSession) => Promise<void>} act
 */
export async function oneAtATime({ busy, problem }, session, act) {
  if (!session.isOpen || busy.value) return;
  busy.value = true;
  problem.value = null;
  try {
    await act(session);
  } catch (error) {
    if (session.isOpen) problem.value = codeOf(error);
  }
  busy.value = false;
}
