// Breathing with a shape: nothing starts before a tap, no breath is held, and it stops whenever one likes.

import { h, html, useEffect, useState } from "../../../vendor/preact.js";
import { systemClock } from "../../platform/clock.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";

/** Milliseconds, as css/wait.css has them too: out is longer than in, and the one goes over into the other. */
const LENGTHS = { in: 4000, out: 6000 };

/** @typedef {keyof typeof LENGTHS} Breath */

export function Breathe() {
  const [breath, setBreath] = useState(/** @type {Breath | null} */ (null));
  useEffect(() => {
    if (breath === null) return undefined;
    return systemClock.after(LENGTHS[breath], () => setBreath(breath === "in" ? "out" : "in"));
  }, [breath]);
  return html`<div class="breathe">
    <p>${t("breathe-offer")}</p>
    ${breath !== null && html`<div class=${`breath breath-${breath}`}>
      <svg class="breath-shapes" viewBox="24 22 156 86" aria-hidden="true">
        <path class="breath-you" d="M34 78c0-22 18-36 42-36s38 14 38 34-18 26-42 26-38-4-38-24z" />
        <circle class="breath-peer" cx="132" cy="64" r="34" />
      </svg>
      <p class="breath-word" aria-live="polite">${t(breath === "in" ? "breathe-in" : "breathe-out")}</p>
    </div>`}
    <p class="acts">${h(Pebble, { onClick: () => setBreath(breath === null ? "in" : null) }, t(breath === null ? "breathe-start" : "breathe-stop"))}</p>
  </div>`;
}
