// Third-party code for the pages: each library bundled once into one ES module, or copied as it comes, with a record of
// what it is.
//
//   vendor.js               installs the locked packages, bundles them, writes frontend/vendor and VENDOR.json
//   vendor.js --check [DIR] verifies the files of DIR (default frontend/vendor) against VENDOR.json and the lock file
//
// The check needs neither network nor packages, so it runs in every `make check`.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VENDOR = join(ROOT, "frontend", "vendor");
const RECORD = "VENDOR.json";

/** What is bundled: the exports our code uses of each package, so that nothing else of it is served. */
const LIBRARIES = [
  {
    file: "fluent.js",
    sources: [{ from: "@fluent/bundle", names: ["FluentBundle", "FluentResource"] }],
  },
  {
    file: "hpke-core.js",
    sources: [{ from: "@hpke/core", names: ["Aes256Gcm", "CipherSuite", "DhkemP256HkdfSha256", "HkdfSha256"] }],
  },
  {
    file: "preact.js",
    sources: [
      { from: "preact", names: ["Fragment", "h", "hydrate", "options", "render"] },
      { from: "preact/hooks", names: ["useEffect", "useId", "useLayoutEffect", "useMemo", "useRef", "useState"] },
      { from: "@preact/signals", names: ["batch", "computed", "effect", "signal", "useComputed", "useSignal", "useSignalEffect"] },
      { from: "htm/preact", names: ["html"] },
    ],
  },
];

/** What is taken over as its makers built it: no page for people loads it. The first two are served, under /docs. */
const COPIES = [
  {
    folder: "swagger",
    name: "swagger-ui-dist",
    files: ["swagger-ui-bundle.js", "swagger-ui.css", "swagger-ui-bundle.js.LICENSE.txt", "NOTICE"],
  },
];

/** Packages that name their licence (Apache-2.0) but bring no text of it, and one that brings the same text. @type {Record<string, string>} */
const TEXT_OF = { "@fluent/bundle": "typescript" };

/** @type {import("esbuild").BuildOptions & { format: string }} */
const OPTIONS = {
  bundle: true,
  charset: "utf8",
  external: ["crypto"], // reached for only where globalThis.crypto is missing, which no browser of ours lacks
  format: "esm",
  legalComments: "none", // the licences stand beside the bundle in full
  mainFields: ["module", "main"],
  minify: true, // the readable source is the package's own, at the version named in the record
  platform: "neutral",
  target: "es2022",
};

/** @typedef {{ name: string, version: string, licence: string, text: string, sha256: string }} Bundled one package */
/**
 * @typedef {{ file: string, sha256: string, types: string, typesSha256: string, made: string,
 *   packages: Bundled[] }} Entry
 */

/** @typedef {{ files: { file: string, sha256: string }[], package: Bundled }} Copied */

const sha256 = (/** @type {Uint8Array | string} */ data) => createHash("sha256").update(data).digest("hex");
const json = (/** @type {string} */ path) => JSON.parse(readFileSync(path, "utf8"));

/**
 * Writes the bundle, its types and the licences of one library; returns its entry in the record.
 * @param {typeof LIBRARIES[number]} library
 * @returns {Promise<Entry>}
 */
