import { html } from "../../../../vendor/preact.js";

/** Light rim around the square, in squares: without it cameras do not find it (ISO/IEC 18004). */
const RIM = 4;

/**
 * A picture for a camera: dark on light by day and by night.
 * @param {{ rows: string[], label: string }} props rows of dark (1) and light (0)
 */
export function Square({ rows, label }) {
  const size = rows.length + 2 * RIM;
  const dark = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index + RIM} ${y + RIM}h${run[0].length}v1h-${run[0].length}z`));
  return html`<svg class="own-square" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label} shape-rendering="crispEdges">
    <path class="own-square-light" d="M0 0h${size}v${size}h-${size}z" />
    <path class="own-square-dark" d=${dark.join("")} />
  </svg>`;
}
