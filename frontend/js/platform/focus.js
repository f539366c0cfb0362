// Where the keyboard is, and what closes a panel: panels take the focus, and give it back to their opener.

/** @returns {HTMLElement | null} what has the focus now; null where only the page itself has it */
export function focused() {
  const active = document.activeElement;
  return active instanceof HTMLElement && active !== document.body ? active : null;
}

/**
 * The place where somebody reads and types.
 * @returns {() => void} goes back there; where it is gone, to the page's main part, so that focus never falls to the top
 */
export function rememberPlace() {
  const opener = focused();
  const { scrollY } = window;
  return () => {
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    else focusMain();
    window.scrollTo(0, scrollY);
  };
}

/** For the skip link: a jump by fragment would write into the address and the history. */
export function focusMain() {
  document.getElementById("main")?.focus();
}

/** Whether a keyboard is likely: focusing a field elsewhere would open one on the screen, over what there is to read. */
export const hasKeyboard = () => matchMedia("(hover: hover) and (pointer: fine)").matches;

/** @typedef {{ onclose: (() => void) | null, destroy: () => void }} Watcher the part of CloseWatcher that is used here */

/**
 * The Back key of a phone and Escape close what was opened last, without a history entry.
 * @param {() => void} close
 * @returns {() => void} stops listening
 */
export function onCloseRequest(close) {
  const Watching = /** @type {{ CloseWatcher?: new () => Watcher }} */ (/** @type {unknown} */ (globalThis)).CloseWatcher;
  if (Watching) {
    const watcher = new Watching();
    watcher.onclose = close;
    return () => watcher.destroy();
  }
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && !event.isComposing) close();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
