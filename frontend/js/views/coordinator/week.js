import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { ALL, DAYS, mondayForAll, ofDay } from "../../state/coordinator/week.js";
import { Pebble } from "../parts/pebble.js";
import { languageName } from "../staff/languages.js";

/** @typedef {import("../../state/coordinator/answers.js").Hours} Hours */
/** @typedef {import("../../state/coordinator/answers.js").Interval} Interval */
/** @typedef {{ currentTarget: HTMLInputElement }} Input */

/**
 * One language's week: rows of days, each with as many stretches as it takes.
 * @param {{ hours: Hours, language: string, onChange: (week: Interval[]) => void, onRemove: (() => void) | null }} props
 */
export function Week({ hours, language, onChange, onRemove }) {
  const week = hours.weekly[language] ?? [];
  const name = language === ALL ? t("hours-all") : languageName(language);
  const put = (/** @type {number} */ at, /** @type {Interval} */ interval) => onChange(week.map((each, i) => (i === at ? interval : each)));
  return html`<section class="card week">
    <h2 lang=${language === ALL ? undefined : language}>${name}</h2>
    <ul class="week-days">${DAYS.map((day) => {
      const dayName = t(`day-${day}`);
      return html`<li key=${day} class="week-day">
        <p class="week-name">${dayName}</p>
        <div class="week-times">
          ${ofDay(hours, language, day).length === 0 && html`<p class="soft">${t("hours-shut")}</p>`}
          ${ofDay(hours, language, day).map(({ at, begins, ends }) => html`<div class="week-time" key=${at}>
            <input type="time" value=${begins} aria-label=${t("hours-from", { day: dayName })} onChange=${(/** @type {Input} */ event) => put(at, [day, event.currentTarget.value, ends])} />
            <span aria-hidden="true">–</span>
            <input type="time" value=${ends} aria-label=${t("hours-to", { day: dayName })} onChange=${(/** @type {Input} */ event) => put(at, [day, begins, event.currentTarget.value])} />
            ${ends !== "" && ends <= begins && html`<span class="soft">${t("hours-next-day")}</span>`}
            ${h(Pebble, { kind: "quiet", label: t("hours-remove-day", { day: dayName }), onClick: () => onChange(week.filter((_, i) => i !== at)) }, t("hours-remove"))}
          </div>`)}
        </div>
        ${h(Pebble, { kind: "quiet", label: t("hours-add-day", { day: dayName }), onClick: () => onChange([...week, [day, "17:00", "21:00"]]) }, t("hours-add"))}
      </li>`;
    })}</ul>
    <p class="acts">
      ${h(Pebble, { onClick: () => onChange(mondayForAll(hours, language).weekly[language] ?? []) }, t("hours-monday"))}
      ${onRemove && h(Pebble, { kind: "quiet", onClick: onRemove }, t("hours-drop-language", { language: name }))}
    </p>
  </section>`;
}
