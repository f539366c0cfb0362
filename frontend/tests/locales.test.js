// The words themselves: each explained to translators, each used, each in every language, each in the voice of the docs.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readLocale, t } from "../js/platform/locale.js";
import { FluentResource } from "../vendor/fluent.js";
import { ease, forbidden, grade, sentences, words } from "./voice.js";

const FRONTEND = fileURLToPath(new URL("..", import.meta.url));
const SCRIPTS = fileURLToPath(new URL("../../scripts", import.meta.url));
const CODE = [...modules(join(FRONTEND, "js")), readFileSync(join(SCRIPTS, "pages.js"), "utf8")];

/** @typedef {{ id: string, body: string, comment: string }} Message comment: the line above */
/** @typedef {{ file: string, language: string, part: string, text: string, messages: Message[] }} File part: "" for the first */

/** @type {File[]} */
const FILES = readdirSync(join(FRONTEND, "locales")).filter((file) => file.endsWith(".ftl")).map((file) => {
  const [language = "", ...part] = file.slice(0, -".ftl".length).split(".");
  const text = readFileSync(join(FRONTEND, "locales", file), "utf8");
  return { file, language, part: part.join("."), text, messages: messages(text) };
});
const LANGUAGES = [...new Set(FILES.map(({ language }) => language))];
const in_ = (/** @type {string} */ language) => FILES.filter((file) => file.language === language);
const readAs = (/** @type {string} */ language, name = language) => readLocale(in_(language).map(({ text }) => text), name);

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

/** The English messages. */
const ALL = in_("en").flatMap((file) => file.messages);
/** Code without its comments, in which a call may be explained. */
const BARE = CODE.map((text) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, ""));

/** A name put together, between its backquotes: one changing part, the rest literal, as in topic-${topic}. */
const BUILT = /`([a-z][a-z-]*-\$\{[^}`]*\}[a-z-]*|\$\{[^}`]*\}-[a-z-]+)`/g;
/** @param {string} name */
const family = (name) => new RegExp(`^${name.replace(/\$\{[^}]*\}/, "[a-z0-9-]+")}$`);
/** @param {RegExp} pattern with one group: the name */
const templates = (pattern) => BARE.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name));

/** @param {string} body the variables of a message, in the order of their names */
const variables = (body) => [...new Set([...body.matchAll(/\$(\w+)/g)].map(([, name]) => name))].sort();

for (const { file, text, messages: all } of FILES) {
  test(`every line of ${file} is understood`, () => {
    assert.deepEqual(new FluentResource(text).body.map(({ id }) => id), all.map(({ id }) => id));
  });

  test(`each message of ${file} is explained to its translators in the line above`, () => {
    assert.deepEqual(all.filter(({ comment }) => !/^# \S/.test(comment)).map(({ id }) => id), []);
  });
}

for (const language of LANGUAGES) {
  test(`no two messages in ${language} have one name`, () => {
    const known = new Set();
    const twice = in_(language).flatMap((file) => file.messages).filter(({ id }) => known.size === known.add(id).size);
    assert.deepEqual(twice.map(({ id }) => id), []);
  });
}

for (const file of FILES.filter(({ language }) => language !== "en")) {
  test(`${file.file} says what the English part says, with the same values`, () => {
    const english = FILES.find(({ language, part }) => language === "en" && part === file.part);
    const said = (/** @type {Message[]} */ all) => all.map(({ id, body }) => [id, ...variables(body)].join(" $"));
    const [own, first] = [said(file.messages), said(english?.messages ?? [])];
    assert.deepEqual({ lacks: first.filter((each) => !own.includes(each)), adds: own.filter((each) => !first.includes(each)) }, { lacks: [], adds: [] });
  });

  test(`${file.file} begins with who has read it`, () => {
    assert.match(file.text, /^### reviewers: (?:none yet|[^,;\n]+(?:, [^,;\n]+)+; \d{4}-\d{2}-\d{2})\n/);
  });
}

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

test("the rules of the voice find what they are about, and nothing beside it", () => {
  assert.deepEqual(forbidden("en", "You must not."), ["must"]);
  assert.deepEqual(forbidden("en", "In rare cases they may send help. Something broke."), []);
  assert.deepEqual(forbidden("es", "Una víctima que se suicidó"), ["víctima", "se suicidó"]);
  assert.deepEqual(forbidden("es", "Bienvenida. Estás muy cansado"), ["Bienvenida"]);
  assert.deepEqual(forbidden("es", "Eres valiosa. Te damos la bienvenida. Estás hablando con Mara."), ["Eres valiosa"]);
  assert.deepEqual(forbidden("es", "Murió por suicidio. No tienes que decir por qué."), []);
  for (const language of LANGUAGES) assert.deepEqual(forbidden(language, "¡Hola!").length, 1, language);
});

for (const { file, language, messages: all } of FILES) {
  test(`no sentence of ${file} commands, hurries, alarms, or makes a thing of a person`, () => {
    readAs(language);
    assert.deepEqual(all.flatMap((message) => readings(message).flatMap((text) => forbidden(language, text).map((word) => [message.id, word]))), []);
  });
}

/** A sentence of fewer words is as hard as its longest word, which the measure makes far too much of. */
const COUNTS = 8;

/** Every sentence on the screens in a language. @param {string} language */
function screen(language) {
  readAs(language);
  return in_(language).flatMap(({ messages: all }) => all.flatMap((message) => readings(message).slice(0, 1).flatMap(sentences)));
}

test("English asks for five years of school, and no sentence for more than nine", () => {
  assert.ok(grade(sentences("You can write here. Nobody reads it.")) < 3);
  assert.ok(grade(["Notwithstanding considerable institutional responsibilities, confidentiality remains unconditionally guaranteed."]) > 20);
  const all = screen("en");
  assert.ok(grade(all) <= 5, `${grade(all)}`);
  assert.deepEqual(all.filter((each) => words(each).length >= COUNTS && grade([each]) > 9), []);
});

test("Spanish is plain: an ease of 70 or more, and no sentence over 25 words", () => {
  assert.ok(ease(sentences("Puedes escribir aquí. Nadie lo lee.")) > 70);
  assert.ok(ease(["La responsabilidad institucional correspondiente garantiza incondicionalmente la confidencialidad."]) < 0);
  const all = screen("es");
  assert.ok(ease(all) >= 70, `${ease(all)}`);
  assert.deepEqual(all.filter((each) => words(each).length > 25), []);
});

test("a value is isolated wherever it stands, so that a name never turns the sentence around it", () => {
  for (const language of LANGUAGES) {
    readAs(language);
    for (const message of in_(language).flatMap((file) => file.messages)) for (const text of readings(message)) {
      assert.equal(text.split(VALUE).length - 1, isolated(text).filter((value) => value === VALUE).length, message.id);
    }
  }
});

for (const locale of ["en-XA", "ar-XB"]) {
  test(`${locale} changes every word and no value`, () => {
    readAs("en");
    const plain = ALL.map(readings);
    readAs("en", locale);
    ALL.forEach((message, index) => {
      readings(message).forEach((text, which) => {
        const english = plain[index]?.[which] ?? "";
        assert.deepEqual(isolated(text), isolated(english), message.id);
        assert.ok(text !== english || !hasWords(message), message.id);
      });
    });
    readAs("en");
  });
}
