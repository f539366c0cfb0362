// Somebody whom a peer would bring in. Who it is shows first, what they would be told is this person's own, and a no costs
// nothing.

import { h, html, useId, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { listed, ownName } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { Stone, stoneOf } from "../parts/stone.js";
import { topicName } from "../parts/topics.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/client/newcomers.js").Newcomer} Newcomer */
/** @typedef {import("preact").TargetedInputEvent<HTMLTextAreaElement>} Typed */

/** Characters of what may be told. */
const LONGEST = 2000;

/** @param {{ engine: ClientEngine }} props */
export function Newcomers({ engine }) {
  return html`<div>${engine.newcomers.value.map((newcomer) => h(Card, { key: `${newcomer.peer.kid} ${newcomer.card?.seq}`, engine, newcomer }))}</div>`;
}

/** @param {{ engine: ClientEngine, newcomer: Newcomer }} props */
function Card({ engine, newcomer: { peer, by, purpose, card } }) {
  const id = useId();
  const [past, setPast] = useState(false);
  const [changed, setChanged] = useState(/** @type {string | null} */ (null));
  const text = changed ?? card?.text ?? "";
  const names = { peer: by, next: peer.alias };
  const busy = engine.busy.value;
  const letIn = (/** @type {import("../../state/client/newcomers.js").Card | null} */ told) => void engine.letIn(peer.kid, { sharePast: past, told });
  return html`<section class="card meeting newcomer" aria-labelledby=${id}>
    ${h(Stone, { kind: stoneOf(peer.stone) })}
    <h2 id=${id}>${t(`newcomer-${purpose}`, names)}</h2>
    ${peer.languages.length > 0 && html`<p>${t("meet-languages", { languages: listed(peer.languages.map(ownName)) })}</p>`}
    ${peer.lived.length > 0 && html`<p>${t("meet-lived", { lived: listed(peer.lived.map(topicName)) })}</p>`}
    <p class="soft">${t("newcomer-unread", names)}</p>
    ${card && html`<p class="field">
      <label for=${`${id}-card`}>${t("handover-ask", names)}</label>
      <textarea id=${`${id}-card`} rows="4" dir="auto" autocomplete="off" maxlength=${LONGEST} value=${text}
        onInput=${(/** @type {Typed} */ event) => setChanged(event.currentTarget.value)}></textarea>
    </p>`}
    <label class="choice"><input type="checkbox" checked=${past} aria-describedby=${card ? `${id}-past` : undefined} onChange=${() => setPast(!past)} /><span>${t("newcomer-past", names)}</span></label>
    ${card && html`<p class="soft" id=${`${id}-past`}>${t("newcomer-past-card", names)}</p>`}
    <p class="acts">
      ${card && h(Pebble, { key: "share", kind: "primary", disabled: busy || text.trim() === "", onClick: () => letIn({ seq: card.seq, text }) }, t("newcomer-share", names))}
      ${h(Pebble, { key: "in", kind: card ? "plain" : "primary", disabled: busy, onClick: () => letIn(null) }, t(card ? "newcomer-no-card" : "newcomer-yes", names))}
      ${h(Pebble, { key: "no", disabled: busy, onClick: () => void engine.turnAway(peer.kid) }, t("newcomer-no", names))}
    </p>
  </section>`;
}
