// The first screen. It is also written into the page's file, so it uses neither hooks nor anything of a browser.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";
import { Frame } from "./frame.js";
import { CrisisCard, HelpPanel } from "../parts/help_panel.js";
import { Pebble } from "../parts/pebble.js";
import { Scene } from "./scene.js";

/**
 * What a deployment sets. leaveHref: a page that says nothing about the person; duty: peers have to report a child in
 * danger; backupDays: how long backups are kept.
 * @typedef {{ leaveHref: string, duty: boolean, backupDays: number }} Deployment
 */
/** @typedef {{ onStart: () => void, onBack: () => void, onLook: () => void }} Ways */
/** @typedef {{ open: boolean, until: number | null, opens: number | null }} Hours in unix seconds; null where nobody can tell */

const PROMISES = ["promise-anon", "promise-locked", "promise-control", "promise-free"];
const LIMITS = ["limits-flag", "limits-rescue", "limits-phone", "limits-server", "limits-wishes", "limits-page"];
const WORRIES = ["worry-worse", "worry-words", "worry-door", "worry-alone", "worry-judge", "worry-stop"];
const SAFER = ["safer-private", "safer-device", "safer-history", "safer-leave", "safer-nothing"];

const nothing = () => {};

/**
 * The page as it is served: everything of it can be read, and left, before any script runs.
 * @param {Deployment} deployment
 */
export function LandingPage(deployment) {
  const { leaveHref } = deployment;
  return h(Frame, { leaveHref, onHelp: nothing, helpOpen: false, onLeave: nothing, wide: true },
    h(Landing, { ...deployment, onStart: nothing, onBack: nothing, onLook: nothing, now: 0 }));
}

/**
 * @param {Deployment & Ways & { unprotected?: boolean, insideApp?: boolean, helpOpen?: boolean, hours?: Hours | null, hold?: boolean, now?: number,
 *   languages?: import("preact").ComponentChildren }} props
 *   unprotected: no encryption here; insideApp: another app's browser; helpOpen: the same numbers stand above already;
 *   hours: when peers are there, once that is known; hold: talks stay past their days for now; now: unix milliseconds, by which the help list is shown; languages: the choice of them
 */
export function Landing({ duty, backupDays, onStart, onBack, onLook, unprotected = false, insideApp = false, helpOpen = false, hours = null, hold = false, now = systemDate(), languages = null }) {
  return html`<div class="landing">
    <section class="hero">
      <div class="hero-words">
        <h1 tabindex="-1">${t("landing-title")}</h1>
        <p class="lead">${t("landing-lead")}</p>
        ${insideApp && html`<p class="care-words">${t("inapp")}</p>`}
        ${unprotected && html`<div class="card"><p class="care-words">${t("insecure")}</p>${CrisisCard({})}</div>`}
        ${!unprotected && html`<p class="acts hero-acts">
          ${h(Pebble, { kind: "primary", onClick: onStart }, t("landing-start"))}
          ${h(Pebble, { onClick: onBack }, t("landing-back"))}
          ${h(Pebble, { kind: "quiet", onClick: onLook }, t("landing-look"))}
        </p>`}
        ${hours !== null && Now(hours)}
        <noscript>${t("landing-no-scripts")}</noscript>
        <p class="soft">${t("landing-who")}</p>
        ${languages}
      </div>
      ${Scene()}
    </section>
    <div class="pair">
      ${Promises()}
      <section class="limits" aria-labelledby="limits">
        <h2 id="limits">${t("limits-title")}</h2>
        <ul class="pebbles pebbles-hollow">
          ${LIMITS.map((id) => html`<li>${t(id)}</li>`)}
          <li>${t("limits-backup", { days: backupDays })}</li>
          ${duty && html`<li>${t("limits-duty")}</li>`}
          ${hold && html`<li>${t("limits-hold")}</li>`}
        </ul>
      </section>
    </div>
    <div class="pair">
      ${Worries()}
      <section aria-labelledby="safer">
        <h2 id="safer">${t("safer-link")}</h2>
        <ul class="plain-list">${SAFER.map((id) => html`<li>${t(id)}</li>`)}</ul>
        <p class="soft">${t("leave-note")}</p>
        <p class="soft keys-only">${t("leave-keys")}</p>
      </section>
    </div>
    ${!helpOpen && HelpPanel({ title: t("help-title"), now })}
  </div>`;
}

/** Whether peers are there now, and until when or from when. @param {Hours} hours */
function Now({ open, until, opens }) {
  const next = open ? until : opens;
  if (next === null) return !open && html`<p class="hours">${t("landing-closed-now")}</p>`;
  const at = new Date(1000 * next);
  if (at.getTime() < systemDate()) return null; // the page stood open for long: what it knew is not so any more
  return html`<p class="hours">${open ? t("landing-open", { time: at }) : t("landing-closed", { when: at })}</p>`;
}

export function Promises() {
  return html`<section class="promise" aria-labelledby="promise">
    <h2 id="promise">${t("promise-title")}</h2>
    <ul class="pebbles">${PROMISES.map((id) => html`<li>${t(id)}</li>`)}</ul>
  </section>`;
}

/** Each worry is what one may think, with an answer folded under it. */
export function Worries() {
  return html`<section aria-labelledby="worries">
    <h2 id="worries">${t("worry-title")}</h2>
    ${WORRIES.map((id) => html`<details class="fold"><summary>${t(id)}</summary><p>${t(`${id}-answer`)}</p></details>`)}
  </section>`;
}
