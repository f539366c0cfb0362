// The prompts and the safety guide, as they are written in content/<language>/prompts.json and guide.json.

/** @typedef {import("../../../safety/nudge.js").Pace} Pace */
/** @typedef {"opening" | "deeper" | "check" | "quiet" | "ideas" | "step" | "close"} Moment */
/** What fits one moment at one pace: words to say, or advice, which is not to be said. @typedef {{ moment: Moment, pace: Pace, say?: string, advice?: string }} Prompt */
/** @typedef {{ do: string, how: string, say?: string }} Step do: in a few words; say: words that may help */
/** @typedef {{ id: string, title: string, steps: Step[] }} Sheet */

/** The moments of a talk, in their order. @type {readonly Moment[]} */
export const MOMENTS = Object.freeze(/** @type {const} */ (["opening", "deeper", "check", "quiet", "ideas", "step", "close"]));

/**
 * What fits now.
 * @param {unknown} json of prompts.json; undefined while it is not there
 * @param {Moment} moment
 * @param {Pace} pace
 * @returns {Prompt[]}
 */
export function fitting(json, moment, pace) {
  const { prompts = [] } = /** @type {{ prompts?: Prompt[] }} */ (json ?? {});
  return prompts.filter((prompt) => prompt.moment === moment && prompt.pace === pace);
}

/**
 * The frame that gives their words back, at their pace.
 * @param {unknown} json of prompts.json
 * @param {Pace} pace
 * @returns {string | null}
 */
export const frameAt = (json, pace) => fitting(json, "check", pace).find(({ say }) => say?.includes("…"))?.say ?? null;

/**
 * @param {unknown} json of guide.json; undefined while it is not there
 * @returns {Sheet[]}
 */
export const sheetsOf = (json) => /** @type {{ sheets?: Sheet[] }} */ (json ?? {}).sheets ?? [];
