import { h, html, useSignal } from "../../../vendor/preact.js";
import { download } from "../../platform/download.js";
import { t } from "../../platform/locale.js";
import { isShown } from "../../state/timeline.js";
import { dayOf } from "../parts/days.js";
import { sharedInWords } from "../parts/shared_row.js";
import { Ask } from "../parts/ask.js";
import { Problem } from "../staff/problem.js";

/** @typedef {import("../../state/moderator/case.js").Case} Case */
/** @typedef {import("../../state/moderator/case.js").FlaggedItem} Item */
/** @typedef {import("../../state/moderator/pack.js").Packed} Packed */

const FILE = "beside-report.txt";
/** What a refusal means here. */
const HERE = { unknown: "pack-gone", closed: "pack-gone", shut: "pack-shut", unproven: "pack-unproven" };
/** Everything that some reader of a file takes for the end of a line. */
const LINE_ENDS = /\r\n|[\n\v\f\r\x85\u2028\u2029]/;

/**
 * The one way in which disclosed words leave the service: a file for a duty to report, agreed to by two.
 * @param {{ take: () => Promise<Packed>, busy: boolean }} props take: what is in it; each time is written down
 */
export function ReportPack({ take, busy }) {
  const saved = useSignal(false);
  const problem = useSignal(/** @type {string | null} */ (null));
  const save = async () => {
    saved.value = false;
    const { found, code } = await take();
    problem.value = code;
    saved.value = found !== null;
    if (found) download(FILE, packText(found));
  };
  return html`<div class="pack">
    <p>${t("pack-why")}</p>
    ${h(Ask, { label: t("pack-save"), ask: t("pack-ask"), yes: t("pack-yes"), no: t("pack-no"), busy, act: () => void save() })}
    ${h(Problem, { code: problem.value, here: HERE })}
    <p role="status">${saved.value && t("pack-saved")}</p>
  </div>`;
}

/**
 * The words of a report, for people: what was said, by whom, when by their own clock, and whether it checks out. No room,
 * no key and nothing that leads to a client is in it. Every line that somebody else wrote stands behind a mark, so that
 * no words pass for a line of this file.
 * @param {Case} found
 */
export function packText(found) {
  const lines = [
    t("pack-title"),
    t("pack-opened", { day: dayOf(found.day) }),
    t("pack-category", { category: t(`category-${found.category}`) }),
    t(`review-by-${found.from}`),
    "",
    ...[found.note, found.moreNote].filter(Boolean).flatMap((note) => [`${t("review-note")}:`, ...quoted(note), ""]),
  ];
  let number = 0;
  for (const item of found.items) {
    if (item.type === "gap") lines.push(t("review-gap", { count: item.count }), "");
    else lines.push(...said(item, (number += 1)), "");
  }
  lines.push(t("pack-limits"));
  return `${lines.join("\n").replace(/[\u2068\u2069]/g, "")}\n`;
}

/** @param {string} words of somebody else */
const quoted = (words) => words.split(LINE_ENDS).map((line) => `> ${line}`);

/** @param {Item} item @param {number} number its place in the file */
function said(item, number) {
  const who = item.fromClient ? t("review-from-client") : item.from === "" ? t("review-from-unlisted") : t("review-from-staff", { alias: item.from });
  const when = item.minutes === null ? "" : `, ${t("pack-when", { time: new Date(item.minutes * 60_000) })}`;
  return [`${number}. ${who}${when}:`, ...quoted(wordsOf(item)), t(`proof-${item.proof}`)];
}

/** @param {Item} item */
function wordsOf({ kind, text, content }) {
  if (kind === "text" || (kind === "ours" && text !== "")) return text;
  return isShown(kind) ? sharedInWords({ kind, text, content }) : t("review-kind", { kind });
}
