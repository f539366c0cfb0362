// Facts where the worry is: the fact, why people think otherwise, the fact again. Each can be copied and printed.

import { h, html, useRef } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { printOnly } from "../../platform/print.js";
import { CopyButton } from "../parts/copy_button.js";
import { Pebble } from "../parts/pebble.js";
import { Reading } from "../parts/reading.js";

/** @typedef {{ id: string, fact: string, why: string, again: string }} Fact as in content/<language>/facts.json */

export function Facts() {
  return h(Reading, { name: "facts", of: "facts", draw: factCard });
}

/** @param {unknown} each */
function factCard(each) {
  const fact = /** @type {Fact} */ (each);
  return h(FactCard, { key: fact.id, ...fact });
}

/** @param {Fact} props */
function FactCard({ id, fact, why, again }) {
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  const print = () => card.current && printOnly(card.current);
  return html`<article class="card fact-card" ref=${card} aria-labelledby=${`fact-${id}`}>
    <h3 id=${`fact-${id}`}>${fact}</h3>
    <p>${why}</p>
    <p>${again}</p>
    <div class="acts">
      ${h(CopyButton, { text: `${fact} ${why} ${again}`, label: t("fact-copy") })}
      ${h(Pebble, { kind: "quiet", onClick: print }, t("fact-print"))}
    </div>
  </article>`;
}
