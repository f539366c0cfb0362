import { h, html, useSignal } from "../../../../vendor/preact.js";
import { contentNow } from "../../../platform/content.js";
import { t } from "../../../platform/locale.js";
import { sheetsOf } from "../../../state/staff/craft/deck.js";
import { CrisisCard } from "../../parts/help_panel.js";
import { Panel } from "../../parts/panel.js";
import { Pebble } from "../../parts/pebble.js";
import { Use } from "./use.js";

/**
 * Step by step through what is hard to hear. It opens without a line, and tells nobody that it was opened.
 * @param {{ room: import("./craft_room.js").CraftRoom, spoken: string, onClose: () => void }} props spoken: the language of the words to use
 */
export function SafetyGuide({ room, spoken, onClose }) {
  const chosen = useSignal(0);
  const sheets = sheetsOf(contentNow("guide"));
  const sheet = sheets[chosen.value];
  const words = sheetsOf(contentNow("guide", spoken)).find(({ id }) => id === sheet?.id)?.steps;
  return h(
    Panel,
    { title: t("craft-safety"), onClose },
    sheet === undefined
      ? html`<p>${t("craft-safety-away")}</p>`
      : html`<div class="acts" role="group" aria-label=${t("craft-safety-about")}>
            ${sheets.map(({ id, title }, at) => h(Pebble, { key: id, pressed: at === chosen.value, onClick: () => void (chosen.value = at) }, title))}
          </div>
          <h3>${sheet.title}</h3>
          <ol class="guide-steps">
            ${sheet.steps.map(({ do: step, how }, at) => {
              const say = words?.[at]?.say;
              return html`<li key=${`${sheet.id}-${at}`}>
                <p><b>${step}</b> ${how}</p>
                ${say !== undefined && html`<div class="guide-say"><p lang=${spoken} dir="auto">“${say}”</p>${h(Use, { room, words: say })}</div>`}
              </li>`;
            })}
          </ol>`,
    html`<details class="fold"><summary>${t("help-now")}</summary>${CrisisCard({})}</details>`,
  );
}
