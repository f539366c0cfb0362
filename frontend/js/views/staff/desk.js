import { h, html, useEffect, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { focused, focusMain } from "../../platform/focus.js";
import { Pebble } from "../parts/pebble.js";
import { After } from "./after.js";
import { AfterTalk } from "./aftercare.js";
import { AskedIn } from "./asked_in.js";
import { AvailabilityChoice } from "./availability.js";
import { Heading } from "./heading.js";
import { useNews } from "./news.js";
import { Outcomes } from "./outcomes.js";
import { OwnPause } from "./own_pause.js";
import { Offered } from "./offer.js";
import { Problem } from "./problem.js";
import { Queue } from "./queue.js";
import { Room } from "./room.js";
import { Rooms } from "./rooms.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */

/**
 * The peer's desk: who waits and one's own talks on one side, one talk in view on the other. On a narrow screen the two
 * are one column, and `part` says which of them shows.
 * @param {{ desk: Desk }} props
 */
export function PeerDesk({ desk }) {
  useNews(desk);
  const part = useSignal(/** @type {"waiting" | "talks"} */ ("waiting"));
  const met = useSignal(/** @type {string | null} */ (null));
  const rooms = desk.rooms.value;
  const held = desk.held.value;
  const limit = desk.availability.limit.value;
  const room = rooms.find(({ key }) => key === desk.current.value) ?? null;
  const hello = (/** @type {string} */ key) => {
    met.value = key;
    part.value = "talks";
    void desk.claim(key);
  };
  useEffect(() => {
    part.value = rooms.length > 0 ? "talks" : "waiting";
    if (!room && focused() === null) focusMain(); // it was in a talk that is off the list
  }, [room === null]);
  return html`<div class="desk" data-part=${part.value}>
    <header class="desk-head">
      ${h(Heading, { text: t("staff-title-peer"), arrive: true })}
      ${h(AvailabilityChoice, { desk })}
      <div role="status" class="desk-line">${desk.net.value !== "up" && html`<p class="desk-net">${t(`net-${desk.net.value}`)}</p>`}</div>
      ${h(Outcomes, { desk })}
      ${h(OwnPause, { desk })}
      ${h(Problem, { code: desk.problem.value, here: { unknown: "problem-gone", closed: "problem-gone", slow_down: "queue-full", paused: "paused-title", "asked-over": "asked-over", "asked-full": "asked-full" } })}
    </header>
    <nav class="desk-parts" aria-label=${t("desk-parts")}>
      ${h(Pebble, { pressed: part.value === "waiting", onClick: () => void (part.value = "waiting") }, t("desk-waiting"), (desk.offer.value || desk.asked.value.some(({ willing }) => !willing)) && html` <span class="room-tab-unread">${t("offer-tab")}</span>`)}
      ${h(
        Pebble,
        { pressed: part.value === "talks", onClick: () => void (part.value = "talks") },
        t("desk-rooms"),
        rooms.some(({ unread }) => unread.value) && html` <span class="room-tab-unread">${t("talk-unread")}</span>`,
      )}
    </nav>
    <div class="desk-side">
      <div class="desk-queue">${h(AskedIn, { desk })}${h(Offered, { desk, onHello: hello })}${h(Queue, { desk, onHello: hello })}</div>
      <div class="desk-rooms">
        <h2>${held === 0 || held > limit ? t("desk-rooms") : t("desk-rooms-of", { held, limit })}</h2>
        ${rooms.length > 0 ? h(Rooms, { rooms, current: room?.key ?? null, onChoose: (key) => void desk.choose(key) }) : html`<p class="soft">${t("desk-no-talks")}</p>`}
      </div>
    </div>
    <div class="desk-talk">${inView()}</div>
  </div>`;

  function inView() {
    if (room?.ended.value) return h(After, { key: `after-${room.key}`, desk, room });
    if (room) return h(Room, { key: room.key, room, desk, arrive: met.value === room.key });
    if (desk.aftercare.open.value) return h(AfterTalk, { desk });
    return desk.on.value ? html`<p class="desk-empty">${t("desk-pick")}</p>` : h(After, { desk });
  }
}
