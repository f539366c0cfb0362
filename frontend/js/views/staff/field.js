import { html, useId } from "../../../vendor/preact.js";

/**
 * A labelled field that writes into a signal.
 * @param {{ label: string, value: { value: string }, hint?: string, problem?: string | null, type?: "text" | "password", autocomplete?: string,
 *   maxLength?: number, lines?: number, disabled?: boolean }} props `lines`: a field of several lines; `problem`: what to mend, said next to it
 */
export function Field({ label, value, hint, problem, type = "text", autocomplete = "off", maxLength, lines, disabled = false }) {
  const id = useId();
  const said = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  const common = {
    id,
    value: value.value,
    disabled,
    maxLength,
    dir: "auto",
    autocomplete,
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
