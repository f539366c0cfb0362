import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { violations } from "./layers.js";

/**
 * The violations in a tree with these files.
 * @param {Record<string, string>} files
 */
function planted(files) {
  const root = mkdtempSync(join(tmpdir(), "layers-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return violations(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("our own modules keep to their layers", () => {
  assert.deepEqual(violations(fileURLToPath(new URL("../js", import.meta.url))), []);
});

/** @type {[string, string, string, string | null][]} promise, path, line, violation */
const CASES = [
  ["a view may import state", "views/a.js", 'import { x } from "../state/x.js";', null],
  ["a view may import views", "views/a.js", 'import { x } from "./x.js";', null],
  ["a view never imports crypto", "views/a.js", 'import { x } from "../crypto/x.js";', "views never imports crypto"],
  ["a view never imports net", "views/a.js", 'export { x } from "../net/x.js";', "views never imports net"],
  ["state may import crypto", "state/a.js", 'import { x } from "../crypto/x.js";', null],
  ["state never imports views", "state/a.js", 'import "../views/x.js";', "state never imports views"],
  ["crypto never imports net", "crypto/a.js", 'import {\n  x,\n} from "../net/x.js";', "crypto never imports net"],
  ["net never imports crypto", "net/a.js", 'import * as x from "../crypto/x.js";', "net never imports crypto"],
  ["crypto may import platform", "crypto/a.js", 'import x from "../platform/x.js";', null],
  ["platform never imports state", "platform/a.js", 'await import("../state/x.js");', "platform never imports state"],
  ["seals may use the HPKE library", "crypto/seals.js", 'import { x } from "../../vendor/hpke-core.js";', null],
  ["no other module uses the HPKE library", "crypto/box.js", 'import { x } from "../../vendor/hpke-core.js";', "vendor/hpke-core.js is for crypto/seals.js only"],
  ["a library without a rule is refused", "views/a.js", 'import { x } from "../../vendor/other.js";', "vendor/other.js is not known to this rule"],
  ["a package name is refused", "crypto/a.js", 'import { x } from "@hpke/core";', "@hpke/core is not a relative path"],
  ["an address is refused", "net/a.js", 'import "https://example.org/x.js";', "https://example.org/x.js is not a relative path"],
  ["a computed import is refused", "state/a.js", "import(name);", "imports what only shows when it runs"],
  ["nothing outside is imported", "state/a.js", 'import "../../tests/x.js";', "tests/x.js is outside js and vendor"],
  ["a page's entry may import views and net", "peer.js", 'import "./views/x.js";\nimport "./net/x.js";', null],
  ["nobody imports a page's entry", "views/a.js", 'import "../peer.js";', "imports a page's entry"],
  ["a new folder needs a rule", "helpers/a.js", "", "helpers is no layer"],
  ["an import in a comment counts for nothing", "views/a.js", '// import { x } from "../net/x.js";\n/* import "../net/x.js"; */', null],
  ["platform may touch the document", "platform/a.js", "document.title;", null],
  ["crypto never touches the document", "crypto/a.js", "document.title;", "document is for platform only"],
  ["state never stores by itself", "state/a.js", "globalThis.localStorage.clear();", "localStorage is for platform only"],
  ["net may fetch", "net/a.js", 'await fetch("/api/service");', null],
  ["a view never fetches", "views/a.js", 'await fetch("/api/service");', "fetch is for net only"],
  ["a name in words or of one's own is no global", "views/a.js", '"the window"; queue.fetch(); ({ location: 1 });', null],
];
for (const [promise, path, line, violation] of CASES) {
  test(promise, () => {
    assert.deepEqual(planted({ [path]: line }), violation === null ? [] : [`${path}: ${violation}`]);
  });
}
