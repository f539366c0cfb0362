import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { EnrolForm } from "../staff/enrol.js";
import { Field } from "../staff/field.js";
import { Heading } from "../staff/heading.js";
import { Problem } from "../staff/problem.js";
import { TwelveWords } from "../staff/twelve_words.js";

/** @typedef {import("../../state/coordinator/founding.js").Founding} Founding */

/** What a refusal means here: the link counts once. */
const HERE = { unknown: "setup-used", link: "setup-used", clock: "coord-problem-clock" };

/**
 * The beginning of a service: an account, its key kept and proven to be kept, and what comes next.
 * @param {{ founding: Founding, onSignIn: () => void }} props
 */
export function SetUp({ founding, onSignIn }) {
  switch (founding.stage.value) {
    case "words":
      return h(Words, { founding });
    case "proving":
      return h(Proof, { founding });
    case "done":
      return html`<div class="way-in">
        ${h(Heading, { key: "done", text: t("setup-done"), arrive: true })}
        <p>${t("setup-next")}</p>
        <ol class="setup-next"><li>${t("setup-next-sign-in")}</li><li>${t("setup-next-second")}</li><li>${t("setup-next-team")}</li></ol>
        ${h(Pebble, { kind: "primary", onClick: onSignIn }, t("secret-signin"))}
      </div>`;
    default:
      return html`${h(Heading, { key: "asking", text: t("setup-title") })}
        ${h(EnrolForm, { account: founding, here: HERE, send: t("setup-send") }, [html`<p>${t("setup-what")}</p>`, html`<p>${t("setup-where")}</p>`])}`;
  }
}

/** Nobody founded a service here yet, and the page was not opened by the link that does. */
export const NotSetUp = () => html`<div class="way-in">
  ${h(Heading, { text: t("setup-not-yet") })}
  <p>${t("setup-not-yet-how")}</p>
  <p class="invite-link" translate="no" dir="ltr">beside setup-link</p>
</div>`;

/** The key, shown this once. @param {{ founding: Founding }} props */
function Words({ founding }) {
  const saved = useSignal(false);
  const save = () => {
    void founding.downloadKeyFile();
    saved.value = true;
  };
  return html`<div class="way-in">
    ${h(Heading, { key: "words", text: t("secret-title"), arrive: true })}
    <p>${t("secret-why")}</p>
    <p>${t("setup-only")}</p>
    <p><strong>${t("secret-once")}</strong></p>
    ${h(TwelveWords, { words: founding.words.value.join(" ") })}
    <div class="acts">
      ${h(Pebble, { kind: "primary", onClick: save }, t("secret-file"))}
      ${h(Pebble, { onClick: () => founding.kept() }, t("secret-kept"))}
    </div>
    <p role="status">${saved.value && t("secret-saved")}</p>
  </div>`;
}

/** Three of the words back, so that nobody finds out later that they kept nothing. @param {{ founding: Founding }} props */
function Proof({ founding }) {
  const typed = [useSignal(""), useSignal(""), useSignal("")];
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    founding.prove(typed.map(({ value }) => value));
  };
  return html`<form class="way-in way-in-form" onSubmit=${submit}>
    ${h(Heading, { key: "proof", text: t("setup-prove"), arrive: true })}
    <p>${t("setup-prove-why")}</p>
    <div class="setup-words">
      ${typed.map((value, i) => h(Field, { key: i, label: t("setup-word", { place: Number(founding.asked.value[i]) + 1 }), value, autocomplete: "one-time-code", maxLength: 40 }))}
    </div>
    ${h(Problem, { code: founding.problem.value, here: { words: "setup-words-differ" } })}
    <div class="acts">
      <button type="submit" class="pebble pebble-primary">${t("setup-prove-go")}</button>
      ${h(Pebble, { kind: "quiet", onClick: () => founding.showAgain() }, t("setup-again"))}
    </div>
  </form>`;
}
