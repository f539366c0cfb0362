// The wait: what is wished, what is told of it and when, and what there is to do meanwhile.

import "./packages.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, before, test } from "node:test";
import { ManualClock, settled } from "./manual_clock.js";
import { row } from "./rows.js";

const { h, signal } = await import("../vendor/preact.js");
const { render } = await import("preact-render-to-string");
const { readLocale, t } = await import("../js/platform/locale.js");
const { stayAwake } = await import("../js/platform/awake.js");
const { SoftSound } = await import("../js/platform/sound.js");
const { MOST, Wish } = await import("../js/state/client/wish.js");
const { WaitText } = await import("../js/state/client/wait_text.js");
const { Landing, LandingPage } = await import("../js/views/client/landing.js");
const { HowToStart, Wishes } = await import("../js/views/client/choosing.js");
const { Wait } = await import("../js/views/client/wait.js");
const { Breathe } = await import("../js/views/client/breathe.js");
const { WaitingBelow } = await import("../js/views/client/waiting_room.js");
const { After } = await import("../js/views/client/after.js");
const { forDays } = await import("../js/views/client/for_days.js");
const { Look } = await import("../js/views/client/look.js");

const DEPLOYMENT = { leaveHref: "https://weather.example/", duty: false, backupDays: 30 };
const KID = "000102030405060708090a0b0c0d0e0f";
const MARA = { kid: KID, alias: "Mara", stone: "3", line: "I like rivers", languages: ["en"], topics: [], lived: ["grief"] };
const UNKNOWN = { ahead: 0, low: null, high: null, why: null, opens: null, over: null, language: "en" };
/** A Tuesday evening. */
const OPENS = 1_900_000_800;

/** @param {string} language */
const words = (language) =>
  [language, ...["talk", "wait", "pages"].map((part) => `${language}.${part}`)].map((file) =>
    readFileSync(new URL(`../locales/${file}.ftl`, import.meta.url), "utf8"));

/** @param {string} html */
const read = (html) => html.replace(/<[^>]*>/g, " ").replace(/[\u2066-\u2069]/g, "").replace(/&quot;/g, '"').replace(/\s+/g, " ");
/** What a sentence reads like on a screen. @param {string} id @param {Record<string, string | number | Date>} [args] */
const says = (id, args) => read(t(id, args));

/** @param {Record<string, unknown>} [set] */
function engineWith(set = {}) {
  const values = {
    stage: "waiting", wait: UNKNOWN, urgent: false, rows: [], code: { words: "one two", numbers: "0001 0002" }, codeKept: "offer",
    keepDays: 30, service: { hours: new Map(), on: ["en", "es"] }, pace: "slowly", need: "unsure", name: "", sharedPhone: false,
    folded: false, trouble: null, olderCopy: false, wrongDate: false, reports: [], net: "up", busy: false, peerToday: null, noteKept: true, ...set,
  };
  const engine = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, signal(value)]));
  return /** @type {import("../js/state/client/engine.js").ClientEngine} */ (
    /** @type {unknown} */ (Object.assign(engine, {
      wish: new Wish({ language: "en" }), changeWish: async () => true, pages: { empty: signal(true), kept: signal(false) },
    })));
}

/** The wait as its person reads it. @param {Record<string, unknown>} wait @param {Record<string, unknown>} [set] */
const told = (wait, set) => read(render(h(Wait, { engine: engineWith({ wait: { ...UNKNOWN, ...wait }, ...set }) })));

before(() => {
  Object.assign(globalThis, { matchMedia: () => ({ matches: false }) });
  readLocale(words("en"));
});
afterEach(() => readLocale(words("en")));

// What is wished

test("a wish is the page's language and nothing else, until somebody picks", () => {
  const wish = new Wish({ language: "es" });
  assert.deepEqual(wish.ticket(), { language: "es", topics: [], lived: [], back: null });
  wish.pickTopic("grief");
  wish.pickLived("faith");
  wish.askFor(KID);
  assert.deepEqual(wish.ticket(), { language: "es", topics: ["grief"], lived: ["faith"], back: "AAECAwQFBgcICQoLDA0ODw" });
});

