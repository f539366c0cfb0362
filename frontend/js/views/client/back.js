// Coming back by seven words, or by their numbers, typed or pasted in any shape.

import { h, html, useId, useRef, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { ScreenTitle } from "../parts/screen_title.js";
import { SystemLine } from "../parts/system_line.js";
import { forDays } from "./for_days.js";
import { sentenceOf } from "./troubles.js";

/** @typedef {import("../../state/client/door.js").Door} Door */

/** What did not work in here, where it has words of its own. @type {Map<string, string>} */
const TROUBLES = new Map([["code-format", "back-shape"], ["code-unknown", "back-check"], ["unreachable", "back-unreachable"]]);

/** @param {{ door: Door }} props */
export function Back({ door }) {
  const id = useId();
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(/** @type {string | null} */ (null));
  const open = async () => {
    const typed = field.current?.value ?? "";
    if (typed.trim() === "" || busy) return field.current?.focus();
    setBusy(true);
    setTrouble(null);
    const code = await door.comeBack(typed);
    setBusy(false);
    setTrouble(code);
    if (code !== null) field.current?.focus();
  };
  const engine = door.engine.value;
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    event.preventDefault();
    void open();
  };
  return html`<div class="back">
    ${h(ScreenTitle, {}, t("back-title"))}
    <form onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <p class="field">
        <label for=${id}>${t("back-field")}</label>
        <textarea id=${id} ref=${field} class="code-field" rows="2" dir="ltr" autocomplete="off" autocorrect="off" autocapitalize="none"
          spellcheck=${false} aria-describedby=${`${id}-hint${trouble ? ` ${id}-trouble` : ""}`} aria-invalid=${trouble ? "true" : undefined}
          enterkeyhint="go" onKeyDown=${onKeyDown}></textarea>
      </p>
      <p class="soft" id=${`${id}-hint`}>${t("back-hint")}</p>
      <div id=${`${id}-trouble`} aria-live="polite">
        ${busy && h(SystemLine, {}, t("back-busy"))}
        ${trouble && h(SystemLine, { kind: "care" }, said(trouble, engine))}
      </div>
      <p class="acts">
        ${h(Pebble, { kind: "primary", disabled: busy, onClick: () => void open() }, t("back-open"))}
        ${h(Pebble, { kind: "quiet", onClick: () => door.goTo("landing") }, t("look-back"))}
      </p>
    </form>
  </div>`;
}

/**
 * @param {string} trouble a code
 * @param {import("../../state/client/engine.js").ClientEngine | null} engine
 */
function said(trouble, engine) {
  const sentence = t(TROUBLES.get(trouble) ?? sentenceOf(trouble), { days: engine?.keepDays.value ?? 0 });
  return trouble === "code-unknown" ? forDays(sentence, engine) : sentence;
}
