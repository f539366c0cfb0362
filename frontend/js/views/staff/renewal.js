import { html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";

/**
 * The warning that the team's list ends: from 21 days on it stays on every staff page, so that a coordinator hears of it.
 * @param {{ days: number | null }} props whole days left; 0: it has ended; null: nothing to say
 */
export function Renewal({ days }) {
  if (days === null) return null;
  return html`<p class="renewal" role="status">${days <= 0 ? t("renew-over") : t("renew-days", { days })}</p>`;
}
