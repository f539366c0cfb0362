// A button that asks once, in the flow of the page, before it does what cannot be undone.

import { h, html, useId, useLayoutEffect, useRef, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "./pebble.js";

/**
 * @param {{ label: string, ask: string, yes: string, act: () => void, no?: string, kind?: "plain" | "quiet" | "care", busy?: boolean }} props
 *   no: the button that changes nothing, where "No, keep it" does not fit; busy: something else is under way, so that a
 *   yes would do nothing now
 */
export function Ask({ label, ask, yes, act, no, kind = "plain", busy = false }) {
  const [asking, setAsking] = useState(false);
  const id = useId();
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  useLayoutEffect(() => {
    if (!asking) return;
    box.current?.querySelector("button")?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, [asking]);
  const opener = h(Pebble, { kind, expanded: asking, controls: id, onClick: () => setAsking(!asking) }, label);
  const leaveIt = (/** @type {() => void} */ then) => {
    box.current?.parentElement?.querySelector("button")?.focus();
    setAsking(false);
    then();
  };
  return html`<div class=${asking ? "asking" : ""}>${opener}
    ${asking && html`<div class="ask" id=${id} role="group" aria-label=${ask} ref=${box}>
      <p>${ask}</p>
      <p class="acts">
        ${h(Pebble, { kind: "care", disabled: busy, onClick: () => leaveIt(act) }, yes)}
        ${h(Pebble, { kind: "quiet", onClick: () => leaveIt(() => {}) }, no ?? t("cancel"))}
      </p>
      <p role="status" class="soft">${busy && t("ask-busy")}</p>
    </div>`}
  </div>`;
}
