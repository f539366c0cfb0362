// The fixed list of topics: of a queue row, of a profile, of what somebody lived through (app/wire/topics.py).

import { t } from "../../platform/locale.js";

/** Every topic, in the order in which pages show them. */
export const TOPICS = Object.freeze([
  "worry",
  "low-mood",
  "loneliness",
  "family",
  "money",
  "drink-drugs",
  "grief",
  "violence-home",
  "parent",
  "faith",
  "lgbtq",
  "work-school",
  "immigration",
  "health",
  "other",
]);

/**
 * A topic in the reader's words; one that a newer service knows and this page does not stays as it is.
 * @param {string} topic
 */
export const topicName = (topic) => (TOPICS.includes(topic) ? t(`topic-${topic}`) : topic);
