// The client's screens as a browser would be given them, with an engine made of signals.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { row } from "./rows.js";

const { h, signal } = await import("../vendor/preact.js");
const { render } = await import("preact-render-to-string");
const { readContent } = await import("../js/platform/content.js");
const { readLocale, t } = await import("../js/platform/locale.js");
const { Landing, LandingPage } = await import("../js/views/client/landing.js");
const { Waiting } = await import("../js/views/client/waiting.js");
const { FlagPanel } = await import("../js/views/client/flag_panel.js");
const { announce, Announcer, hush, unsay } = await import("../js/views/parts/announcer.js");
const { Pages } = await import("../js/state/client/pages.js");
const { Wish } = await import("../js/state/client/wish.js");
const later = await import("../js/views/client/later.js");

const WORDS = ["en", "en.talk", "en.wait", "en.pages"].map((file) => readFileSync(new URL(`../locales/${file}.ftl`, import.meta.url), "utf8"));
const HELP = JSON.parse(readFileSync(new URL("../content/en/help.json", import.meta.url), "utf8"));
const DEPLOYMENT = { leaveHref: "https://weather.example/", duty: false, backupDays: 30 };
const MARA = { kid: "00", alias: "Mara", stone: "3", line: "I like rivers", languages: ["en", "es"], topics: [], lived: ["grief"] };
const SOL = { ...MARA, kid: "b".repeat(32), alias: "Sol" };
const SOL_HANDOVER = { peer: SOL, by: "Mara", purpose: "handover", card: { seq: 2, text: "likes to go slowly" } };
const TALK = [
  row(1, "me", "first of mine"),
  row(2, "them", "an answer"),
  row(3, "note", "", { note: { id: "note-peer-bye", args: { peer: "Mara" } }, proof: null }),
  row(4, "me", "", { kind: "taken-back", proof: null }),
  row(5, "them", "", { kind: "unreadable", proof: null }),
  row(6, "them", "", { kind: "unknown" }),
  row(7, "me", "not gone yet", { status: "failed", seq: null, proof: null }),
];

/** The text of a page, as it is read. @param {string} html */
const read = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2066-\u2069]/g, "").replace(/&quot;/g, '"').replace(/\s+/g, " ");

/** @param {Record<string, unknown>} [set] signals that differ from an ordinary talk */
function engineWith(set = {}) {
  const values = {
    stage: "talking", wait: { ahead: 1, low: 4, high: 12, why: null, opens: null, over: null, language: "en" }, urgent: false, peer: MARA, meet: null, seatAsked: null, readers: ["Mara"],
    rows: TALK, net: "up", trouble: null, peerLost: false, peerLeft: null, code: { words: "one two", numbers: "0001 0002" },
    codeKept: "offer", folded: false, fresh: false, sharedPhone: false, reports: [], olderCopy: false, mayWrite: true, keepDays: 30,
    wrongDate: false, busy: false, service: null, pace: "slowly", need: "unsure", name: "", peerToday: null, noteKept: false,
    pause: null, peerWriting: false, sitting: [MARA], newcomers: [], peerPaused: null, ...set,
  };
  const signals = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, signal(value)]));
  return /** @type {import("../js/state/client/engine.js").ClientEngine} */ (/** @type {unknown} */ ({ ...signals, pages: pagesOf(values.rows), wish: new Wish({ language: "en" }) }));
}

/** @param {import("../js/state/timeline.js").Row[]} rows */
function pagesOf(rows) {
  const [api, clock] = /** @type {any[]} */ ([{}, {}]);
  return new Pages({ say: () => "", takeBack: () => {}, names: () => "", rows: signal(rows), root: async () => null, api, clock });
}

/** @param {Record<string, unknown>} [set] */
function screen(set) {
  const engine = engineWith(set);
  const door = /** @type {import("../js/state/client/door.js").Door} */ (/** @type {unknown} */ ({
    screen: signal("talk"), draft: signal(""), held: signal([]), engine: signal(engine),
  }));
  const waits = ["opening", "waiting", "meeting"].includes(engine.stage.value);
  return waits ? render(h(Waiting, { door, later })) : render(h(later.Talk, { door, engine, backupDays: 30 }));
}

before(() => {
  // The page asks what the device is like; here it is a phone.
  Object.assign(globalThis, { matchMedia: () => ({ matches: false }) });
  readLocale(WORDS);
  readContent("help", HELP);
});
after(() => hush());

test("the landing says the promise, the limits and the numbers, and can be left, before any script", () => {
  const html = render(h(LandingPage, DEPLOYMENT));
  for (const id of ["landing-title", "promise-anon", "promise-free", "limits-rescue", "limits-page", "crisis-know-body"]) {
    assert.ok(read(html).includes(t(id)), id);
  }
  for (const { id, core, name, how } of HELP.entries) assert.ok(read(html).includes(core ? how : `${name} ${how}`), id);
  assert.equal(html.match(/href="https:\/\/weather\.example\/" rel="noreferrer nofollow"/g)?.length, 2);
  assert.ok(html.includes('id="help"') && html.includes('href="tel:988"'));
  assert.doesNotMatch(html, /\sstyle=|\son\w+=/);
});

