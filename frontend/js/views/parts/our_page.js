// The page that a client and a peer both write on, as either of them sees it.

import { Fragment, h, html, useEffect, useId, useLayoutEffect, useRef, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { LINES_MOST, LINE_MOST } from "../../state/ours.js";
import { announce, unsay } from "./announcer.js";
import { Ask } from "./ask.js";
import { useFocusStays } from "./focus_stays.js";
import { Panel } from "./panel.js";
import { Pebble } from "./pebble.js";
import { SystemLine } from "./system_line.js";

/** @typedef {import("../../state/ours.js").Ours} Ours */
/** @typedef {import("../../state/ours.js").Line} Line */
/** @typedef {import("preact").TargetedInputEvent<HTMLInputElement>} Typed */

/** Lines that stand on their own; the rest stand in one, whoever wrote how many. */
const DRAWN = 2 * LINES_MOST;

/**
 * @param {{ ours: Ours, peer: string | null, mine: "client" | "peer", mayWrite: boolean, onClose: () => void, onKeep?: () => void }} props
 *   peer: who writes with the client, by alias; null while nobody is there. mine: whose screen it is. onKeep: copies the
 *   lines to where only the client sees them
 */
export function OurPage({ ours, peer, mine, mayWrite, onClose, onKeep }) {
  const open = ours.open.value;
  const client = mine === "client";
  useLooked(ours);
  return h(Panel, { title: t("ours-title"), onClose },
    open && h(OpenPage, { ours, peer, client, mayWrite, ...(onKeep && { onKeep }) }),
    !open && (client ? h(NotYet, { ours, peer, mayWrite }) : html`<p>${t("ours-not-yet")}</p>`));
}

/**
 * Says in a talk that the other wrote there, until it is looked at.
 * @param {{ ours: Ours, peer: string, onOpen: () => void }} props
 */
export function OursNews({ ours, peer, onOpen }) {
  const news = ours.open.value && ours.news.value;
  useEffect(() => {
    if (news) announce(t("ours-news", { peer }));
  }, [news]);
  if (!news) return null;
  return h(SystemLine, {}, [t("ours-news", { peer }), " ", h(Pebble, { key: "look", onClick: onOpen }, t("ours-look"))]);
}

/** What the other wrote meanwhile is seen now. @param {Ours} ours */
function useLooked(ours) {
  const news = ours.news.value;
  useEffect(() => {
    if (news) ours.looked();
  }, [news]);
}

/** @param {{ ours: Ours, peer: string | null, mayWrite: boolean }} props */
function NotYet({ ours, peer, mayWrite }) {
  if (peer === null) return html`<p>${t("share-nobody")}</p>`;
  return html`<p>${t("our-start")}</p>
    <p class="acts">${h(Pebble, { kind: "primary", disabled: !mayWrite, onClick: () => ours.start() }, t("ours-begin"))}</p>`;
}

/** @param {{ ours: Ours, peer: string | null, client: boolean, mayWrite: boolean, onKeep?: () => void }} props */
function OpenPage({ ours, peer, client, mayWrite, onKeep }) {
  const [kept, setKept] = useState(false);
  const lines = ours.lines.value;
  const rest = lines.slice(DRAWN).map(({ x }) => x).join("\n");
  const who = (/** @type {Line} */ { mine, seat }) => (mine ? t("you") : ours.name(seat) || t("ours-them"));
  const place = useFocusStays(lines.length);
  useSpoken(lines, who);
  const keep = () => {
    onKeep?.();
    setKept(true);
    announce(t("ours-kept"));
  };
  return h(Fragment, {},
    html`<p ref=${place}>${client ? peer !== null && t("ours-both", { peer }) : t("ours-both-peer")}</p>`,
    lines.length === 0 && html`<p class="soft">${t("ours-empty")}</p>`,
    lines.length > 0 && html`<ul class="ours" aria-label=${t("ours-title")}>
      ${lines.slice(0, DRAWN).map((line) => h(OurLine, { key: line.id, ours, line, who: who(line), client, mayWrite }))}
      ${rest !== "" && html`<li key="rest" class="our-line"><p class="our-words" dir="auto">${rest}</p></li>`}
    </ul>`,
    client && [...ours.gone.value].map(([seat, count]) => h(SystemLine, { key: seat }, t("ours-took-out", { peer: ours.name(seat), count }))),
    lines.length < LINES_MOST ? h(NewLine, { ours, mayWrite }) : html`<p>${t("ours-full")}</p>`,
    client && lines.length > 0 && html`<p class="soft">${t("ours-later")}</p>`,
    client && html`<div class="acts">
      ${onKeep && lines.length > 0 && h(Pebble, { onClick: keep }, t("ours-keep"))}
      ${h(Ask, {
        label: t("ours-end"), ask: peer === null ? t("ours-end-ask-alone") : t("ours-end-ask", { peer }), yes: t("ours-end-yes"), act: () => ours.end(),
      })}
    </div>`,
    kept && html`<p>${t("ours-kept")}</p>`);
}

/**
 * Reads out what the other wrote, once; what is gone from the page is not kept for a slow reader either.
 * @param {Line[]} lines
 * @param {(line: Line) => string} who
 */
function useSpoken(lines, who) {
  const known = useRef(/** @type {Map<string, string> | null} */ (null));
  useEffect(() => {
    const before = known.current;
    known.current = new Map(lines.map(({ id, x }) => [id, x]));
    if (before === null) return;
    for (const [id, x] of before) if (known.current.get(id) !== x) unsay(`ours ${id}`);
    for (const line of lines) {
      if (!line.mine && before.get(line.id) !== line.x) announce(t("ours-wrote", { who: who(line), words: line.x }), `ours ${line.id}`);
    }
  }, [lines]);
}

/** @param {{ ours: Ours, mayWrite: boolean }} props */
function NewLine({ ours, mayWrite }) {
  const id = useId();
  const draft = ours.draft.value;
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (mayWrite && ours.add(draft)) ours.draft.value = "";
  };
  return html`<form class="field one-line" onSubmit=${add}>
    <label for=${id}>${t("ours-line")}</label>
    <input id=${id} type="text" dir="auto" autocomplete="off" maxLength=${LINE_MOST} value=${draft}
      onInput=${(/** @type {Typed} */ event) => void (ours.draft.value = event.currentTarget.value)} />
    <button type="submit" class="pebble pebble-plain" disabled=${!mayWrite}>${t("ours-add")}</button>
  </form>`;
}

