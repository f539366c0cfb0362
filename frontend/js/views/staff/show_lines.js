import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { inWords, WordPicker } from "../parts/word_picker.js";
import { Field } from "./field.js";
import { PickOne } from "./pick.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */

/** Characters of the line beside the words. */
const NOTE = 500;

/**
 * Shows own words of a talk to one of the team: which ones and who reads them, all in view, and nothing of anybody else's.
 * @param {{ room: PeerRoom, onClose: () => void }} props
 */
export function ShowLines({ room, onClose }) {
  const picked = useSignal(/** @type {ReadonlySet<string>} */ (new Set()));
  const whom = useSignal(/** @type {string | null} */ (null));
  const note = useSignal("");
  const state = useSignal(/** @type {"open" | "sending" | "sent"} */ ("open"));
  const problem = useSignal(/** @type {string | null} */ (null));
  if (state.value === "sent") return h(Panel, { title: t("lines-open"), onClose }, html`<p role="status">${t("lines-done")}</p>`);
  const rows = room.ownLines.value;
  const chosen = rows.filter(({ key }) => picked.value.has(key));
  const show = async () => {
    if (whom.value === null) return;
    state.value = "sending";
    const { ok, code } = await room.showLines({ to: whom.value, keys: chosen.map(({ key }) => key), note: note.value.trim() });
    problem.value = ok ? null : (code ?? "unreachable");
    state.value = ok ? "sent" : "open";
  };
  return h(
    Panel,
    { title: t("lines-open"), onClose },
    html`<p>${t("lines-intro")}</p>`,
    rows.length === 0
      ? html`<p>${t("lines-none")}</p>`
      : h(WordPicker, { rows, picked: picked.value, onPick: (keys) => void (picked.value = keys), legend: t("lines-pick") }),
    h(PickOne, { legend: t("lines-who"), chosen: whom, options: room.team().map(({ kid, alias, role }) => ({ value: kid, label: t(`lines-${role}`, { alias }) })) }),
    h(Field, { label: t("lines-note"), value: note, lines: 2, maxLength: NOTE }),
    html`<div class="preview">
      <h3>${t("backing-preview")}</h3>
      ${chosen.length === 0 ? html`<p>${t("backing-nothing")}</p>` : html`<ul>${chosen.map((row) => html`<li key=${row.key} dir="auto">${inWords(row)}</li>`)}</ul>`}
    </div>`,
    html`<p>${h(Pebble, { kind: "primary", disabled: chosen.length === 0 || whom.value === null || state.value !== "open", onClick: () => void show() }, t("lines-show"))}</p>`,
    h(Problem, { code: problem.value, here: { slow_down: "lines-enough" } }),
  );
}
