import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../scripts/vendor.js", import.meta.url));
const VENDOR = fileURLToPath(new URL("../vendor", import.meta.url));

/**
 * The check of a copy of vendor/ after a change to it.
 * @param {(folder: string) => void} change
 */
function checked(change) {
  const folder = mkdtempSync(join(tmpdir(), "vendor-"));
  try {
    cpSync(VENDOR, folder, { recursive: true });
    change(folder);
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, "--check", folder], { encoding: "utf8" });
    return { status, stderr: stderr.trimEnd() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what is vendored is what was recorded", () => {
  assert.deepEqual(checked(() => undefined), { status: 0, stderr: "" });
});

/** @type {[string, (folder: string) => void, string][]} */
const CASES = [
  ["a changed bundle", (folder) => appendFileSync(join(folder, "hpke-core.js"), "\n"), "hpke-core.js is not the recorded file"],
  ["a changed licence", (folder) => writeFileSync(join(folder, "licences", "hpke-core.txt"), ""), "licences/hpke-core.txt is not the recorded file"],
  ["a changed copy", (folder) => appendFileSync(join(folder, "swagger", "swagger-ui.css"), "\n"), "swagger/swagger-ui.css is not the recorded file"],
  ["a missing file", (folder) => rmSync(join(folder, "hpke-core.js")), "hpke-core.js is missing"],
  ["a file nobody recorded", (folder) => writeFileSync(join(folder, "extra.js"), ""), "extra.js is not in VENDOR.json"],
  ["a missing record", (folder) => rmSync(join(folder, "VENDOR.json")), "VENDOR.json is missing"],
  [
    "another version than the locked one",
    (folder) => {
      const path = join(folder, "VENDOR.json");
      writeFileSync(path, readFileSync(path, "utf8").replace('"version": "1.9.0"', '"version": "1.8.0"'));
    },
    "@hpke/core 1.8.0 is not the version of package-lock.json: run make vendor",
  ],
];
for (const [what, change, complaint] of CASES) {
  test(`${what} is found`, () => {
    assert.deepEqual(checked(change), { status: 1, stderr: `vendor: ${complaint}` });
  });
}

test("an unknown argument is refused", () => {
  assert.equal(spawnSync(process.execPath, [SCRIPT, "--chek"]).status, 2);
});
