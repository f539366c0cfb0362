// Copies by a tap, and says what came of it.

import { h, html, useState } from "../../../vendor/preact.js";
import { copy } from "../../platform/clipboard.js";
import { t } from "../../platform/locale.js";
import { announce } from "./announcer.js";
import { Pebble } from "./pebble.js";

/**
 * @param {string} text
 * @returns {Promise<string>} the id of the sentence that says whether it worked
 */
export async function copied(text) {
  const id = (await copy(text)) ? "note-copied" : "note-copy-no";
  announce(t(id));
  return id;
}

/** @param {{ text: string, label: string }} props */
export function CopyButton({ text, label }) {
  const [said, setSaid] = useState("");
  const onClick = () => void copied(text).then(setSaid);
  return html`${h(Pebble, { onClick }, label)}${said && html`<span class="soft copied" aria-hidden="true">${t(said)}</span>`}`;
}
