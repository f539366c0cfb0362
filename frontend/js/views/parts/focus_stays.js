// When the line that one acts on goes, the focus does not fall to the top of the page.

import { useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";

/**
 * @param {number} count of the lines that there are now
 * @returns {{ current: HTMLElement | null }} for an element of the panel whose heading takes the focus then
 */
export function useFocusStays(count) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const before = useRef(count);
  useLayoutEffect(() => {
    const fewer = count < before.current;
    before.current = count;
    if (fewer && focused() === null) place.current?.closest(".panel")?.querySelector("h2")?.focus();
  }, [count]);
  return place;
}
