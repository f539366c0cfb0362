// Something felt wrong: one picks the words, and sees exactly what leaves and who reads it.

import { h, html, useId, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { isShown } from "../../state/timeline.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { SharedRow } from "../parts/shared_row.js";
import { SystemLine } from "../parts/system_line.js";
import { inWords, WordPicker } from "../parts/word_picker.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/timeline.js").Row} Row */

const CATEGORIES = /** @type {const} */ (["danger", "contact", "abuse", "other"]);
const LONGEST_NOTE = 1000;

/** @param {{ engine: ClientEngine, picked: string | null, onClose: () => void,
 *   onSwitch?: () => void }} props picked: the row it was opened from */
export function FlagPanel({ engine, picked: first, onClose, onSwitch }) {
  const [picked, setPicked] = useState(new Set(first === null ? [] : [first]));
  const [category, setCategory] = useState(/** @type {typeof CATEGORIES[number]} */ ("other"));
  const [note, setNote] = useState("");
  const [state, setState] = useState(/** @type {"open" | "sending" | "sent" | "slow" | "failed"} */ ("open"));
  const rows = flaggable(engine);
  const chosen = rows.filter(({ key }) => picked.has(key));
  const peer = engine.peer.value?.alias ?? null;
  const send = async () => {
    setState("sending");
    const { ok, code } = await engine.flag({ keys: chosen.map(({ key }) => key), category, note: note.trim() });
    setState(ok ? "sent" : code === "slow_down" ? "slow" : "failed");
  };
  if (state === "sent") return h(Sent, { engine, peer, onClose, onSwitch });
  return h(Panel, { title: t("flag-open"), onClose }, rows.length === 0 ? html`<p>${t("flag-nothing")}</p>` : html`
    ${h(WordPicker, { rows, picked, onPick: setPicked, legend: t("flag-title") })}
    ${h(Categories, { category, onChange: setCategory })}
    ${h(NoteField, { note, onInput: setNote })}
    ${h(Preview, { chosen, note: note.trim() })}
    <p>${peer === null ? t("flag-who-alone") : t("flag-who", { peer })}</p>
    ${state === "slow" && h(SystemLine, { kind: "care" }, t("flag-slow"))}
    ${state === "failed" && h(SystemLine, { kind: "care" }, t("flag-failed"))}
    <p class="acts">${h(Pebble, {
      kind: "primary", disabled: chosen.length === 0 || state === "sending", onClick: () => void send(),
    }, t(state === "sending" ? "flag-sending" : "flag-send"))}</p>`);
}

/** What can be picked, in the order of the talk: what is folded away stays out of sight here, too. @param {ClientEngine} engine */
export function flaggable(engine) {
  const lines = engine.pages.ours.written.value.filter(({ folded }) => !(folded && engine.folded.value));
  const said = engine.rows.value.filter(({ folded, proof }) => !folded && proof !== null);
  return [...said, ...lines].sort((a, b) => Number(a.seq) - Number(b.seq));
}

/** @param {{ category: string, onChange: (category: typeof CATEGORIES[number]) => void }} props */
function Categories({ category, onChange }) {
  const name = useId();
  return html`<fieldset>
    <legend>${t("flag-why")}</legend>
    ${CATEGORIES.map((each) => html`<label class="choice">
      <input type="radio" name=${name} checked=${category === each} onChange=${() => onChange(each)} />
      <span>${t(`flag-${each}`)}</span>
    </label>`)}
  </fieldset>`;
}

/** @param {{ note: string, onInput: (note: string) => void }} props */
export function NoteField({ note, onInput }) {
  const id = useId();
  return html`<p class="field">
    <label for=${id}>${t("flag-note")}</label>
    <textarea id=${id} rows="2" dir="auto" autocomplete="off" maxlength=${LONGEST_NOTE} value=${note}
      onInput=${(/** @type {import("preact").TargetedInputEvent<HTMLTextAreaElement>} */ event) => onInput(event.currentTarget.value)}></textarea>
  </p>`;
}

/** Exactly what goes out. @param {{ chosen: Row[], note: string }} props */
export function Preview({ chosen, note }) {
  const id = useId();
  return html`<section class="preview" aria-labelledby=${id}>
    <h3 id=${id}>${t("flag-preview")}</h3>
    ${chosen.length === 0
      ? html`<p class="soft">${t("flag-pick-first")}</p>`
      : html`<ul>
          ${chosen.map((row) => html`<li key=${row.key}><bdi class="soft">${row.from === "me" ? t("you") : row.who}</bdi>
            ${isShown(row.kind) && row.kind !== "text" ? h(SharedRow, { row }) : html`<span class="preview-words" dir="auto">${inWords(row)}</span>`}</li>`)}
          ${note !== "" && html`<li key="note"><span class="soft">${t("flag-note-yours")}</span><span class="preview-words" dir="auto">${note}</span></li>`}
        </ul>`}
  </section>`;
}

/**
 * @param {{ engine: ClientEngine, peer: string | null, onClose: () => void, onSwitch: (() => void) | undefined }} props
 */
function Sent({ engine, peer, onClose, onSwitch }) {
  if (peer === null) return h(Panel, { title: t("flag-after-alone"), onClose });
  return h(Panel, { title: t("flag-after", { peer }), onClose }, html`<p class="acts">
    ${h(Pebble, { kind: "primary", onClick: onClose }, t("flag-stay"))}
    ${onSwitch && h(Pebble, { onClick: onSwitch }, t("switch-short"))}
    ${h(Pebble, { onClick: () => void engine.endForNow() }, t("flag-stop"))}
  </p>`);
}
