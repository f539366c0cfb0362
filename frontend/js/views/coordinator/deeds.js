import { h, html, useEffect } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { dayOf } from "../parts/days.js";
import { Pebble } from "../parts/pebble.js";
import { Problem } from "../staff/problem.js";
import { codeFor } from "./keeping.js";

/** @typedef {import("../../state/coordinator/service_rules.js").ServiceRules} ServiceRules */
/** @typedef {import("../../state/coordinator/service_rules.js").Deed} Deed */

/** Acts that this version has words for; -flag: about one flag. */
const ACTS = [
  ...["read", "none", "talk", "pause", "reoffer", "close", "report", "pack", "reseal", "resealed", "hand-on", "ask-context", "ask-second"],
  ...["agree", "differ", "pause-lifted", "pause-over", "pause-longer", "pause-left", "appealed", "appeal-upheld", "set-hours", "set-keep-days", "hold-on", "hold-off"],
  ...["hold-on-flag", "hold-off-flag"],
];
/** Reasons of a fixed list; others are a line that somebody wrote. */
const REASONS = ["nothing-wrong", "not-clear", "kept-as-note", "asked-contact", "sexual", "money", "abuse", "danger", "other"];

/**
 * What moderators and coordinators did, the newest first: who and when and why, never any words of a talk.
 * @param {{ rules: ServiceRules }} props
 */
export function Deeds({ rules }) {
  useEffect(() => void rules.readTrail(), []);
  const deeds = rules.trail.value;
  const code = codeFor(rules, "trail");
  return html`<section class="deeds">
    <h2>${t("deeds-title")}</h2>
    <p>${t("deeds-what")}</p>
    ${h(Problem, { code })}
    ${code !== null && h(Pebble, { disabled: rules.reading.value, onClick: () => void rules.readTrail() }, t("coord-look"))}
    <p role="status" class="soft">${deeds === null ? code === null && t("coord-looking") : deeds.length === 0 && t("deeds-none")}</p>
    <ul class="deed-list">${(deeds ?? []).map(({ n, day, act, by, reason }) => html`<li key=${n} class="deed">
      <p class="deed-act">${ACTS.includes(act) ? t(`deed-${act}`) : t("deeds-act", { act })}</p>
      <p class="soft">${by === "" ? t("deeds-day", { day: dayOf(day) }) : t("deeds-by", { by, day: dayOf(day) })}</p>
      ${reason !== "" && html`<p><bdi>${REASONS.includes(reason) ? t(`reason-${reason}`) : reason}</bdi></p>`}
    </li>`)}</ul>
    ${rules.older.value && h(Pebble, { disabled: rules.reading.value, onClick: () => void rules.readTrail(true) }, t("deeds-older"))}
  </section>`;
}
