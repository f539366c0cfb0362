import { t } from "../../platform/locale.js";

/** How many unlike shapes there are; a directory and a room name one by its number. */
const COUNT = 8;

/** The numbers of all stones. */
export const STONES = Object.freeze(Array.from({ length: COUNT }, (_, number) => number));

/**
 * What a stone is called, for whoever does not see its shape and colour.
 * @param {number} number 0 to 7
 */
export const stoneName = (number) => t(`stone-${number % COUNT}`);
