import { h, render } from "../../../vendor/preact.js";
import { keepComfortable } from "../parts/comfort_choices.js";
import { StaffPage } from "../staff/page.js";
import { ModeratorDesk } from "./desk.js";

/**
 * Shows the moderators' page.
 * @param {HTMLElement} root
 * @param {import("../staff/page.js").PageParts & { review: import("../../state/moderator/review.js").Review,
 *   aftercare: import("../../state/staff/aftercare.js").Aftercare }} parts
 */
export function showModeratorPage(root, { review, aftercare, ...parts }) {
  keepComfortable();
  root.replaceChildren();
  render(h(StaffPage, { ...parts, role: "moderator" }, h(ModeratorDesk, { account: parts.account, review, aftercare })), root);
}
