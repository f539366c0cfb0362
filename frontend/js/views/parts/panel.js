// What opens inline and pushes the rest down: never a dialog over the page, so that Leave now stays in reach.

import { h, html, useId, useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused, onCloseRequest, rememberPlace } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "./pebble.js";

/**
 * The focus goes to its heading, and back to the opener when it closes.
 * @param {{ title: string, onClose: () => void, children?: import("preact").ComponentChildren, closeLabel?: string }} props
 */
export function Panel({ title, onClose, children, closeLabel }) {
  const id = useId();
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const goBack = rememberPlace();
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: "start" });
    const stop = onCloseRequest(() => close.current());
    return () => {
      stop();
      // The next panel or screen may have taken the focus already; only what would be lost is given back.
      if (focused() === null || heading.current?.parentElement?.contains(focused())) goBack();
    };
  }, []);
  return html`<section class="panel" aria-labelledby=${id}>
    <h2 class="panel-title" id=${id} tabindex="-1" ref=${heading}>${title}</h2>
    ${children}
    <p class="panel-close">${h(Pebble, { kind: "quiet", onClick: onClose }, closeLabel ?? t("close"))}</p>
  </section>`;
}
