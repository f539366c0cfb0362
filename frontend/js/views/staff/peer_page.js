import { h, render } from "../../../vendor/preact.js";
import { keepComfortable } from "../parts/comfort_choices.js";
import { PeerDesk } from "./desk.js";
import { StaffPage } from "./page.js";

/**
 * Shows the peers' page.
 * @param {HTMLElement} root
 * @param {import("./page.js").PageParts & { desk: import("../../state/staff/desk.js").Desk }} parts
 */
export function showPeerPage(root, { desk, ...parts }) {
  keepComfortable();
  root.replaceChildren();
  render(h(StaffPage, { ...parts, role: "peer" }, h(PeerDesk, { desk })), root);
}
