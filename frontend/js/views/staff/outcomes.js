import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";
import { WordPicker } from "../parts/word_picker.js";
import { Field } from "./field.js";
import { namedRows } from "./named_rows.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/flagging.js").Report} Report */

/** Characters of a note. */
const NOTE = 1000;

/** What a moderator decided about words that this peer sent, or would like to know first. @param {{ desk: Desk }} props */
export function Outcomes({ desk }) {
  const unread = desk.reports.value.filter(({ outcome, seen }) => !["open", "asked"].includes(outcome) && !seen);
  const outcomes = [...new Set(unread.map(({ outcome }) => outcome))];
  const asked = desk.reports.value.filter(({ outcome }) => outcome === "asked");
  return html`<div class="outcomes">
    ${outcomes.map((outcome, at) => h(SystemLine, { key: outcome }, [
      t(`backing-outcome-${outcome}`), " ",
      at === outcomes.length - 1 && h(Pebble, { key: "ok", onClick: () => void desk.readOutcomes() }, t("outcome-ok")),
    ]))}
    ${asked.map((report) => h(More, { key: report.flag, desk, report }))}
  </div>`;
}

/** More words of a talk are asked for: a no is as good. @param {{ desk: Desk, report: Report }} props */
function More({ desk, report }) {
  const open = useSignal(false);
  const sending = useSignal(false);
  const picked = useSignal(/** @type {ReadonlySet<string>} */ (new Set()));
  const note = useSignal("");
  const problem = useSignal(/** @type {string | null} */ (null));
  const room = desk.roomOf(report);
  const rows = room ? namedRows({ rows: room.flaggable, name: room.name }) : [];
  const keys = rows.flatMap(({ key }) => (picked.value.has(key) ? [key] : []));
  const answer = async (/** @type {boolean} */ gives) => {
    sending.value = true;
    const { ok, code } = await desk.answerModerator(report, gives ? { keys, note: note.value.trim() } : null);
    sending.value = false;
    problem.value = ok ? null : (code ?? "unreachable");
  };
  return html`<div>
    ${h(SystemLine, {}, [
      t("backing-more"), " ",
      rows.length > 0 && h(Pebble, { key: "pick", expanded: open.value, onClick: () => void (open.value = !open.value) }, t("backing-more-pick")), " ",
      h(Pebble, { key: "no", kind: "quiet", disabled: sending.value, onClick: () => void answer(false) }, t("backing-more-no")),
    ])}
    ${rows.length === 0 && html`<p class="soft">${t("backing-more-gone")}</p>`}
    ${open.value && rows.length > 0 && h(Panel, { title: t("backing-more-pick"), onClose: () => void (open.value = false) },
      h(WordPicker, { rows, picked: picked.value, onPick: (next) => void (picked.value = next), legend: t("backing-pick") }),
      h(Field, { label: t("backing-note"), value: note, lines: 2, maxLength: NOTE }),
      html`<p>${h(Pebble, { kind: "primary", disabled: keys.length === 0 || sending.value, onClick: () => void answer(true) }, t(sending.value ? "backing-sending" : "backing-send"))}</p>`)}
    ${h(Problem, { code: problem.value })}
  </div>`;
}
