// Steps that a person names for themselves: a line of small stones. Nobody measures them, nobody suggests one.

import { Fragment, h, html, useId } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { STEPS_MOST, STEP_MOST } from "../../state/client/steps.js";
import { announce } from "../parts/announcer.js";
import { Ask } from "../parts/ask.js";
import { useFocusStays } from "../parts/focus_stays.js";
import { nodWords } from "../parts/nod.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { Stone } from "../parts/stone.js";
import { Keep } from "./keep.js";
import { whoSees } from "./sharing.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/client/steps.js").Step} Step */
/** @typedef {import("preact").TargetedInputEvent<HTMLInputElement>} Typed */

/** @param {{ engine: ClientEngine, onClose: () => void }} props */
export function Steps({ engine, onClose }) {
  const { steps } = engine.pages;
  const draft = steps.draft.value;
  const [step, next] = [useId(), useId()];
  const named = steps.list.value;
  const place = useFocusStays(named.length);
  const full = named.length >= STEPS_MOST;
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (steps.add(draft)) steps.draft.value = "";
  };
  return h(Panel, { title: t("step-add"), onClose },
    html`<p ref=${place}>${t("step-help")}</p>
    <p>${t("page-private")}</p>
    <form class="field one-line" onSubmit=${add}>
      <label for=${step}>${t("step-field")}</label>
      <input id=${step} type="text" dir="auto" autocomplete="off" maxLength=${STEP_MOST} value=${draft} disabled=${full}
        onInput=${(/** @type {Typed} */ event) => void (steps.draft.value = event.currentTarget.value)} />
      ${full ? html`<p>${t("step-full")}</p>` : html`<button type="submit" class="pebble pebble-plain">${t("step-name")}</button>`}
    </form>
    ${named.length > 0 && html`<ul class="step-line" aria-label=${t("step-list")}>
      ${named.map((each) => h(Named, { key: each.id, engine, step: each }))}
    </ul>`}
    ${named.length > 0 && whoSees(engine) === null && html`<p class="soft">${t("share-nobody")}</p>`}
    <div class="field own-field">
      <label for=${next}>${t("step-next")}</label>
      <input id=${next} type="text" dir="auto" autocomplete="off" maxLength=${STEP_MOST} value=${steps.next.value}
        onInput=${(/** @type {Typed} */ event) => void (steps.next.value = event.currentTarget.value)} />
    </div>`,
    h(Keep, { engine }));
}

/** @param {{ engine: ClientEngine, step: Step }} props */
function Named({ engine, step }) {
  const { pages } = engine;
  const peer = whoSees(engine);
  const row = pages.shared.value.find(({ key }) => key === step.key);
  const show = () => {
    pages.steps.share(step.id);
    if (peer !== null) announce(t("share-done", { peer }));
  };
  const known = engine.peer.value?.alias;
  return html`<li>
    ${h(Stone, { kind: "you" })}
    <div>
      <p dir="auto">${step.x}</p>
      ${row
        ? h(Fragment, {},
            html`<p class="soft">${row.nodded ? nodWords(row) : known ? t("step-shown", { peer: known }) : t("step-shown-before")}</p>`,
            h(Ask, {
              label: t("share-back"), ask: known ? t("delete-ask", { peer: known }) : t("delete-ask-alone"), yes: t("share-back"), kind: "quiet",
              act: () => pages.takeBack(row.key),
            }))
        : html`<p class="acts">
            ${peer !== null && h(Pebble, { onClick: show }, t("step-share", { peer }))}
            ${h(Pebble, { kind: "quiet", onClick: () => pages.steps.remove(step.id) }, t("step-remove"))}
          </p>`}
    </div>
  </li>`;
}
