import { h, html, useRef } from "../../../vendor/preact.js";
import { direction, t } from "../../platform/locale.js";
import { Stone } from "../parts/stone.js";
import { stoneName } from "./stones.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */

/** Ids of a tab and its panel, from the room's label: a room's own id is never in the page. */
export const tabId = (/** @type {PeerRoom} */ room) => `tab-${room.label}`;
export const panelId = (/** @type {PeerRoom} */ room) => `talk-${room.label}`;

/** A room's name on this desk. @param {PeerRoom} room */
export const roomName = (room) => t("talk-name", { number: room.label });

/**
 * This peer's talks as tabs: one is in view, arrow keys go from one to the next.
 * @param {{ rooms: readonly PeerRoom[], current: string | null, onChoose: (key: string) => void }} props
 */
export function Rooms({ rooms, current, onChoose }) {
  const tabs = useRef(/** @type {Map<string, HTMLElement>} */ (new Map()));
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const next = neighbour(rooms.map(({ key }) => key), current, event.key, direction());
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
    tabs.current.get(next)?.focus();
  };
  const none = rooms.every(({ key }) => key !== current);
  return html`<div class="rooms" role="tablist" aria-label=${t("desk-rooms")} onKeyDown=${onKeyDown}>
    ${rooms.map((room, at) => {
      const chosen = room.key === current;
      return html`<button
        type="button"
        role="tab"
        key=${room.key}
        id=${tabId(room)}
        class="room-tab"
        aria-selected=${chosen ? "true" : "false"}
        aria-controls=${chosen ? panelId(room) : undefined}
        tabindex=${chosen || (none && at === 0) ? 0 : -1}
        ref=${(/** @type {HTMLElement | null} */ tab) => void (tab ? tabs.current.set(room.key, tab) : tabs.current.delete(room.key))}
        onClick=${() => onChoose(room.key)}
      >
        ${h(Stone, { kind: room.stone, name: stoneName(room.stone) })}
        <span class="room-tab-name">${roomName(room)}</span>
        ${room.stage.value === "claimed" && html`<span class="room-tab-news">${t("talk-waiting-tab")}</span>`}
        ${room.unread.value && html`<span class="room-tab-news room-tab-unread">${t("talk-unread")}</span>`}
      </button>`;
    })}
  </div>`;
}

/**
 * Which tab a key leads to; null for a key that leads nowhere. Left and right follow the direction of reading.
 * @param {readonly string[]} keys in the order of the tabs
 * @param {string | null} current
 * @param {string} pressed as KeyboardEvent.key has it
 * @param {"ltr" | "rtl"} reading
 * @returns {string | null}
 */
export function neighbour(keys, current, pressed, reading) {
  const [forward, backward] = reading === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const at = current === null ? -1 : keys.indexOf(current);
  switch (pressed) {
    case forward:
    case "ArrowDown":
      return keys[(at + 1) % keys.length] ?? null;
    case backward:
    case "ArrowUp":
      return keys.at(at <= 0 ? -1 : at - 1) ?? null;
    case "Home":
      return keys[0] ?? null;
    case "End":
      return keys.at(-1) ?? null;
    default:
      return null;
  }
}
