// Opening hours while they are edited, and what is not covered by them (app/conversations/service/hours.py has the same form).

/** @typedef {import("./answers.js").Hours} Hours */
/** @typedef {import("./answers.js").Interval} Interval */
/** @typedef {{ language: string, days: string[], speakers: number }} Gap nobody, or only one peer, speaks a language that is open on these days */

export const DAYS = Object.freeze(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
/** The hours of every language that has none of its own. */
export const ALL = "*";

const CLOCK = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const ENOUGH = 2;

/**
 * Hours to begin with: every evening, for all languages.
 * @param {string} zone
 * @returns {Hours}
 */
export const firstWeek = (zone) => ({ zone, weekly: { [ALL]: DAYS.map((day) => [day, "17:00", "21:00"]) }, closures: [] });

/**
 * A language's week, by day; an interval keeps its place in the list.
 * @param {Hours} hours
 * @param {string} language
 * @param {string} day
 */
export const ofDay = ({ weekly }, language, day) =>
  (weekly[language] ?? []).flatMap((interval, at) => (interval[0] === day ? [{ at, begins: interval[1], ends: interval[2] }] : []));

/** @param {Hours} hours @param {string} language @param {Interval[]} intervals @returns {Hours} */
export const withWeek = (hours, language, intervals) => ({ ...hours, weekly: { ...hours.weekly, [language]: intervals } });

/** @param {Hours} hours @param {string} language @returns {Hours} */
export function withoutLanguage(hours, language) {
  const { [language]: _gone, ...weekly } = hours.weekly;
  return { ...hours, weekly };
}

/**
 * Monday's hours on every day.
 * @param {Hours} hours
 * @param {string} language
 */
export const mondayForAll = (hours, language) =>
  withWeek(hours, language, DAYS.flatMap((day) => ofDay(hours, language, "mon").map(({ begins, ends }) => /** @type {Interval} */ ([day, begins, ends]))));

/** Whether the service takes these: every time and date is there, and each closure ends after it begins. @param {Hours} hours */
export function isWhole({ weekly, closures }) {
  const times = Object.values(weekly).flat().every(([, begins, ends]) => CLOCK.test(begins) && CLOCK.test(ends));
  return times && closures.every(([first, last]) => DATE.test(first) && DATE.test(last) && first <= last);
}

/**
 * Languages that are open while fewer than two peers on the list speak them, with the days that it is about.
 * @param {Hours | null} hours
 * @param {string[][]} peers what each peer on the list speaks
 * @param {string} first the language that everybody's pages have
 * @returns {Gap[]}
 */
export function uncovered(hours, peers, first) {
  const weekly = hours?.weekly ?? { [ALL]: DAYS.map((day) => /** @type {Interval} */ ([day, "00:00", "00:00"])) };
  const languages = new Set([...Object.keys(weekly).filter((each) => each !== ALL), ...peers.flat(), ...(ALL in weekly ? [first] : [])]);
  return [...languages].flatMap((language) => {
    const week = weekly[language] ?? weekly[ALL] ?? [];
    const days = DAYS.filter((day) => week.some(([on]) => on === day));
    const speakers = peers.filter((spoken) => spoken.includes(language)).length;
    return days.length > 0 && speakers < ENOUGH ? [{ language, days, speakers }] : [];
  });
}
