// The bar of every page, in a fixed order: mark, Help now, Leave now. All of it is links, so it works before scripts do.

import { html } from "../../../vendor/preact.js";
import { focusMain } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";

/** @param {() => void} act @returns {(event: Event) => void} instead of following the link */
const instead = (act) => (event) => {
  event.preventDefault();
  act();
};

/**
 * @param {{ leaveHref: string, onHelp: () => void, helpOpen: boolean, onLeave: () => void, skipLabel?: string }} props
 *   leaveHref: a page that says nothing about the person
 */
export function TopBar({ leaveHref, onHelp, helpOpen, onLeave, skipLabel }) {
  const leave = { href: leaveHref, rel: "noreferrer nofollow", onClick: instead(onLeave) };
  return html`<header class="top-bar">
      <div class="skips">
        <a class="skip" href="#main" onClick=${instead(focusMain)}>${skipLabel ?? t("skip-link")}</a>
        <a class="skip leave" ...${leave}>${t("leave-now")}</a>
      </div>
      <div class="top-bar-in">
        <p class="mark">${Mark()}<span class="mark-name">${t("brand")}</span></p>
        <a class="help-link" href="#help" aria-expanded=${helpOpen ? "true" : undefined} onClick=${instead(onHelp)}>${t("help-now")}</a>
        <a class="leave" ...${leave}>${t("leave-now")}</a>
      </div>
    </header>`;
}

/** Two stones side by side. */
function Mark() {
  return html`<svg class="mark-stones" viewBox="0 0 40 24" aria-hidden="true">
    <path class="mark-you" d="M1 14.5C1 9.5 5 7 10 7s9 3 9 7-4 6-9 6-9-1-9-5.5z" />
    <circle class="mark-peer" cx="30" cy="12.5" r="8.5" />
  </svg>`;
}
