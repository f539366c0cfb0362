// The live socket as a state machine: a socket and a clock of the test's own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { ApiError } from "../js/net/api.js";
import { Line, backoff, renewAfter } from "../js/net/line.js";
import { filled } from "./cast.js";
import { ManualClock, settled } from "./manual_clock.js";

/** @typedef {import("../js/net/line.js").Socket} Socket */

const FRAMES = JSON.parse(readFileSync(new URL("../../docs/frames.json", import.meta.url), "utf8"));
const STORE = "A".repeat(22);
const WELCOME = { type: "welcome", store: STORE, time: 1_800_000_000 };
const PAST_ANY_WAIT = 31_000;

/** A socket whose other end is the test. @implements {Socket} */
class FakeSocket {
  binaryType = "blob";
  /** @type {any[]} */
  sent = [];
  closed = false;
  /** @type {Socket["onopen"]} */
  onopen = null;
  /** @type {Socket["onmessage"]} */
  onmessage = null;
  /** @type {Socket["onclose"]} */
  onclose = null;

  /** @param {string | Uint8Array} data */
  send(data) {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }

  close() {
    this.closed = true;
  }

  /** @param {object | string | ArrayBuffer} data what the server says */
  says(data) {
    this.onmessage?.({ data: typeof data === "string" || data instanceof ArrayBuffer ? data : JSON.stringify(data) });
  }

  /** @param {number} code */
  ends(code) {
    this.onclose?.({ code });
  }
}

/** A line, the sockets it opened, and what its listener heard. */
class Wire {
  clock = new ManualClock();
  /** @type {FakeSocket[]} */
  sockets = [];
  /** @type {string[]} */
  heard = [];
  line;

  /** @param {() => Promise<import("../js/net/line.js").Pass>} [freshPass] */
  constructor(freshPass) {
    const tell = (/** @type {string} */ what) => void this.heard.push(what);
    this.line = new Line({
      listener: {
        joined: ({ store, time }) => tell(`joined ${store === STORE} ${time}`),
        heard: ({ type }) => tell(`heard ${type}`),
        received: ({ type }) => tell(`received ${type}`),
        lost: () => tell("lost"),
        slow: (slow) => tell(`slow ${slow}`),
        signedOut: () => tell("signed out"),
      },
      clock: this.clock,
      open: () => {
        this.sockets.push(new FakeSocket());
        return this.socket;
      },
      chance: () => 0,
      ...(freshPass ? { freshPass } : {}),
    });
  }

  /** The newest. */
  get socket() {
    return /** @type {FakeSocket} */ (this.sockets.at(-1));
  }

  /** What was heard since it was last asked. */
  news() {
    return this.heard.splice(0);
  }

  async connect() {
    this.line.start();
    await settled();
    return this.greet();
  }

  async greet() {
    this.socket.onopen?.();
    this.socket.says(WELCOME);
    this.news();
    return this;
  }
}

const up = () => new Wire().connect();

test("a line says hello first, and is up with the welcome", async () => {
  const wire = new Wire();
  wire.line.start();
  await settled();
  assert.equal(wire.socket.binaryType, "arraybuffer");
  assert.deepEqual(wire.socket.sent, []);
  wire.socket.onopen?.();
  assert.deepEqual(wire.socket.sent, [{ type: "hello", v: 1 }]);
  assert.equal(wire.line.up, false);
  wire.line.say({ type: "ping" });
  assert.equal(wire.socket.sent.length, 1);
  wire.socket.says(WELCOME);
  assert.equal(wire.line.up, true);
  assert.deepEqual(wire.news(), ["joined true 1800000000"]);
});

test("starting twice makes one connection", async () => {
  const wire = await up();
  wire.line.start();
  await settled();
  assert.equal(wire.sockets.length, 1);
});

test("frames go out as JSON or as bytes, and come in by their kind", async () => {
  const wire = await up();
  wire.line.say({ type: "leave", room: "x" });
  wire.line.say(filled(1095, 1));
  assert.deepEqual(wire.socket.sent.slice(1), [{ type: "leave", room: "x" }, filled(1095, 1)]);
  wire.socket.says({ type: "entered", anything: [1] });
  wire.socket.says({ type: "of-later" });
  const ack = new Uint8Array(25);
  ack[0] = 2;
  wire.socket.says(ack.buffer);
  const item = new Uint8Array(75);
  item[0] = 3;
  wire.socket.says(item.buffer);
  assert.deepEqual(wire.news(), ["heard entered", "heard of-later", "received ack", "received item"]);
});

