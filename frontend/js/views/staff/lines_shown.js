import { h, html, useEffect, useMemo, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";
import { LinesShown as Lines } from "../../state/staff/own_lines.js";
import { Pebble } from "../parts/pebble.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */
/** @typedef {import("../../state/staff/own_lines.js").Shown} Shown */
/** @typedef {import("../../state/staff/session.js").StaffSession} StaffSession */

const DAY = 86_400_000;

/** Own words that colleagues show to whoever is signed in, with their proof, and those that they show. @param {{ account: Account }} props */
export function LinesShown({ account }) {
  const session = account.session.value;
  return session && h(Fold, { key: session.role, session, clock: account.clock });
}

/** @param {{ session: StaffSession, clock: Account["clock"] }} props */
function Fold({ session, clock }) {
  const lines = useMemo(() => new Lines(session), [session]);
  const [open, setOpen] = useState(false);
  const [toMe, byMe] = [lines.toMe.value, lines.byMe.value];
  useEffect(() => lines.watch(clock), [lines]);
  useEffect(() => {
    if (open) lines.looked();
  }, [open, toMe]);
  const onToggle = (/** @type {import("preact").TargetedEvent<HTMLDetailsElement>} */ { currentTarget }) => {
    setOpen(currentTarget.open);
    if (currentTarget.open) void lines.look();
  };
  return html`<details class="fold lines-shown" onToggle=${onToggle}>
    <summary><span>${t("lines-title")}</span>${!open && lines.news.value && html` <span class="room-tab-unread">${t("talk-unread")}</span>`}</summary>
    <div>
      ${toMe.length === 0 && html`<p class="soft">${t("lines-empty")}</p>`}
      ${toMe.map((shown) => h(One, { key: shown.key, shown, onAway: () => void lines.drop(shown.key) }))}
      ${byMe.map(({ key, to }) => html`<p key=${key}>${t("lines-mine", { alias: to })} ${h(Pebble, { kind: "quiet", onClick: () => void lines.drop(key) }, t("lines-back"))}</p>`)}
      ${h(Problem, { code: lines.problem.value })}
    </div>
  </details>`;
}

/** @param {{ shown: Shown, onAway: () => void }} props */
function One({ shown: { by, day, note, lines }, onAway }) {
  const days = Math.max(0, Math.floor(systemDate() / DAY) - day);
  return html`<article class="lines-one">
    <h3>${by === "" ? t("lines-by-nobody") : t("lines-by", { alias: by })}</h3>
    <p class="soft">${t("lines-age", { days })}</p>
    ${lines === null ? html`<p>${t("lines-closed")}</p>` : html`<ol>${lines.map((line) => html`<li key=${line.key}>
      ${line.proven ? html`<p class="lines-words" dir="auto">${line.text || t("note-unknown")}</p><p class="soft">${t("proof-ok")}</p>` : html`<p>${t("lines-unproven")}</p>`}
    </li>`)}</ol>`}
    ${note !== "" && html`<p>${t("lines-with", { note })}</p>`}
    <p>${h(Pebble, { onClick: onAway }, t("lines-away"))}</p>
  </article>`;
}
