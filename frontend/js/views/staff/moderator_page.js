import { h, render } from "../../../vendor/preact.js";
import { keepComfortable } from "../parts/comfort_choices.js";
import { StaffPage } from "./page.js";
import { ModeratorDesk } from "./review.js";

/**
 * Shows the moderators' page.
 * @param {HTMLElement} root
 * @param {import("./page.js").PageParts & { review: import("../../state/staff/review.js").Review }} parts
 */
export function showModeratorPage(root, { review, ...parts }) {
  keepComfortable();
  root.replaceChildren();
  render(h(StaffPage, { ...parts, role: "moderator" }, h(ModeratorDesk, { review })), root);
}
