import { h, html } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { Field } from "../field.js";

/** What is said of a password or a code that does not fit, by code. */
export const HERE = {
  unknown: "own-password-wrong",
  box_key: "own-password-wrong",
  aead: "own-password-wrong",
  box_format: "own-password-wrong",
  code_needed: "signin-code-asked",
  code_wrong: "signin-code-wrong",
  slow_down: "own-slow",
};

/** The six digits in what was typed, however they were grouped; null for anything else. @param {string} typed */
export const codeIn = (typed) => typed.replace(/[\s-]/g, "").match(/^[0-9]{6}$/)?.[0] ?? null;

/**
 * @param {{ value: { value: string }, arrive?: boolean }} props arrive: somebody who signs in is asked for it, and it is new to
 *   the page
 */
export function CodeField({ value, arrive = false }) {
  const hint = arrive ? { hint: t("signin-code-asked") } : {};
  return html`<div class="code-field">${h(Field, { label: t("signin-code"), ...hint, value, autocomplete: "one-time-code", inputmode: "numeric", maxLength: 12, arrive })}</div>`;
}