test("up to three are picked of each list, and each can be put back", () => {
  const wish = new Wish({ language: "en" });
  for (const topic of ["grief", "faith", "health", "money"]) wish.pickTopic(topic);
  assert.deepEqual(wish.topics.value, ["grief", "faith", "health"]);
  assert.equal(wish.topics.value.length, MOST);
  wish.pickTopic("faith");
  wish.pickTopic("money");
  assert.deepEqual(wish.topics.value, ["grief", "health", "money"]);
  assert.deepEqual(wish.lived.value, []);
});

test("a wish that is forgotten is the page's language again", () => {
  const wish = new Wish({ language: "en" });
  wish.language.value = "es";
  wish.pickTopic("grief");
  wish.pickLived("grief");
  wish.askFor(KID);
  wish.forget();
  assert.deepEqual(wish.ticket(), { language: "en", topics: [], lived: [], back: null });
});

test("once a peer joined the language of the talk is all that is left of a wish", () => {
  const wish = new Wish({ language: "en" });
  wish.language.value = "es";
  wish.pickTopic("grief");
  wish.askFor(KID);
  wish.joined();
  assert.deepEqual(wish.ticket(), { language: "es", topics: [], lived: [], back: null });
});

test("a talk is in the language of the page, and stays in the one that somebody chose", () => {
  const follows = new Wish({ language: "en" });
  assert.equal(follows.speaks("en"), false);
  assert.equal(follows.speaks("es"), true);
  assert.equal(follows.language.value, "es");
  follows.language.value = "en";
  follows.speaks("en");
  follows.speaks("es");
  assert.equal(follows.language.value, "es");
  const chosen = new Wish({ language: "en" });
  chosen.language.value = "vi";
  assert.equal(chosen.speaks("es"), false);
  assert.equal(chosen.language.value, "vi");
});

// What is told of the wait

test("the text of the wait changes at most once a minute, and then to the newest", async () => {
  const clock = new ManualClock();
  const text = new WaitText(clock);
  /** @type {number[]} */
  const shown = [];
  const stop = text.value.subscribe((wait) => void (wait && shown.push(wait.ahead)));
  text.told({ ...UNKNOWN, ahead: 4 }, "en");
  for (const ahead of [3, 2, 1]) {
    await clock.pass(10_000);
    text.told({ ...UNKNOWN, ahead }, "en");
  }
  assert.deepEqual(shown, [4]);
  await clock.pass(30_000);
  assert.deepEqual(shown, [4, 1]);
  text.told({ ...UNKNOWN, ahead: 0 }, "en");
  await clock.pass(59_999);
  assert.deepEqual(shown, [4, 1]);
  await clock.pass(1);
  assert.deepEqual(shown, [4, 1, 0]);
  stop();
});

test("why it may take long counts as another text, and the same once more does not", async () => {
  const clock = new ManualClock();
  const text = new WaitText(clock);
  let changes = 0;
  const stop = text.value.subscribe(() => void (changes += 1));
  text.told(UNKNOWN, "en");
  await clock.pass(60_000);
  text.told({ ...UNKNOWN }, "en");
  await clock.pass(60_000);
  assert.equal(changes, 2);
  text.told({ ...UNKNOWN, why: "nobody" }, "en");
  assert.equal(changes, 3);
  await clock.pass(60_000);
  text.told({ ...UNKNOWN, why: "closed", opens: OPENS }, "en");
  await clock.pass(60_000);
  text.told({ ...UNKNOWN, why: "closed", opens: OPENS + 60 }, "en");
  assert.equal(changes, 5);
  stop();
});

test("who goes over to another language is told about that one at once", () => {
  const text = new WaitText(new ManualClock());
  text.told({ ...UNKNOWN, why: "language" }, "en");
  text.told(UNKNOWN, "en");
  assert.deepEqual([text.value.value?.why, text.value.value?.language], ["language", "en"]);
  text.told(UNKNOWN, "es");
  assert.deepEqual([text.value.value?.why, text.value.value?.language], [null, "es"]);
});

test("a wait that is over leaves no text and no timer", async () => {
  const clock = new ManualClock();
  const text = new WaitText(clock);
  text.told(UNKNOWN, "en");
  text.clear();
  assert.deepEqual([text.value.value, clock.waiting], [null, 0]);
  text.told({ ...UNKNOWN, ahead: 2 }, "en");
  assert.equal(text.value.value?.ahead, 2);
});