describe("a line that cannot be made is given up", () => {
  test("when nothing answers for ten seconds", async () => {
    const wire = new Wire();
    wire.line.start();
    await wire.clock.pass(9_999);
    assert.equal(wire.socket.closed, false);
    await wire.clock.pass(1);
    assert.equal(wire.socket.closed, true);
    assert.deepEqual(wire.news(), ["lost"]);
  });

  test("when the welcome takes ten seconds more", async () => {
    const wire = new Wire();
    wire.line.start();
    await wire.clock.pass(9_000);
    wire.socket.onopen?.();
    await wire.clock.pass(9_999);
    assert.equal(wire.socket.closed, false);
    await wire.clock.pass(1);
    assert.equal(wire.socket.closed, true);
  });

  test("when there is no socket to be had", async () => {
    const clock = new ManualClock();
    let tries = 0;
    const line = new Line({
      listener: /** @type {any} */ ({ lost: () => {} }),
      clock,
      open: () => {
        tries += 1;
        throw new Error("refused");
      },
      chance: () => 0,
    });
    line.start();
    await clock.pass(1_000);
    assert.equal(tries, 2);
    line.stop();
  });

  for (const [what, first] of /** @type {[string, any][]} */ ([
    ["another frame", { type: "desk", rooms: [] }],
    ["a short store", { ...WELCOME, store: "AAAA" }],
    ["a store with stray bits", { ...WELCOME, store: "A".repeat(21) + "B" }],
    ["no store", { ...WELCOME, store: null }],
    ["a time that is no number", { ...WELCOME, time: "1800000000" }],
    ["half a second", { ...WELCOME, time: 1.5 }],
    ["a time beyond numbers", { ...WELCOME, time: 1e300 }],
    ["a time before 1970", { ...WELCOME, time: -1 }],
    ["no JSON", "welcome"],
    ["a list", "[]"],
    ["null", "null"],
    ["bytes", new ArrayBuffer(25)],
  ])) {
    test(`when in place of a welcome comes ${what}`, async () => {
      const wire = new Wire();
      wire.line.start();
      await settled();
      wire.socket.onopen?.();
      wire.socket.says(first);
      assert.deepEqual([wire.line.up, wire.socket.closed, wire.news()], [false, true, ["lost"]]);
    });
  }
});

describe("a line comes back", () => {
  test("after 1, 2, 4 and at most 30 seconds", () => {
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 1000].map((attempt) => backoff(attempt, 0) / 1000), [1, 2, 4, 8, 16, 30, 30, 30]);
  });

  test("at a time that chance shortens by half at most", () => {
    for (let attempt = 0; attempt < 12; attempt++) {
      for (const chance of [0, 0.3, 1]) {
        const wait = backoff(attempt, chance);
        assert.ok(backoff(attempt, 0) / 2 <= wait && wait <= backoff(attempt, 0));
      }
    }
  });

  test("again and again, waiting longer each time, until it is welcome", async () => {
    const wire = new Wire();
    wire.line.start();
    await settled();
    for (const wait of [1_000, 2_000, 4_000]) {
      const before = wire.sockets.length;
      wire.socket.ends(1006);
      await wire.clock.pass(wait - 1);
      assert.equal(wire.sockets.length, before);
      await wire.clock.pass(1);
      assert.equal(wire.sockets.length, before + 1);
    }
    assert.deepEqual(wire.news(), ["lost", "lost", "lost"]);
    await wire.greet();
    wire.socket.ends(1006);
    await wire.clock.pass(1_000);
    assert.equal(wire.sockets.length, 5);
  });

  const CODES = /** @type {[string, number][]} */ (Object.entries(FRAMES.close_codes));
  const soon = (/** @type {number} */ code) => ![4400, 4409, 4429].includes(code);
  for (const [name, code] of [...CODES, ["a broken line", 1006], ["a frame too long", 1009]]) {
    test(`after ${name} (${code}), ${soon(Number(code)) ? "within a second each time" : "waiting longer each time"}`, async () => {
      const wire = await up();
      for (const wait of soon(Number(code)) ? [1_000, 1_000, 1_000] : [1_000, 2_000, 4_000]) {
        const before = wire.sockets.length;
        wire.socket.says({ type: "bye", code: name });
        wire.socket.ends(Number(code));
        assert.deepEqual(wire.news(), ["heard bye", "lost"]);
        await wire.clock.pass(wait - 1);
        assert.equal(wire.sockets.length, before);
        await wire.clock.pass(1);
        assert.equal(wire.sockets.length, before + 1);
        await wire.greet();
      }
      wire.line.stop();
    });
  }

  test("after a goodbye in place of a welcome, when its code comes", async () => {
    const wire = new Wire();
    wire.line.start();
    await settled();
    wire.socket.onopen?.();
    wire.socket.says({ type: "bye", code: "slow_down" });
    assert.deepEqual(wire.news(), []);
    wire.socket.ends(4429);
    assert.deepEqual(wire.news(), ["lost"]);
  });

  test("and hears nothing of the line before", async () => {
    const wire = await up();
    const old = wire.socket;
    const [message, close] = [old.onmessage, old.onclose];
    old.ends(1006);
    await wire.clock.pass(1_000);
    await wire.greet();
    old.says({ type: "entered" });
    old.ends(4400);
    assert.deepEqual(wire.news(), []);
    assert.equal(wire.line.up, true);
    assert.ok(message && close);
  });
});

