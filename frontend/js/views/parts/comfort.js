// How this person likes the page; kept only as long as the page is open.

import { signal } from "../../../vendor/preact.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export const comfort = {
  wide: signal(false),
  /** null: as the system asks for. @type {Signal<"light" | "dark" | null>} */
  theme: signal(null),
  enterSends: signal(false),
  shiftLeaves: signal(true),
};
