// A list of things to read: still while it is fetched, and a way to try again where it does not come.

import { h, html } from "../../../vendor/preact.js";
import { contentLanguage } from "../../platform/content.js";
import { t } from "../../platform/locale.js";
import { Pebble } from "./pebble.js";
import { useContent } from "./use_content.js";

/**
 * @param {{ name: import("../../platform/content.js").Name, of: string, draw: (each: unknown) => import("preact").ComponentChildren }} props
 *   of: the list in the file
 */
export function Reading({ name, of, draw }) {
  const { json, missing, again } = useContent(name);
  const list = /** @type {Record<string, unknown[]> | undefined} */ (json)?.[of];
  if (list) return html`<div class="reading" lang=${contentLanguage(name)}>${list.map(draw)}</div>`;
  if (!missing) return html`<p class="soft">${t("one-moment")}</p>`;
  return html`<p>${t("reading-missing")}</p><p class="acts">${h(Pebble, { onClick: again }, t("send-again"))}</p>`;
}
