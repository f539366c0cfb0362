import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { LONGEST_APPEAL } from "../../state/staff/own_pause.js";
import { Pebble } from "../parts/pebble.js";
import { Field } from "./field.js";
import { PickOne } from "./pick.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/staff/own_pause.js").Pause} Pause */

/** That the team had this peer take no new talks: why, until when, and how somebody new looks at it. @param {{ desk: Desk }} props */
export function OwnPause({ desk }) {
  const pause = desk.pause.value.value;
  if (!desk.availability.paused.value) return null;
  return html`<section class="own-pause" aria-labelledby="own-pause">
    <h2 id="own-pause">${t("paused-title")}</h2>
    <p>${t("paused-now")}</p>
    ${pause && html`<p>${t("paused-why", { what: pause.reason })} ${pause.until ? t("paused-until", { time: pause.until }) : t("paused-open")}</p>`}
    ${pause && h(Appeal, { desk, pause })}
    ${h(Problem, { code: desk.pause.problem.value, here: { unknown: "problem-gone" } })}
  </section>`;
}

/** @param {{ desk: Desk, pause: Pause }} props */
function Appeal({ desk, pause }) {
  const open = useSignal(false);
  const whom = useSignal(/** @type {string | null} */ (null));
  const word = useSignal("");
  const sending = useSignal(false);
  if (pause.appeal !== null) return html`<p role="status">${t(pause.appeal === "open" ? "paused-asked" : "paused-upheld")}</p>`;
  if (pause.whom.length === 0) return html`<p>${t("paused-nobody")}</p>`;
  const send = async () => {
    if (whom.value === null) return;
    sending.value = true;
    await desk.appeal({ to: whom.value, text: word.value.trim() });
    sending.value = false;
  };
  return html`<p>${h(Pebble, { expanded: open.value, controls: "own-appeal", onClick: () => void (open.value = !open.value) }, t("paused-appeal"))}</p>
    ${open.value && html`<div id="own-appeal">
      <p>${t("paused-appeal-intro")}</p>
      ${h(PickOne, { legend: t("paused-whom"), chosen: whom, options: pause.whom.map(({ kid, alias, role }) => ({ value: kid, label: t(`lines-${role}`, { alias }) })) })}
      ${h(Field, { label: t("paused-word"), value: word, lines: 4, maxLength: LONGEST_APPEAL })}
      <p>${h(Pebble, { kind: "primary", disabled: whom.value === null || word.value.trim() === "" || sending.value, onClick: () => void send() }, t("paused-send"))}</p>
    </div>`}`;
}
