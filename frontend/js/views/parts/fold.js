// A fold that its screen opens and closes: of several, one can be open, and what is closed is not there.

import { html } from "../../../vendor/preact.js";

/**
 * @param {{ title: string, open: boolean, onToggle: () => void, children?: import("preact").ComponentChildren }} props
 */
export function Fold({ title, open, onToggle, children }) {
  const onClick = (/** @type {Event} */ event) => {
    event.preventDefault();
    onToggle();
  };
  return html`<details class="fold" open=${open}><summary onClick=${onClick}>${title}</summary>${open && html`<div>${children}</div>`}</details>`;
}
