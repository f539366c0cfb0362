// Whether somebody sits at this page.

/**
 * Calls at every key and every touch or click.
 * @param {() => void} fn
 * @returns {() => void} stops listening
 */
export function onActivity(fn) {
  const events = ["pointerdown", "keydown"];
  for (const event of events) document.addEventListener(event, fn, { passive: true });
  return () => {
    for (const event of events) document.removeEventListener(event, fn);
  };
}
