// A moderator asks for more of the talk: one picks what goes, or would rather not, and both are fine.

import { h, html, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";
import { WordPicker } from "../parts/word_picker.js";
import { NoteField, Preview, flaggable } from "./flag_panel.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

/** @param {{ engine: ClientEngine }} props */
export function MoreWords({ engine }) {
  const [said, setSaid] = useState(/** @type {{ flag: string, id: string } | null} */ (null));
  const reports = engine.reports.value;
  const asked = reports.find(({ outcome }) => outcome === "asked");
  const waits = reports.some(({ flag, outcome }) => flag === said?.flag && outcome === "open");
  return html`<div>
    ${asked && h(Asked, { key: asked.flag, engine, flag: asked.flag, onSaid: (id) => setSaid({ flag: asked.flag, id }) })}
    <div role="status">${waits && said !== null && h(SystemLine, {}, t(said.id))}</div>
  </div>`;
}

/** @param {{ engine: ClientEngine, flag: string, onSaid: (id: string) => void }} props */
function Asked({ engine, flag, onSaid }) {
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState(/** @type {Set<string>} */ (new Set()));
  const [note, setNote] = useState("");
  const [state, setState] = useState(/** @type {"open" | "sending" | "failed"} */ ("open"));
  const rows = flaggable(engine);
  const chosen = rows.filter(({ key }) => picked.has(key));
  const sending = state === "sending";
  const answer = async (/** @type {boolean} */ gives) => {
    setState("sending");
    const { ok } = await engine.answerModerator(flag, gives ? { keys: chosen.map(({ key }) => key), note: note.trim() } : null);
    setState(ok ? "open" : "failed");
    if (ok) onSaid(gives ? "more-sent" : "more-refused");
  };
  return html`<div>
    ${h(SystemLine, {}, [
      t("more-asked"), " ",
      h(Pebble, { key: "pick", expanded: open, onClick: () => setOpen(!open) }, t("more-pick")), " ",
      h(Pebble, { key: "no", kind: "quiet", disabled: sending, onClick: () => void answer(false) }, t("more-no")),
    ])}
    ${state === "failed" && h(SystemLine, { kind: "care" }, t("flag-failed"))}
    ${open && h(Panel, { title: t("more-pick"), onClose: () => setOpen(false) }, rows.length === 0 ? html`<p>${t("flag-nothing")}</p>` : html`
      ${h(WordPicker, { rows, picked, onPick: setPicked, legend: t("more-title") })}
      ${h(NoteField, { note, onInput: setNote })}
      ${h(Preview, { chosen, note: note.trim() })}
      <p class="acts">${h(Pebble, {
        kind: "primary", disabled: chosen.length === 0 || sending, onClick: () => void answer(true),
      }, t(sending ? "flag-sending" : "flag-send"))}</p>`)}
  </div>`;
}