test("an ordinary wait is a range where one is known, and offers no note", () => {
  assert.ok(told({ low: 4, high: 12, ahead: 1 }).includes("Today most people waited 4 to 12 minutes. One person is ahead of you."));
  assert.ok(told({ low: 0, high: 5 }).includes("Today most people waited up to 5 minutes. You are next."));
  const unsure = told({});
  assert.ok(unsure.includes("We cannot tell how long. Few peers are on right now. You are next."));
  assert.ok(!unsure.includes(says("note-here")));
});

/** @type {[string, Record<string, unknown>, () => string][]} */
const REASONS = [
  ["closed, with the next hours", { why: "closed", opens: OPENS }, () => says("wait-closed-until", { when: new Date(1000 * OPENS) })],
  ["closed, with no next hours", { why: "closed" }, () => says("wait-closed")],
  ["nobody on", { why: "nobody" }, () => says("wait-nobody")],
  ["nobody who speaks the language", { why: "language" }, () => "No one who speaks English is on right now."],
  ["a long wait", { why: "long", over: 15, ahead: 2 }, () => `${says("wait-long", { min: 15 })} 2 people are ahead of you.`],
  ["a long wait that cannot be told", { why: "long" }, () => says("wait-busy")],
];

for (const [name, wait, sentence] of REASONS) {
  test(`${name}: it says so, and that what is written is kept as a note`, () => {
    const page = told(wait);
    assert.ok(page.includes(sentence()), page);
    for (const id of ["note-here", "note-code", "help-title", "crisis-body"]) assert.ok(page.includes(says(id)), id);
    assert.ok(page.includes(says("note-locked", { days: 30 })));
  });
}

test("while a hold is on, no screen names days without saying that it stays longer", () => {
  const service = (/** @type {boolean} */ hold) => ({ hours: new Map(), on: ["en"], hold });
  const door = /** @type {any} */ ({});
  const pages = (/** @type {boolean} */ hold) => [
    told({ why: "nobody" }, { service: service(hold) }),
    read(render(h(After, { door, engine: engineWith({ stage: "resting", service: service(hold) }), backupDays: 30 }))),
    forDays(t("end-ask", { days: 30 }), engineWith({ service: service(hold) })),
  ];
  for (const hold of [true, false]) assert.deepEqual(pages(hold).map((page) => page.includes(says("hold-longer"))), [hold, hold, hold]);
});

test("where nobody speaks the language, one can go over to those that somebody speaks", () => {
  const page = told({ why: "language" }, { service: { hours: new Map(), on: ["es"] } });
  assert.ok(page.includes("Talk in Spanish"));
  assert.ok(!page.includes("Talk in English"));
});

test("a note says that it is there once its words are, and what comes of having no code", () => {
  const sent = [row(1, "me", "from the note")];
  assert.ok(told({ why: "nobody" }, { rows: sent }).includes(says("note-kept")));
  assert.ok(told({ why: "nobody" }, { rows: sent, noteKept: false }).includes(says("note-here")), "words of before are not the note");
  assert.ok(told({ why: "nobody" }, { rows: [row(1, "me", "on its way", { status: "waiting" })] }).includes(says("note-here")));
  assert.ok(told({ why: "nobody" }, { codeKept: "declined" }).includes(says("note-no-code")));
  assert.ok(told({ why: "nobody" }, { code: null }).includes(says("note-code-gone")));
});

test("the code stands first under the field of a note, and further down otherwise", () => {
  const order = (/** @type {Record<string, unknown>} */ wait) => {
    const page = read(render(h(WaitingBelow, { engine: engineWith({ wait: { ...UNKNOWN, ...wait } }), pick: () => undefined })));
    return page.indexOf(says("code-offer")) < page.indexOf(says("urgent-chip"));
  };
  assert.deepEqual([order({ why: "nobody" }), order({})], [true, false]);
});

// What one may choose

