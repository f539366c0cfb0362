import { h, html, useEffect, useId, useRef } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { Pebble } from "../../parts/pebble.js";

/** @typedef {import("../../../state/staff/craft/note_pad.js").NotePad} NotePad */

/** States that nothing is said of aloud: they come and go with every pause. */
const QUIET = ["kept", "writing", "keeping"];

/**
 * A peer's notes on a talk, read when they are first looked at.
 * @param {{ pad: NotePad }} props
 */
export function Notes({ pad }) {
  const summary = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => () => void pad.keep(), []);
  const turned = (/** @type {import("preact").TargetedToggleEvent<HTMLDetailsElement>} */ event) => {
    void (event.currentTarget.open ? pad.open() : pad.keep());
  };
  return html`<details class="fold notes" onToggle=${turned}>
    <summary ref=${summary}>${t("craft-notes")}</summary>
    ${pad.isOpen
      ? h(Field, { pad })
      : html`<p role="status">${t(pad.state.value === "unread" ? "craft-notes-unread" : "craft-notes-opening")}</p>
          ${pad.state.value === "unread" && h(Act, { to: summary, act: () => pad.open(), label: t("craft-fetch") })}`}
  </details>`;
}

/** @param {{ pad: NotePad }} props */
function Field({ pad }) {
  const id = useId();
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const state = pad.isFull.value ? "full" : pad.state.value;
  return html`<p class="soft" id="${id}-why">${t("craft-notes-why")}</p>
    <textarea
      class="notes-field" rows="4" dir="auto" autocomplete="off" ref=${area} value=${pad.text.value} aria-label=${t("craft-notes")}
      aria-describedby="${id}-why"
      onInput=${(/** @type {import("preact").TargetedInputEvent<HTMLTextAreaElement>} */ event) => pad.write(event.currentTarget.value)}
      onBlur=${() => void pad.keep()}
    ></textarea>
    <div role="status">${!QUIET.includes(state) && html`<p>${t(`craft-notes-${state}`)}</p>`}</div>
    ${QUIET.includes(state) && html`<p class="soft">${t(`craft-notes-${state}`)}</p>`}
    ${state === "unkept" && h(Act, { to: area, act: () => pad.keep(), label: t("craft-notes-try") })}
    ${state === "elsewhere" && h(Act, { to: area, act: () => pad.open(), label: t("craft-notes-again") })}`;
}

/**
 * A button that goes once it has worked: the focus is put where it is not lost with it.
 * @param {{ to: { current: HTMLElement | null }, act: () => Promise<void>, label: string }} props
 */
function Act({ to, act, label }) {
  const press = () => {
    to.current?.focus();
    void act();
  };
  return html`<p>${h(Pebble, { onClick: press }, label)}</p>`;
}
