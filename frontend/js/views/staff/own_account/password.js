import { h, html, useEffect, useSignal } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { Field } from "../field.js";
import { Missing, Problem } from "../problem.js";
import { CodeField, HERE, codeIn } from "./code_field.js";

/** @typedef {import("../../../state/staff/own_sign_in.js").OwnSignIn} Own */

/** Another password, typed twice, and a code where sign-in asks for one. @param {{ own: Own }} props */
export function Password({ own }) {
  const old = useSignal("");
  const next = useSignal("");
  const again = useSignal("");
  const code = useSignal("");
  const tried = useSignal(false);
  const asksCode = own.asksCode.value;
  const done = own.done.value === "password";
  useEffect(() => {
    if (!done) return;
    old.value = next.value = again.value = code.value = "";
    tried.value = false;
  }, [done]);
  const missing = () => (!old.value ? "own-password-old" : !next.value ? "own-password-next" : asksCode && !codeIn(code.value) ? "signin-code" : null);
  const differ = again.value !== next.value;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    tried.value = true;
    if (missing() || differ) return;
    void own.changePassword({ old: old.value, next: next.value, code: asksCode ? codeIn(code.value) : null });
  };
  const problem = own.problem.value;
  return html`<form onSubmit=${submit}>
    ${h(Field, { label: t("own-password-old"), value: old, type: "password", autocomplete: "current-password" })}
    ${h(Field, { label: t("own-password-next"), value: next, hint: t("enrol-password-hint"), type: "password", autocomplete: "new-password" })}
    ${h(Field, { label: t("own-password-again"), value: again, type: "password", autocomplete: "new-password", problem: tried.value && differ ? t("own-password-differ") : null })}
    ${asksCode && h(CodeField, { value: code })}
    <button type="submit" class="pebble pebble-primary" disabled=${own.working.value !== null}>${t("own-password-go")}</button>
    <p role="status">${own.working.value === "password" && t("signin-working")}${done && t("own-password-done")}</p>
    ${tried.value && h(Missing, { what: missing() })}
    ${h(Problem, { code: problem?.act === "password" ? problem.code : null, here: HERE })}
  </form>`;
}
