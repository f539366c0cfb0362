// Where this page came from, and its sisters.

/** @returns {string} the address of the live socket of the server that served this page (docs/protocol.md, 12) */
export function liveAddress() {
  const secure = location.protocol === "https:";
  return `${secure ? "wss" : "ws"}://${location.host}/api/live`;
}

/**
 * The address of a page of this service, with what only its reader's browser gets to know.
 * @param {string} page as in "peer.html"
 * @param {string} fragment never sent to a server
 */
export const pageAddress = (page, fragment) => `${location.origin}/${page}#${fragment}`;
