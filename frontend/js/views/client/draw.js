// Drawing with a hand, or with stamps that a tap or a key puts in their place. Shared up to a step, or never.

import { Fragment, h, html, useId, useRef, useState } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { WORDS_MOST } from "../../state/client/drawing.js";
import { COLORS, EDGE, STAMPS, WIDTHS } from "../../state/strokes.js";
import { announce } from "../parts/announcer.js";
import { DrawingPicture, markOf, stampSign } from "../parts/drawing_picture.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { Keep } from "./keep.js";
import { ShareNow, SharedSoFar } from "./sharing.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/client/drawing.js").Drawing} Drawing */
/** @typedef {import("preact").TargetedPointerEvent<HTMLElement>} Touch */

/** Places for stamps in a row, and rows. */
const PLACES = [1, 2, 3, 4, 5];
/** Where a key moves in the grid of places, by its name; the board is never mirrored. @type {Map<string, [number, number]>} */
const ARROWS = new Map([["ArrowUp", [-1, 0]], ["ArrowDown", [1, 0]], ["ArrowLeft", [0, -1]], ["ArrowRight", [0, 1]]]);

/** @param {{ engine: ClientEngine, onClose: () => void }} props */
export function Draw({ engine, onClose }) {
  const { drawing } = engine.pages;
  const [stamps, setStamps] = useState(false);
  const [color, setColor] = useState(1);
  const [width, setWidth] = useState(1);
  const [stamp, setStamp] = useState(0);
  const undo = () => {
    drawing.undo();
    announce(t("draw-undone"));
  };
  return h(Panel, { title: t("draw-title"), onClose },
    html`<p>${t("page-private")}</p>
    <div class="acts" role="group" aria-label=${t("draw-ways")}>
      ${h(Pebble, { pressed: !stamps, onClick: () => setStamps(false) }, t("draw-free"))}
      ${h(Pebble, { pressed: stamps, onClick: () => setStamps(true) }, t("draw-stamps"))}
    </div>
    ${stamps && html`<p class="soft">${t("draw-stamps-how")}</p>`}`,
    h(Board, { drawing, look: { c: color, w: width }, stamp: stamps ? STAMPS[stamp] ?? null : null }),
    h(Room, { drawing }),
    html`<p class="acts">${h(Pebble, { disabled: drawing.strokes.value.length === 0, onClick: undo }, t("draw-undo"))}</p>`,
    stamps
      ? h(Choices, {
          key: "stamp", legend: t("draw-stamp"), names: STAMPS, word: (each) => t(`draw-stamp-${each}`),
          chosen: stamp, choose: setStamp, sign: (at) => stampSign(STAMPS[at] ?? "", color),
        })
      : h(Choices, {
          key: "width", legend: t("draw-width"), names: WIDTHS, word: (each) => t(`draw-width-${each}`),
          chosen: width, choose: setWidth, sign: (at) => lineSign(color, at),
        }),
    h(Choices, {
      key: "color", legend: t("draw-color"), names: COLORS, word: (each) => t(`draw-color-${each}`),
      chosen: color, choose: setColor, sign: (at) => lineSign(at, 2),
    }),
    h(Words, { drawing }),
    drawing.strokes.value.length > 0 && h(Share, { engine }),
    h(SharedSoFar, { engine, kind: "drawing" }),
    h(Keep, { engine }));
}

/**
 * @param {{ drawing: Drawing, look: { c: number, w: number }, stamp: string | null }} props stamp: null for lines
 */
function Board({ drawing, look, stamp }) {
  const board = useRef(/** @type {HTMLDivElement | null} */ (null));
  const live = drawing.live.value;
  /** @param {{ clientX: number, clientY: number }} event @returns {[number, number]} */
  const at = ({ clientX, clientY }) => {
    const { left, top, width, height } = /** @type {HTMLElement} */ (board.current).getBoundingClientRect();
    return [((clientX - left) / width) * EDGE, ((clientY - top) / height) * EDGE];
  };
  const hand = {
    onPointerDown: (/** @type {Touch} */ event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drawing.begin(look, ...at(event));
    },
    onPointerMove: (/** @type {Touch} */ event) => {
      if (!event.isPrimary || drawing.live.value === null) return;
      // Between two frames a hand goes further than a straight line: each point of its way counts.
      const way = event.getCoalescedEvents?.() ?? [];
      for (const point of way.length > 0 ? way : [event]) drawing.draw(...at(point));
    },
    onPointerUp: () => drawing.finish(),
    onPointerCancel: () => drawing.finish(),
  };
  const picture = html`<svg class="drawing" viewBox="0 0 ${EDGE + 1} ${EDGE + 1}" aria-hidden="true">
    ${[...drawing.strokes.value, ...(live === null ? [] : [live])].map(markOf)}
  </svg>`;
  return stamp === null
    ? html`<div class="board board-free" role="img" aria-label=${t("draw-board")} ref=${board} ...${hand}>${picture}</div>`
    : html`<div class="board" ref=${board}>${picture}${h(Places, { drawing, color: look.c, stamp })}</div>`;
}

