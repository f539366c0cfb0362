import { h, html, useRef, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Stone } from "../parts/stone.js";
import { Field } from "./field.js";
import { LANGUAGES, languageName } from "./languages.js";
import { PickOne, PickSome } from "./pick.js";
import { Missing, Problem } from "./problem.js";
import { STONES, stoneName } from "./stones.js";
import { TOPICS, topicName } from "../parts/topics.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */

const SHORTEST_NAME = 3;
const ALIAS = 24;
const LINE = 140;
const LANGUAGES_AT_MOST = 5;
/** What a refusal means while joining, where it reads unlike at sign-in. */
const HERE = { unknown: "problem-invite", slot_taken: "problem-invite" };

/**
 * Joining by an invitation.
 * @param {{ account: Account, invitation: { role: string, expires: number } }} props
 */
export function Enrol({ account, invitation }) {
  const { role, expires } = invitation;
  const intro = html`<p>${t(`enrol-${role}`)}</p>
    <p class="field-hint">${t("enrol-until", { day: new Date(expires * 1000) })}</p>`;
  return h(EnrolForm, { account, here: HERE, send: t("enrol-send") }, intro);
}

/**
 * A way to sign in, and what people see of this person.
 * @param {{ account: Pick<Account, "problem" | "enrol"> & { stage: { value: string } }, here: Record<string, string>, send: string,
 *   children?: import("preact").ComponentChildren }} props here: what a refusal means; send: the main button
 */
export function EnrolForm({ account, here, send, children }) {
  const form = useForm();
  const top = useRef(/** @type {HTMLElement | null} */ (null));
  const working = account.stage.value === "working";
  const missing = form.tried.value ? form.missing() : null;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    form.tried.value = true;
    if (working) return;
    if (form.missing() || form.isShort() || form.differs()) top.current?.focus();
    else void account.enrol({ name: form.name.value, password: form.password.value, profile: form.profile() });
  };
  const topics = TOPICS.map((topic) => ({ value: topic, label: topicName(topic) }));
  return html`<form class="way-in way-in-form" onSubmit=${submit}>
    ${children}
    <div tabindex="-1" ref=${top}>${h(Missing, { what: missing })}</div>
    <h2>${t("enrol-keys")}</h2>
    ${h(Field, { label: t("signin-name"), hint: t("enrol-name-hint"), value: form.name, autocomplete: "username", maxLength: 64, problem: form.tried.value && !missing && form.isShort() ? t("enrol-name-hint") : null })}
    ${h(Field, { label: t("signin-password"), hint: t("enrol-password-hint"), value: form.password, type: "password", autocomplete: "new-password" })}
    ${h(Field, {
      label: t("enrol-again"),
      value: form.again,
      type: "password",
      autocomplete: "new-password",
      problem: form.tried.value && form.differs() ? t("enrol-differ") : null,
    })}
    <h2>${t("enrol-seen")}</h2>
    <p>${t("enrol-seen-hint")}</p>
    ${h(Field, { label: t("enrol-alias"), hint: t("enrol-alias-hint"), value: form.alias, maxLength: ALIAS })}
    ${h(Field, { label: t("enrol-line"), hint: t("enrol-line-hint"), value: form.line, maxLength: LINE })}
    ${h(PickOne, {
      legend: t("enrol-stone"),
      kind: "stones",
      chosen: form.stone,
      options: STONES.map((number) => ({ value: String(number), label: stoneName(number), picture: h(Stone, { kind: number }) })),
    })}
    ${h(PickSome, {
      legend: t("enrol-languages"),
      hint: t("enrol-languages-hint"),
      limit: LANGUAGES_AT_MOST,
      chosen: form.languages,
      options: LANGUAGES.map((code) => ({ value: code, label: languageName(code), lang: code })),
    })}
    ${h(PickSome, { legend: t("enrol-topics"), chosen: form.topics, options: topics })}
    ${h(PickSome, { legend: t("enrol-lived"), hint: t("enrol-lived-hint"), chosen: form.lived, options: topics })}
    <button type="submit" class="pebble pebble-primary">${send}</button>
    ${working && html`<p role="status">${t("enrol-working")}</p>`}
    ${h(Problem, { code: account.problem.value, here })}
  </form>`;
}

/** What is typed and chosen, in memory until the form goes. */
function useForm() {
  const fields = { name: useSignal(""), password: useSignal(""), again: useSignal(""), alias: useSignal(""), line: useSignal("") };
  const stone = useSignal(/** @type {string | null} */ (null));
  const languages = useSignal(/** @type {readonly string[]} */ ([]));
  const topics = useSignal(/** @type {readonly string[]} */ ([]));
  const lived = useSignal(/** @type {readonly string[]} */ ([]));
  return {
    ...fields,
    stone,
    languages,
    topics,
    lived,
    tried: useSignal(false),
    isShort: () => [...fields.name.value.normalize("NFKC").trim()].length < SHORTEST_NAME,
    differs: () => fields.password.value !== fields.again.value,
    /** The locale id of the first thing still empty, in the order of the page. */
    missing() {
      if (!fields.name.value.trim()) return "signin-name";
      if (!fields.password.value) return "signin-password";
      if (!fields.alias.value.trim()) return "enrol-alias";
      if (stone.value === null) return "enrol-stone";
      return languages.value.length === 0 ? "enrol-languages" : null;
    },
    profile: () => ({
      alias: fields.alias.value.trim(),
      stone: Number(stone.value),
      line: fields.line.value.trim(),
      languages: [...languages.value],
      topics: [...topics.value],
      lived: [...lived.value],
    }),
  };
}
