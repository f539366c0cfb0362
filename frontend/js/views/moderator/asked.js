import { h, html, useEffect, useId } from "../../../vendor/preact.js";
import { systemClock } from "../../platform/clock.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";
import { askedOf } from "../../state/moderator/asked_of_me.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { Problem } from "../staff/problem.js";
import { Appeals } from "./appeals.js";
import { Decision } from "./decision.js";
import { Flag } from "./flag.js";
import { ReportPack } from "./pack.js";
import { Suspensions } from "./suspensions.js";

/** @typedef {import("../../state/staff/session.js").StaffSession} StaffSession */
/** @typedef {import("../../state/moderator/asked_of_me.js").Asked} Asked */
/** @typedef {import("../../state/moderator/seconds.js").Seconds} Seconds */
/** @typedef {import("../../state/moderator/seconds.js").Asking} Asking */

const MINUTE = 60_000;
const DAY = 86_400_000;
/** What a refusal means here: they took it back, or it is over. */
const HERE = { unknown: "decide-gone", closed: "decide-gone", proof: "decide-off-bad" };

/**
 * What waits for this very person, a moderator or a coordinator: second opinions, and appeals of paused peers. It looks
 * by itself, once a minute, while it is on the page.
 * @param {{ session: StaffSession, onReopen?: (flag: Asking["flag"]) => void }} props onReopen: opens a flag again that
 *   this moderator asked somebody about
 */
export function AskedOfMe({ session, onReopen }) {
  const title = useId();
  const asked = askedOf(session);
  useEffect(() => watch(asked), [asked]);
  const { seconds } = asked;
  const open = seconds.open.value;
  return html`<section class="asked" aria-labelledby=${title}>
    <h2 id=${title}>${t("second-title")}</h2>
    ${h(Problem, { code: seconds.problem.value, here: HERE })}
    ${h(Answered, { seconds })}
    ${open
      ? h(Panel, { key: open.key, title: t("second-by", { alias: seconds.by.value }), onClose: () => seconds.close(), closeLabel: t("second-later") },
          h(Flag, { flag: open },
            html`<p>${t("second-own")}</p>`,
            h(Decision, { flag: open, busy: seconds.busy.value, others: null, askedBy: seconds.by.value, onDecide: (decision) => void seconds.answer(decision) })))
      : h(List, { seconds })}
    ${!open && h(Waiting, { seconds, onReopen })}
    ${h(Appeals, { pauses: asked.pauses })}
    ${h(Suspensions, { proposals: asked.proposals })}
    ${!asked.waits.value && seconds.asked.value !== null && html`<p>${t("second-none")}</p>`}
  </section>`;
}

/** Looks now, and once a minute until it is stopped. @param {Asked} asked @returns {() => void} */
function watch(asked) {
  let cancel = () => {};
  const look = () => {
    cancel = systemClock.after(MINUTE, look);
    void asked.look();
  };
  look();
  return () => cancel();
}

/**
 * Who asks, without any of the words.
 * @param {{ seconds: Seconds }} props
 */
function List({ seconds }) {
  const asked = seconds.asked.value ?? [];
  if (asked.length === 0) return null;
  return html`<ul class="rows">
    ${asked.map((each) => {
      const days = Math.max(0, Math.floor(systemDate() / DAY) - each.day);
      return html`<li key=${each.key} class="row">
        <div><b>${t("second-by", { alias: each.by })}</b><p class="soft">${t(`category-${each.category}`)} · ${t("review-age", { days })}</p></div>
        ${h(Pebble, { kind: "primary", disabled: seconds.busy.value, onClick: () => void seconds.read(each) }, t("second-read"))}
      </li>`;
    })}
  </ul>`;
}

/**
 * What this moderator asked others, who did not answer yet.
 * @param {{ seconds: Seconds, onReopen: ((flag: Asking["flag"]) => void) | undefined }} props
 */
function Waiting({ seconds, onReopen }) {
  const mine = seconds.mine.value;
  if (mine.length === 0) return null;
  return html`<h3>${t("second-mine")}</h3>
    <ul class="rows">
      ${mine.map(({ flag, key, category, to }) => html`<li key=${key} class="row">
        <div><b>${t("second-to", { alias: to })}</b><p class="soft">${t(`category-${category}`)}</p></div>
        ${onReopen && h(Pebble, { onClick: () => onReopen(flag) }, t("second-reopen"))}
      </li>`)}
    </ul>`;
}

/** What became of the last answer. @param {{ seconds: Seconds }} props */
function Answered({ seconds }) {
  const answered = seconds.answered.value;
  return html`<div role="status">${answered && html`<p class="preview">${t(answered.agreed ? "second-agreed" : "second-differs")}</p>`}</div>
    ${answered?.report && h(ReportPack, { take: () => seconds.pack(/** @type {NonNullable<typeof answered.report>} */ (answered.report)), busy: seconds.busy.value })}`;
}
