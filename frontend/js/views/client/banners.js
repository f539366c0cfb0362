// What did not work stands next to what it is about, in a sentence that names the fix.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";
import { MoreWords } from "./more_words.js";
import { sentenceOf } from "./troubles.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** Of the talk as a whole. @param {{ engine: ClientEngine }} props */
export function Banners({ engine }) {
  const trouble = engine.trouble.value;
  return html`<div class="banners">
    ${engine.wrongDate.value && h(SystemLine, { kind: "care" }, t("trouble-date"))}
    ${trouble !== null && h(SystemLine, { kind: "care" }, t(sentenceOf(trouble)))}
    ${engine.olderCopy.value && h(SystemLine, { kind: "care" }, [
      t("older-copy"), " ", h(Pebble, { key: "on", onClick: () => void engine.goOn() }, t("older-go-on")),
    ])}
    ${h(Outcomes, { engine })}
    ${h(MoreWords, { engine })}
  </div>`;
}

/** What a moderator decided about what this person sent. @param {{ engine: ClientEngine }} props */
function Outcomes({ engine }) {
  const unseen = engine.reports.value.filter(({ outcome, seen }) => !["open", "asked"].includes(outcome) && !seen);
  const outcomes = [...new Set(unseen.map(({ outcome }) => outcome))];
  return html`<div>${outcomes.map((outcome, at) => h(SystemLine, { key: outcome }, [
    t(`outcome-${outcome}`), " ",
    at === outcomes.length - 1 && h(Pebble, { key: "ok", onClick: () => engine.readOutcome() }, t("outcome-ok")),
  ]))}</div>`;
}

/** Of the connection: beside the field, since it is about what is written there. @param {{ engine: ClientEngine }} props */
export function NetLine({ engine }) {
  const net = engine.net.value;
  if (net !== "up") return h(SystemLine, {}, t(`net-${net}`));
  return engine.busy.value ? h(SystemLine, {}, t("one-moment")) : null;
}
