import { t } from "../../platform/locale.js";

/**
 * A sentence that says for how many days something is kept; while a hold is on, that it stays longer is said with it.
 * @param {string} sentence
 * @param {import("../../state/client/engine.js").ClientEngine | null} engine
 */
export const forDays = (sentence, engine) => (engine?.service.value?.hold ? `${sentence} ${t("hold-longer")}` : sentence);
