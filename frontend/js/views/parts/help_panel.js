// People who can be reached right now. The same card stands on the landing page without scripts, and opens inline.

import { html } from "../../../vendor/preact.js";
import { contentLanguage, contentNow } from "../../platform/content.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";

/**
 * core: never hidden, however long ago it was checked; hours, cost: a few words; languages: codes; place: the country
 * that the numbers are for; checked: the day, as 2026-11-22.
 * @typedef {{
 *   id: string, core: boolean, name: string, how: string, links: { label: string, href: string }[], hours: string,
 *   cost: string, languages: string[], place: string, checked: string,
 * }} HelpEntry
 */

/** Days after which a number that nobody checked again is hidden: a wrong number costs more than a missing one. */
const OVERDUE = 180;
const DAY = 24 * 60 * 60_000;

/**
 * What of the list is shown.
 * @param {unknown} list as content/<language>/help.json has it; undefined where it has not come
 * @param {number} now unix milliseconds by this device
 * @returns {HelpEntry[]}
 */
export function helpShown(list, now) {
  const { entries = [] } = /** @type {{ entries?: HelpEntry[] }} */ (list ?? {});
  return entries.filter(({ core, checked }) => core || now - Date.parse(checked) <= OVERDUE * DAY);
}

/** @param {HelpEntry} entry the sentence of one that never goes says by itself who it is */
function way({ core, name, how, links }) {
  return html`<p>${!core && html`<b>${name}</b> `}${how}</p>
    ${links.length > 0 && html`<span class="ways">${links.map(({ label, href }) => html`<a class="way" href=${href}>${label}</a>`)}</span>`}`;
}

/**
 * The crisis card: the numbers that are always there first, then who else, then what happens when one calls.
 * @param {{ private?: boolean, now?: number }} props private: it opened for one person, in a talk, and says that it
 *   told no one; now: unix milliseconds
 */
export function CrisisCard({ private: alone = false, now = systemDate() }) {
  const entries = helpShown(contentNow("help"), now);
  const lang = contentLanguage("help");
  return html`<div class="crisis">
    <p>${t("crisis-body")}</p>
    <ul class="crisis-numbers" lang=${lang}>${entries.filter(({ core }) => core).map((entry) => html`<li key=${entry.id}>${way(entry)}</li>`)}</ul>
    <ul class="crisis-more" lang=${lang}>
      ${entries.filter(({ core }) => !core).map((entry) => html`<li key=${entry.id}>${way(entry)}<p class="soft">${entry.hours} · ${entry.cost}</p></li>`)}
    </ul>
    <details class="fold"><summary>${t("crisis-know")}</summary><p>${t("crisis-know-body")}</p></details>
    ${alone && html`<p class="soft">${t("crisis-private")}</p>`}
  </div>`;
}

/**
 * The card as the section of a page that is there without scripts; a place to jump to.
 * @param {{ title: string, now?: number }} props now: unix milliseconds
 */
export function HelpPanel({ title, now = systemDate() }) {
  return html`<section class="help-section" id="help" aria-labelledby="help-title">
    <h2 id="help-title">${title}</h2>
    ${CrisisCard({ now })}
  </section>`;
}
