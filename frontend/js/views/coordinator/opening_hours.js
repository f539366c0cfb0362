import { h, html, useSignal } from "../../../vendor/preact.js";
import { FIRST, t } from "../../platform/locale.js";
import { ALL, firstWeek, isWhole, uncovered, withWeek, withoutLanguage } from "../../state/coordinator/week.js";
import { listed } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { LANGUAGES, languageName } from "../staff/languages.js";
import { Missing } from "../staff/problem.js";
import { Closures } from "./closures.js";
import { NotYet, Outcome, codeFor } from "./keeping.js";
import { ReasonLine } from "./reason_line.js";
import { Week } from "./week.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/service_rules.js").ServiceRules} ServiceRules */
/** @typedef {import("../../state/coordinator/answers.js").Hours} Hours */

/**
 * When peers mean to be on: a week for each language, days off, and what nobody covers.
 * @param {{ desk: Coordination, rules: ServiceRules }} props
 */
export function OpeningHours({ desk, rules }) {
  const settings = rules.settings.value;
  if (settings === null) return h(NotYet, { rules });
  const peers = desk.team.value?.people.filter(({ role }) => role === "peer").map(({ languages }) => languages) ?? [];
  return h(Editor, { rules, set: settings.hours, peers });
}

/**
 * What is edited here stays until it is saved, also where somebody else set hours meanwhile.
 * @param {{ rules: ServiceRules, set: Hours | null, peers: string[][] }} props set: the hours in force
 */
function Editor({ rules, set, peers }) {
  const hours = useSignal(set);
  const why = useSignal("");
  const tried = useSignal(false);
  const now = hours.value;
  const whole = now === null || isWhole(now);
  const missing = !whole ? "hours-times" : !why.value.trim() ? "coord-why" : null;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (missing === null) void rules.set("hours", { hours: now }, why.value.trim()).then(() => {
      if (rules.done.value !== "hours") return;
      tried.value = false;
      why.value = "";
    });
  };
  return html`<form class="hours" onSubmit=${submit}>
    <p>${t("hours-what")}</p>
    <div class="acts" role="group" aria-label=${t("hours-mode")}>
      ${h(Pebble, { pressed: now === null, onClick: () => void (hours.value = null) }, t("hours-always"))}
      ${h(Pebble, { pressed: now !== null, onClick: () => void (hours.value ??= firstWeek(ownZone())) }, t("hours-some"))}
    </div>
    ${h(Cover, { hours: now, peers })}
    ${now && h(Zone, { hours: now, onChange: (zone) => void (hours.value = { ...now, zone }) })}
    ${now && Object.keys(now.weekly).sort().map((language) => h(Week, {
      key: language,
      hours: now,
      language,
      onChange: (intervals) => void (hours.value = withWeek(now, language, intervals)),
      onRemove: language === ALL ? null : () => void (hours.value = withoutLanguage(now, language)),
    }))}
    ${now && h(AddLanguage, { hours: now, onAdd: (language) => void (hours.value = withWeek(now, language, [...(now.weekly[ALL] ?? [])])) })}
    ${now && h(Closures, { closures: now.closures, onChange: (closures) => void (hours.value = { ...now, closures }) })}
    <div class="card">
      ${h(ReasonLine, { value: why })}
      ${h(Missing, { what: tried.value ? missing : null })}
      <button type="submit" class="pebble pebble-primary" disabled=${rules.busy.value}>${t("hours-save")}</button>
      ${h(Outcome, { rules, what: "hours" })}
      ${codeFor(rules, "hours") === "changed" && h(Pebble, { onClick: () => void (hours.value = set) }, t("hours-theirs"))}
    </div>
  </form>`;
}

/** Languages that are open while nobody, or only one peer, speaks them. @param {{ hours: Hours | null, peers: string[][] }} props */
function Cover({ hours, peers }) {
  const gaps = uncovered(hours, peers, FIRST);
  if (gaps.length === 0) return null;
  return html`<section class="card hours-cover">
    <h2>${t("hours-cover")}</h2>
    <ul>${gaps.map(({ language, days, speakers }) => html`<li key=${language}>
      ${t(speakers === 0 ? "hours-nobody" : "hours-one", { language: languageName(language), days: days.length === 7 ? t("hours-every-day") : listed(days.map((day) => t(`day-${day}`))) })}
    </li>`)}</ul>
  </section>`;
}

/** @param {{ hours: Hours, onChange: (zone: string) => void }} props */
function Zone({ hours, onChange }) {
  const known = Intl.supportedValuesOf("timeZone");
  const zones = known.includes(hours.zone) ? known : [hours.zone, ...known];
  return html`<label class="field hours-zone">
    <span>${t("hours-zone")}</span>
    <select value=${hours.zone} translate="no" onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ event) => onChange(event.currentTarget.value)}>
      ${zones.map((zone) => html`<option key=${zone} value=${zone}>${zone.replaceAll("_", " ")}</option>`)}
    </select>
  </label>`;
}

/** @param {{ hours: Hours, onAdd: (language: string) => void }} props */
function AddLanguage({ hours, onAdd }) {
  const open = LANGUAGES.filter((language) => !(language in hours.weekly));
  const chosen = useSignal("");
  const language = open.includes(chosen.value) ? chosen.value : String(open[0]);
  if (open.length === 0) return null;
  return html`<div class="hours-add">
    <label class="field"><span>${t("hours-own")}</span>
      <select value=${language} onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ event) => void (chosen.value = event.currentTarget.value)}>
        ${open.map((each) => html`<option key=${each} value=${each} lang=${each}>${languageName(each)}</option>`)}
      </select>
    </label>
    ${h(Pebble, { onClick: () => onAdd(language) }, t("hours-add-language"))}
  </div>`;
}

const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
