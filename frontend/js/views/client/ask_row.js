// Under a peer's question: leave it out, or leave it for another time. One tap, no words, no reason.

import { h, html, useEffect, useRef } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { isQuestion, isShown } from "../../state/timeline.js";
import { announce } from "../parts/announcer.js";
import { Pebble } from "../parts/pebble.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/timeline.js").Reply} Reply */
/** @typedef {import("../../state/timeline.js").Row} Row */

/**
 * The peer's questions that nothing was said after: whoever wrote on has answered in their own way.
 * @param {readonly Row[]} rows
 * @returns {Set<string>} their keys
 */
export function openQuestions(rows) {
  const since = rows.slice(rows.findLastIndex(({ from, kind }) => from === "me" && isShown(kind)) + 1);
  const asked = since.filter(({ from, kind, text, seq, reply, folded }) =>
    from === "them" && kind === "text" && seq !== null && reply === null && !folded && isQuestion(text));
  return new Set(asked.map(({ key }) => key));
}

/**
 * The two taps, then what the peer was told; nothing under a row that asks nothing.
 * @param {{ engine: ClientEngine, row: Row, open: boolean }} props open: whether it is one of `openQuestions`
 */
export function AskRow({ engine, row, open }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const answering = useRef(false);
  const { seq, reply, told, who } = row;
  useEffect(() => {
    if (!answering.current || reply === null || !told) return;
    answering.current = false;
    announce(toldOf(reply, who));
  }, [reply, told]);
  if (seq === null || (reply === null && !open)) return null;
  const answer = (/** @type {Reply} */ reply_) => () => {
    box.current?.focus();
    if (reply_ === "skip") engine.skip(seq);
    else engine.notReady(seq);
    answering.current = true;
  };
  return html`<div class="ask-row" ref=${box} tabindex="-1">
    ${reply !== null
      ? html`<p class=${told ? "ask-told" : "send-state"}>${told ? toldOf(reply, who) : t("send-waiting")}</p>`
      : html`${h(Pebble, { kind: "quiet", onClick: answer("not-ready") }, t("ask-not-ready"))}
        ${h(Pebble, { kind: "quiet", onClick: answer("skip") }, t("ask-skip"))}`}
  </div>`;
}

/** @param {Reply} reply @param {string} peer */
const toldOf = (reply, peer) => t(reply === "skip" ? "skip-done" : "notready-done", { peer });
