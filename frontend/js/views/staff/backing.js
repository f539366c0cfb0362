import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { inWords, WordPicker } from "../parts/word_picker.js";
import { Field } from "./field.js";
import { namedRows } from "./named_rows.js";
import { PickOne } from "./pick.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {import("../../state/timeline.js").Row} Row */

/** Each reason, and the category that it is queued under. */
export const REASONS = Object.freeze({ backing: "other", danger: "danger", abuse: "abuse", mistake: "mistake", other: "other" });

/** @typedef {keyof typeof REASONS} Reason */

/** Characters of a note. */
const NOTE = 1000;

/**
 * Sends chosen words of a talk to the moderators: which ones, why, who reads them and who is told, all in view.
 * @param {{ room: PeerRoom, onClose: () => void }} props
 */
export function Backing({ room, onClose }) {
  const picked = useSignal(/** @type {ReadonlySet<string>} */ (new Set()));
  const reason = useSignal(/** @type {string | null} */ (null));
  const note = useSignal("");
  const state = useSignal(/** @type {"open" | "sending" | "sent"} */ ("open"));
  const problem = useSignal(/** @type {string | null} */ (null));
  if (state.value === "sent") return h(Panel, { title: t("backing-title"), onClose }, html`<p role="status">${t("backing-done")}</p>`);

  const rows = namedRows({ rows: room.flaggable, name: room.name });
  const chosen = rows.filter(({ key }) => picked.value.has(key));
  const send = async () => {
    if (reason.value === null || chosen.length === 0) return;
    state.value = "sending";
    const why = /** @type {Reason} */ (reason.value);
    const keys = chosen.map(({ key }) => key);
    const { ok, code } = await room.flag({ keys, category: REASONS[why], note: note.value.trim(), reason: why });
    problem.value = ok ? null : (code ?? "unreachable");
    state.value = ok ? "sent" : "open";
  };
  const ready = reason.value !== null && chosen.length > 0 && state.value === "open";
  return h(
    Panel,
    { title: t("backing-title"), onClose },
    html`<p>${t("backing-intro")}</p>`,
    rows.length === 0
      ? html`<p>${t("backing-none")}</p>`
      : h(WordPicker, { rows, picked: picked.value, onPick: (keys) => void (picked.value = keys), legend: t("backing-pick") }),
    h(PickOne, {
      legend: t("backing-why"),
      chosen: reason,
      options: Object.keys(REASONS).map((each) => ({ value: each, label: t(`backing-reason-${each}`) })),
    }),
    reason.value === "danger" && html`<p>${t("backing-danger-note")}</p>`,
    h(Field, { label: t("backing-note"), value: note, lines: 2, maxLength: NOTE }),
    h(Leaving, { rows: chosen, told: room.mayWrite.value }),
    html`<p>${h(Pebble, { kind: "primary", disabled: !ready, onClick: () => void send() }, t(state.value === "sending" ? "backing-sending" : "backing-send"))}</p>`,
    h(Problem, { code: problem.value, here: { slow_down: "backing-slow" } }),
  );
}

/**
 * Exactly what leaves the talk, and whether the other person hears of it.
 * @param {{ rows: Row[], told: boolean }} props
 */
function Leaving({ rows, told }) {
  return html`<div class="preview">
    <h3>${t("backing-preview")}</h3>
    ${rows.length === 0
      ? html`<p>${t("backing-nothing")}</p>`
      : html`<ul>
          ${rows.map((row) => html`<li key=${row.key}><bdi>${row.from === "me" ? t("you") : row.who}</bdi>: <span dir="auto">${inWords(row)}</span></li>`)}
        </ul>`}
    <p>${t(told ? "backing-told" : "backing-untold")}</p>
  </div>`;
}
