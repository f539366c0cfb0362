import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Field } from "./field.js";
import { Invite } from "./invite.js";
import { KeyFile } from "./key_file.js";
import { Missing, Problem } from "./problem.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */

/** Name, password and key are judged together, so all refusals of them read alike. */
const HERE = { unknown: "problem-unknown", aead: "problem-unknown", keys_format: "problem-unknown" };
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
  const file = useSignal(/** @type {string | null} */ (null));
  const asked = useSignal(/** @type {"sign-in" | "invitation" | null} */ (null));
  const working = account.stage.value === "working";
  const locked = account.stage.value === "locked";
  const wantsKey = account.needsSecret.value && link === null;
  const missing = () => (!name.value.trim() ? "signin-name" : !password.value ? "signin-password" : null);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    asked.value = "sign-in";
    if (working || missing()) return;
    const secret = link ?? file.value ?? (typed.value.trim() || null);
    void account.signIn({ name: name.value, password: password.value, ...(secret === null ? {} : { secret }) });
  };
  // After a reload the page looks first for what this browser keeps.
  if (working && asked.value === null) return html`<p role="status">${t("staff-opening")}</p>`;
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
      <button type="submit" class="pebble pebble-primary">${t("signin-go")}</button>
      ${working && asked.value === "sign-in" && html`<p role="status">${t("signin-working")}</p>`}
      ${asked.value === "sign-in" && h(Missing, { what: missing() })}
      ${asked.value !== "invitation" && h(Problem, { code: account.problem.value, here: asked.value === null ? INVITED : HERE })}
    </form>
    ${!locked && h(Invite, { account, onOpen: () => void (asked.value = "invitation") })}
    ${asked.value === "invitation" && h(Problem, { code: account.problem.value, here: INVITED })}
  </div>`;
}
