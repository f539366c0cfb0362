// People who can be reached right now. The same card stands on the landing page without scripts, and opens inline.

import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** Who else is there, each with a sentence and what can be tapped. */
const MORE = [
  { id: "crisis-spanish", ways: [{ href: "tel:988", id: "call-988" }, { href: "sms:988?&body=AYUDA", id: "text-988" }] },
  { id: "crisis-sign", ways: [] },
  { id: "crisis-home", ways: [{ href: "tel:+18007997233", id: "call-home" }] },
  { id: "crisis-lgbtq", ways: [{ href: "tel:+18664887386", id: "call-lgbtq" }] },
  { id: "crisis-veterans", ways: [{ href: "tel:988", id: "call-988" }] },
];

/** @param {{ href: string, id: string }[]} ways */
const taps = (ways) => html`<span class="ways">${ways.map(({ href, id }) => html`<a class="way" href=${href}>${t(id)}</a>`)}</span>`;

/**
 * The crisis card: numbers first, then who else, then what happens when one calls.
 * @param {{ private?: boolean }} props private: it opened for one person, in a talk, and says that it told no one
 */
export function CrisisCard({ private: alone = false }) {
  return html`<div class="crisis">
    <p>${t("crisis-body")}</p>
    <ul class="crisis-numbers">
      <li><p>${t("crisis-988")}</p>${taps([{ href: "tel:988", id: "call-988" }, { href: "sms:988", id: "text-988" }])}</li>
      <li><p>${t("crisis-911")}</p>${taps([{ href: "tel:911", id: "call-911" }])}</li>
    </ul>
    <ul class="crisis-more">
      ${MORE.map(({ id, ways }) => html`<li><p><b>${t(id)}</b> ${t(`${id}-how`)}</p>${ways.length > 0 && taps(ways)}</li>`)}
    </ul>
    <details class="fold"><summary>${t("crisis-know")}</summary><p>${t("crisis-know-body")}</p></details>
    ${alone && html`<p class="soft">${t("crisis-private")}</p>`}
  </div>`;
}

/**
 * The card as the section of a page that is there without scripts; a place to jump to.
 * @param {{ title: string }} props
 */
export function HelpPanel({ title }) {
  return html`<section class="help-section" id="help" aria-labelledby="help-title">
    <h2 id="help-title">${title}</h2>
    ${CrisisCard({})}
  </section>`;
}
