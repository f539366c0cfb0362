// Somebody is here. Who it is shows first; a no costs nothing.

import { h, html, useEffect, useId, useRef, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { listed, ownName } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { Stone, stoneOf } from "../parts/stone.js";
import { topicName } from "../parts/topics.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/client/engine.js").Profile} Profile */

/**
 * A peer's own line as a sentence that ends.
 * @param {Profile} peer
 */
export const aboutOf = ({ line }) => (line === "" || /[.!?…。！？؟]$/u.test(line) ? line : `${line}.`);

/** A peer says hello while one waits. @param {{ engine: ClientEngine }} props */
export function PeerIsHere({ engine }) {
  const peer = engine.stage.value === "meeting" ? engine.meet.value : null;
  return peer && h(InReach, { label: t("meet-show", { peer: peer.alias }) }, h(Meeting, {
    peer, title: t("meet-title", { peer: peer.alias, about: aboutOf(peer) }), unread: t("meet-unread", { peer: peer.alias }),
    yes: t("meet-hello"), no: t("meet-else"), answer: (accept) => void engine.answer(accept),
  }));
}

/**
 * Who reads or draws further down sees that somebody came, and stays there until they go up by themselves.
 * @param {{ label: string, children?: import("preact").ComponentChildren }} props
 */
function InReach({ label, children }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (!place.current) return undefined;
    const watch = new IntersectionObserver(([entry]) => setAway(!entry?.isIntersecting));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  const show = () => {
    place.current?.scrollIntoView({ block: "center" });
    place.current?.querySelector("button")?.focus({ preventScroll: true });
  };
  return html`<div ref=${place}>${children}</div>
    ${away && html`<p class="arrived">${h(Pebble, { kind: "primary", onClick: show }, label)}</p>`}`;
}

/** A second person of the team asks for a seat. @param {{ engine: ClientEngine }} props */
export function SeatAsked({ engine }) {
  const peer = engine.seatAsked.value;
  return peer && h(Meeting, {
    peer, title: t("seat-asks", { peer: peer.alias }), unread: t("seat-unread", { peer: peer.alias }),
    yes: t("seat-yes"), no: t("seat-no"), answer: (accept) => void engine.answerSeat(accept),
  });
}

/**
 * @param {{ peer: Profile, title: string, unread: string, yes: string, no: string, answer: (accept: boolean) => void }} props
 */
function Meeting({ peer, title, unread, yes, no, answer }) {
  const id = useId();
  const { languages, lived } = peer;
  return html`<section class="card meeting" aria-labelledby=${id}>
    ${h(Stone, { kind: stoneOf(peer.stone) })}
    <h2 id=${id} dir="auto">${title}</h2>
    ${languages.length > 0 && html`<p>${t("meet-languages", { languages: listed(languages.map(ownName)) })}</p>`}
    ${lived.length > 0 && html`<p>${t("meet-lived", { lived: listed(lived.map(topicName)) })}</p>`}
    <p class="soft">${unread}</p>
    <p class="acts">
      ${h(Pebble, { kind: "primary", onClick: () => answer(true) }, yes)}
      ${h(Pebble, { onClick: () => answer(false) }, no)}
    </p>
  </section>`;
}