describe("a frame of another form ends the line, and its listener hears nothing of it", () => {
  for (const [what, frame] of /** @type {[string, any][]} */ ([
    ["no JSON", "{"],
    ["a list", "[1]"],
    ["a number", "12"],
    ["null", "null"],
    ["no type", {}],
    ["a type that is no text", { type: 3 }],
    ["no bytes", new ArrayBuffer(0)],
    ["bytes of no frame", new ArrayBuffer(26)],
    ["a frame that only a browser sends", filled(1095, 1).buffer],
  ])) {
    test(what, async () => {
      const wire = await up();
      wire.socket.says({ type: "more" });
      assert.deepEqual(wire.news(), ["heard more"]);
      wire.socket.says(frame);
      assert.deepEqual([wire.news(), wire.line.up, wire.socket.closed], [["lost"], false, true]);
    });
  }

  test("and a server that goes on so is asked ever more rarely", async () => {
    const wire = await up();
    for (const wait of [1_000, 2_000, 4_000]) {
      const before = wire.sockets.length;
      wire.socket.says("{");
      await wire.clock.pass(wait - 1);
      assert.equal(wire.sockets.length, before);
      await wire.clock.pass(1);
      await wire.greet();
    }
  });
});

describe("a quiet line", () => {
  const pings = (/** @type {Wire} */ wire) => wire.socket.sent.filter(({ type }) => type === "ping").length;

  test("is asked every twenty seconds whether it lives, and stays while it answers", async () => {
    const wire = await up();
    for (let i = 1; i <= 5; i++) {
      await wire.clock.pass(20_000);
      assert.equal(pings(wire), i);
      wire.socket.says({ type: "pong" });
    }
    assert.deepEqual([wire.news(), wire.line.up], [[], true]);
  });

  test("is lost ten seconds after a ping that nobody answered", async () => {
    const wire = await up();
    await wire.clock.pass(29_999);
    assert.equal(wire.line.up, true);
    await wire.clock.pass(1);
    assert.deepEqual([wire.line.up, wire.socket.closed], [false, true]);
    assert.deepEqual(wire.news(), ["slow true", "slow false", "lost"]);
  });

  test("is not lost while a long page of items stands before the pong", async () => {
    const wire = await up();
    await wire.clock.pass(20_000);
    const item = new Uint8Array(75);
    item[0] = 3;
    for (let i = 0; i < 4; i++) {
      await wire.clock.pass(4_000);
      wire.socket.says(item.buffer);
    }
    assert.deepEqual([wire.line.up, wire.socket.closed], [true, false]);
  });
});

describe("a slow line", () => {
  test("is told five seconds after something was said, and again when it answers", async () => {
    const wire = await up();
    wire.line.say(filled(1095, 1));
    await wire.clock.pass(4_999);
    assert.deepEqual(wire.news(), []);
    await wire.clock.pass(1);
    assert.deepEqual(wire.news(), ["slow true"]);
    wire.socket.says({ type: "presence" });
    assert.deepEqual(wire.news(), ["slow false", "heard presence"]);
  });

  test("is not told where an answer came in time, or none was to come", async () => {
    const wire = await up();
    wire.line.say({ type: "enter" });
    await wire.clock.pass(4_999);
    wire.socket.says({ type: "entered" });
    wire.line.say({ type: "leave" });
    await wire.clock.pass(6_000);
    assert.deepEqual(wire.news(), ["heard entered"]);
  });

  test("counts from the first thing said, not from the last", async () => {
    const wire = await up();
    wire.line.say({ type: "enter" });
    await wire.clock.pass(3_000);
    wire.line.say(filled(1095, 1));
    await wire.clock.pass(2_000);
    assert.deepEqual(wire.news(), ["slow true"]);
  });
});

