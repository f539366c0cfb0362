// The field one writes in. Enter makes a line; Ctrl or Command with Enter, or the button, sends.

import { h, html, useId, useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { inParts, lengthOf } from "./note_length.js";
import { Pebble } from "./pebble.js";

/** Whether somebody was writing when a screen took this field away: the next screen's field goes on with it. */
let writing = false;

/** @typedef {{ value: string }} Draft a signal; what is written survives every change of screen in it */

/**
 * @param {{
 *   draft: Draft, onSend: (text: string) => void, label: string, sendLabel: string, disabled?: boolean,
 *   edge?: import("./stone.js").StoneKind, hint?: string, enterSends?: boolean,
 *   field?: { current: HTMLTextAreaElement | null },
 * }} props
 *   disabled: nothing can be sent now; writing goes on. edge: the stone of the room it is bound to. field: for who
 *   wants to put the focus there
 */
export function Composer({ draft, onSend, label, sendLabel, disabled = false, edge, hint, enterSends = false, field }) {
  const id = useId();
  const own = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const area = field ?? own;
  const text = draft.value;
  const length = lengthOf(text);
  useLayoutEffect(() => {
    if (writing) area.current?.focus();
    writing = false;
    return () => {
      writing = area.current !== null && focused() === area.current;
    };
  }, []);
  useLayoutEffect(() => {
    if (area.current) fit(area.current);
  }, [text]);

  /** @param {string[]} notes */
  const send = (notes) => {
    area.current?.focus(); // the button would keep it, and the keyboard on the screen would fold
    if (disabled || notes.every((note) => note.trim() === "")) return;
    draft.value = "";
    for (const note of notes) onSend(note.trim());
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    // While an input method composes, Enter picks a word; keyCode 229 is how Safari says so.
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    if (!(event.ctrlKey || event.metaKey || (enterSends && !event.shiftKey && !event.altKey))) return;
    event.preventDefault();
    if (length !== "over") send([text]);
  };
  const under = hint !== undefined || length !== "fits" ? `${id}-hint` : undefined;
  const edged = edge === undefined ? "" : ` edge-${edge}`;
  return html`<form class=${`composer${edged}`} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <label class="visually-hidden" for=${id}>${label}</label>
    <textarea
      id=${id} ref=${area} class="composer-field" rows="1" dir="auto" placeholder=${label} value=${text}
      aria-describedby=${under} autocomplete="off" enterkeyhint=${enterSends ? "send" : "enter"}
      onInput=${(/** @type {import("preact").TargetedInputEvent<HTMLTextAreaElement>} */ event) => {
        draft.value = event.currentTarget.value;
      }}
      onKeyDown=${onKeyDown}
    ></textarea>
    ${length === "over"
      ? h(Pebble, { kind: "primary", class: "composer-send", disabled, onClick: () => send(inParts(text)) }, t("full-send"))
      : h(Pebble, { kind: "primary", class: "composer-send", disabled, onClick: () => send([text]) }, sendLabel)}
    ${under && html`<div class="composer-hint" id=${under}>
      ${length === "near" && html`<p>${t("write-near")}</p>`}
      ${length === "over" && html`<p class="care-words">${t("err-full")}</p>`}
      ${hint !== undefined && html`<p>${hint}</p>`}
    </div>`}
  </form>`;
}

/** As tall as its words; the stylesheet says how tall at most. @param {HTMLTextAreaElement} area */
function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}