test("what is chosen is the slow pace and no need, until somebody chooses", () => {
  const html = render(h(HowToStart, { engine: engineWith() }));
  const checked = [...html.matchAll(/<input type="radio"[^>]*\bchecked\b[^>]*\/?>\s*<span>([^<]*)/g)].map(([, label]) => label);
  assert.deepEqual(checked, [t("start-slowly"), t("need-unsure")]);
  assert.equal(html.match(/type="radio"/g)?.length, 8);
  assert.doesNotMatch(html, /required/);
});

test("wishes say what becomes of them, and the fourth topic cannot be pressed", () => {
  const wish = new Wish({ language: "en" });
  for (const topic of ["grief", "faith", "health"]) wish.pickTopic(topic);
  const html = render(h(Wishes, { wish, spoken: ["es"] }));
  for (const id of ["wish-language", "wish-topics", "wish-lived", "wish-use", "wish-honest"]) assert.ok(read(html).includes(says(id)), id);
  assert.equal(html.match(/aria-pressed="true"/g)?.length, 3);
  assert.equal(html.match(/<button[^>]*\sdisabled/g)?.length, 12);
  assert.ok(html.includes('<span lang="es" dir="auto">español</span>'));
});

test("a waiting room asks nothing before its folds are opened", () => {
  const html = render(h(WaitingBelow, { engine: engineWith(), pick: () => undefined }));
  assert.doesNotMatch(html, /type="radio"|type="text"|aria-pressed="true"/);
  for (const id of ["start-title", "wish-title", "while-title"]) assert.ok(read(html).includes(says(id)), id);
  assert.equal(html.match(/<details class="fold">/g)?.length, 3);
});

test("somebody who can be met today is offered by name, and anyone is the answer that stands", () => {
  const door = /** @type {any} */ ({ start: () => undefined });
  const page = (/** @type {typeof MARA | null} */ peerToday) => render(h(After, { door, engine: engineWith({ stage: "resting", peerToday }), backupDays: 30 }));
  const html = page(MARA);
  assert.ok(read(html).includes("Mara is on today. Ask for Mara, or anyone?"));
  assert.match(html, /<input type="radio"[^>]*\bchecked\b[^>]*\/?><span>Anyone/);
  assert.ok(!read(page(null)).includes("on today"));
});

// Meanwhile, and before

