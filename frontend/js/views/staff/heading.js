import { html, useEffect, useRef } from "../../../vendor/preact.js";

/**
 * A page's main heading. `arrive`: the page changed under the reader, so the focus comes here, where the new part begins.
 * @param {{ text: string, arrive?: boolean }} props
 */
export function Heading({ text, arrive = false }) {
  const here = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (arrive) here.current?.focus();
  }, [arrive]);
  return html`<h1 tabindex="-1" ref=${here}>${text}</h1>`;
}
