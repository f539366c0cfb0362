// The heading of a screen that took the place of another: the focus goes there, so that it is read first.

import { h, useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";

/** @param {{ children?: import("preact").ComponentChildren }} props */
export function ScreenTitle({ children }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useLayoutEffect(() => {
    // Who writes on, in a field that stays, is not torn away from it.
    if (focused() === null) heading.current?.focus();
  }, []);
  return h("h1", { ref: heading, tabIndex: -1 }, children);
}
