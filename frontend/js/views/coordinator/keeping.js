import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { KEEP_DAYS } from "../../state/coordinator/service_rules.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";
import { Field } from "../staff/field.js";
import { Missing, Problem } from "../staff/problem.js";
import { ReasonLine } from "./reason_line.js";

/** @typedef {import("../../state/coordinator/service_rules.js").ServiceRules} ServiceRules */

/**
 * How long talks are kept, and the hold that lets nothing be deleted by time.
 * @param {{ rules: ServiceRules }} props
 */
export function Keeping({ rules }) {
  const settings = rules.settings.value;
  if (settings === null) return h(NotYet, { rules });
  return html`<div class="keeping">${h(KeepDays, { rules, days: settings.keepDays })}${h(Hold, { rules, on: settings.hold })}</div>`;
}

/** The settings are looked for, or could not be had. @param {{ rules: ServiceRules }} props */
export function NotYet({ rules }) {
  if (rules.busy.value) return html`<p role="status">${t("coord-looking")}</p>`;
  return html`${h(Problem, { code: codeFor(rules, "load") })}${h(Pebble, { onClick: () => void rules.load() }, t("coord-look"))}`;
}

/** @param {{ rules: ServiceRules, days: number }} props */
function KeepDays({ rules, days }) {
  const typed = useSignal(String(days));
  const why = useSignal("");
  const tried = useSignal(false);
  const wanted = /^\d{1,3}$/.test(typed.value.trim()) ? Number(typed.value) : 0;
  const fits = wanted >= KEEP_DAYS.least && wanted <= KEEP_DAYS.most;
  // What was typed stays where it was refused.
  const onceDone = () => {
    if (rules.done.value !== "keep") return;
    tried.value = false;
    why.value = "";
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (fits && why.value.trim()) void rules.set("keep", { keep_days: wanted }, why.value.trim()).then(onceDone);
  };
  return html`<form class="card" onSubmit=${submit}>
    <h2>${t("keep-title")}</h2>
    <p>${t("keep-meaning")}</p>
    ${h(Field, { label: t("keep-days"), hint: t("keep-days-hint", KEEP_DAYS), value: typed, maxLength: 3, problem: tried.value && !fits ? t("keep-days-hint", KEEP_DAYS) : null })}
    ${h(ReasonLine, { value: why })}
    ${h(Missing, { what: tried.value && !why.value.trim() ? "coord-why" : null })}
    <button type="submit" class="pebble pebble-primary" disabled=${rules.busy.value}>${t("coord-save")}</button>
    ${h(Outcome, { rules, what: "keep" })}
  </form>`;
}

/** @param {{ rules: ServiceRules, on: boolean }} props */
function Hold({ rules, on }) {
  const why = useSignal("");
  const tried = useSignal(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (why.value.trim()) void rules.set("hold", { hold: !on }, why.value.trim()).then(() => {
      if (rules.done.value !== "hold") return;
      tried.value = false;
      why.value = "";
    });
  };
  return html`<form class="card" onSubmit=${submit}>
    <h2>${t("hold-title")}</h2>
    <p><strong>${t(on ? "hold-is-on" : "hold-is-off")}</strong></p>
    <p>${t("hold-what")}</p>
    ${h(ReasonLine, { value: why })}
    ${h(Missing, { what: tried.value && !why.value.trim() ? "coord-why" : null })}
    <button type="submit" class="pebble pebble-plain" disabled=${rules.busy.value}>${t(on ? "hold-end" : "hold-begin")}</button>
    ${h(Outcome, { rules, what: "hold" })}
  </form>`;
}

/** What came of a change, next to where it was made. @param {{ rules: ServiceRules, what: "hours" | "keep" | "hold" }} props */
export function Outcome({ rules, what }) {
  return h(Said, { code: codeFor(rules, what), done: rules.done.value === what ? "coord-saved" : null, here: { changed: `changed-${what}` } });
}

/** What went wrong with this, and with nothing else. @param {ServiceRules} rules @param {"load" | "trail" | "hours" | "keep" | "hold"} act */
export const codeFor = ({ problem }, act) => (problem.value?.act === act ? problem.value.code : null);