test("the line on the duty to report is there only where a deployment has that duty", () => {
  const has = (/** @type {boolean} */ duty) => read(render(h(LandingPage, { ...DEPLOYMENT, duty }))).includes(t("limits-duty"));
  assert.deepEqual([has(true), has(false)], [true, false]);
});

test("the first page says that talks stay longer only while they do", () => {
  const nothing = () => undefined;
  const has = (/** @type {boolean} */ hold) =>
    read(render(h(Landing, { ...DEPLOYMENT, onStart: nothing, onBack: nothing, onLook: nothing, hold }))).includes(t("limits-hold"));
  assert.deepEqual([has(true), has(false)], [true, false]);
});

test("Leave now is the second thing that a keyboard reaches, and stands last in the bar", () => {
  const html = render(h(LandingPage, DEPLOYMENT));
  const links = [...html.matchAll(/<a [^>]*>([^<]*)<\/a>/g)].slice(0, 4).map(([, text]) => text);
  assert.deepEqual(links, ["Go to the talk", "Leave now", "Help now", "Leave now"]);
});

for (const name of ["en", "en-XA", "ar-XB"]) {
  test(`every screen of a talk has its words in ${name}`, () => {
    readLocale(WORDS, name);
    const sets = [
      { stage: "opening", wait: null, rows: [], code: null },
      { stage: "waiting", urgent: true, rows: [row(1, "me", "ready")] },
      { stage: "waiting", wait: { ahead: 0, low: null, high: null, why: null, opens: null, over: null, language: "en" }, codeKept: "declined", folded: true },
      { stage: "meeting", meet: MARA, net: "off" },
      { stage: "talking", seatAsked: MARA, trouble: "aead", olderCopy: true, wrongDate: true, peerLost: true, net: "slow" },
      { stage: "talking", pause: { kind: "away", until: 1_800_000_000 }, pace: "listen" },
      { stage: "talking", pause: { kind: "here", until: null }, peer: null, pace: "ask" },
      { stage: "talking", peerWriting: true },
      { stage: "talking", newcomers: [SOL_HANDOVER, { ...SOL_HANDOVER, purpose: "company", card: null }], peerPaused: MARA, sitting: [MARA, SOL], readers: ["Mara", "Sol"] },
      { stage: "talking", reports: ["talked", "paused", "reported", "asked"].map((outcome) => ({ flag: outcome, outcome, seen: false })) },
      { stage: "resting", reports: [{ flag: "", outcome: "reoffered", seen: false }] },
      { stage: "talking", peerLeft: "peer-left", reports: [{ flag: "", outcome: "none", seen: false }], net: "back", readers: [] },
      { stage: "resting", code: null, busy: true },
      { stage: "closed", reports: [{ flag: "", outcome: "closed", seen: false }] },
      { stage: "deleted" },
      ...["queue_full", "dir_expired", "unreachable", "slow_down", "slot_taken", "something new"].map((trouble) => ({ stage: "no-room", trouble })),
    ];
    for (const set of sets) assert.ok(read(screen(set)).length > 40);
    readLocale(WORDS);
  });
}

test("a wait is told as a range only where enough is known", () => {
  const known = read(screen({ stage: "waiting" }));
  assert.ok(known.includes("Today most people waited 4 to 12 minutes. One person is ahead of you."));
  const unknown = read(screen({ stage: "waiting", wait: { ahead: 0, low: null, high: null, why: null, opens: null, over: null, language: "en" } }));
  assert.ok(unknown.includes(t("wait-unsure")) && unknown.includes("You are next."));
  assert.ok(!unknown.includes("minutes"));
});

test("the log is one list in a quiet region that the keyboard reaches, and each message has its speaker as text", () => {
  const html = screen();
  assert.match(html, /<div class="log" role="log" aria-live="off" aria-label="Your talk" tabindex="0"><ol/);
  const entries = html.split("<li class=\"entry").slice(1).filter((entry) => !entry.startsWith(" entry-note"));
  assert.equal(entries.length, 6);
  assert.deepEqual(entries.filter((entry) => !/<bdi>(You|Mara)<\/bdi>/.test(entry)), []);
  assert.deepEqual([...html.matchAll(/<p dir="auto">([^<]*)<\/p>/g)].map(([, text]) => text), ["first of mine", "an answer", "not gone yet"]);
});

test("what did not go says so beside the words, with a button to try again; what went says Sent once", () => {
  const failed = read(screen());
  assert.ok(failed.includes("not gone yet") && failed.includes("Not sent yet. Your words are still here. Try again"));
  const sent = read(screen({ rows: [row(1, "me", "one"), row(2, "me", "two")] }));
  assert.equal(sent.match(/\bSent\b/g)?.length, 1);
});

test("past words are folded until they are asked for", () => {
  const rows = TALK.map((each) => ({ ...each, folded: true }));
  const folded = read(screen({ rows, folded: true }));
  assert.ok(folded.includes(t("back-hello")) && !folded.includes("an answer"));
  assert.ok(read(screen({ folded: false })).includes("an answer"));
});

