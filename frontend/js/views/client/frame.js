// What stands around every screen of a client: the bar, the voice for screen readers, the main part.

import { h, html } from "../../../vendor/preact.js";
import { Announcer } from "../parts/announcer.js";
import { TopBar } from "../parts/top_bar.js";

/**
 * @param {{
 *   leaveHref: string, onHelp: () => void, helpOpen: boolean, onLeave: () => void, wide?: boolean,
 *   children?: import("preact").ComponentChildren,
 * }} props wide: a screen of several columns
 */
export function Frame({ leaveHref, onHelp, helpOpen, onLeave, wide = false, children }) {
  return html`${h(TopBar, { leaveHref, onHelp, helpOpen, onLeave })}
    ${h(Announcer, {})}
    <main id="main" class=${wide ? "wide" : ""} tabindex="-1">${children}</main>`;
}
