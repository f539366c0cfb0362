import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/** What staff read for a code; codes that look alike to them share a sentence. @type {Record<string, string>} */
const SAID = {
  unreachable: "problem-unreachable",
  not_beside: "problem-unreachable",
  unavailable: "problem-unreachable",
  slow_down: "problem-slow",
  dir_signature: "problem-directory",
  dir_rollback: "problem-directory",
  key_fork: "problem-directory",
  dir_expired: "problem-expired",
  "expired-directory": "problem-expired",
  name_taken: "problem-name",
  malformed: "problem-key",
  "secret-missing": "problem-no-key",
  "password-short": "problem-short",
  storage: "problem-storage",
  "signed-out": "problem-signed-out",
};

/**
 * A code as a sentence that says what to do.
 * @param {string} code
 * @param {Record<string, string>} [here] what some codes mean at this place
 */
export function problemText(code, here = {}) {
  const id = here[code] ?? SAID[code];
  return id ? t(id) : t("problem-other", { code });
}

/**
 * What went wrong, next to where it did. Spoken once, when it appears.
 * @param {{ code: string | null, here?: Record<string, string> }} props
 */
export function Problem({ code, here }) {
  return html`<div class="problem-place" role="status">${code && html`<p class="problem">${problemText(code, here)}</p>`}</div>`;
}

/**
 * What is still empty, once somebody tried to go on. Spoken when it appears.
 * @param {{ what: string | null }} props locale id of the field's label
 */
export function Missing({ what }) {
  return html`<div class="problem-place" role="status">${what && html`<p class="problem">${t("form-missing", { what: t(what) })}</p>`}</div>`;
}
