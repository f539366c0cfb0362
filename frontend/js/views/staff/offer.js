import { h, html, useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "../parts/pebble.js";
import { languageName } from "./languages.js";
import { Ticket, dotted, ticketName } from "./ticket.js";

/** @typedef {import("../../state/staff/desk.js").Desk} Desk */
/** @typedef {import("../../state/staff/desk.js").Offer} Offer */

/**
 * Who is offered to this peer, and why. It goes as it came: nothing else moves, and no clock runs on it.
 * @param {{ desk: Desk, onHello: (key: string) => void }} props
 */
export function Offered({ desk, onHello }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const offer = desk.offer.value;
  if (!desk.on.value) return null;
  const back = () => heading.current?.focus({ preventScroll: true });
  return html`<section class="offered" aria-labelledby="offered-title">
    <h2 id="offered-title" tabindex="-1" ref=${heading}>${t("offer-title")}</h2>
    ${offer ? h(Card, { key: offer.key, desk, offer, onHello, onGone: back }) : html`<p class="queue-none">${t("offer-none")}</p>`}
  </section>`;
}

/** @param {{ desk: Desk, offer: Offer, onHello: (key: string) => void, onGone: () => void }} props onGone: it goes while the focus is in it */
function Card({ desk, offer, onHello, onGone }) {
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => () => {
    if (card.current?.contains(focused())) onGone();
  }, []);
  const row = ticketName(offer);
  return html`<div class="queue-row offer" ref=${card}>
    ${h(Ticket, { row: offer })}
    <ul class="offer-why" aria-label=${t("offer-why")}>
      ${reasons(offer).map((reason) => html`<li key=${reason}>${reason}</li>`)}
    </ul>
    <div class="acts">
      ${h(Pebble, { kind: "primary", disabled: desk.net.value === "off", label: t("queue-hello-to", { row }), onClick: () => onHello(offer.key) }, t("queue-hello"))}
      ${h(Pebble, { disabled: desk.net.value === "off", label: t("offer-pass-on", { row }), onClick: () => void desk.pass(offer.key) }, t("offer-pass"))}
    </div>
  </div>`;
}

/** Why this peer and this person fit. @param {Offer} offer */
function reasons({ language, fits }) {
  const found = [
    fits.asked && t("offer-asked"),
    fits.language && t("offer-language", { language: languageName(language) }),
    fits.topics.length > 0 && t("offer-topics", { topics: dotted(fits.topics) }),
    fits.lived.length > 0 && t("offer-lived", { topics: dotted(fits.lived) }),
  ].filter((each) => each !== false);
  return found.length > 0 ? found : [t("offer-next")];
}
