// The pages' HTML: what a browser shows before any script has come, or where none ever does.
//
//   pages.js          writes frontend/index.html, peer.html, moderator.html and coordinator.html
//   pages.js --check  fails where one of them is not what would be written
//
// The words come from the English locale and the first view of each page, so nothing is typed twice. What an operator
// may set is written with its default; the server puts the chosen value in its place (app/web/frontend.py).

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { register } from "node:module";
import { join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const FRONTEND = fileURLToPath(new URL("../frontend", import.meta.url));

/** The defaults of app/settings.py. */
const DEPLOYMENT = { leaveHref: "https://www.weather.gov/", duty: false, backupDays: 30 };

/**
 * @typedef {{ name: string, styles: string[], parts: string[], listed: boolean, body: () => Promise<string> }} Page
 *   name: of its module in js/; parts: of the locale, that its first view needs; listed: search engines may show it
 */

/** The list of people who can be reached, which every page holds. */
const HELP = "content/en/help.json";

/** @type {Page[]} */
const PAGES = [
  { name: "client", styles: ["tokens", "base", "client", "wait"], parts: [""], listed: true, body: landing },
  { name: "peer", styles: ["tokens", "base", "staff", "peer", "pages", "craft"], parts: ["", "staff", "signin", "craft", "pages"], listed: false, body: staff },
  { name: "moderator", styles: ["tokens", "base", "staff", "moderator", "pages"], parts: ["", "staff", "signin", "review", "pages"], listed: false, body: staff },
  { name: "coordinator", styles: ["tokens", "base", "staff", "moderator", "coordinator", "pages"], parts: ["", "staff", "signin", "review", "coordinator", "pages"], listed: false, body: staff },
];

const fileOf = (/** @type {Page} */ { name }) => (name === "client" ? "index.html" : `${name}.html`);
const read = (/** @type {string} */ path) => readFileSync(join(FRONTEND, path), "utf8");

/** @param {Page} page */
async function written(page) {
  const { name, styles, parts, listed } = page;
  const locales = parts.map((part) => `locales/${part === "" ? "en" : `en.${part}`}.ftl`);
  const { readLocale } = await import("../frontend/js/platform/locale.js");
  const { readContent } = await import("../frontend/js/platform/content.js");
  readLocale(locales.map(read));
  readContent("help", JSON.parse(read(HELP)));
  const { leaveHref, duty, backupDays } = DEPLOYMENT;
  const entry = `js/${name}.js`;
  const links = [
    ...styles.map((style) => `<link rel="stylesheet" href="${present(`css/${style}.css`)}">`),
    ...[...locales, HELP].map((path) => `<link rel="preload" href="${present(path)}" as="fetch" crossorigin>`),
    ...firstStage(entry).map((path) => `<link rel="modulepreload" href="${path}">`),
  ];
  return `<!doctype html>
<html lang="en" dir="ltr" data-leave="${leaveHref}" data-duty="${duty ? "on" : "off"}" data-backup-days="${backupDays}" data-languages="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
${listed ? "" : '<meta name="robots" content="noindex">\n'}<title>Beside</title>
<link rel="icon" href="data:,">
${links.join("\n")}
<script type="module" src="/${entry}"></script>
</head>
<body>
<div id="app">${await page.body()}</div>
</body>
</html>
`;
}

/** The client's landing. Its line on the duty to report is there in a comment, for the server to take out of it. */
async function landing() {
  const { LandingPage } = await import("../frontend/js/views/client/landing.js");
  const show = (/** @type {boolean} */ duty) => rendered(LandingPage, { ...DEPLOYMENT, duty });
  return withHidden("duty", await show(false), await show(true));
}

/** A page of the team: the bar, that it needs scripts, and the people anybody can reach. */
async function staff() {
  const { html } = await import("htm/preact");
  const { t } = await import("../frontend/js/platform/locale.js");
  const { HelpPanel } = await import("../frontend/js/views/parts/help_panel.js");
  const { TopBar } = await import("../frontend/js/views/parts/top_bar.js");
  const nothing = () => undefined;
  return rendered(
    () => html`${TopBar({ leaveHref: DEPLOYMENT.leaveHref, onHelp: nothing, helpOpen: false, onLeave: nothing, skipLabel: t("staff-skip") })}
      <main id="main" class="staff" tabindex="-1">
        <noscript><p class="problem">${t("staff-no-scripts")}</p></noscript>
        ${HelpPanel({ title: t("help-title"), now: 0 })}
      </main>`,
    {},
  );
}

/**
 * @template P
 * @param {import("preact").ComponentType<P>} component
 * @param {P & import("preact").Attributes} props
 */
async function rendered(component, props) {
  const { h } = await import("preact");
  const { render } = await import("preact-render-to-string");
  return render(h(component, props));
}

/**
 * The page without something, which it holds in a comment at its place.
 * @param {string} name
 * @param {string} without
 * @param {string} within the same with one element more
 */
export function withHidden(name, without, within) {
  const length = within.length - without.length;
  for (let at = 0; at < without.length; at += 1) {
    const element = within.slice(at, at + length);
    const isWhole = element.startsWith("<") && !element.startsWith("</") && element.endsWith(">");
    if (isWhole && within.slice(0, at) + within.slice(at + length) === without) {
      return `${without.slice(0, at)}<!--${name} ${element} ${name}-->${without.slice(at)}`;
    }
  }
  throw new Error(`nothing is there only for ${name}`);
}

/**
 * The modules that a page loads before it shows anything, without the first, nearest first: a browser told of them
 * at once need not find them one after the other. What comes by import() is not among them.
 * @param {string} entry a path in frontend/
 * @returns {string[]} paths on the server
 */
export function firstStage(entry) {
  const found = [entry];
  for (const path of found) {
    const code = read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, "");
    for (const [, from, bare] of code.matchAll(/^(?:import|export)\b[^"';()]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"/gm)) {
      const target = posix.join(posix.dirname(path), from ?? bare ?? "");
      if (!found.includes(target)) found.push(target);
    }
  }
  return found.slice(1).map(present);
}

/** @param {string} path in frontend/; a page names no file that is missing */
function present(path) {
  if (!existsSync(join(FRONTEND, path))) throw new Error(`frontend/${path} is missing`);
  return `/${path}`;
}

/**
 * Lets views render here: the vendored bundle has a Preact of its own inside, which the renderer could not see into,
 * so its place is taken by the packages that it was made of.
 */
function usePackages() {
  const source = JSON.stringify(read("vendor/preact.d.ts"));
  const hook = `export const load = async (url, context, next) => url.endsWith("/vendor/preact.js")
    ? { format: "module", source: ${source}, shortCircuit: true } : next(url, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

/** @param {string | undefined} flag */
async function main(flag) {
  if (flag !== undefined && flag !== "--check") {
    console.error("usage: pages [--check]");
    return 2;
  }
  usePackages();
  let stale = 0;
  for (const page of PAGES) {
    const file = join(FRONTEND, fileOf(page));
    const html = await written(page);
    if (flag === undefined) {
      writeFileSync(file, html);
    } else if (!existsSync(file) || readFileSync(file, "utf8") !== html) {
      console.error(`pages: ${fileOf(page)} is not what its views and words give: run scripts/pages`);
      stale += 1;
    }
  }
  return stale === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = await main(process.argv[2]);