/** @param {{ ours: Ours, line: Line, who: string, client: boolean, mayWrite: boolean }} props client: whose screen it is */
function OurLine({ ours, line, who, client, mayWrite }) {
  const draft = ours.changes.value.get(line.id) ?? null;
  const setDraft = (/** @type {string | null} */ words) => ours.write(line.id, words);
  const voice = line.mine === client ? "client" : "peer";
  const box = useRef(/** @type {HTMLLIElement | null} */ (null));
  const before = useRef(draft);
  useLayoutEffect(() => {
    // The form goes with what had the focus in it: the focus stays at the line.
    if (before.current !== null && draft === null) box.current?.querySelector("button")?.focus();
    before.current = draft;
  }, [draft]);
  const close = () => setDraft(null);
  return html`<li class=${`our-line voice-${voice}`} ref=${box}>
    <p class="soft"><bdi>${who}</bdi>${line.waits && html` · ${t("send-waiting")}`}</p>
    ${draft === null
      ? html`<p class="our-words" dir="auto">${line.x}</p>
        <p class="acts">
          ${h(Pebble, { kind: "quiet", disabled: !mayWrite, onClick: () => setDraft(line.x) }, t("ours-change"))}
          ${h(Pebble, { kind: "quiet", disabled: !mayWrite, onClick: () => ours.change(line.id, "") }, t("ours-remove"))}
        </p>`
      : h(OtherWords, { draft, setDraft, close, mayWrite, save: () => { ours.change(line.id, draft.trim() === "" ? line.x : draft); } })}
  </li>`;
}

/** @param {{ draft: string, setDraft: (words: string) => void, save: () => void, close: () => void, mayWrite: boolean }} props */
function OtherWords({ draft, setDraft, save, close, mayWrite }) {
  const id = useId();
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const onSubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!mayWrite) return;
    save();
    close();
  };
  return html`<form class="field one-line" onSubmit=${onSubmit}>
    <label for=${id}>${t("ours-other-words")}</label>
    <input id=${id} ref=${field} type="text" dir="auto" autocomplete="off" maxLength=${LINE_MOST} value=${draft}
      onInput=${(/** @type {Typed} */ event) => setDraft(event.currentTarget.value)} />
    <button type="submit" class="pebble pebble-plain" disabled=${!mayWrite}>${t("ours-save")}</button>
    ${h(Pebble, { kind: "quiet", onClick: close }, t("ours-leave"))}
  </form>`;
}
