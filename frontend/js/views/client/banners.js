// What did not work stands next to what it is about, in a sentence that names the fix.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";
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
  </div>`;
}

/** What a moderator decided about what this person sent. @param {{ engine: ClientEngine }} props */
function Outcomes({ engine }) {
  const unseen = engine.reports.value.filter(({ outcome, seen }) => outcome !== "open" && !seen);
  const worst = unseen.find(({ outcome }) => outcome === "closed") ?? unseen[0];
  if (!worst) return null;
  return h(SystemLine, {}, [
    t(worst.outcome === "closed" ? "outcome-closed" : "outcome-none"), " ",
    h(Pebble, { key: "ok", onClick: () => engine.readOutcome() }, t("outcome-ok")),
  ]);
}

/** Of the connection: beside the field, since it is about what is written there. @param {{ engine: ClientEngine }} props */
export function NetLine({ engine }) {
  const net = engine.net.value;
  if (net !== "up") return h(SystemLine, {}, t(`net-${net}`));
  return engine.busy.value ? h(SystemLine, {}, t("one-moment")) : null;
}
