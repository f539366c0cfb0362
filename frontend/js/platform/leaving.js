// Leaving at once: nothing of the talk is on the screen any more from the same task on, and Back does not show it.

const PRESSES = 3;
/** Milliseconds in which all presses count. */
const WITHIN = 5000;

/**
 * Hides and empties the page, forgets, and goes elsewhere in place of this entry of the history: in one task.
 * @param {string} href the neutral page
 * @param {() => void} forget wipes keys and storage and closes the line; it may fail, leaving does not
 */
export function leaveNow(href, forget) {
  emptyPage();
  try {
    forget();
  } catch {
    // Leaving goes first.
  }
  window.location.replace(href);
}

/** Nothing stays in the document but its neutral title. */
function emptyPage() {
  document.documentElement.hidden = true;
  document.body.replaceChildren();
  document.title = "Beside";
}

/**
 * Calls when the page is left in any way; afterwards nothing of it is shown, should the browser keep it for Back.
 * @param {() => void} fn
 * @returns {() => void} stops listening
 */
export function onPageHide(fn) {
  const hide = () => {
    try {
      fn();
    } finally {
      emptyPage();
    }
  };
  window.addEventListener("pagehide", hide);
  return () => window.removeEventListener("pagehide", hide);
}

/**
 * Where the browser shows a page that it had kept, it begins anew: a landing without a word of before.
 * @returns {() => void} stops listening
 */
export function blankOnReturn() {
  const show = (/** @type {PageTransitionEvent} */ event) => {
    if (event.persisted) window.location.reload();
  };
  window.addEventListener("pageshow", show);
  return () => window.removeEventListener("pageshow", show);
}

/**
 * Shift three times within five seconds leaves; only with a real keyboard, since keyboards on a screen misfire it.
 * @param {() => void} leave
 * @param {(pressed: number, of: number) => void} announce after each press but the last
 * @returns {() => void} stops listening
 */
export function onShiftThrice(leave, announce) {
  /** @type {number[]} */
  let pressed = [];
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.repeat || !hasKeyboard()) return;
    if (event.key !== "Shift") {
      pressed = [];
      return;
    }
    const now = event.timeStamp;
    pressed = [...pressed.filter((at) => now - at < WITHIN), now];
    if (pressed.length < PRESSES) announce(pressed.length, PRESSES);
    else leave();
  };
  window.addEventListener("keydown", press);
  return () => window.removeEventListener("keydown", press);
}

const hasKeyboard = () => window.matchMedia("(hover: hover) and (pointer: fine)").matches;
