import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { computed, signal } from "@preact/signals";
import { h } from "preact";
import { render } from "preact-render-to-string";

const read = (/** @type {string} */ path) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

// The renderer cannot see into the vendored bundle, so the packages that it was made of take its place.
const packages = JSON.stringify(read("../vendor/preact.d.ts"));
const hook = `export const load = async (url, context, next) => url.endsWith("/vendor/preact.js")
  ? { format: "module", source: ${packages}, shortCircuit: true } : next(url, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { readLocale, t } = await import("../js/platform/locale.js");
const { Backing, REASONS } = await import("../js/views/staff/backing.js");
const { After } = await import("../js/views/staff/after.js");
const { newsOf } = await import("../js/views/staff/news.js");
const { problemText } = await import("../js/views/staff/problem.js");
const { Queue } = await import("../js/views/staff/queue.js");
const { Renewal } = await import("../js/views/staff/renewal.js");
const { Room } = await import("../js/views/staff/room.js");
const { Rooms, neighbour } = await import("../js/views/staff/rooms.js");
const { Secret } = await import("../js/views/staff/secret.js");
const { SignIn } = await import("../js/views/staff/sign_in.js");
const { TOPICS, topicName } = await import("../js/views/parts/topics.js");

readLocale(["en", "en.staff", "en.craft", "en.pages"].map((file) => read(`../locales/${file}.ftl`)));

/** @typedef {import("../js/state/timeline.js").Row} Row */

const nothing = () => undefined;
/** A model's signals and acts, as much of them as a view looks at. @param {unknown} parts @returns {any} */
const model = (parts) => parts;

/**
 * What a person reads: no tags, no isolation marks.
 * @param {string} html
 */
const words = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2068\u2069]/g, "").replace(/&quot;/g, '"').replace(/\s+/g, " ");

/** @param {Partial<Row>} parts @returns {Row} */
const row = (parts) => ({
  key: "k1",
  seq: 1,
  from: "them",
  fromClient: true,
  who: "",
  stone: null,
  kind: "text",
  text: "a quiet word",
  note: null,
  minutes: null,
  status: null,
  folded: false,
  proof: { seq: 1, kf: "", body: "" },
  content: null,
  reply: null,
  told: true,
  nodded: false,
  nodder: null,
  ...parts,
});

/** @param {Record<string, unknown>} [parts] */
const room = (parts = {}) =>
  model({
    key: "a",
    label: 1,
    stone: 3,
    stage: signal("talking"),
    rows: signal([row({})]),
    draft: signal(""),
    unread: signal(false),
    client: signal("here"),
    trouble: signal(null),
    mayWrite: signal(true),
    ended: signal(false),
    pace: signal("slowly"),
    need: signal(null),
    name: signal(""),
    pause: signal(null),
    language: "",
    colleagues: { here: signal([]), asked: signal([]), free: signal(null), notNow: signal(null), problem: signal(null) },
    notes: { isOpen: false, state: signal("closed"), text: signal("") },
    ...parts,
  });

/** @param {Record<string, unknown>} [parts] */
const desk = (parts = {}) => model({ on: signal(true), availability: { state: signal("on"), paused: signal(false) }, offer: signal(null), net: signal("up"), full: signal(false), waiting: signal([waiting({})]), ...parts });

/** @param {Record<string, unknown>} parts */
const waiting = (parts) => ({ key: "w", language: "es", urgent: false, topics: [], lived: [], back: false, note: false, here: true, minutes: 3, ...parts });

/** @param {Record<string, unknown>} [parts] */
const queue = (parts) => render(h(Queue, { desk: desk(parts), onHello: nothing }));

// The queue

test("a row says over 20 min only once somebody waits longer than that", () => {
  assert.match(words(queue({ waiting: signal([waiting({ minutes: 21 })]) })), /over 20 min/);
  assert.doesNotMatch(words(queue({ waiting: signal([waiting({ minutes: 20 })]) })), /over 20 min/);
});

test("a row says what its ticket says", () => {
  const told = waiting({ urgent: true, back: true, note: true, topics: ["grief"], lived: ["drink-drugs"] });
  const text = words(queue({ waiting: signal([told]) }));
  for (const said of ["Waiting 3 minutes", "Español", "here", "It feels urgent", "coming back", "has a note ready", "grief", "drink or drugs"]) {
    assert.ok(text.includes(said), said);
  }
  const bare = words(queue({ waiting: signal([waiting({ here: false })]) }));
  assert.match(bare, /away/);
  for (const said of ["It feels urgent", "coming back", "has a note ready"]) assert.ok(!bare.includes(said), said);
});

test("rows stand in the order given", () => {
  const text = words(queue({ waiting: signal([waiting({ key: "x", minutes: 2 }), waiting({ key: "y", minutes: 9 })]) }));
  assert.ok(text.indexOf("Waiting 2") < text.indexOf("Waiting 9"));
});

for (const [what, parts, why] of /** @type {const} */ ([
  ["who is off", { on: signal(false) }, "queue-off"],
  ["who is offline", { net: signal("off") }, "queue-offline"],
  ["who holds as many talks as they may", { full: signal(true) }, "queue-full"],
])) {
  test(`a peer ${what} meets nobody, and reads why`, () => {
    assert.match(queue(parts), /<button[^>]* disabled/);
    assert.ok(words(queue(parts)).includes(t(why)));
    assert.doesNotMatch(queue({}), /<button[^>]* disabled/);
    assert.ok(!words(queue({})).includes(t(why)));
  });
}

// Talks

const KEYS = ["a", "b", "c"];
test("arrow keys go from talk to talk and around", () => {
  assert.equal(neighbour(KEYS, "a", "ArrowRight", "ltr"), "b");
  assert.equal(neighbour(KEYS, "c", "ArrowRight", "ltr"), "a");
  assert.equal(neighbour(KEYS, "a", "ArrowLeft", "ltr"), "c");
  assert.equal(neighbour(KEYS, "b", "ArrowUp", "ltr"), "a");
  assert.equal(neighbour(KEYS, "b", "End", "ltr"), "c");
  assert.equal(neighbour(KEYS, "b", "Home", "ltr"), "a");
  assert.equal(neighbour(KEYS, null, "ArrowDown", "ltr"), "a");
  assert.equal(neighbour(KEYS, "a", "Enter", "ltr"), null);
  assert.equal(neighbour([], null, "ArrowRight", "ltr"), null);
});

test("where one reads from right to left, the left arrow goes on", () => {
  assert.equal(neighbour(KEYS, "a", "ArrowLeft", "rtl"), "b");
  assert.equal(neighbour(KEYS, "b", "ArrowRight", "rtl"), "a");
});

test("one tab is chosen and takes the focus; with none chosen the first does", () => {
  const rooms = [room(), room({ key: "b", label: 2, unread: signal(true) })];
  const chosen = render(h(Rooms, { rooms, current: "b", onChoose: nothing }));
  assert.match(chosen, /id="tab-2"[^>]*aria-selected="true"[^>]*tabindex="0"/);
  assert.match(chosen, /id="tab-1"[^>]*aria-selected="false"[^>]*tabindex="-1"/);
  assert.match(words(chosen), /Talk 2 new words/);
  assert.match(render(h(Rooms, { rooms, current: null, onChoose: nothing })), /id="tab-1"[^>]*tabindex="0"/);
});

test("no id of a room is in the page", () => {
  const key = "00112233445566778899aabbccddeeff";
  const shown = render(h(Rooms, { rooms: [room({ key })], current: key, onChoose: nothing })) + render(h(Room, { desk: desk(), room: room({ key }), arrive: false }));
  assert.ok(!shown.includes(key));
});

test("the field names its talk, has its colour, and keeps its words", () => {
  const shown = render(h(Room, { desk: desk(), room: room({ label: 2, stone: 5, draft: signal("half a thought") }), arrive: false }));
  assert.match(words(shown), /Your reply in Talk 2/);
  assert.match(shown, /class="composer edge-5"/);
  assert.match(shown, /half a thought/);
});

test("whoever came to talk has no name, and their words stand under one for them", () => {
  assert.match(words(render(h(Room, { desk: desk(), room: room(), arrive: false }))), /They a quiet word/);
});

test("End now is there while a talk runs, and only then", () => {
  const end = "End now, this is not OK";
  assert.ok(words(render(h(Room, { desk: desk(), room: room(), arrive: false }))).includes(end));
  assert.ok(!words(render(h(Room, { desk: desk(), room: room({ stage: signal("resting") }), arrive: false }))).includes(end));
});

test("a talk that does not answer yet has no field, and its hello can be taken back", () => {
  const shown = render(h(Room, { desk: desk(), room: room({ stage: signal("claimed") }), arrive: false }));
  assert.doesNotMatch(shown, /<textarea/);
  assert.match(words(shown), /Take it back/);
});

test("who left the page is never blamed", () => {
  const left = render(h(Room, { desk: desk(), room: room({ client: signal("left") }), arrive: false }));
  assert.match(words(left), /They left the page\. That is always OK\./);
});

test("after End now the words are out of sight", () => {
  const shown = render(h(After, { desk: desk({ availability: { state: signal("off"), paused: signal(false) } }), room: room({ ended: signal(true) }) }));
  assert.match(words(shown), /You are off\. Turn on when you are ready\./);
  assert.ok(!shown.includes("a quiet word"));
});

test("what the other side said is news, under a name of its own; one's own words and what was taken back are none", () => {
  const rows = [row({ key: "1", seq: 1 }), row({ key: "2", seq: 2, from: "me" }), row({ key: "3", seq: 3, text: "more" }), row({ key: "4", seq: 4, kind: "taken-back" }), row({ key: "5", seq: null, from: "me" })];
  assert.deepEqual([...newsOf(rows)], [["1", "a quiet word"], ["3", "more"]]);
});

test("a sign of the other side is news, one's own is not", () => {
  const note = (/** @type {number} */ seq, /** @type {string} */ id, args = {}) => row({ seq, from: "note", kind: "note", note: { id, args } });
  const rows = [note(1, "note-client-pace", { what: "listen" }), note(2, "note-own-here"), note(3, "note-client-pause", { what: "away" }), note(4, "note-client-pause", { what: "back" })];
  assert.deepEqual([...newsOf(rows)], [
    ["1", "Pace is now “Just listen”."],
    ["3", "They stepped away for a while. Nothing is expected of you."],
    ["4", "Back from the pause."],
  ]);
});

// Flagging

test("the panel offers what can be shown to a moderator, and nothing else", () => {
  const rows = signal([row({ key: "1", text: "can be shown" }), row({ key: "2", text: "waits to be sent", from: "me", proof: null })]);
  const flaggable = computed(() => rows.value.filter(({ proof }) => proof !== null));
  const shown = words(render(h(Backing, { room: room({ rows, flaggable }), onClose: nothing })));
  assert.match(shown, /can be shown/);
  assert.doesNotMatch(shown, /waits to be sent/);
  assert.match(shown, /Nothing yet\. Pick at least one message\./);
});

test("a peer reads beforehand that the other person is told, or why they cannot be", () => {
  const shown = (/** @type {boolean} */ mayWrite) => words(render(h(Backing, { room: room({ mayWrite: signal(mayWrite), flaggable: signal([]) }), onClose: nothing })));
  assert.ok(shown(true).includes(t("backing-told")));
  assert.ok(!shown(true).includes(t("backing-untold")));
  assert.ok(shown(false).includes(t("backing-untold")));
});

test("each reason is queued under the category it belongs to", () => {
  assert.deepEqual(REASONS, { backing: "other", danger: "danger", abuse: "abuse", mistake: "mistake", other: "other" });
});

// The way in

/** @param {Record<string, unknown>} [parts] */
const account = (parts = {}) => model({ stage: signal("out"), problem: signal(null), needsSecret: signal(false), needsCode: signal(false), secretWords: signal(null), ...parts });

test("the key is asked for, and explained, in a browser that holds none", () => {
  const asked = t("signin-secret-why");
  assert.ok(words(render(h(SignIn, { account: account({ needsSecret: signal(true) }), link: null }))).includes(asked));
  assert.ok(!words(render(h(SignIn, { account: account(), link: null }))).includes(asked));
});

test("a personal link brings the key, and is not in the page", () => {
  const shown = render(h(SignIn, { account: account({ needsSecret: signal(true) }), link: "secret=AAAAAAAAAAAAAAAAAAAAAA" }));
  assert.ok(words(shown).includes(t("signin-link-read")));
  assert.ok(!shown.includes("AAAA"));
});

test("the twelve words are shown until they are kept, and not when they were shown before", () => {
  const twelve = "one two three four five six seven eight nine ten eleven twelve";
  const shown = words(render(h(Secret, { account: account({ secretWords: signal(twelve) }), onSignIn: nothing })));
  for (const word of twelve.split(" ")) assert.ok(shown.includes(` ${word} `), word);
  assert.match(words(render(h(Secret, { account: account(), onSignIn: nothing }))), /A coordinator will admit you/);
});

test("the end of the team's list is told once it is near", () => {
  const told = (/** @type {number | null} */ days) => words(render(h(Renewal, { days })));
  assert.equal(told(null), "");
  assert.match(told(7), /ends in 7 days/);
  assert.match(told(1), /ends tomorrow/);
  assert.match(told(0), /has ended/);
});

test("a code becomes a sentence; one that nobody foresaw is told as it is", () => {
  assert.equal(problemText("slow_down"), t("problem-slow"));
  assert.equal(problemText("slow_down", { slow_down: "backing-slow" }), t("backing-slow"));
  assert.match(problemText("unexpected"), /unexpected/);
});

// Topics

test("the topics are the service's own, and each has a name", () => {
  const listed = [...read("../../app/wire/topics.py").matchAll(/^ {4}"([a-z-]+)",$/gm)].map(([, topic]) => topic);
  assert.deepEqual(TOPICS, listed);
  for (const topic of TOPICS) assert.equal(topicName(topic), t(`topic-${topic}`));
  assert.equal(topicName("of-a-later-version"), "of-a-later-version");
});
