import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Field } from "./field.js";
import { Invite } from "./invite.js";
import { KeyFile } from "./key_file.js";
import { CodeField, codeIn } from "./own_account/code_field.js";
import { Missing, Problem } from "./problem.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */

/** Name, password and key are judged together, so all refusals of them read alike. */
const HERE = {
  unknown: "problem-unknown",
  aead: "problem-unknown",
  keys_format: "problem-unknown",
  code_wrong: "signin-code-wrong",
};
/** Many codes did not fit, which nobody hears whose name, password and key are not right. */
const WITH_CODE = { ...HERE, slow_down: "signin-code-slow" };
/** What does not open is the invitation: by its link, or typed. */
const INVITED = { unknown: "problem-invite" };

/**
 * The way in: name and password, and the key where this browser does not hold it yet.
 * @param {{ account: Account, link: string | null }} props `link`: a personal link that the page was opened by, which carries the key
 */
export function SignIn({ account, link }) {
  const name = useSignal("");
  const password = useSignal("");
  const typed = useSignal("");
  const code = useSignal("");
  const file = useSignal(/** @type {string | null} */ (null));
  const blocked = useSignal(false);
  const asked = useSignal(/** @type {"sign-in" | "invitation" | null} */ (null));
  const working = account.stage.value === "working";
  const locked = account.stage.value === "locked";
  const wantsKey = account.needsSecret.value && link === null;
  const needsCode = account.needsCode.value;
  const missing = () =>
    !name.value.trim() ? "signin-name" : !password.value ? "signin-password" : needsCode && !codeIn(code.value) ? "signin-code" : null;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    asked.value = "sign-in";
    blocked.value = missing() !== null;
    if (working || blocked.value) return;
    const secret = link ?? file.value ?? (typed.value.trim() || null);
    const digits = needsCode ? codeIn(code.value) : null;
    const key = secret === null ? {} : { secret };
    void account.signIn({ name: name.value, password: password.value, ...key, ...(digits === null ? {} : { code: digits }) });
  };
  // After a reload the page looks first for what this browser keeps.
  if (working && asked.value === null) return html`<p role="status">${t("staff-opening")}</p>`;
  // Asked for a code, the field says so itself: nothing went wrong.
  const said = account.problem.value === "code_needed" ? null : account.problem.value;
  const key = html`${h(Field, { label: t("signin-secret"), value: typed, lines: 2, disabled: file.value !== null })}${h(KeyFile, { text: file })}`;
  return html`<div class="way-in">
    <p>${locked ? t("signin-locked-why") : t("staff-not-clients")}</p>
    ${!locked && html`<p><a href="/">${t("staff-first-page")}</a></p>`}
    <form class="way-in-form" onSubmit=${submit} autocomplete="on">
      ${h(Field, { label: t("signin-name"), value: name, autocomplete: "username", maxLength: 256 })}
      ${h(Field, { label: t("signin-password"), value: password, type: "password", autocomplete: "current-password" })}
      ${wantsKey && html`<div class="way-in-key"><p>${t("signin-secret-why")}</p>${key}</div>`}
      ${!wantsKey && link === null && html`<details class="fold"><summary>${t("signin-other-key")}</summary><div>${key}</div></details>`}
      ${link !== null && html`<p>${t("signin-link-read")}</p>`}
      ${needsCode && h(CodeField, { value: code, arrive: true })}
      <button type="submit" class="pebble pebble-primary">${t("signin-go")}</button>
      ${working && asked.value === "sign-in" && html`<p role="status">${t("signin-working")}</p>`}
      ${blocked.value && h(Missing, { what: missing() })}
      ${asked.value !== "invitation" && h(Problem, { code: said, here: asked.value === null ? INVITED : needsCode ? WITH_CODE : HERE })}
    </form>
    ${!locked && h(Invite, { account, onOpen: () => void (asked.value = "invitation") })}
    ${asked.value === "invitation" && h(Problem, { code: account.problem.value, here: INVITED })}
  </div>`;
}
