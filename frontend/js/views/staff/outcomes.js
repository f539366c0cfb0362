import { h } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";

/** What a moderator decided about words that this peer sent. @param {{ desk: import("../../state/staff/desk.js").Desk }} props */
export function Outcomes({ desk }) {
  const unread = desk.reports.value.filter(({ outcome, seen }) => outcome !== "open" && !seen);
  if (unread.length === 0) return null;
  const closed = unread.some(({ outcome }) => outcome === "closed");
  return h(SystemLine, {}, [
    t(closed ? "backing-outcome-closed" : "backing-outcome-none"), " ",
    h(Pebble, { key: "ok", onClick: () => void desk.readOutcomes() }, t("outcome-ok")),
  ]);
}
