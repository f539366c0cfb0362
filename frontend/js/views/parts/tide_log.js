// What was said, hung on one line: each voice a stone of its own shape, both aligned to the same edge.

import { Fragment, h, html, useEffect, useId, useLayoutEffect, useRef, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { isShown } from "../../state/timeline.js";
import { nodWords } from "./nod.js";
import { paragraphs } from "./paragraphs.js";
import { Pebble } from "./pebble.js";
import { SharedRow } from "./shared_row.js";
import { Stone } from "./stone.js";
import { SystemLine } from "./system_line.js";
import { stoneFor, voiceOf } from "./voice.js";

/** @typedef {import("preact").ComponentChildren} Children */
/** @typedef {import("../../state/timeline.js").Row} Row */
/** @typedef {{ label: string, act: () => void, confirm?: { ask: string, yes: string } }} Action one thing to do with a message */

/**
 * @param {{
 *   rows: Row[], label: string, actionsFor?: (row: Row) => Action[], onRetry?: (row: Row) => void,
 *   under?: (row: Row) => Children, beneath?: (row: Row) => Children, after?: Children, emptyText?: string,
 * }} props
 *   label: the log's name. onRetry: sends again what did not go. under: what stands under an own message in place of
 *   its state of sending; undefined leaves that. beneath: what stands under
 *   another's message. after: what stands below the last of them for a while, and is followed as a message is. Folded
 *   rows are not shown.
 */
export function TideLog({ rows, label, actionsFor, onRetry, under, beneath, after, emptyText }) {
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const shown = rows.filter(({ folded }) => !folded);
  const last = shown.at(-1);
  const { end, below, goDown } = useEnd(shown.length, Boolean(after), last?.from === "me");
  const lastOwn = shown.findLast(({ from }) => from === "me")?.key;
  const entries = shown.map((row, at) =>
    row.from === "note" || row.note
      ? h("li", { key: row.key, class: "entry entry-note" }, h(SystemLine, {}, row.note && t(row.note.id, row.note.args)))
      : h(Entry, {
          key: row.key, row,
          first: !sameVoice(row, shown[at - 1]),
          isLastOwn: row.key === lastOwn,
          actions: actionsFor?.(row) ?? [],
          open: open === row.key,
          toggle: () => setOpen(open === row.key ? null : row.key),
          onRetry, under: row.from === "me" ? under?.(row) : beneath?.(row),
        }));
  return html`<div class="log" role="log" aria-live="off" aria-label=${label} tabindex="0">
      ${shown.length > 0 ? html`<ol class="tide">${entries}</ol>` : emptyText && html`<p class="log-empty">${emptyText}</p>`}
    </div>
    ${after}
    <div class="log-end" ref=${end}></div>
    ${below && html`<p class="below">${h(Pebble, { kind: "primary", onClick: goDown }, t("new-below"))}</p>`}`;
}

/**
 * @param {Row} row
 * @param {Row | undefined} before
 */
const sameVoice = (row, before) => before !== undefined && before.note === null && before.from === row.from && before.who === row.who;

/**
 * Follows the end of the log only while the reader is there.
 * @param {number} length rows now
 * @param {boolean} more whether something stands below them
 * @param {boolean} own whether the last of them is the reader's own, who has just sent it and wants to see it
 */
function useEnd(length, more, own) {
  const end = useRef(/** @type {HTMLDivElement | null} */ (null));
  const atEnd = useRef(true);
  const before = useRef(0);
  const [below, setBelow] = useState(false);
  const goDown = () => {
    setBelow(false);
    end.current?.scrollIntoView({ block: "end" });
  };
  useEffect(() => {
    const mark = end.current;
    if (!mark) return undefined;
    const watch = new IntersectionObserver(([entry]) => {
      atEnd.current = entry?.isIntersecting ?? true;
      if (atEnd.current) setBelow(false);
    });
    watch.observe(mark);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    const grew = length > before.current;
    before.current = length;
    if (atEnd.current ? grew || more : grew && own) goDown();
    else if (grew) setBelow(true);
  }, [length, more]);
  return { end, below, goDown };
}

/**
 * @param {{
 *   row: Row, first: boolean, isLastOwn: boolean, actions: Action[], open: boolean, toggle: () => void,
 *   onRetry: ((row: Row) => void) | undefined, under: Children,
 * }} props first: another voice spoke before, so the name is shown, not only read out
 */
function Entry({ row, first, isLastOwn, actions, open, toggle, onRetry, under }) {
  const id = useId();
  const [time, setTime] = useState(false);
  const mine = row.from === "me";
  const { minutes } = row;
  const all = minutes === null || !isShown(row.kind) ? actions : [...actions, { label: t("note-time"), act: () => setTime(true) }];
  return html`<li class=${`entry voice-${voiceOf(row)}${first ? " entry-first" : ""}`}>
    <p class=${`speaker${first ? "" : " visually-hidden"}`}>
      ${h(Stone, { kind: stoneFor(row) })}<bdi>${mine ? t("you") : row.who}</bdi>
    </p>
    <div class="note-row">
      <div class=${`note note-${row.kind}`} onClick=${all.length > 0 ? toggle : undefined}>${words(row)}</div>
      ${all.length > 0 && html`<button type="button" class="note-more" aria-expanded=${open} aria-controls=${open ? id : undefined} onClick=${toggle}>
        <span aria-hidden="true">···</span><span class="visually-hidden">${t("note-more")}</span>
      </button>`}
    </div>
    ${open && all.length > 0 && h(Actions, { id, actions: all })}
    ${time && minutes !== null && html`<p class="note-when">${t("note-when", { time: new Date(minutes * 60_000) })}</p>`}
    ${row.nodded && html`<p class="note-nod" dir="auto">${nodWords(row)}</p>`}
    ${under !== undefined ? under : mine && h(SendState, { row, isLastOwn, onRetry })}
  </li>`;
}

/** @param {Row} row */
function words(row) {
  if (isShown(row.kind) && row.kind !== "text") return h(SharedRow, { row });
  if (row.kind === "text") return paragraphs(row.text).map((text) => html`<p dir="auto">${text}</p>`);
  if (row.kind === "taken-back") return html`<p>${row.from === "me" ? t("delete-done") : t("peer-took-back", { peer: row.who })}</p>`;
  if (row.kind === "unreadable") return html`<p>${row.from === "me" ? t("err-open-own") : t("err-open", { peer: row.who })}</p>`;
  return html`<p>${t(row.kind === "hidden" ? "note-hidden" : "note-unknown")}</p>`;
}

/** @param {{ id: string, actions: Action[] }} props */
function Actions({ id, actions }) {
  const [asking, setAsking] = useState(/** @type {Action | null} */ (null));
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  useLayoutEffect(() => {
    if (asking) box.current?.querySelector("button")?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, [asking]);
  if (asking?.confirm) {
    const { ask, yes: sure } = asking.confirm;
    return html`<div class="note-actions note-ask" id=${id} role="group" aria-label=${ask} ref=${box}>
      <p>${ask}</p>
      ${h(Pebble, { kind: "care", onClick: () => { setAsking(null); asking.act(); } }, sure)}
      ${h(Pebble, { kind: "quiet", onClick: () => setAsking(null) }, t("cancel"))}
    </div>`;
  }
  return html`<div class="note-actions" id=${id} ref=${box}>
    ${actions.map((action) => h(Pebble, {
      kind: "quiet", onClick: () => (action.confirm ? setAsking(action) : action.act()),
    }, action.label))}
  </div>`;
}

/** @param {{ row: Row, isLastOwn: boolean, onRetry: ((row: Row) => void) | undefined }} props */
function SendState({ row, isLastOwn, onRetry }) {
  if (row.status === "failed") {
    return html`<p class="send-state send-failed">${t("send-failed")}
      ${onRetry && h(Pebble, { kind: "quiet", onClick: () => onRetry(row) }, t("send-again"))}</p>`;
  }
  if (row.status === "waiting") return html`<p class="send-state">${t("send-waiting")}</p>`;
  // Once, under the newest: the same word under each would say nothing more.
  return row.status === "sent" && isLastOwn && isShown(row.kind) ? html`<p class="send-state">${t("send-sent")}</p>` : h(Fragment, {});
}
