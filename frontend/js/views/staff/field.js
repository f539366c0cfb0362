import { html, useId, useLayoutEffect, useRef } from "../../../vendor/preact.js";

/**
 * A labelled field that writes into a signal.
 * @param {{ label: string, value: { value: string }, hint?: string, problem?: string | null, type?: "text" | "password", autocomplete?: string,
 *   inputmode?: "numeric", maxLength?: number, lines?: number, disabled?: boolean, arrive?: boolean }} props
 *   `lines`: a field of several lines; `problem`: what to mend, said next to it; `arrive`: the focus comes here when it appears
 */
export function Field({ label, value, hint, problem, type = "text", autocomplete = "off", inputmode, maxLength, lines, disabled = false, arrive = false }) {
  const id = useId();
  const here = useRef(/** @type {any} the one element or the other */ (null));
  useLayoutEffect(() => {
    if (arrive) here.current?.focus();
  }, []);
  const said = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  const common = {
    id,
    ref: here,
    value: value.value,
    disabled,
    maxLength,
    dir: "auto",
    autocomplete,
    inputmode,
    autocapitalize: autocomplete === "off" ? "sentences" : "none",
    spellcheck: lines !== undefined,
    "aria-describedby": said || undefined,
    "aria-invalid": problem ? "true" : undefined,
    onInput: (/** @type {{ currentTarget: { value: string } }} */ event) => void (value.value = event.currentTarget.value),
  };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint && html`<p class="field-hint" id="${id}-hint">${hint}</p>`}
    ${lines ? html`<textarea ...${common} rows=${lines}></textarea>` : html`<input ...${common} type=${type} />`}
    ${problem && html`<p class="field-problem" id="${id}-problem">${problem}</p>`}
  </div>`;
}