/** A button at each place, reached by the arrow keys. @param {{ drawing: Drawing, color: number, stamp: string }} props */
function Places({ drawing, color, stamp }) {
  const [[row, place], setAt] = useState(/** @type {[number, number]} */ ([3, 3]));
  const grid = useRef(/** @type {HTMLDivElement | null} */ (null));
  const go = (/** @type {KeyboardEvent} */ event) => {
    const [down, right] = ARROWS.get(event.key) ?? [0, 0];
    if (down === 0 && right === 0) return;
    event.preventDefault();
    const [toRow, toPlace] = [inGrid(row + down), inGrid(place + right)];
    setAt([toRow, toPlace]);
    const to = grid.current?.children[(toRow - 1) * PLACES.length + toPlace - 1];
    if (to instanceof HTMLElement) to.focus();
  };
  const put = (/** @type {number} */ inRow, /** @type {number} */ inPlace) => {
    setAt([inRow, inPlace]);
    if (!drawing.stamp(color, stamp, [middle(inPlace), middle(inRow)])) return;
    announce(t("draw-placed", { stamp: t(`draw-stamp-${stamp}`), color: t(`draw-color-${COLORS[color]}`), row: inRow, place: inPlace }));
  };
  return html`<div class="places" role="group" aria-label=${t("draw-places")} ref=${grid} onKeyDown=${go}>
    ${PLACES.flatMap((inRow) => PLACES.map((inPlace) => html`<button type="button" key=${`${inRow}-${inPlace}`} class="place"
      tabindex=${inRow === row && inPlace === place ? 0 : -1} aria-label=${t("draw-place", { row: inRow, place: inPlace })}
      onClick=${() => put(inRow, inPlace)}></button>`))}
  </div>`;
}

/** @param {number} at */
const inGrid = (at) => Math.min(PLACES.length, Math.max(1, at));
/** @param {number} place from 1 @returns {number} its middle on the board */
const middle = (place) => Math.round(((place - 0.5) / PLACES.length) * EDGE);

/** Says before the board is full, and when it is. @param {{ drawing: Drawing }} props */
function Room({ drawing }) {
  const room = drawing.room.value;
  return html`<div role="status">${room !== "enough" && html`<p>${t(room === "near" ? "draw-near" : "draw-full")}</p>`}</div>`;
}

/**
 * @param {{ legend: string, names: string[], word: (each: string) => string, chosen: number, choose: (at: number) => void,
 *   sign: (at: number) => unknown }} props word: what a name is called; sign: what it looks like
 */
function Choices({ legend, names, word, chosen, choose, sign }) {
  const name = useId();
  return html`<fieldset class="looks">
    <legend>${legend}</legend>
    ${names.map((each, at) => html`<label key=${each} class="choice look">
      <input type="radio" name=${name} checked=${at === chosen} onChange=${() => choose(at)} />
      ${sign(at)}<span>${word(each)}</span>
    </label>`)}
  </fieldset>`;
}

/** @param {number} color @param {number} width */
const lineSign = (color, width) => html`<svg class="stamp-sign" viewBox="-100 -100 200 200" aria-hidden="true">
  <path class=${`ink-${COLORS[color]} width-${WIDTHS[width]}`} d="M-60 40C-30-60 30 60 60-40" />
</svg>`;

/** @param {{ drawing: Drawing }} props */
function Words({ drawing }) {
  const id = useId();
  return html`<div class="field own-field">
    <label for=${id}>${t("draw-words")}</label>
    <input id=${id} type="text" dir="auto" autocomplete="off" maxLength=${WORDS_MOST} value=${drawing.words.value}
      onInput=${(/** @type {import("preact").TargetedInputEvent<HTMLInputElement>} */ event) => void (drawing.words.value = event.currentTarget.value)} />
  </div>`;
}

/** How far it goes, as it would be seen. @param {{ engine: ClientEngine }} props */
function Share({ engine }) {
  const { drawing } = engine.pages;
  const id = useId();
  const all = drawing.strokes.value.length;
  const n = drawing.upTo.value;
  const upTo = t("draw-up-to", { n, all });
  const words = drawing.words.value.trim();
  return h(Fragment, {},
    html`<div class="field own-field">
      <label for=${id}>${t("share-step")}</label>
      <div class="up-to">
        <input id=${id} type="range" min="1" max=${all} step="1" value=${n} aria-valuetext=${upTo}
          onInput=${(/** @type {import("preact").TargetedInputEvent<HTMLInputElement>} */ event) => drawing.shareUpTo(Number(event.currentTarget.value))} />
        <span aria-hidden="true">${upTo}</span>
      </div>
    </div>`,
    h(ShareNow, { engine, label: t("share-step"), share: () => drawing.share() },
      h(DrawingPicture, { strokes: drawing.chosen.value, words }),
      words !== "" && html`<p class="preview-words" dir="auto">${words}</p>`));
}
