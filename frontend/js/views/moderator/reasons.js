import { t } from "../../platform/locale.js";

/** Reasons that fit an act about somebody. */
export const ABOUT_SOMEBODY = Object.freeze(["asked-contact", "sexual", "money", "abuse", "danger", "other"]);

/** A reason of the list in this reader's words; any other as it was written. @param {string} reason */
export const reasonWords = (reason) => (ABOUT_SOMEBODY.includes(reason) ? t(`reason-${reason}`) : reason);
