import { h, html, useSignal } from "../../../vendor/preact.js";
import { download } from "../../platform/download.js";
import { t } from "../../platform/locale.js";
import { isShown } from "../../state/timeline.js";
import { sharedInWords } from "../parts/shared_row.js";
import { Ask } from "../parts/ask.js";

/** @typedef {import("../../state/moderator/case.js").Case} Case */
/** @typedef {import("../../state/moderator/case.js").FlaggedItem} Item */

const FILE = "beside-report.txt";
const DAY = 86_400_000;

/**
 * The one way in which disclosed words leave the service: a file for a duty to report, agreed to by two.
 * @param {{ take: () => Promise<Case | null>, busy: boolean }} props take: what is in it; each time is written down
 */
export function ReportPack({ take, busy }) {
  const saved = useSignal(false);
  const save = async () => {
    const found = await take();
    saved.value = found?.content != null;
    if (found?.content) download(FILE, packText(found));
  };
  return html`<div class="pack">
    <p>${t("pack-why")}</p>
    ${h(Ask, { label: t("pack-save"), ask: t("pack-ask"), yes: t("pack-yes"), no: t("pack-no"), act: () => void (busy || save()) })}
    <p role="status">${saved.value && t("pack-saved")}</p>
  </div>`;
}

/**
 * The words of a report, for people: what was said, by whom, when by their own clock, and whether it checks out. No room,
 * no key and nothing that leads to a client is in it.
 * @param {Case} found
 */
export function packText(found) {
  const lines = [
    t("pack-title"),
    t("pack-opened", { day: new Date(found.day * DAY) }),
    t("pack-category", { category: t(`category-${found.category}`) }),
    t(`review-by-${found.from}`),
    "",
    ...[found.note, found.moreNote].filter(Boolean).flatMap((note) => [`${t("review-note")}:`, note, ""]),
  ];
  for (const item of found.items) {
    if (item.type === "gap") lines.push(t("review-gap", { count: item.count }), "");
    else lines.push(...said(item), "");
  }
  lines.push(t("pack-limits"));
  return `${lines.join("\n").replace(/[\u2068\u2069]/g, "")}\n`;
}

/** @param {Item} item */
function said(item) {
  const who = item.fromClient ? t("review-from-client") : item.from === "" ? t("review-from-unlisted") : t("review-from-staff", { alias: item.from });
  const when = item.minutes === null ? "" : `, ${t("review-when", { time: new Date(item.minutes * 60_000) })}`;
  return [`${who}${when}:`, wordsOf(item), t(`proof-${item.proof}`)];
}

/** @param {Item} item */
function wordsOf({ kind, text, content }) {
  if (kind === "text" || (kind === "ours" && text !== "")) return text;
  return isShown(kind) ? sharedInWords({ kind, text, content }) : t("review-kind", { kind });
}
