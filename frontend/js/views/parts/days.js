// Days as the service counts them, for the dates of a sentence.

const DAY = 86_400_000;

/**
 * A day since 1970 as the noon of that very date here: a moment of it by another zone's clock may be the day before.
 * @param {number} day
 */
export function dayOf(day) {
  const at = new Date(day * DAY);
  return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), 12);
}
