import { h, html, useEffect, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { Field } from "./field.js";
import { PickOne } from "./pick.js";
import { Problem } from "./problem.js";

/** @typedef {import("../../state/staff/desk.js").PeerRoom} PeerRoom */
/** @typedef {import("../../state/answers.js").AskPurpose} AskPurpose */

/** Words of a card. */
const MOST = 80;
/** Words that are left when that is said. */
const NEAR = 15;
/** Characters, so that no card is one endless word. */
const LONGEST = 1200;

/** @param {string} text */
export const wordsIn = (text) => text.split(/\s+/u).filter(Boolean).length;

/**
 * Asks a colleague in: what for, who of those that are on, and for a handover a card that the client reads first.
 * @param {{ room: PeerRoom, onClose: () => void }} props
 */
export function Bring({ room, onClose }) {
  const { colleagues } = room;
  const purpose = useSignal(/** @type {string | null} */ (null));
  const whom = useSignal(/** @type {string | null} */ (null));
  const card = useSignal("");
  const asking = useSignal(false);
  useEffect(() => void colleagues.look(), []);
  const free = colleagues.free.value?.filter(({ kid }) => !colleagues.asked.value.some((each) => each.kid === kid)) ?? null;
  const left = MOST - wordsIn(card.value);
  const handing = purpose.value === "handover";
  const ready = purpose.value !== null && free?.some(({ kid }) => kid === whom.value) && !(handing && left < 0) && !asking.value && room.mayWrite.value;
  const ask = async () => {
    if (whom.value === null || purpose.value === null) return;
    asking.value = true;
    const done = await room.askIn({ kid: whom.value, purpose: /** @type {AskPurpose} */ (purpose.value), card: card.value });
    asking.value = false;
    if (done) onClose();
    else void colleagues.look();
  };
  return h(
    Panel,
    { title: t("bring-open"), onClose },
    html`<p>${t("bring-intro")}</p>`,
    h(PickOne, { legend: t("bring-why"), chosen: purpose, options: ["handover", "company"].map((each) => ({ value: each, label: t(`bring-${each}`) })) }),
    free === null ? html`<p role="status">${colleagues.problem.value === null && t("bring-looking")}</p>` : free.length === 0
      ? html`<p role="status">${t("bring-nobody")}</p><p>${h(Pebble, { onClick: () => void colleagues.look() }, t("bring-again"))}</p>`
      : h(PickOne, { legend: t("bring-who"), chosen: whom, options: free.map(({ kid, profile }) => ({ value: kid, label: profile.alias })) }),
    handing && h(Field, { label: t("bring-card"), hint: t("bring-card-hint"), value: card, lines: 4, maxLength: LONGEST }),
    handing && html`<p class="bring-left" role="status">${left < 0 ? t("bring-long") : left <= NEAR && t("bring-left", { left })}</p>`,
    html`<p>${h(Pebble, { kind: "primary", disabled: !ready, onClick: () => void ask() }, t("bring-ask"))}</p>`,
    h(Problem, { code: colleagues.problem.value, here: { closed: "bring-closed", unknown: "bring-closed", slow_down: "bring-enough" } }),
  );
}

/** How it stands with those who are asked in. @param {{ room: PeerRoom }} props */
export function AskedOfOthers({ room: { colleagues } }) {
  const asked = colleagues.asked.value;
  return html`<div class="bring-asked" role="status">
    ${asked.map(({ kid, alias, willing, mine }) => html`<p key=${kid}>
      ${t(!mine ? "bring-other" : willing ? "bring-willing" : "bring-waits", { peer: alias })}
      ${mine && h(Pebble, { kind: "quiet", onClick: () => void colleagues.withdraw(kid) }, t("bring-back"))}
    </p>`)}
    ${colleagues.notNow.value !== null && html`<p>
      ${t("bring-gone", { peer: colleagues.notNow.value })}
      ${h(Pebble, { kind: "quiet", onClick: () => colleagues.read() }, t("bring-ok"))}
    </p>`}
  </div>`;
}
