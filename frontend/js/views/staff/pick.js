import { html, useId } from "../../../vendor/preact.js";

/** @typedef {{ value: string, label: string, lang?: string, picture?: unknown, disabled?: boolean }} Option */

/**
 * One of several, as radio buttons.
 * @param {{ legend: string, options: Option[], chosen: { value: string | null }, hint?: string, kind?: string }} props
 */
export function PickOne({ legend, options, chosen, hint, kind }) {
  const name = useId();
  const choose = (/** @type {string} */ value) => void (chosen.value = value);
  return group({ legend, hint, kind, id: name }, options.map((option) => choice("radio", name, option, chosen.value === option.value, choose)));
}

/**
 * Any of several, up to a limit.
 * @param {{ legend: string, options: Option[], chosen: { value: readonly string[] }, hint?: string, limit?: number, kind?: string }} props
 */
export function PickSome({ legend, options, chosen, hint, limit = Infinity, kind }) {
  const name = useId();
  const full = chosen.value.length >= limit;
  const turn = (/** @type {string} */ value) =>
    void (chosen.value = chosen.value.includes(value) ? chosen.value.filter((other) => other !== value) : [...chosen.value, value]);
  return group(
    { legend, hint, kind, id: name },
    options.map((option) => {
      const on = chosen.value.includes(option.value);
      return choice("checkbox", name, { ...option, disabled: option.disabled || (full && !on) }, on, turn);
    }),
  );
}

/**
 * @param {{ legend: string, hint: string | undefined, kind: string | undefined, id: string }} about
 * @param {unknown[]} choices
 */
function group({ legend, hint, kind, id }, choices) {
  return html`<fieldset class="picks ${kind ? `picks-${kind}` : ""}" aria-describedby=${hint ? `${id}-hint` : undefined}>
    <legend>${legend}</legend>
    ${hint && html`<p class="field-hint" id="${id}-hint">${hint}</p>`}
    <div class="picks-choices">${choices}</div>
  </fieldset>`;
}

/**
 * @param {"radio" | "checkbox"} type
 * @param {string} name
 * @param {Option} option
 * @param {boolean} checked
 * @param {(value: string) => void} choose
 */
function choice(type, name, { value, label, lang, picture, disabled }, checked, choose) {
  return html`<label class="choice" key=${value}>
    <input type=${type} name=${name} value=${value} checked=${checked} disabled=${disabled} onChange=${() => choose(value)} />
    ${picture}<span lang=${lang} dir="auto">${label}</span>
  </label>`;
}
