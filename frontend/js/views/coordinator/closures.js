import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";

/** @typedef {import("../../state/coordinator/answers.js").Hours["closures"]} Days */
/** @typedef {{ currentTarget: HTMLInputElement }} Input */

/**
 * Days on which nobody is on, from the first to the last.
 * @param {{ closures: Days, onChange: (closures: Days) => void }} props
 */
export function Closures({ closures, onChange }) {
  const put = (/** @type {number} */ at, /** @type {[string, string]} */ days) => onChange(closures.map((each, i) => (i === at ? days : each)));
  return html`<section class="card closures">
    <h2>${t("closures-title")}</h2>
    ${closures.length === 0 && html`<p class="soft">${t("closures-none")}</p>`}
    <ul>${closures.map(([first, last], at) => html`<li key=${at} class="week-time">
      <label><span>${t("closures-first")}</span><input type="date" value=${first} onChange=${(/** @type {Input} */ event) => put(at, [event.currentTarget.value, last < event.currentTarget.value ? event.currentTarget.value : last])} /></label>
      <label><span>${t("closures-last")}</span><input type="date" value=${last} onChange=${(/** @type {Input} */ event) => put(at, [first, event.currentTarget.value])} /></label>
      ${h(Pebble, { kind: "quiet", onClick: () => onChange(closures.filter((_, i) => i !== at)) }, t("hours-remove"))}
    </li>`)}</ul>
    ${h(Pebble, { onClick: () => onChange([...closures, ["", ""]]) }, t("closures-add"))}
  </section>`;
}
