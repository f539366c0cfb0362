// The page that a client and a peer both write on, as either of them sees it.

import { Fragment, h, html, useEffect, useId, useLayoutEffect, useRef, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { LINES_MOST, LINE_MOST } from "../../state/ours.js";
import { announce } from "../parts/announcer.js";
import { Ask } from "../parts/ask.js";
import { useFocusStays } from "../parts/focus_stays.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { SystemLine } from "../parts/system_line.js";

/** @typedef {import("../../state/ours.js").Ours} Ours */
/** @typedef {import("../../state/ours.js").Line} Line */
/** @typedef {import("../parts/voice.js").Reader} Reader */
/** @typedef {import("preact").TargetedInputEvent<HTMLInputElement>} Typed */

/**
 * @param {{ ours: Ours, peer: string | null, mine: Reader, onClose: () => void, onKeep?: () => void }} props
 *   peer: who writes with the client, by alias; null while nobody is there. mine: whose screen it is. onKeep: copies the
 *   lines to where only the client sees them
 */
export function OurPage({ ours, peer, mine, onClose, onKeep }) {
  const open = ours.open.value;
  const client = mine === "client";
  useLooked(ours);
  return h(Panel, { title: t("ours-title"), onClose },
    open && h(OpenPage, { ours, peer, client, ...(onKeep && { onKeep }) }),
    !open && (client ? h(NotYet, { ours, peer }) : html`<p>${t("ours-not-yet")}</p>`));
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

/** @param {{ ours: Ours, peer: string | null }} props */
function NotYet({ ours, peer }) {
  if (peer === null) return html`<p>${t("share-nobody")}</p>`;
  return html`<p>${t("our-start")}</p>
    <p class="acts">${h(Pebble, { kind: "primary", onClick: () => ours.start() }, t("ours-begin"))}</p>`;
}

/** @param {{ ours: Ours, peer: string | null, client: boolean, onKeep?: () => void }} props */
function OpenPage({ ours, peer, client, onKeep }) {
  const [kept, setKept] = useState(false);
  const lines = ours.lines.value;
  const other = client ? (peer ?? "") : t("ours-them");
  const place = useFocusStays(lines.length);
  useSpoken(lines, other);
  const keep = () => {
    onKeep?.();
    setKept(true);
    announce(t("ours-kept"));
  };
  return h(Fragment, {},
    html`<p ref=${place}>${client ? peer !== null && t("ours-both", { peer }) : t("ours-both-peer")}</p>`,
    lines.length === 0 && html`<p class="soft">${t("ours-empty")}</p>`,
    lines.length > 0 && html`<ul class="ours" aria-label=${t("ours-title")}>
      ${lines.map((line) => h(OurLine, { key: line.id, ours, line, who: line.mine ? t("you") : other, client }))}
    </ul>`,
    lines.length < LINES_MOST ? h(NewLine, { ours }) : html`<p>${t("ours-full")}</p>`,
    client && html`<div class="acts">
      ${onKeep && lines.length > 0 && h(Pebble, { onClick: keep }, t("ours-keep"))}
      ${h(Ask, {
        label: t("ours-end"), ask: peer === null ? t("delete-ask-alone") : t("ours-end-ask", { peer }), yes: t("ours-end-yes"), act: () => ours.end(),
      })}
    </div>`,
    kept && html`<p>${t("ours-kept")}</p>`);
}

/**
 * Reads out what the other wrote, once.
 * @param {Line[]} lines
 * @param {string} who
 */
function useSpoken(lines, who) {
  const known = useRef(/** @type {Map<string, string> | null} */ (null));
  useEffect(() => {
    const before = known.current;
    known.current = new Map(lines.map(({ id, x }) => [id, x]));
    if (before === null) return;
    for (const { id, x, mine } of lines) if (!mine && before.get(id) !== x) announce(t("ours-wrote", { who, words: x }));
  }, [lines]);
}

/** @param {{ ours: Ours }} props */
function NewLine({ ours }) {
  const id = useId();
  const [draft, setDraft] = useState("");
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (ours.add(draft)) setDraft("");
  };
  return html`<form class="field one-line" onSubmit=${add}>
    <label for=${id}>${t("ours-line")}</label>
    <input id=${id} type="text" dir="auto" autocomplete="off" maxLength=${LINE_MOST} value=${draft}
      onInput=${(/** @type {Typed} */ event) => setDraft(event.currentTarget.value)} />
    <button type="submit" class="pebble pebble-plain">${t("ours-add")}</button>
  </form>`;
}

/** @param {{ ours: Ours, line: Line, who: string, client: boolean }} props client: whose screen it is */
function OurLine({ ours, line, who, client }) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
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
          ${h(Pebble, { kind: "quiet", onClick: () => setDraft(line.x) }, t("ours-change"))}
          ${h(Pebble, { kind: "quiet", onClick: () => ours.change(line.id, "") }, t("ours-remove"))}
        </p>`
      : h(OtherWords, { draft, setDraft, close, save: () => { ours.change(line.id, draft.trim() === "" ? line.x : draft); } })}
  </li>`;
}

/** @param {{ draft: string, setDraft: (words: string) => void, save: () => void, close: () => void }} props */
function OtherWords({ draft, setDraft, save, close }) {
  const id = useId();
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const onSubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    save();
    close();
  };
  return html`<form class="field one-line" onSubmit=${onSubmit}>
    <label for=${id}>${t("ours-other-words")}</label>
    <input id=${id} ref=${field} type="text" dir="auto" autocomplete="off" maxLength=${LINE_MOST} value=${draft}
      onInput=${(/** @type {Typed} */ event) => setDraft(event.currentTarget.value)} />
    <button type="submit" class="pebble pebble-plain">${t("ours-save")}</button>
    ${h(Pebble, { kind: "quiet", onClick: close }, t("ours-leave"))}
  </form>`;
}