test("nothing breathes before a tap, and the way out of it stands there already", () => {
  const html = render(h(Breathe, {}));
  assert.ok(read(html).includes(says("breathe-offer")));
  assert.doesNotMatch(html, /class="breath |<svg/);
});

test("looking around offers to read, breathe, write and draw, with no talk", () => {
  const page = read(render(h(Look, { engine: engineWith({ stage: "opening" }), onStart: () => undefined, onHome: () => undefined })));
  for (const id of ["look-facts", "look-stories", "while-breathe", "look-own"]) assert.ok(page.includes(says(id)), id);
});

test("the first page says whether it is open only once that is known", () => {
  const nothing = () => undefined;
  const page = (/** @type {import("../js/views/client/landing.js").Hours | null} */ hours) =>
    read(render(h(Landing, { ...DEPLOYMENT, onStart: nothing, onBack: nothing, onLook: nothing, hours })));
  const later = new Date(1000 * OPENS);
  assert.ok(page({ open: true, until: OPENS, opens: null }).includes(says("landing-open", { time: later })));
  assert.ok(page({ open: false, until: null, opens: OPENS }).includes(says("landing-closed", { when: later })));
  assert.ok(page({ open: false, until: null, opens: null }).includes(says("landing-closed-now")));
  const silent = [read(render(h(LandingPage, DEPLOYMENT))), page(null), page({ open: true, until: null, opens: null }), page({ open: true, until: 1, opens: null })];
  for (const each of silent) assert.doesNotMatch(each, /Open now|closed now/);
});

test("a page that is not protected offers other help, and no way that leads nowhere", () => {
  const nothing = () => undefined;
  const page = (/** @type {boolean} */ unprotected) => render(h(Landing, { ...DEPLOYMENT, onStart: nothing, onBack: nothing, onLook: nothing, unprotected }));
  assert.ok(read(page(true)).includes(says("insecure")));
  assert.doesNotMatch(page(true), /<button/);
  assert.equal(page(false).match(/<button/g)?.length, 3);
});

for (const name of ["es", "en-XA", "ar-XB"]) {
  test(`the wait has all its words in ${name}`, () => {
    readLocale(words(name === "es" ? "es" : "en"), name);
    for (const [, wait] of REASONS) assert.ok(told(wait, { rows: [row(1, "me", "x")] }).length > 40);
    assert.ok(read(render(h(HowToStart, { engine: engineWith() }))).length > 40);
    assert.ok(read(render(h(Wishes, { wish: new Wish({ language: "es" }), spoken: [] }))).length > 40);
    assert.ok(read(render(h(Breathe, {}))).length > 40);
  });
}

// The device

test("the screen is kept on while the page is in view, again when it comes back, and no longer than wanted", async () => {
  const device = fakeDevice();
  const release = stayAwake(() => assert.fail("nothing was denied"));
  await settled();
  assert.equal(device.held(), 1);
  device.hide();
  assert.equal(device.held(), 0);
  await device.show();
  assert.equal(device.held(), 1);
  release();
  assert.equal(device.held(), 0);
  await device.show();
  assert.deepEqual([device.held(), device.listeners()], [0, 0]);
});

test("a screen that goes dark before the device has answered stays dark", async () => {
  const device = fakeDevice();
  stayAwake(() => undefined)();
  await settled();
  assert.equal(device.held(), 0);
});

test("a device that does not want to keep its screen on says so", async () => {
  const device = fakeDevice();
  device.unwilling = true;
  let denied = 0;
  const release = stayAwake(() => void (denied += 1));
  await settled();
  assert.equal(denied, 1);
  release();
});

test("a sound is two soft notes that end, and none after it was put away", async () => {
  const made = fakeAudio();
  const sound = new SoftSound();
  await sound.play();
  assert.equal(made.tones.length, 2);
  assert.ok(made.tones.every(({ ends }) => ends > 0 && ends < 3));
  assert.ok(Math.max(...made.volumes) <= 0.1);
  await sound.close();
  await sound.play();
  assert.equal(made.tones.length, 2);
});

function fakeDevice() {
  /** @type {Set<{ released: boolean, release: () => Promise<void> }>} */
  const locks = new Set();
  /** @type {Map<string, Set<() => unknown>>} */
  const heard = new Map();
  const target = {
    addEventListener: (/** @type {string} */ type, /** @type {() => unknown} */ act) => void heard.set(type, (heard.get(type) ?? new Set()).add(act)),
    removeEventListener: (/** @type {string} */ type, /** @type {() => unknown} */ act) => void heard.get(type)?.delete(act),
  };
  const page = { visibilityState: "visible", ...target };
  const device = {
    unwilling: false,
    held: () => [...locks].filter(({ released }) => !released).length,
    listeners: () => [...heard.values()].reduce((sum, acts) => sum + acts.size, 0),
    hide() {
      page.visibilityState = "hidden";
      for (const lock of locks) lock.released = true; // as a browser does
    },
    async show() {
      page.visibilityState = "visible";
      for (const act of heard.get("visibilitychange") ?? []) act();
      await settled();
    },
  };
  const request = async () => {
    if (device.unwilling) throw new Error("a low battery");
    const lock = { released: false, release: async () => void (lock.released = true) };
    locks.add(lock);
    return lock;
  };
  Object.defineProperty(globalThis, "navigator", { value: { wakeLock: { request }, languages: ["en"] }, configurable: true });
  Object.assign(globalThis, { document: page, window: target });
  return device;
}

function fakeAudio() {
  /** @type {{ tones: { ends: number }[], volumes: number[] }} */
  const made = { tones: [], volumes: [] };
  let closed = false;
  class AudioContext {
    currentTime = 0;
    destination = {};
    async resume() {
      if (closed) throw new Error("it is closed");
    }
    async close() {
      closed = true;
    }
  }
  class GainNode {
    gain = { setValueAtTime() {}, linearRampToValueAtTime: (/** @type {number} */ volume) => void made.volumes.push(volume) };
    connect() {}
  }
  class OscillatorNode {
    connect(/** @type {GainNode} */ node) {
      return node;
    }
    start() {}
    stop(/** @type {number} */ ends) {
      made.tones.push({ ends });
    }
  }
  Object.assign(globalThis, { AudioContext, GainNode, OscillatorNode });
  return made;
}
