// Two stones on a bench by the water: dawn by day, dusk by night.

import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

export function Scene() {
  return html`<svg class="scene" viewBox="0 0 640 400" role="img" aria-label=${t("landing-scene")} preserveAspectRatio="xMidYMax slice">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop class="s-high" /><stop class="s-low" offset="1" /></linearGradient></defs>
    <path fill="url(#sky)" d="M0 0h640v210H0z" />
    <circle class="s-sun" cx="462" cy="176" r="42" />
    <path class="s-hill" d="M0 206v-34c70-30 140-22 214-4s132 8 196-6 150-24 230 8v36z" />
    <path class="s-water" d="M0 204h640v120H0z" />
    <path class="s-ripple" d="M404 222h116M424 238h78M440 254h48M60 232h96M112 256h60M560 246h80M236 226h54M300 262h70M20 282h84M556 276h60" />
    <path class="s-shore" d="M0 400V306c96-24 206-26 320-12s226 10 320-14v120z" />
    <path class="s-reed" d="M566 330c-2-40-8-66-20-88M574 330c0-44 4-78 14-104M584 330c2-30 10-50 22-66M58 346c0-24-6-44-14-58M66 346c2-30 8-46 16-60" />
    <path class="s-leg" d="M192 300h18l4 62h-22zM430 300h18v62h-22z" />
    <path class="s-seat" d="M160 286h320q6 0 6 8t-6 8H160q-6 0-6-8t6-8z" />
    <path class="s-shade" d="M226 286h180q-8 7-40 7H262q-28 0-36-7z" />
    <path class="s-you" d="M214 266c1-20 24-33 52-32 27 1 49 15 49 33 0 14-16 20-50 20s-52-6-51-21z" />
    <path class="s-peer" d="M322 246c1-27 21-44 45-43 26 1 46 21 46 47 0 26-18 37-47 37s-45-13-44-41z" />
    <path class="s-gleam" d="M236 254q12-9 28-9M338 236q7-14 22-16" />
  </svg>`;
}
