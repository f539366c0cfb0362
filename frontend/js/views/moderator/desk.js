import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { askedOf } from "../../state/moderator/asked_of_me.js";
import { Pebble } from "../parts/pebble.js";
import { Heading } from "../staff/heading.js";
import { AskedOfMe } from "./asked.js";
import { KeptFlags } from "./kept.js";
import { PausedPeers } from "./pauses.js";
import { BatchBar } from "./rest.js";
import { NextForYou } from "./review.js";

/** @typedef {import("../../state/moderator/review.js").Review} Review */
/** @typedef {import("../../state/staff/account.js").Account} Account */
/** @typedef {import("../../state/staff/aftercare.js").Aftercare} Aftercare */

const PARTS = /** @type {const} */ (["next", "asked", "pauses", "kept"]);

/**
 * The moderators' desk: the next flag, what is asked of this very moderator, who is paused, and what is kept.
 * @param {{ account: Account, review: Review, aftercare: Aftercare }} props
 */
export function ModeratorDesk({ account, review, aftercare }) {
  const part = useSignal(/** @type {typeof PARTS[number]} */ ("next"));
  const session = account.session.value;
  if (session === null) return null;
  const { dose } = review;
  const rest = () => {
    part.value = "next";
    aftercare.talkClosed();
    dose.rest();
  };
  const reopen = async (/** @type {Parameters<typeof review.reopen>[0]} */ flag) => {
    await review.reopen(flag);
    part.value = "next";
  };
  const asked = askedOf(session);
  const show = (/** @type {typeof PARTS[number]} */ each) => {
    part.value = each;
    if (each === "asked") void asked.look();
  };
  return html`<div class="review">
    ${h(Heading, { key: review.flag.value?.key ?? "none", text: t("staff-title-moderator"), arrive: true })}
    <div class="review-desk">
      <div class="review-rail">
        <div class="review-parts" role="group" aria-label=${t("desk-parts")}>
          ${PARTS.map((each) => h(Pebble, { key: each, pressed: part.value === each, onClick: () => show(each) },
            t(each === "asked" && asked.waits.value ? "desk-part-asked-waits" : `desk-part-${each}`)))}
        </div>
        ${dose.mayGoOn && h(BatchBar, { dose, onRest: rest, onTurned: () => void (review.flag.value === null && review.next()) })}
      </div>
      <div class="review-part">
        <div hidden=${part.value !== "next"}>${h(NextForYou, { review, aftercare, onRest: rest, onEnd: () => account.signOut() })}</div>
        <div hidden=${part.value !== "asked"}>${h(AskedOfMe, { session, own: { dose, onReopen: reopen, busy: review.busy.value, onRest: rest } })}</div>
        ${part.value === "pauses" && h(PausedPeers, { session })}
        ${part.value === "kept" && h(KeptFlags, { session })}
      </div>
    </div>
  </div>`;
}
