import { h, html, useEffect, useId } from "../../../vendor/preact.js";
import { systemClock } from "../../platform/clock.js";
import { t } from "../../platform/locale.js";
import { systemDate } from "../../platform/surroundings.js";
import { askedOf } from "../../state/moderator/asked_of_me.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";
import { Appeals } from "./appeals.js";
import { Decision } from "./decision.js";
import { Flag } from "./flag.js";
import { ReportPack } from "./pack.js";
import { GoOnOrBreak } from "./rest.js";
import { Suspensions } from "./suspensions.js";

/** @typedef {import("../../state/staff/session.js").StaffSession} StaffSession */
/** @typedef {import("../../state/moderator/asked_of_me.js").Asked} Watched */
/** @typedef {import("../../state/moderator/seconds.js").Asked} Asked */
/** @typedef {import("../../state/moderator/seconds.js").Seconds} Seconds */
/** @typedef {import("../../state/moderator/seconds.js").Asking} Asking */
/**
 * dose: of heavy reading, which a second opinion is part of; onReopen: opens a flag again that this moderator asked
 * somebody about; busy: not now.
 * @typedef {{ dose: import("../../state/moderator/dose.js").Dose, onReopen: (flag: Asking["flag"]) => void, busy: boolean, onRest: () => void }} Own
 */

const MINUTE = 60_000;
const DAY = 86_400_000;
/** What became of the last answer. @type {Map<boolean | null, string>} */
const ANSWERED = new Map([[true, "second-agreed"], [false, "second-differs"]]);
/** What a refusal means here: they took it back, or it is over. */
const HERE = { unknown: "decide-gone", closed: "decide-gone", proof: "decide-off-bad" };

/**
 * What waits for this very person, a moderator or a coordinator: second opinions, and appeals of paused peers. It looks
 * by itself, once a minute, while it is on the page.
 * @param {{ session: StaffSession, own?: Own }} props own: what only a moderator has
 */
export function AskedOfMe({ session, own }) {
  const title = useId();
  const asked = askedOf(session);
  useEffect(() => watch(asked), [asked]);
  const { seconds } = asked;
  const open = seconds.open.value;
  const read = async (/** @type {Asked} */ each) => {
    await seconds.read(each);
    if (seconds.open.value !== null) own?.dose.came(seconds.open.value);
  };
  const later = () => {
    seconds.close();
    own?.dose.done();
  };
  const answer = async (/** @type {import("../../state/moderator/acts.js").Decision} */ decision) => {
    await seconds.answer(decision);
    if (seconds.open.value === null) own?.dose.done();
  };
  const beside = open !== null && seconds.at.value === "answer";
  return html`<section class="asked" aria-labelledby=${title}>
    <h2 id=${title}>${t("second-title")}</h2>
    ${h(Said, { code: beside ? null : seconds.problem.value, done: ANSWERED.get(seconds.agreed.value) ?? null, here: HERE })}
    ${open
      ? h(Panel, { key: open.key, title: t("second-by", { alias: seconds.by.value }), onClose: later, closeLabel: t("second-later") },
          h(Flag, { flag: open },
            html`<p>${t("second-own")}</p>`,
            h(Decision, { flag: open, busy: seconds.busy.value, others: null, askedBy: seconds.by.value, onDecide: (decision) => void answer(decision) }),
            h(Said, { code: beside ? seconds.problem.value : null, here: HERE })))
      : own?.dose.choice.value
        ? h(GoOnOrBreak, { dose: own.dose, why: own.dose.choice.value, onGoOn: () => {}, onRest: own.onRest })
        : h(List, { seconds, off: own?.dose.resting.value ?? false, onRead: read })}
    ${!open && h(Waiting, { seconds, own })}
    ${!open && h(Reported, { seconds })}
    ${h(Appeals, { pauses: asked.pauses })}
    ${h(Suspensions, { proposals: asked.proposals })}
    ${!asked.waits.value && seconds.asked.value !== null && html`<p>${t("second-none")}</p>`}
  </section>`;
}

/** Looks now, and once a minute until it is stopped. @param {Watched} asked @returns {() => void} */
function watch(asked) {
  let cancel = () => {};
  const look = () => {
    cancel = systemClock.after(MINUTE, look);
    void asked.look({ quiet: true });
  };
  cancel = systemClock.after(MINUTE, look);
  void asked.look();
  return () => cancel();
}

/**
 * Who asks, without any of the words.
 * @param {{ seconds: Seconds, off: boolean, onRead: (asked: Asked) => void }} props off: this moderator is on a break
 */
function List({ seconds, off, onRead }) {
  const asked = seconds.asked.value ?? [];
  if (asked.length === 0) return null;
  return html`<ul class="rows">
    ${asked.map((each) => {
      const days = Math.max(0, Math.floor(systemDate() / DAY) - each.day);
      return html`<li key=${each.key} class="row">
        <div><b>${t("second-by", { alias: each.by })}</b><p class="soft">${t(`category-${each.category}`)} · ${t("review-age", { days })}</p></div>
        ${h(Pebble, { kind: "primary", disabled: off || seconds.busy.value, onClick: () => onRead(each) }, t("second-read"))}
      </li>`;
    })}
  </ul>`;
}

/**
 * What this moderator asked others, who did not answer yet.
 * @param {{ seconds: Seconds, own: Own | undefined }} props
 */
function Waiting({ seconds, own }) {
  const mine = seconds.mine.value;
  if (mine.length === 0) return null;
  return html`<h3>${t("second-mine")}</h3>
    <ul class="rows">
      ${mine.map(({ flag, key, category, to }) => html`<li key=${key} class="row">
        <div><b>${t("second-to", { alias: to })}</b><p class="soft">${t(`category-${category}`)}</p></div>
        ${own && h(Pebble, { disabled: own.busy, onClick: () => own.onReopen(flag) }, t("second-reopen"))}
      </li>`)}
    </ul>`;
}

/** What two agreed to report, whose file each of them can save for a while. @param {{ seconds: Seconds }} props */
function Reported({ seconds }) {
  const reported = seconds.reported.value;
  if (reported.length === 0) return null;
  return html`<h3>${t("second-reported")}</h3>
    <ul class="rows">
      ${reported.map(({ flag, key, category, other, until }) => html`<li key=${key} class="row">
        <div>
          <b>${other === "" ? t("second-reported-left") : t("second-reported-with", { alias: other })}</b>
          <p class="soft">${t(`category-${category}`)} · ${t("second-reported-until", { day: new Date(until) })}</p>
        </div>
        ${h(ReportPack, { take: () => seconds.pack(flag), busy: seconds.busy.value })}
      </li>`)}
    </ul>`;
}
