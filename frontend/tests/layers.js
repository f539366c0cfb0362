// Who may import whom in frontend/js, read from the import lines: views → state → net, crypto → platform.

import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * Layers a folder of js/ may import besides itself. Files that lie directly in js/ are the pages' entries: they join
 * everything, and nothing imports them.
 * @type {Record<string, string[]>}
 */
const MAY_IMPORT = {
  views: ["state", "platform"],
  state: ["net", "crypto", "platform", "safety"],
  net: ["platform"],
  crypto: ["platform"],
  safety: [],
  platform: [],
};
const ENTRY = "";

/** Who may use each file of vendor/, by the beginning of the path in js/. @type {Record<string, string[]>} */
const MAY_USE = {
  "fluent.js": ["platform/locale.js"],
  "hpke-core.js": ["crypto/seals.js"],
  "preact.js": ["state/", "views/", "platform/locale.js", "platform/content.js"],
};

/** What only platform/ touches, and net/ where it says so. */
const GLOBALS = ["document", "window", "navigator", "location", "localStorage", "sessionStorage", "indexedDB", "caches"];
const NETWORK = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"];

/** Comments, and the insides of strings and templates, without which the rest can be searched for names. */
const PROSE = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** Any of: import … from "x", export … from "x", import "x", import("x"); a computed import has no second group. */
const IMPORT = /\b(?:import|export)\b[^"'`;()]*?\bfrom\s*["']([^"']+)["']|\bimport\s*["']([^"']+)["']|\bimport\s*\(\s*(?:["']([^"']+)["']\s*\))?/g;

/**
 * Every broken rule in a tree of JavaScript files.
 * @param {string} root the js/ folder
 * @returns {string[]} one sentence each
 */
export function violations(root) {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".js"))
    .sort();
  return files.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return [...imports(path, text), ...globals(path, text)];
  });
}

/** @param {string} path */
const layerOf = (path) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : ENTRY);

/**
 * @param {string} path
 * @param {string} text
 */
function imports(path, text) {
  const layer = layerOf(path);
  if (layer !== ENTRY && !(layer in MAY_IMPORT)) return [`${path}: ${layer} is no layer`];
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, "");
  return [...code.matchAll(IMPORT)].flatMap(([, from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic;
    const wrong = target === undefined ? "imports what only shows when it runs" : wrongTarget(path, layer, target);
    return wrong ? [`${path}: ${wrong}`] : [];
  });
}

/**
 * @param {string} path
 * @param {string} layer
 * @param {string} target
 */
function wrongTarget(path, layer, target) {
  if (!target.startsWith("./") && !target.startsWith("../")) return `${target} is not a relative path`;
  const resolved = posix.join("js", posix.dirname(path), target);
  if (resolved.startsWith("vendor/")) {
    const users = MAY_USE[resolved.slice("vendor/".length)];
    if (!users) return `${resolved} is not known to this rule`;
    return users.some((user) => path.startsWith(user)) ? null : `${resolved} is for ${users.join(", ")} only`;
  }
  if (!resolved.startsWith("js/")) return `${resolved} is outside js and vendor`;
  const other = layerOf(resolved.slice("js/".length));
  if (other === ENTRY) return "imports a page's entry";
  if (layer === ENTRY || layer === other || MAY_IMPORT[layer]?.includes(other)) return null;
  return `${layer} never imports ${other}`;
}

/**
 * @param {string} path
 * @param {string} text
 */
function globals(path, text) {
  const layer = layerOf(path);
  if (layer === "platform" || layer === ENTRY) return [];
  const forbidden = layer === "net" ? GLOBALS : [...GLOBALS, ...NETWORK];
  const code = text.replace(PROSE, '""');
  return forbidden
    .filter((name) => new RegExp(`(?<![.\\w$#])${name}\\b(?!\\s*:)`).test(code) || new RegExp(`\\b(?:globalThis|self)\\.${name}\\b`).test(code))
    .map((name) => `${path}: ${name} is for ${NETWORK.includes(name) ? "net" : "platform"} only`);
}
