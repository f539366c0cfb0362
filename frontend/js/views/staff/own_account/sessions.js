import { h, html, useEffect } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { Pebble } from "../../parts/pebble.js";
import { Problem } from "../problem.js";

/** @typedef {import("../../../state/staff/own_sign_in.js").OwnSignIn} Own */
/** @typedef {import("../../../state/staff/answers.js").OwnSession} OwnSession */

/** Where one is signed in, and the end of all of it. @param {{ own: Own }} props */
export function Sessions({ own }) {
  useEffect(() => void own.look(), [own]);
  const problem = own.problem.value;
  const code = problem !== null && (problem.act === "sessions" || problem.act === "everywhere") ? problem.code : null;
  return html`
    <ul class="own-sessions">${(own.sessions.value ?? []).map((each) => html`<li key=${`${each.begun} ${each.used}`}>${said(each)}</li>`)}</ul>
    <p>${t("own-everywhere-why")}</p>
    ${h(Pebble, { kind: "plain", disabled: own.working.value !== null, onClick: () => void own.signOutEverywhere() }, t("own-everywhere"))}
    ${h(Problem, { code })}
  `;
}

/** @param {OwnSession} session */
const said = ({ begun, used, this: here }) =>
  here ? t("own-session-here", { begun: at(begun) }) : t("own-session", { begun: at(begun), used: at(used) });

/** @param {number} seconds */
const at = (seconds) => new Date(seconds * 1000);
