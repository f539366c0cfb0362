// One polite voice for screen readers, outside every log: what is new is said once, in order.

import { h, signal } from "../../../vendor/preact.js";

const KEPT = 12;

/** @type {import("@preact/signals").Signal<{ key: number, text: string, of: string | null }[]>} */
const said = signal([]);
let count = 0;

/**
 * @param {string} text said once by a screen reader, when it is done with what it says now
 * @param {string | null} [of] the words it tells of, by a key: whoever takes them back says so by `unsay`
 */
export function announce(text, of = null) {
  count += 1;
  // Each is an element of its own, and the last few stay: a reader that is slow or busy loses none of them.
  said.value = [...said.peek(), { key: count, text, of }].slice(-KEPT);
}

/** Words that were taken back are not kept for a slow reader either. @param {string} of as `announce` had it */
export function unsay(of) {
  if (said.peek().some((each) => each.of === of)) said.value = said.peek().filter((each) => each.of !== of);
}

/** Forgets what was said, for when the page is left. */
export function hush() {
  said.value = [];
}

export function Announcer() {
  const lines = said.value.map(({ key, text }) => h("p", { key }, text));
  return h("div", { class: "announcer visually-hidden", "aria-live": "polite" }, lines);
}
