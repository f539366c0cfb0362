// Keeping the screen on, where the browser can.

/** Whether this browser can keep the screen on. */
export const canStayAwake = () => globalThis.isSecureContext === true && "wakeLock" in navigator;

/**
 * Keeps the screen on while this page is in view. The browser lets go of it by itself when the page is hidden; who comes
 * back to the page has it again.
 * @param {() => void} denied the device does not want to, at a low battery for example
 * @returns {() => void} lets the screen go dark again, at once
 */
export function stayAwake(denied) {
  let wanted = true;
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  const hold = async () => {
    if (!wanted || document.visibilityState !== "visible" || (lock !== null && !lock.released)) return;
    try {
      const held = await navigator.wakeLock.request("screen");
      if (wanted) lock = held;
      else void held.release();
    } catch {
      if (wanted && document.visibilityState === "visible") denied();
    }
  };
  const release = () => {
    wanted = false;
    document.removeEventListener("visibilitychange", hold);
    window.removeEventListener("pagehide", release);
    void lock?.release();
    lock = null;
  };
  document.addEventListener("visibilitychange", hold);
  window.addEventListener("pagehide", release);
  void hold();
  return release;
}