describe("staff show a pass", () => {
  /** @param {number} good seconds that each pass is good for */
  function desk(good) {
    let made = 0;
    const time = { now: () => 0 };
    const wire = new Wire(async () => ({ token: `pass-${(made += 1)}`, expires: WELCOME.time + time.now() + good }));
    time.now = () => (wire.clock.now() - 1_800_000_000_000) / 1000;
    return wire;
  }

  test("with their hello", async () => {
    const wire = await desk(600).connect();
    assert.deepEqual(wire.socket.sent[0], { type: "hello", v: 1, pass: "pass-1" });
  });

  test("a fresh one on each connection", async () => {
    const wire = await desk(600).connect();
    wire.socket.ends(4401);
    await wire.clock.pass(1_000);
    await wire.greet();
    assert.equal(wire.socket.sent[0].pass, "pass-2");
  });

  test("and renew it two minutes before its end, as long as the line is there", async () => {
    const wire = await desk(600).connect();
    const renewals = () => wire.socket.sent.filter(({ type }) => type === "renew").map(({ pass }) => pass);
    const pass = async (/** @type {number} */ seconds) => {
      for (let i = 0; i < seconds; i += 20) {
        await wire.clock.pass(20_000);
        wire.socket.says({ type: "pong" });
      }
    };
    await pass(460);
    assert.deepEqual(renewals(), []);
    await pass(20);
    assert.deepEqual(renewals(), ["pass-2"]);
    await pass(480);
    assert.deepEqual(renewals(), ["pass-2", "pass-3"]);
    const old = wire.socket;
    old.ends(1006);
    await wire.clock.pass(PAST_ANY_WAIT);
    await wire.clock.pass(600_000);
    assert.deepEqual(old.sent.at(-1).type, "ping");
  });

  test("which is renewed before it ends, however long it is good for", () => {
    for (const left of [4, 60, 119, 120, 121, 600, 86_400]) assert.ok(1 <= renewAfter(left) && renewAfter(left) < left);
  });

  test("until none is given any more: then the line stops for good", async () => {
    let refused = "unreachable";
    const wire = new Wire(() => Promise.reject(new ApiError(refused)));
    wire.line.start();
    await settled();
    assert.deepEqual([wire.news(), wire.sockets.length], [["lost"], 0]);
    refused = "unknown";
    await wire.clock.pass(1_000);
    assert.deepEqual(wire.news(), ["signed out"]);
    await wire.clock.pass(PAST_ANY_WAIT);
    assert.deepEqual([wire.news(), wire.sockets.length, wire.clock.waiting], [[], 0, 0]);
  });

  test("a renewal that fails leaves the line to its end", async () => {
    let given = 0;
    const wire = await new Wire(async () => {
      given += 1;
      if (given > 1) throw new ApiError("slow_down");
      return { token: "pass", expires: WELCOME.time + 10 };
    }).connect();
    await wire.clock.pass(9_000);
    assert.deepEqual([given, wire.line.up, wire.news()], [2, true, []]);
  });
});

describe("a line that is stopped", () => {
  test("closes, keeps no timer, and hears nothing more", async () => {
    const wire = await up();
    wire.line.say({ type: "leave", room: "x" });
    wire.line.stop();
    assert.deepEqual(wire.socket.sent.at(-1), { type: "leave", room: "x" });
    assert.deepEqual([wire.socket.closed, wire.line.up, wire.clock.waiting], [true, false, 0]);
    wire.socket.says({ type: "entered" });
    wire.socket.ends(1006);
    await wire.clock.pass(PAST_ANY_WAIT);
    assert.deepEqual([wire.news(), wire.sockets.length], [[], 1]);
  });

  test("makes no connection once a pass arrives, or once a wait is over", async () => {
    let give = (/** @type {any} */ _pass) => {};
    const wire = new Wire(() => new Promise((resolve) => (give = resolve)));
    wire.line.start();
    wire.line.stop();
    give({ token: "pass", expires: WELCOME.time + 600 });
    await settled();
    assert.equal(wire.sockets.length, 0);

    const other = await up();
    other.socket.ends(1006);
    other.line.stop();
    await other.clock.pass(PAST_ANY_WAIT);
    assert.equal(other.sockets.length, 1);
  });
});
