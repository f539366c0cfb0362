// The words themselves: each explained to translators, each used, each in the voice of docs and glossary.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readLocale, t } from "../js/platform/locale.js";
import { FluentResource } from "../vendor/fluent.js";

const FRONTEND = fileURLToPath(new URL("..", import.meta.url));
const SCRIPTS = fileURLToPath(new URL("../../scripts", import.meta.url));
const FILES = readdirSync(join(FRONTEND, "locales")).filter((file) => file.endsWith(".ftl"));
const TEXTS = FILES.map((file) => readFileSync(join(FRONTEND, "locales", file), "utf8"));
const CODE = [...modules(join(FRONTEND, "js")), readFileSync(join(SCRIPTS, "pages.js"), "utf8")];

/** @typedef {{ id: string, body: string, comment: string }} Message comment: the line above */

/** Words that no screen of ours says, with what they would do to whoever reads them. */
const NEVER = [
  /\b(?:must|should|please|sorry|oops)\b/i, // commands and small talk
  /!|\p{Extended_Pictographic}/u,
  /\b(?:patient|user|victim|sufferer|addict|alcoholic)s?\b|\b(?:case|dirty)\b|\bclean\b(?! up)|\b(?:mentally ill|the depressed)\b/i, // people as things
  /\b(?:commit\w* suicide|(?:failed|successful) (?:suicide )?attempt|threat\w*|cry for help)\b/i,
  /\b(?:disclos\w+|resist\w*|non-?compliant|refus\w+|attention-seeking|high-functioning)\b/i,
  /\b(?:demons|battl\w+|broken|brave)\b/i,
  /\b(?:invalid|errors?|failed|abort\w*|kill\w*|execut\w+|blacklist\w*)\b/i,
];

/** What stands in for a value: nothing else on a screen looks like it. */
const VALUE = "Qx7";

/**
 * @param {string} folder
 * @returns {string[]} the texts of its modules
 */
function modules(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths.filter((path) => path.endsWith(".js")).map((path) => readFileSync(join(folder, path), "utf8"));
}

/**
 * @param {string} text of a locale file
 * @returns {Message[]}
 */
function messages(text) {
  /** @type {Message[]} */
  const found = [];
  let above = "";
  for (const line of text.split("\n")) {
    const [, id, body] = /^([a-zA-Z][\w-]*) = ?(.*)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (id !== undefined) found.push({ id, body: body ?? "", comment: above });
    else if (last && !line.startsWith("#")) last.body += `\n${line}`;
    above = line;
  }
  return found;
}

/**
 * Every way a message can read: with each number that its plurals may tell apart.
 * @param {Message} message
 */
function readings({ id, body }) {
  const dates = new Set([...body.matchAll(/DATETIME\(\s*\$(\w+)/g)].map(([, name]) => name));
  const numbers = new Set([...body.matchAll(/\$(\w+)\s*->|NUMBER\(\s*\$(\w+)/g)].map(([, plural, number]) => plural ?? number));
  const names = [...new Set([...body.matchAll(/\$(\w+)/g)].map(([, name]) => name ?? ""))];
  return (numbers.size > 0 ? [0, 1, 2, 5, 21] : [0]).map((number) => {
    const args = names.map((name) => [name, dates.has(name) ? new Date(0) : numbers.has(name) ? number : VALUE]);
    return t(id, Object.fromEntries(args));
  });
}

/** What lies between U+2068 and U+2069, in order. @param {string} text */
const isolated = (text) => [...text.matchAll(/\u2068([^\u2069]*)\u2069/g)].map(([, value]) => value);

/** Whether a message has words of its own beside its values. @param {Message} message */
const hasWords = ({ body }) => /\p{L}/u.test(body.replace(/\{[^{}]*\}/g, ""));

/** What of a text breaks a rule of NEVER. @param {string} text */
const forbidden = (text) => NEVER.flatMap((rule) => rule.exec(text)?.[0] ?? []);

const ALL = TEXTS.flatMap(messages);
/** Code without its comments, in which a call may be explained. */
const BARE = CODE.map((text) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, ""));

/** A name put together, between its backquotes: one changing part, the rest literal, as in topic-${topic}. */
const BUILT = /`([a-z][a-z-]*-\$\{[^}`]*\}[a-z-]*|\$\{[^}`]*\}-[a-z-]+)`/g;
/** @param {string} name */
const family = (name) => new RegExp(`^${name.replace(/\$\{[^}]*\}/, "[a-z0-9-]+")}$`);
/** @param {RegExp} pattern with one group: the name */
const templates = (pattern) => BARE.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name));

test("every line of a locale file is understood", () => {
  FILES.forEach((file, index) => {
    const text = TEXTS[index] ?? "";
    assert.deepEqual(new FluentResource(text).body.map(({ id }) => id), messages(text).map(({ id }) => id), file);
  });
});

test("no two messages have one name", () => {
  const seen = new Set();
  assert.deepEqual(ALL.filter(({ id }) => seen.size === seen.add(id).size).map(({ id }) => id), []);
});

test("each message is explained to its translators in the line above", () => {
  assert.deepEqual(ALL.filter(({ comment }) => !/^# \S/.test(comment)).map(({ id }) => id), []);
});

test("the page asks for no words that are not there", () => {
  const asked = BARE.flatMap((text) => [...text.matchAll(/(?<![\w.$])t\(\s*"([^"]*)"/g)].map(([, id]) => id));
  const known = new Set(ALL.map(({ id }) => id));
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter((id) => id !== undefined && !known.has(id)), []);
});

test("a name that is put together has one changing part, and several messages to be", () => {
  for (const name of templates(/(?<![\w.$])t\(\s*`([^`]*)`/g)) {
    assert.match(`\`${name}\``, new RegExp(`^${BUILT.source}$`));
    assert.ok(ALL.filter(({ id }) => family(name).test(id)).length > 1, name);
  }
});

test("there are no words that no page uses", () => {
  const quoted = new Set(BARE.flatMap((text) => [...text.matchAll(/"([a-z][a-z0-9-]*)"/g)].map(([, id]) => id)));
  const families = templates(BUILT).map(family);
  const isUsed = (/** @type {string} */ id) => quoted.has(id) || families.some((each) => each.test(id));
  assert.deepEqual(ALL.map(({ id }) => id).filter((id) => !isUsed(id)), []);
});

test("no sentence commands, alarms, or makes a thing of a person", () => {
  readLocale(TEXTS);
  assert.deepEqual(forbidden("You must not."), ["must"]);
  assert.deepEqual(forbidden("In rare cases they may send help. Something broke."), []);
  for (const message of ALL) assert.deepEqual([message.id, ...readings(message).flatMap(forbidden)], [message.id]);
});

test("a value is isolated wherever it stands, so that a name never turns the sentence around it", () => {
  readLocale(TEXTS);
  for (const message of ALL) {
    for (const text of readings(message)) {
      assert.equal(text.split(VALUE).length - 1, isolated(text).filter((value) => value === VALUE).length, message.id);
    }
  }
});

for (const locale of ["en-XA", "ar-XB"]) {
  test(`${locale} changes every word and no value`, () => {
    readLocale(TEXTS);
    const plain = ALL.map(readings);
    readLocale(TEXTS, locale);
    ALL.forEach((message, index) => {
      readings(message).forEach((text, which) => {
        const english = plain[index]?.[which] ?? "";
        assert.deepEqual(isolated(text), isolated(english), message.id);
        assert.ok(text !== english || !hasWords(message), message.id);
      });
    });
    readLocale(TEXTS);
  });
}