async function make({ file, sources }) {
  const esbuild = await import("esbuild");
  const source = sources.map(({ from, names }) => `export { ${names.join(", ")} } from "${from}";\n`).join("");
  const built = await esbuild.build({
    ...OPTIONS,
    absWorkingDir: ROOT,
    stdin: { contents: source, resolveDir: ROOT, sourcefile: file },
    metafile: true,
    write: false,
  });
  const code = /** @type {{ contents: Uint8Array }} */ (built.outputFiles[0]).contents;
  const used = Object.values(built.metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const types = file.replace(/\.js$/, ".d.ts");
  writeFileSync(join(VENDOR, file), code);
  writeFileSync(join(VENDOR, types), source);
  return {
    file,
    sha256: sha256(code),
    types,
    typesSha256: sha256(source),
    made: `esbuild ${esbuild.version}, ${JSON.stringify(OPTIONS)}, of: ${source.trim()}`,
    packages: packagesOf(used).map(licensed),
  };
}

/**
 * Copies files of a package as they are; returns its entry in the record.
 * @param {typeof COPIES[number]} copy
 * @returns {Copied}
 */
function take({ folder, name, files }) {
  mkdirSync(join(VENDOR, folder), { recursive: true });
  const taken = files.map((each) => {
    const data = readFileSync(join(ROOT, "node_modules", name, each));
    const file = `${folder}/${each}`;
    writeFileSync(join(VENDOR, file), data);
    return { file, sha256: sha256(data) };
  });
  return { files: taken, package: licensed(name) };
}

/**
 * Names of the packages the given files lie in.
 * @param {string[]} paths
 */
function packagesOf(paths) {
  const names = paths.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/**
 * Copies a package's licence text beside the bundle and describes it.
 * @param {string} name
 * @returns {Bundled}
 */
function licensed(name) {
  const folder = join(ROOT, "node_modules", name);
  const { version, license } = json(join(folder, "package.json"));
  const bringer = join(ROOT, "node_modules", TEXT_OF[name] ?? name);
  const original = readdirSync(bringer).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (!original || !license) throw new Error(`${name} names no licence or brings no licence text`);
  const text = `licences/${name.replace("@", "").replace("/", "-")}.txt`;
  const words = readFileSync(join(bringer, original));
  mkdirSync(join(VENDOR, "licences"), { recursive: true });
  writeFileSync(join(VENDOR, text), words);
  return { name, version, licence: license, text, sha256: sha256(words) };
}

/**
 * What differs between a vendor folder and its record; empty where all is well.
 * @param {string} folder
 * @returns {string[]}
 */
function differences(folder) {
  if (!existsSync(join(folder, RECORD))) return [`${RECORD} is missing`];
  /** @type {{ modules: Entry[], copies: Copied[] }} */
  const { modules, copies } = json(join(folder, RECORD));
  const packages = [...modules.flatMap((entry) => entry.packages), ...copies.map((entry) => entry.package)];
  const locked = json(join(ROOT, "package-lock.json")).packages;
  /** @type {Map<string, string>} */
  const expected = new Map();
  for (const entry of modules) expected.set(entry.file, entry.sha256).set(entry.types, entry.typesSha256);
  for (const { file, sha256 } of copies.flatMap((entry) => entry.files)) expected.set(file, sha256);
  for (const { text, sha256 } of packages) expected.set(text, sha256);
  const present = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path !== RECORD && !statSync(join(folder, path)).isDirectory(),
  );
  const changed = [...expected].flatMap(([path, hash]) => {
    if (!present.includes(path)) return [`${path} is missing`];
    return sha256(readFileSync(join(folder, path))) === hash ? [] : [`${path} is not the recorded file`];
  });
  const unknown = present.filter((path) => !expected.has(path)).map((path) => `${path} is not in ${RECORD}`);
  const moved = packages
    .filter(({ name, version }) => locked[`node_modules/${name}`]?.version !== version)
    .map(({ name, version }) => `${name} ${version} is not the version of package-lock.json: run make vendor`);
  return [...changed, ...unknown, ...moved];
}

async function main() {
  const [flag, folder = VENDOR] = process.argv.slice(2);
  if (flag === "--check") {
    const found = differences(resolve(folder));
    for (const line of found) console.error(`vendor: ${line}`);
    if (found.length === 0) console.log("vendor: all files are the recorded ones");
    return found.length === 0 ? 0 : 1;
  }
  if (flag !== undefined) {
    console.error("usage: vendor [--check [DIR]]");
    return 2;
  }
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: ROOT, stdio: "inherit" });
  mkdirSync(VENDOR, { recursive: true });
  const modules = [];
  for (const library of LIBRARIES) modules.push(await make(library));
  writeFileSync(join(VENDOR, RECORD), `${JSON.stringify({ modules, copies: COPIES.map(take) }, null, 2)}\n`);
  return 0;
}

process.exitCode = await main();
