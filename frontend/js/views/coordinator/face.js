import { h, html } from "../../../vendor/preact.js";
import { Stone, stoneOf } from "../parts/stone.js";

/**
 * A stone and a name, as people see them.
 * @param {{ alias: string, stone: string }} props
 */
export const Face = ({ alias, stone }) => html`<span class="face">${h(Stone, { kind: stoneOf(stone) })}<bdi>${alias}</bdi></span>`;
