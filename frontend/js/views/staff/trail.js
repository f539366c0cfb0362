// Changes to the team: the whole list at the end of every staff page, and once what is new in it.

import { h, html, useEffect, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { dayOf } from "../parts/days.js";
import { Fold } from "../parts/fold.js";
import { Pebble } from "../parts/pebble.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */
/** @typedef {import("../../state/staff/team_trail.js").TeamTrail} TeamTrail */
/** @typedef {import("../../state/staff/answers.js").TrailEntry} TrailEntry */

/** The acts that a sentence stands for. */
const ACTS = new Set([
  "founded", "invited", "admitted", "new-key", "suspend-asked", "suspend-agreed", "suspend-refused", "suspended", "restored", "left",
  "renewed", "limit", "withdrawn", "profile", "listed", "unlisted", "sign-in", "code-refused", "signed-out-everywhere", "password", "second-on", "second-off", "second-reset",
]);
/** The reasons that have words of their own. */
const REASONS = new Set(["safety", "conduct", "key-lost", "asked", "other"]);
const WHY = new Set(["suspend-asked", "suspended"]);

/** The list, folded until asked for. @param {{ account: Pick<Account, "trail"> }} props */
export function StaffTrail({ account: { trail } }) {
  const open = useSignal(false);
  return h(Fold, { title: t("trail-title"), open: open.value, onToggle: () => void (open.value = !open.value) }, h(List, { trail }));
}

/** What is new since the last look in this browser, said once. @param {{ account: Pick<Account, "trail"> }} props */
export function TeamNews({ account: { trail } }) {
  useEffect(() => void trail.hear(), [trail]);
  const news = trail.news.value;
  return html`<div class="team-news" role="status">
    ${news.length > 0 && html`<p>${t("trail-news")}</p>
      <ul>${news.map((entry) => html`<li key=${entry.n}>${sentence(entry, trail)}</li>`)}</ul>
      ${h(Pebble, { kind: "quiet", onClick: () => trail.closeNews() }, t("close"))}`}
  </div>`;
}

/** @param {{ trail: TeamTrail }} props */
function List({ trail }) {
  useEffect(() => void trail.look(), [trail]);
  const entries = trail.entries.value ?? [];
  return html`
    <p>${t("trail-who")}</p>
    <ol class="trail" reversed>
      ${entries.map((entry) => html`<li key=${entry.n}><span class="trail-day">${t("trail-day", { day: dayOf(entry.day) })}</span> ${sentence(entry, trail)}</li>`)}
    </ol>
    ${trail.hasMore.value && h(Pebble, { kind: "quiet", onClick: () => void trail.older() }, t("trail-older"))}
    ${h(Problem, { code: trail.problem.value })}
  `;
}

/**
 * An entry in words; one of a newer service by its plain name. A name that a root signed goes before the service's word.
 * @param {TrailEntry} entry
 * @param {Pick<TeamTrail, "nameOf">} trail
 */
export function sentence(entry, trail) {
  const by = trail.nameOf(entry.by) ?? t("trail-someone");
  if (!ACTS.has(entry.act)) return t("trail-else", { by, act: entry.act });
  const name = trail.nameOf(entry.kid) ?? (entry.alias || t("trail-someone"));
  const what = t(`trail-${entry.act}`, { by, name, limit: entry.reason });
  return WHY.has(entry.act) && REASONS.has(entry.reason) ? `${what} ${t(`trail-why-${entry.reason}`)}` : what;
}
