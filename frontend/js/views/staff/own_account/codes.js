import { h, html, useSignal } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { Pebble } from "../../parts/pebble.js";
import { Field } from "../field.js";
import { Missing, Problem } from "../problem.js";
import { CodeField, HERE, codeIn } from "./code_field.js";
import { Square } from "./square.js";

/** @typedef {import("../../../state/staff/own_sign_in.js").OwnSignIn} Own */

/** Codes from a phone: off, being set up, or on. @param {{ own: Own }} props */
export function Codes({ own }) {
  const done = own.done.value;
  return html`
    <p>${t("own-codes-why")}</p>
    <p role="status">${done === "confirm" && t("own-codes-confirmed")}${done === "remove" && t("own-codes-removed")}</p>
    ${own.asksCode.value ? h(Remove, { own }) : own.begun.value === null ? h(Begin, { own }) : h(Confirm, { own })}
  `;
}

/** @param {{ own: Own }} props */
function Begin({ own }) {
  const password = useSignal("");
  const tried = useSignal(false);
  const missing = () => (password.value ? null : "own-password-old");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (!missing()) void own.beginCodes(password.value);
  };
  const problem = own.problem.value;
  return html`<form onSubmit=${submit}>
    ${h(Field, { label: t("own-password-old"), value: password, type: "password", autocomplete: "current-password" })}
    <button type="submit" class="pebble pebble-primary" disabled=${own.working.value !== null}>${t("own-codes-begin")}</button>
    <p role="status">${own.working.value === "begin" && t("signin-working")}</p>
    ${tried.value && h(Missing, { what: missing() })}
    ${h(Problem, { code: problem?.act === "begin" ? problem.code : null, here: HERE })}
  </form>`;
}

/** @param {{ own: Own }} props */
function Confirm({ own }) {
  const code = useSignal("");
  const tried = useSignal(false);
  const begun = own.begun.value;
  if (begun === null) return null;
  const missing = () => (codeIn(code.value) ? null : "signin-code");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    const digits = codeIn(code.value);
    if (digits) void own.confirmCodes(digits);
  };
  const problem = own.problem.value;
  return html`<form onSubmit=${submit}>
    <p>${t("own-codes-scan")}</p>
    ${h(Square, { rows: begun.rows, label: t("own-codes-picture") })}
    <p>${t("own-codes-letters")}</p>
    <p class="own-letters" translate="no" lang="en" dir="ltr">${begun.secret.match(/.{1,4}/g)?.join(" ")}</p>
    <p>${t("own-codes-first")}</p>
    ${h(CodeField, { value: code })}
    <div class="acts">
      <button type="submit" class="pebble pebble-primary" disabled=${own.working.value !== null}>${t("own-codes-confirm")}</button>
      ${h(Pebble, { kind: "quiet", onClick: () => own.leaveCodes() }, t("own-codes-leave"))}
    </div>
    ${tried.value && h(Missing, { what: missing() })}
    ${h(Problem, { code: problem?.act === "confirm" ? problem.code : null, here: HERE })}
  </form>`;
}

/** @param {{ own: Own }} props */
function Remove({ own }) {
  const password = useSignal("");
  const code = useSignal("");
  const tried = useSignal(false);
  const missing = () => (!password.value ? "own-password-old" : codeIn(code.value) ? null : "signin-code");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    const digits = codeIn(code.value);
    if (digits && !missing()) void own.removeCodes({ password: password.value, code: digits });
  };
  const problem = own.problem.value;
  return html`<form onSubmit=${submit}>
    <p>${t("own-codes-on")}</p>
    <p>${t("own-codes-lost")}</p>
    ${h(Field, { label: t("own-password-old"), value: password, type: "password", autocomplete: "current-password" })}
    ${h(CodeField, { value: code })}
    <button type="submit" class="pebble pebble-plain" disabled=${own.working.value !== null}>${t("own-codes-remove")}</button>
    <p role="status">${own.working.value === "remove" && t("signin-working")}</p>
    ${tried.value && h(Missing, { what: missing() })}
    ${h(Problem, { code: problem?.act === "remove" ? problem.code : null, here: HERE })}
  </form>`;
}
