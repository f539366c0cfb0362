// What a personal link carries behind its #, which no server is ever sent.

/**
 * Takes the fragment out of the address, so that it stays neither on the screen nor in the history.
 * @returns {string} without its #, "" where there is none
 */
export function takeFragment() {
  const fragment = location.hash.slice(1);
  if (fragment !== "") history.replaceState(null, "", location.pathname);
  return fragment;
}
