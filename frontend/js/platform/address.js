// Where this page came from.

/** @returns {string} the address of the live socket of the server that served this page (docs/protocol.md, 12) */
export function liveAddress() {
  const secure = location.protocol === "https:";
  return `${secure ? "wss" : "ws"}://${location.host}/api/live`;
}
