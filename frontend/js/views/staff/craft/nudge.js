import { h, html, useEffect, useSignal } from "../../../../vendor/preact.js";
import { systemClock } from "../../../platform/clock.js";
import { language, t } from "../../../platform/locale.js";
import { hints } from "../../../state/staff/craft/hints.js";
import { nudgeFor, storyIn } from "../../../state/staff/craft/nudging.js";
import { Pebble } from "../../parts/pebble.js";

/** @typedef {import("./craft_room.js").CraftRoom} CraftRoom */
/** @typedef {import("../../../state/staff/craft/nudging.js").NudgeId} NudgeId */

/** Milliseconds that a draft rests before a hint comes, changes or goes: no words flicker while somebody writes. */
const STILL = 1000;

/**
 * Under the composer: one hint at a time, and how much of the draft is the peer's own story. Sending is never held back.
 * @param {{ room: CraftRoom }} props
 */
export const Nudge = ({ room }) => h(Hint, { key: room.key, room });

/** @param {{ room: CraftRoom }} props */
function Hint({ room }) {
  const shown = useSignal(/** @type {NudgeId | null} */ (null));
  const text = room.draft.value;
  const pace = room.pace.value;
  const rows = room.rows.value;
  const off = hints.off.value;
  const spoken = room.language || language();
  useEffect(() => void hints.begin(), []);
  useEffect(() => {
    if (text.trim() !== "") return systemClock.after(STILL, () => void (shown.value = nudgeFor({ text, pace, rows, language: spoken }, hints.off.value)));
    shown.value = null;
    return undefined;
  }, [text, pace, rows, spoken]);
  const id = shown.value;
  const stopped = id !== null && off.has(id);
  const story = storyIn({ text, language: spoken });
  return html`<div class="nudge">
    <div class="nudge-words" role="status">${id !== null && html`<p>${stopped ? t("craft-stopped") : t(`craft-nudge-${id}`)}</p>`}</div>
    ${id !== null && h(Pebble, { kind: "quiet", onClick: () => hints.turn(id, stopped) }, stopped ? t("craft-again") : t("craft-stop"))}
    ${story > 0 && html`<p class="soft">${t("craft-story", { count: story })}</p>`}
  </div>`;
}
