// Which language the page is in: each named in its own script, changed in place, without another address.

import { h, html, useState } from "../../../vendor/preact.js";
import { bringContent } from "../../platform/content.js";
import { chooseLanguage, language, offeredLanguages, t } from "../../platform/locale.js";
import { announce } from "./announcer.js";
import { Pebble } from "./pebble.js";

/** Nothing where there is one language only. */
export function LanguageChoice() {
  const [missing, setMissing] = useState(false);
  const offered = offeredLanguages();
  const spoken = language();
  if (offered.length < 2) return null;
  const choose = async (/** @type {string} */ code) => {
    setMissing(false);
    try {
      await bringContent(code);
      await chooseLanguage(code);
      announce(t("language-now"));
    } catch {
      setMissing(true);
    }
  };
  // An element that the served page has none of: what a browser takes over from it stays as it is.
  return html`<nav class="languages" aria-label=${t("language-title")}>
    <p class="acts">${offered.map(({ code, name }) => html`<span lang=${code} dir="auto" key=${code}>
      ${h(Pebble, { kind: "quiet", pressed: code === spoken, onClick: () => void choose(code) }, name)}
    </span>`)}</p>
    ${offered.some(({ code, read }) => code === spoken && !read) && html`<p class="soft">${t("language-unread")}</p>`}
    <div aria-live="polite">${missing && html`<p>${t("language-missing")}</p>`}</div>
  </nav>`;
}
