import { h, html, useEffect, useId, useMemo, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Kept } from "../../state/moderator/kept.js";
import { LOOK } from "../../state/moderator/one_at_a_time.js";
import { dayOf } from "../parts/days.js";
import { Pebble } from "../parts/pebble.js";
import { Said } from "../parts/said.js";
import { Field } from "../staff/field.js";
import { Missing, Problem } from "../staff/problem.js";
import { REASON } from "./appeals.js";

/** What a refusal means here. */
const HERE = { unknown: "kept-gone" };

/**
 * Flags that are held or decided, by day and act alone: which stay beyond their time.
 * @param {{ session: import("../../state/staff/session.js").StaffSession }} props
 */
export function KeptFlags({ session }) {
  const title = useId();
  const kept = useMemo(() => new Kept(session), [session]);
  useEffect(() => void kept.look(), [kept]);
  const all = kept.flags.value;
  return html`<section aria-labelledby=${title}>
    <h2 id=${title}>${t("kept-title")}</h2>
    <p class="soft">${t("kept-what")}</p>
    ${h(Problem, { code: kept.at.value === LOOK ? kept.problem.value : null, here: HERE })}
    ${all?.length === 0 && html`<p>${t("kept-nothing")}</p>`}
    <ul class="rows">${all?.map((flag) => h(Row, { key: flag.key, kept, flag }))}</ul>
  </section>`;
}

/** @param {{ kept: Kept, flag: import("../../state/moderator/kept.js").KeptRow }} props */
function Row({ kept, flag }) {
  const open = useSignal(false);
  const reason = useSignal("");
  const tried = useSignal(false);
  const turn = async (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (reason.value.trim() === "") return;
    await kept.hold(flag.flag, !flag.held, reason.value.trim());
    open.value = kept.problem.value !== null;
  };
  return html`<li class="row">
    <div>
      <b>${t(`category-${flag.category}`)}</b>
      <p class="soft">
        ${flag.day === null ? t("kept-undecided") : html`${t("kept-day", { day: dayOf(flag.day) })} · ${t(`kept-act-${flag.act}`)}`}
        ${flag.reported && html` · ${t("kept-reported")}`}${flag.held && html` · ${t("kept-held")}`}
      </p>
    </div>
    ${h(Pebble, { expanded: open.value, onClick: () => void (open.value = !open.value) }, t(flag.held ? "kept-let-go" : "kept-hold"))}
    ${open.value && html`<form class="row-form" onSubmit=${turn}>
      <p>${t(flag.held ? "kept-let-go-then" : "kept-hold-then")}</p>
      ${h(Field, { label: t("trail-reason"), hint: t("trail-reason-hint"), value: reason, maxLength: REASON })}
      ${h(Missing, { what: tried.value && reason.value.trim() === "" ? "trail-reason" : null })}
      <p><button type="submit" class="pebble pebble-primary" disabled=${kept.busy.value}>${t(flag.held ? "kept-let-go-yes" : "kept-hold-yes")}</button></p>
    </form>`}
    ${h(Said, { code: kept.at.value === flag.key ? kept.problem.value : null, done: !open.value && kept.did.value === flag.key ? "kept-done" : null, here: HERE })}
  </li>`;
}
