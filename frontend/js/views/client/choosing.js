// How one would like to start, and with whom. Nothing of it is asked before one writes, and all of it can change later.

import { h, html, useId } from "../../../vendor/preact.js";
import { language, offeredLanguages, t } from "../../platform/locale.js";
import { LONGEST_NAME, NEEDS, SPEEDS } from "../../state/client/pace.js";
import { MOST } from "../../state/client/wish.js";
import { ownName } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { TOPICS, topicName } from "../parts/topics.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/client/wish.js").Wish} Wish */

/** The pace, what would help, and a name to be called by. @param {{ engine: ClientEngine }} props */
export const HowToStart = ({ engine }) => html`<div>${h(PaceChoice, { engine })}${h(NeedAndName, { engine })}</div>`;

/** Exactly one of three, as they are said everywhere. @param {{ engine: ClientEngine }} props */
export const PaceChoice = ({ engine }) =>
  h(Choices, { legend: t("start-pace"), options: SPEEDS.map((speed) => ({
    words: t(`start-${speed}`), chosen: engine.pace.value === speed, choose: () => engine.setPace(speed),
  })) });

/** @param {{ engine: ClientEngine }} props */
export function NeedAndName({ engine }) {
  const id = useId();
  return html`<div>
    ${h(Choices, { legend: t("need-title"), options: NEEDS.map((need) => ({
      words: t(`need-${need}`), chosen: engine.need.value === need, choose: () => engine.setNeed(need),
    })) })}
    <p class="field">
      <label for=${id}>${t("call-me")}</label>
      <input id=${id} type="text" dir="auto" autocomplete="off" maxlength=${LONGEST_NAME} value=${engine.name.value}
        onChange=${(/** @type {import("preact").TargetedEvent<HTMLInputElement>} */ event) => engine.setName(event.currentTarget.value)} />
    </p>
    <p class="soft">${t("start-sealed")}</p>
  </div>`;
}

/** @param {{ legend: string, options: { words: string, chosen: boolean, choose: () => void }[] }} props */
export function Choices({ legend, options }) {
  const name = useId();
  return html`<fieldset>
    <legend>${legend}</legend>
    ${options.map(({ words, chosen, choose }) => html`<label key=${words} class="choice">
      <input type="radio" name=${name} checked=${chosen} onChange=${choose} /><span>${words}</span>
    </label>`)}
  </fieldset>`;
}

/**
 * What a peer is found by: tags that the service can read, and says so.
 * @param {{ wish: Wish, spoken: readonly string[], onChange?: () => void }} props spoken: languages of peers who are on now
 */
export function Wishes({ wish, spoken, onChange }) {
  return html`<div class="wishes">
    ${wish.before.value && html`<p class="soft">${t("wish-before")}</p>`}
    ${h(Languages, { wish, spoken, onChange })}
    ${h(Topics, { title: t("wish-topics"), picked: wish.topics.value, onPick: (topic) => { wish.pickTopic(topic); onChange?.(); } })}
    ${h(Topics, { title: t("wish-lived"), picked: wish.lived.value, onPick: (topic) => { wish.pickLived(topic); onChange?.(); } })}
    <p class="soft">${t("wish-use")}</p>
    <p class="soft">${t("wish-honest")}</p>
  </div>`;
}

/** @param {{ wish: Wish, spoken: readonly string[], onChange: (() => void) | undefined }} props */
function Languages({ wish, spoken, onChange }) {
  const name = useId();
  const offered = offeredLanguages().map(({ code }) => code);
  const codes = [...new Set([language(), wish.language.value, ...offered, ...spoken])];
  if (codes.length === 1) return null;
  return html`<fieldset>
    <legend>${t("wish-language")}</legend>
    <div class="wish-languages">${codes.map((code) => html`<label key=${code} class="choice">
      <input type="radio" name=${name} checked=${wish.language.value === code} onChange=${() => { wish.language.value = code; onChange?.(); }} />
      <span lang=${code} dir="auto">${ownName(code)}</span>
    </label>`)}</div>
  </fieldset>`;
}

/** @param {{ title: string, picked: readonly string[], onPick: (topic: string) => void }} props */
function Topics({ title, picked, onPick }) {
  const id = useId();
  return html`<div class="topics" role="group" aria-labelledby=${id} aria-describedby=${`${id}-most`}>
    <p class="topics-title" id=${id}>${title}</p>
    <p class="soft" id=${`${id}-most`}>${t("wish-most", { most: MOST })}</p>
    <div class="acts">${TOPICS.map((topic) => h(Pebble, {
      key: topic,
      pressed: picked.includes(topic),
      disabled: picked.length === MOST && !picked.includes(topic),
      onClick: () => onPick(topic),
    }, topicName(topic)))}</div>
  </div>`;
}
