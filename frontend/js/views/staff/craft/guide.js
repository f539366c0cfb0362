import { h, html, useEffect, useId, useSignal } from "../../../../vendor/preact.js";
import { content, contentNow } from "../../../platform/content.js";
import { language, t } from "../../../platform/locale.js";
import { MOMENTS, fitting, frameAt } from "../../../state/staff/craft/deck.js";
import { pieces, reflected } from "../../../state/staff/craft/draft.js";
import { storyIn, writtenIn } from "../../../state/staff/craft/nudging.js";
import { Pebble } from "../../parts/pebble.js";
import { PickOne } from "../pick.js";
import { HintSwitches } from "./hint_switches.js";
import { Notes } from "./notes.js";
import { SafetyGuide } from "./safety_guide.js";
import { Use } from "./use.js";

/** @typedef {import("./craft_room.js").CraftRoom} CraftRoom */
/** @typedef {import("../../../state/staff/craft/deck.js").Moment} Moment */

/**
 * What helps a peer to listen, at the client's pace: words that fit, their own words to give back, the safety guide,
 * notes. Whatever is used lands in the draft, and waits there.
 * @param {{ room: CraftRoom }} props
 */
export function Guide({ room }) {
  const id = useId();
  const spoken = writtenIn(room.language, language());
  const moment = useSignal(/** @type {string | null} */ ("opening"));
  const sheet = useSignal(false);
  const pace = room.pace.value;
  const prompts = contentNow("prompts", spoken);
  const fetchAll = () => {
    // The safety guide comes with the rest, so that it opens without a line too.
    for (const [name, of] of /** @type {const} */ ([["guide", language()], ["guide", spoken], ["prompts", spoken]])) void content(name, of).catch(() => undefined);
  };
  useEffect(fetchAll, [spoken, language()]);
  const frame = frameAt(prompts, pace);
  return html`<section class="guide" aria-labelledby=${id}>
    <h3 id=${id}>${t(`craft-title-${pace}`)}</h3>
    <div class="guide-moments">${h(PickOne, { legend: t("craft-moment"), chosen: moment, options: MOMENTS.map((value) => ({ value, label: t(`craft-moment-${value}`) })) })}</div>
    ${prompts === undefined
      ? html`<p class="soft">${t("craft-away")} ${h(Pebble, { onClick: fetchAll }, t("craft-fetch"))}</p>`
      : html`<ul class="guide-prompts">
          ${fitting(prompts, /** @type {Moment} */ (moment.value), pace).map(({ say, advice }) =>
            say === undefined
              ? html`<li key=${advice} class="guide-advice" lang=${spoken}>${advice}</li>`
              : html`<li key=${say}><p lang=${spoken} dir="auto">${say}</p>${h(Use, { room, words: say })}</li>`,
          )}
        </ul>`}
    ${frame !== null && h(Reflect, { room, frame, lang: spoken })}
    ${h(OwnStory, { room })}
    <p>${h(Pebble, { expanded: sheet.value, onClick: () => void (sheet.value = !sheet.value) }, t("craft-safety"))}</p>
    ${sheet.value && h(SafetyGuide, { room, spoken, onClose: () => void (sheet.value = false) })}
    ${h(Notes, { key: room.key, pad: room.notes })}
    ${h(HintSwitches, {})}
  </section>`;
}

/**
 * Their own words, given back to be checked.
 * @param {{ room: CraftRoom, frame: string, lang: string }} props
 */
function Reflect({ room, frame, lang }) {
  const words = pieces(room.rows.value);
  return html`<details class="fold">
    <summary>${t("craft-reflect")}</summary>
    ${words.length === 0
      ? html`<p class="soft">${t("craft-reflect-none")}</p>`
      : html`<p class="soft">${t("craft-reflect-how")}</p>
          <ul class="guide-prompts">
            ${words.map((piece) => html`<li key=${piece}><p lang=${lang} dir="auto">${reflected(frame, piece)}</p>${h(Use, { room, words: reflected(frame, piece) })}</li>`)}
          </ul>`}
  </details>`;
}

/**
 * How much of the draft is the peer's own story.
 * @param {{ room: CraftRoom }} props
 */
function OwnStory({ room }) {
  const count = storyIn({ text: room.draft.value, language: room.language || language() });
  return html`<details class="fold">
    <summary>${t("craft-own")}</summary>
    <p class="soft">${t("craft-own-how")}</p>
    <p>${t("craft-story", { count })}</p>
  </details>`;
}
