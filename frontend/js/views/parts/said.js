// What came of the last act, beside what it was about.

import { h, html, useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { Problem } from "../staff/problem.js";

/**
 * Where the button that was pressed is gone with its row, or was off meanwhile, the focus comes here.
 * @param {{ code: string | null, done?: string | null, here?: Record<string, string> }} props done: an id of the locale;
 *   here: what some codes mean at this place
 */
export function Said({ code, done = null, here = {} }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if ((code !== null || done !== null) && focused() === null) place.current?.focus();
  }, [code, done]);
  return html`<div class="said" tabindex="-1" ref=${place}>
    ${h(Problem, { code, here })}
    <div role="status">${done !== null && html`<p class="said-done">${t(done)}</p>`}</div>
  </div>`;
}
