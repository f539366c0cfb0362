// Short stories about what helped. One that the team made up says so.

import { h, html } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Reading } from "../parts/reading.js";

/** @typedef {{ id: string, title: string, text: string, example: boolean }} Story as in content/<language>/stories.json */

export function Stories() {
  return h(Reading, { name: "stories", of: "stories", draw: storyCard });
}

/** @param {unknown} each */
function storyCard(each) {
  const story = /** @type {Story} */ (each);
  return h(StoryCard, { key: story.id, ...story });
}

/** @param {Story} props */
function StoryCard({ id, title, text, example }) {
  return html`<article class="card story-card" aria-labelledby=${`story-${id}`}>
    <h3 id=${`story-${id}`}>${title}</h3>
    <p>${text}</p>
    ${example && html`<p class="soft">${t("story-example")}</p>`}
  </article>`;
}
