import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** A shape of its own for each, so that colour is never the only sign. */
const SHAPES = {
  ok: "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19zM7.5 12.4l3.1 3.1 6-6.4",
  bad: "M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zM8.5 8.5l7 7M15.5 8.5l-7 7",
  wait: "M12 2.5 21.5 12 12 21.5 2.5 12zM8 12h.01M12 12h.01M16 12h.01",
};

/**
 * Whether the words were said: a sentence, with a shape beside it.
 * @param {{ proof: "ok" | "bad" | "wait" }} props
 */
export function ProofBadge({ proof }) {
  return html`<p class="proof proof-${proof}">
    <svg class="proof-shape" viewBox="0 0 24 24" aria-hidden="true"><path d=${SHAPES[proof]} /></svg>
    <span>${t(`proof-${proof}`)}</span>
  </p>`;
}
