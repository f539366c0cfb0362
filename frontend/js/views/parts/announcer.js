// One polite voice for screen readers, outside every log: what is new is said once, in order.

import { h, signal } from "../../../vendor/preact.js";

const KEPT = 12;

/** @type {{ value: { key: number, text: string }[] }} */
const said = signal([]);
let count = 0;

/** @param {string} text said once by a screen reader, when it is done with what it says now */
export function announce(text) {
  count += 1;
  // Each is an element of its own, and the last few stay: a reader that is slow or busy loses none of them.
  said.value = [...said.value, { key: count, text }].slice(-KEPT);
}

/** Forgets what was said, for when the page is left. */
export function hush() {
  said.value = [];
}

export function Announcer() {
  const lines = said.value.map(({ key, text }) => h("p", { key }, text));
  return h("div", { class: "announcer visually-hidden", "aria-live": "polite" }, lines);
}
