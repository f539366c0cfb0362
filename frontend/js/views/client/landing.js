// The first screen. It is also written into the page's file, so it uses neither hooks nor anything of a browser.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
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
    h(Landing, { ...deployment, onStart: nothing, onBack: nothing, onLook: nothing }));
}

/**
 * @param {Deployment & Ways & { unprotected?: boolean, insideApp?: boolean, helpOpen?: boolean }} props
 *   unprotected: no encryption here; insideApp: another app's browser; helpOpen: the same numbers stand above already
 */
export function Landing({ duty, backupDays, onStart, onBack, onLook, unprotected = false, insideApp = false, helpOpen = false }) {
  return html`<div class="landing">
    <section class="hero">
      <div class="hero-words">
        <h1 tabindex="-1">${t("landing-title")}</h1>
        <p class="lead">${t("landing-lead")}</p>
        ${insideApp && html`<p class="care-words">${t("inapp")}</p>`}
        ${unprotected && html`<div class="card"><p class="care-words">${t("insecure")}</p>${CrisisCard({})}</div>`}
        <p class="acts hero-acts">
          ${!unprotected && h(Pebble, { kind: "primary", onClick: onStart }, t("landing-start"))}
          ${!unprotected && h(Pebble, { onClick: onBack }, t("landing-back"))}
          ${h(Pebble, { kind: "quiet", onClick: onLook }, t("landing-look"))}
        </p>
        <noscript>${t("landing-no-scripts")}</noscript>
        <p class="soft">${t("landing-who")}</p>
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
    ${!helpOpen && HelpPanel({ title: t("help-title") })}
  </div>`;
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
