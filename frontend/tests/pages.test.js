// The pages as they are served before any script runs: whole, small, asking for nothing that is not there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { firstStage, withHidden } from "../../scripts/pages.js";

const FRONTEND = fileURLToPath(new URL("..", import.meta.url));
const SCRIPT = fileURLToPath(new URL("../../scripts/pages.js", import.meta.url));
const ENTRIES = { "index.html": "client", "peer.html": "peer", "moderator.html": "moderator", "coordinator.html": "coordinator" };
const CRISIS = ["tel:988", "sms:988", "tel:911"];

/** @param {string} html @param {RegExp} pattern with one group */
const all = (html, pattern) => [...html.matchAll(pattern)].map(([, found = ""]) => found);

test("there is a page for each entry and no other", () => {
  assert.deepEqual(readdirSync(FRONTEND).filter((file) => file.endsWith(".html")).sort(), Object.keys(ENTRIES).sort());
});

test("each page is what its views and words give now", () => {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, "--check"], { encoding: "utf8" });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
});

test("an unknown argument is refused", () => {
  assert.equal(spawnSync(process.execPath, [SCRIPT, "--chek"]).status, 2);
});

for (const [file, entry] of Object.entries(ENTRIES)) {
  const html = readFileSync(join(FRONTEND, file), "utf8");
  const [head = "", body = ""] = html.split("<body>");

  test(`${file} says nothing of anybody: its title is the name, it sends no address on`, () => {
    assert.deepEqual(all(html, /<title>(.*?)<\/title>/g), ["Beside"]);
    assert.match(head, /<meta name="referrer" content="no-referrer">/);
    assert.match(head, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
    assert.equal(/<meta name="robots" content="noindex">/.test(head), entry !== "client");
  });

  test(`${file} holds nothing that its policy forbids`, () => {
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|javascript:|<base|<iframe|<form/i);
    assert.deepEqual(all(html, /<script([^>]*)>/g), [` type="module" src="/js/${entry}.js"`]);
  });

  test(`${file} asks for files of ours that are there, and for none twice`, () => {
    const asked = [...all(head, /<link [^>]*href="(\/[^"]*)"/g), ...all(head, /src="([^"]*)"/g)];
    assert.ok(asked.length > 5);
    assert.deepEqual(asked.filter((path) => !existsSync(join(FRONTEND, path))), []);
    assert.equal(new Set(asked).size, asked.length);
  });

  test(`${file} has its look first, then every module of its first stage`, () => {
    const links = all(head, /<link rel="(stylesheet|modulepreload)"/g);
    assert.deepEqual(links, [...links].sort().reverse());
    assert.deepEqual(all(head, /rel="modulepreload" href="([^"]*)"/g), firstStage(`js/${entry}.js`));
  });

  test(`${file} has the ways out and the people to reach without any script`, () => {
    assert.ok(all(body, /href="(https:\/\/www\.weather\.gov\/)" rel="noreferrer nofollow"/g).length > 0);
    assert.match(body, /href="#help"/);
    assert.match(body, /id="help"/);
    assert.match(body, /<noscript>.*[Nn]umbers below/s);
    for (const number of CRISIS) assert.ok(body.includes(`href="${number}"`), number);
  });

  test(`${file} is at most 10 kB on its way`, () => {
    assert.ok(gzipSync(html).length <= 10_000);
  });
}

test("what only some places show is kept in a comment, ready to be taken out of it", () => {
  assert.equal(withHidden("x", "<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>"), "<ul><li>a</li><!--x <li>b</li> x--></ul>");
  assert.equal(withHidden("x", "<p>a</p>", "<p>b</p><p>a</p>"), "<!--x <p>b</p> x--><p>a</p>");
  assert.throws(() => withHidden("x", "<p>a</p>", "<p>a</p>"));
  assert.throws(() => withHidden("x", "<p>a</p>", "<b>a</b><b>c</b>"));
});

test("until a client can write, at most 30 requests and 90 kB are made", () => {
  const html = readFileSync(join(FRONTEND, "index.html"), "utf8");
  const asked = [...all(html, /<link [^>]*href="(\/[^"]*)"/g), ...all(html, /src="([^"]*)"/g)];
  const bytes = [html, ...asked.map((path) => readFileSync(join(FRONTEND, path)))].map((file) => gzipSync(file).length);
  assert.ok(bytes.length <= 30, `${bytes.length} requests`);
  assert.ok(bytes.reduce((sum, each) => sum + each, 0) <= 90_000);
});