test("the code is offered, and its words stand nowhere until they are asked for", () => {
  const offered = read(screen({ stage: "waiting" }));
  assert.ok(offered.includes(t("code-offer")) && !offered.includes("one two"));
  assert.ok(!read(screen({ stage: "waiting", codeKept: "declined" })).includes(t("code-offer")));
});

test("who can read the talk stands on the screen, by name", () => {
  assert.ok(read(screen()).includes("You and Mara can read this talk. Nobody else can."));
  assert.ok(read(screen({ readers: [] })).includes(t("readers-none")));
  assert.ok(read(screen({ stage: "waiting" })).includes(t("readers-waiting")));
});

test("where several can read the talk each part can be ended, and where one can, nothing is offered but another peer", () => {
  const both = read(screen({ sitting: [MARA, SOL], readers: ["Mara", "Sol"] }));
  for (const each of ["You and Mara and Sol can read this talk.", "End Mara’s part", "End Sol’s part"]) assert.ok(both.includes(each), each);
  assert.ok(!read(screen()).includes("End Mara’s part"));
});

test("who would come in is shown by name, with what they would be told, to be changed or held back", () => {
  const html = screen({ newcomers: [SOL_HANDOVER] });
  for (const words of ["Mara would like Sol to go on with you.", "Sol can read nothing here unless you say yes.", "Let Sol in and share this", "Let Sol in, share nothing", "Not Sol"]) {
    assert.ok(read(html).includes(words), words);
  }
  assert.match(html, /<textarea[^>]*>likes to go slowly<\/textarea>/);
  assert.match(html, /<input type="checkbox"(?! checked)[^>]*\/?><span>[^<]*Sol[^<]* may also read/);
  // The past holds the card unchanged: that is said where the past can be shared.
  assert.ok(read(html).includes("Then Sol can also read the card as Mara wrote it."));
  const company = read(screen({ newcomers: [{ ...SOL_HANDOVER, purpose: "company", card: null }] }));
  assert.ok(!company.includes("as Mara wrote it"));
  assert.ok(company.includes("Let Sol in") && !company.includes("share nothing"));
});

test("a moderator who asks for more words can be answered with a no in one tap", () => {
  const html = read(screen({ reports: [{ flag: "f", outcome: "asked", seen: false }] }));
  for (const id of ["more-asked", "more-pick", "more-no"]) assert.ok(html.includes(t(id)), id);
  assert.ok(!read(screen({ reports: [{ flag: "f", outcome: "open", seen: true }] })).includes(t("more-asked")));
});

test("what goes to a moderator is shown in full, and nothing that was not picked is in it", () => {
  const html = render(h(FlagPanel, { engine: engineWith(), picked: "k2", onClose: () => {} }));
  const preview = read(html.slice(html.indexOf('class="preview"')));
  assert.ok(preview.includes("Mara an answer"));
  assert.ok(!preview.includes("first of mine"));
  assert.ok(read(html).includes("One moderator reads this, and nothing else of your talk. Mara is not told."));
});

test("words that cannot be proven cannot be picked", () => {
  const html = render(h(FlagPanel, { engine: engineWith(), picked: null, onClose: () => {} }));
  assert.equal(html.match(/type="checkbox"/g)?.length, TALK.filter(({ proof }) => proof !== null).length);
  assert.ok(!read(html).includes("not gone yet"));
});

test("no screen counts, times or watches anybody", () => {
  const texts = [{ stage: "waiting" }, { stage: "talking" }, { stage: "resting" }].map((set) => read(screen(set)));
  for (const text of texts) assert.doesNotMatch(text, /typing|last seen|\bseen\b|streak|\d+:\d\d|countdown/i);
});

test("what is read out goes with the words it tells of, and the rest stays", () => {
  hush();
  announce("one", "a");
  announce("two", "b");
  announce("three");
  unsay("a");
  unsay("nothing");
  assert.equal(render(h(Announcer, {})), '<div class="announcer visually-hidden" aria-live="polite"><p>two</p><p>three</p></div>');
  hush();
});

test("words that a peer took back are not kept in what is read out", () => {
  hush();
  const rows = signal([row(1, "me", "hi")]);
  const stop = later.tell(/** @type {any} */ ({ ...engineWith({ stage: "talking" }), rows }));
  rows.value = [...rows.value, row(2, "them", "give me your number"), row(3, "them", "are you there?")];
  assert.match(render(h(Announcer, {})), /give me your number.*are you there/);
  rows.value = rows.value.map((each) => (each.seq === 2 ? { ...each, kind: "taken-back" } : each));
  assert.doesNotMatch(render(h(Announcer, {})), /give me your number/);
  assert.match(render(h(Announcer, {})), /are you there/);
  stop();
  hush();
});

test("what is read out is said once each, in order, and can be forgotten", () => {
  hush();
  announce("one");
  announce("two");
  assert.equal(render(h(Announcer, {})), '<div class="announcer visually-hidden" aria-live="polite"><p>one</p><p>two</p></div>');
  hush();
  assert.equal(render(h(Announcer, {})), '<div class="announcer visually-hidden" aria-live="polite"></div>');
});
