// Keeping one's own pages with the code, and having them back. Only a tap here reaches what is kept.

import { h, html, useLayoutEffect, useRef, useState } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { Ask } from "../parts/ask.js";
import { Pebble } from "../parts/pebble.js";
import { CodeWords } from "./code_card.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** @param {{ engine: ClientEngine }} props */
export function Keep({ engine }) {
  const { pages } = engine;
  const told = pages.told.value;
  const kept = pages.kept.value;
  const newer = pages.newer.value;
  const section = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (told === null) return;
    announce(t(told));
    if (focused() === null) section.current?.focus(); // the button that was pressed may be gone
  }, [told]);
  // What became of it is said once, not again in the next panel.
  useLayoutEffect(() => () => { pages.told.value = null; }, []);
  const keep = (/** @type {string} */ id) => h(Pebble, { onClick: () => void pages.keep() }, t(id));
  return html`<section class="keep" aria-label=${t("keep-do")} tabindex="-1" ref=${section}>
    ${!kept && html`<p class="soft">${t("keep-what")}</p>`}
    ${pages.busy.value && html`<p>${t("keep-busy")}</p>`}
    ${told !== null && html`<p class=${KEPT_WELL.includes(told) ? "" : "care-words"}>${t(told)}</p>`}
    ${newer && html`<p>${t("keep-newer")}</p>`}
    <div class="acts">
      ${kept ? newer && keep("keep-again") : !pages.empty.value && keep("keep-do")}
      ${!kept && h(Pebble, { kind: "quiet", onClick: () => void pages.bringBack() }, t("keep-back"))}
      ${kept && h(Ask, {
        label: t("keep-stop"), ask: t("keep-stop-ask"), yes: t("keep-stop-yes"), kind: "quiet", act: () => void pages.stopKeeping(),
      })}
    </div>
    ${kept && h(OwnWords, { engine })}
  </section>`;
}

const KEPT_WELL = ["keep-done", "keep-back-done", "keep-stopped", "keep-none"];

/** The words that bring it back, for who has not seen them yet. @param {{ engine: ClientEngine }} props */
function OwnWords({ engine }) {
  const [open, setOpen] = useState(false);
  if (open) return h(CodeWords, { engine });
  if (engine.codeKept.value === "shown") return null;
  const show = () => {
    setOpen(true);
    engine.codeKept.value = "shown";
  };
  return html`<p class="acts">${h(Pebble, { onClick: show }, t("code-show"))}</p>`;
}
