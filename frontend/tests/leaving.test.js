import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { blankOnReturn, leaveNow, onPageHide, onShiftThrice } from "../js/platform/leaving.js";

/** What the page did, in order. @type {string[]} */
let done;
let keyboard = true;
/** @type {EventTarget} */
let events;

const NAMES = ["document", "window"];

beforeEach(() => {
  done = [];
  keyboard = true;
  events = new EventTarget();
  const document = {
    documentElement: { set hidden(/** @type {boolean} */ value) { done.push(`hidden ${value}`); } },
    body: { replaceChildren: () => done.push("emptied") },
    set title(/** @type {string} */ value) { done.push(`title ${value}`); },
  };
  const location = { replace: (/** @type {string} */ href) => done.push(`to ${href}`), reload: () => done.push("reload") };
  const window = {
    location,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    matchMedia: (/** @type {string} */ query) => ({ matches: keyboard && query === "(hover: hover) and (pointer: fine)" }),
  };
  Object.assign(globalThis, { document, window });
});
afterEach(() => {
  for (const name of NAMES) Reflect.deleteProperty(globalThis, name);
});

/** @param {string} type @param {object} fields */
const happens = (type, fields = {}) => {
  const event = new Event(type);
  for (const [name, value] of Object.entries(fields)) Object.defineProperty(event, name, { value });
  events.dispatchEvent(event);
};

test("leaving hides and empties first, then forgets, then goes: all in one task", () => {
  leaveNow("https://example.org/weather", () => done.push("forgot"));
  assert.deepEqual(done, ["hidden true", "emptied", "title Beside", "forgot", "to https://example.org/weather"]);
});

test("leaving goes although forgetting fails", () => {
  leaveNow("https://example.org/weather", () => {
    throw new Error("no");
  });
  assert.equal(done.at(-1), "to https://example.org/weather");
});

test("a page that is left in any way forgets and is empty", () => {
  const stop = onPageHide(() => done.push("forgot"));
  happens("pagehide");
  assert.deepEqual(done, ["forgot", "hidden true", "emptied", "title Beside"]);
  stop();
  happens("pagehide");
  assert.equal(done.length, 4);
});

test("a page that the browser kept begins anew; one that it did not keep is left alone", () => {
  blankOnReturn();
  happens("pageshow", { persisted: false });
  assert.deepEqual(done, []);
  happens("pageshow", { persisted: true });
  assert.deepEqual(done, ["reload"]);
});

/** @param {[string, number][]} presses key and milliseconds */
function press(...presses) {
  for (const [key, timeStamp] of presses) happens("keydown", { key, timeStamp, repeat: false });
}
const listen = () => onShiftThrice(() => done.push("left"), (pressed, of) => done.push(`${pressed} of ${of}`));

test("Shift three times within five seconds leaves, and says how far it is", () => {
  listen();
  press(["Shift", 0], ["Shift", 2000], ["Shift", 4999]);
  assert.deepEqual(done, ["1 of 3", "2 of 3", "left"]);
});

test("Shift three times in more than five seconds does not leave", () => {
  listen();
  press(["Shift", 0], ["Shift", 2000], ["Shift", 5000]);
  assert.deepEqual(done, ["1 of 3", "2 of 3", "2 of 3"]);
});

test("capital letters do not leave", () => {
  listen();
  press(["Shift", 0], ["H", 10], ["Shift", 500], ["M", 510], ["Shift", 900], ["A", 910]);
  assert.ok(!done.includes("left"));
});

test("a Shift that is held counts once", () => {
  listen();
  for (const timeStamp of [0, 30, 60]) happens("keydown", { key: "Shift", timeStamp, repeat: timeStamp > 0 });
  assert.deepEqual(done, ["1 of 3"]);
});

test("a keyboard on the screen never leaves", () => {
  keyboard = false;
  listen();
  press(["Shift", 0], ["Shift", 10], ["Shift", 20]);
  assert.deepEqual(done, []);
});
