// The wait as it is: how long for most, or why nobody can tell, and what goes on meanwhile.

import { Fragment, h, html, useEffect } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { CrisisCard } from "../parts/help_panel.js";
import { languageName } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { forDays } from "./for_days.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/**
 * Whether a peer may take so long that the words written here are better kept as a note.
 * @param {ClientEngine} engine
 */
export const isLong = (engine) => engine.stage.value === "waiting" && (engine.wait.value?.why ?? null) !== null;

/** @param {{ engine: ClientEngine }} props */
export function Wait({ engine }) {
  const wait = engine.wait.value;
  if (!wait) return engine.stage.value === "opening" ? html`<p class="lead">${t("opening")}</p>` : null;
  return h(Fragment, {},
    html`<p class="lead wait">${waitSentence(wait)}</p>`,
    wait.why === "language" && h(OtherLanguages, { engine }),
    wait.why !== null && h(AsNote, { engine }));
}

/** @param {import("../../state/client/wait_text.js").Told} wait */
export function waitSentence({ ahead, low, high, why, opens, over, language }) {
  const place = t("wait-ahead", { n: ahead });
  switch (why) {
    case "closed":
      return opens === null ? t("wait-closed") : t("wait-closed-until", { when: new Date(1000 * opens) });
    case "language":
      return t("wait-nolang", { language: languageName(language) });
    case "nobody":
      return t("wait-nobody");
    case "long":
      return over === null ? `${t("wait-busy")} ${place}` : `${t("wait-long", { min: over })} ${place}`;
    default:
      return low === null || high === null ? `${t("wait-unsure")} ${place}` : `${t("wait-range", { low, high })} ${place}`;
  }
}

/** Languages in which somebody is there right now. @param {{ engine: ClientEngine }} props */
function OtherLanguages({ engine }) {
  const { wish } = engine;
  useEffect(() => void engine.askService(), []); // who is on changes: what was known when the page opened is old
  const others = (engine.service.value?.on ?? []).filter((code) => code !== wish.language.value);
  if (others.length === 0) return null;
  return html`<p class="acts">${others.map((code) => h(Pebble, {
    key: code,
    onClick: () => {
      wish.language.value = code;
      void engine.changeWish();
    },
  }, t("wait-other-language", { language: languageName(code) })))}</p>`;
}

/** How one gets back to a note, by what became of the offer of the code. */
const BACK = { offer: "note-code", shown: "note-code-shown", declined: "note-no-code" };

/** What is written here is kept as a note, and answered later. @param {{ engine: ClientEngine }} props */
function AsNote({ engine }) {
  const kept = engine.noteKept.value && engine.rows.value.some(({ from, status }) => from === "me" && status === "sent");
  const days = engine.keepDays.value;
  return html`<div class="card note-card">
    <p><b>${t(kept ? "note-kept" : "note-here")}</b></p>
    <p>${forDays(t("note-locked", { days }), engine)}</p>
    <p>${t(engine.code.value === null ? "note-code-gone" : BACK[engine.codeKept.value])}</p>
    <details class="fold"><summary>${t("help-title")}</summary><div>${CrisisCard({ private: true })}</div></details>
  </div>`;
}
