// Buttons. Actions are pebbles: three round corners and a tight one.

import { h } from "../../../vendor/preact.js";

/** @typedef {import("preact").ComponentChildren} Children */
/** @typedef {import("preact").TargetedMouseEvent<HTMLButtonElement>} Press */

/**
 * @param {{
 *   onClick: (event: Press) => void, children?: Children, kind?: "primary" | "plain" | "quiet" | "care",
 *   disabled?: boolean, pressed?: boolean, expanded?: boolean, controls?: string, label?: string, class?: string,
 * }} props label: an accessible name that says more than the words on it; pressed: a chip that is on or off
 */
export function Pebble({ onClick, children, kind = "plain", disabled, pressed, expanded, controls, label, class: more }) {
  return h("button", {
    type: "button",
    class: `pebble pebble-${kind}${more ? ` ${more}` : ""}`,
    disabled,
    "aria-pressed": pressed,
    "aria-expanded": expanded,
    "aria-controls": expanded ? controls : undefined,
    "aria-label": label,
    onClick: (/** @type {Press} */ event) => {
      event.currentTarget.focus(); // Safari leaves the focus where it was, and a panel would not know its opener
      onClick(event);
    },
  }, children);
}
