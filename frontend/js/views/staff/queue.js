import { h, html, useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { Ticket, ticketName } from "./ticket.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/staff/desk.js").Waiting} Waiting */

/**
 * Who waits, in the order given, without whoever is offered above: what their ticket says, never a word of theirs.
 * Where the focus is in a row that goes, it follows to the offer above, and else to the title.
 * @param {{ desk: Desk, onHello: (key: string) => void }} props
 */
export function Queue({ desk, onHello }) {
  const rows = desk.waiting.value.filter(({ key }) => key !== desk.offer.value?.key);
  const why = whyNot(desk);
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const follow = (/** @type {string} */ key) => queueMicrotask(() => { // when what was drawn with it stands too
    const title = heading.current;
    const hello = desk.offer.value?.key === key ? title?.closest(".desk-queue")?.querySelector(".offer button") : null;
    const next = hello instanceof HTMLElement ? hello : title;
    if (focused() === null) next?.focus({ preventScroll: true });
  });
  return html`<section class="queue" aria-labelledby="queue-title">
    <h2 id="queue-title" tabindex="-1" ref=${heading}>${rows.length === 0 ? t("desk-waiting") : t("desk-waiting-count", { count: rows.length })}</h2>
    ${why && html`<p class="queue-why">${t(why)}</p>`}
    ${rows.length === 0
      ? desk.on.value && html`<p class="queue-none">${t(desk.offer.value ? "queue-none-else" : "queue-none")}</p>`
      : html`<ul class="queue-rows">
          ${rows.map((row) => h(Row, { key: row.key, row, mayMeet: why === null, onHello, onGone: follow }))}
        </ul>`}
  </section>`;
}

/** Why nobody can be met now, as a locale id. @param {Desk} desk */
function whyNot(desk) {
  if (desk.availability.paused.value) return "paused-title";
  if (!desk.on.value) return "queue-off";
  if (desk.net.value === "off") return "queue-offline";
  return desk.full.value ? "queue-full" : null;
}

/** @param {{ row: Waiting, mayMeet: boolean, onHello: (key: string) => void, onGone: (key: string) => void }} props onGone: it goes while the focus is in it */
function Row({ row, mayMeet, onHello, onGone }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => () => {
    if (place.current?.contains(focused())) onGone(row.key);
  }, []);
  const label = t("queue-hello-to", { row: ticketName(row) });
  return html`<li class="queue-row" ref=${place}>
    ${h(Ticket, { row })}
    ${h(Pebble, { kind: "primary", disabled: !mayMeet, label, onClick: () => onHello(row.key) }, t("queue-hello"))}
  </li>`;
}
