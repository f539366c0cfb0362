// A server over HTTP: what is asked, and what every kind of answer comes to.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Api, ApiError } from "../js/net/api.js";
import { ManualClock, settled } from "./manual_clock.js";

/** @typedef {{ path: string, request: RequestInit }} Asked */

/**
 * An Api whose server gives this answer, and what was asked of it.
 * @param {() => Response | Promise<Response>} answer
 */
function served(answer) {
  /** @type {Asked[]} */
  const asked = [];
  const clock = new ManualClock();
  const fetch = async (/** @type {any} */ path, /** @type {any} */ request) => {
    asked.push({ path, request });
    return answer();
  };
  return { api: new Api({ fetch, clock }), asked, clock };
}

const json = (/** @type {unknown} */ body, /** @type {number} */ status = 200) => new Response(JSON.stringify(body), { status });

/**
 * @param {Promise<unknown>} call
 * @param {string} code
 * @param {number} status
 */
const refused = (call, code, status) =>
  assert.rejects(call, (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.code, error.status, error.message], [code, status, code]);
    return true;
  });

test("a request goes below /api/, carries nothing about the page, and is kept nowhere", async () => {
  const { api, asked } = served(() => json({ state: "resting" }));
  assert.deepEqual(await api.post("rooms/rest", { room: "AA" }), { state: "resting" });
  const [{ path, request }] = /** @type {[Asked]} */ (asked);
  assert.equal(path, "/api/rooms/rest");
  assert.equal(request.body, '{"room":"AA"}');
  const { method, credentials, cache, referrerPolicy, redirect } = request;
  assert.deepEqual(
    { method, credentials, cache, referrerPolicy, redirect },
    { method: "POST", credentials: "same-origin", cache: "no-store", referrerPolicy: "no-referrer", redirect: "error" },
  );
  assert.deepEqual(request.headers, { "Content-Type": "application/json" });
});

test("a path from the root is taken as it is", async () => {
  const { api, asked } = served(() => json({ v: 1 }));
  await api.get("/site.json");
  await api.get("service");
  assert.deepEqual(asked.map(({ path }) => path), ["/site.json", "/api/service"]);
});

test("a pass rides in its header, and only where one is given", async () => {
  const { api, asked } = served(() => json({}));
  await api.post("queue/claim", {}, { bearer: "a.b.c" });
  await api.post("queue/claim", {});
  const shown = asked.map(({ request }) => new Headers(request.headers).get("Authorization"));
  assert.deepEqual(shown, ["Bearer a.b.c", null]);
});

test("bytes go and come as they are", async () => {
  const { api, asked } = served(() => new Response(Uint8Array.of(2, 255)));
  assert.deepEqual(await api.postBytes("messages/send", Uint8Array.of(1, 2)), Uint8Array.of(2, 255));
  assert.deepEqual(asked[0]?.request.body, Uint8Array.of(1, 2));
});

describe("an answer is taken for", () => {
  /** @type {[string, () => Response | Promise<Response>, string, number][]} */
  const CASES = [
    ["the server's code", () => json({ code: "queue_full" }, 503), "queue_full", 503],
    ["unavailable, where a proxy answers for a server that is away", () => new Response("<h1>Bad gateway", { status: 502 }), "unavailable", 502],
    ["another service, where an error has no code", () => new Response("not here", { status: 404 }), "not_beside", 404],
    ["another service, where the code is no code", () => json({ code: "Your IP: 10.0.0.1" }, 400), "not_beside", 400],
    ["another service, where the code is no text", () => json({ code: ["unknown"] }, 404), "not_beside", 404],
    ["another service, where it is no JSON", () => new Response("<html>"), "not_beside", 200],
    ["another service, where it is a list", () => json([1]), "not_beside", 200],
    ["another service, where it is null", () => json(null), "not_beside", 200],
    ["another service, where it is not UTF-8", () => new Response(Uint8Array.of(0x7b, 0xff, 0x7d)), "not_beside", 200],
    ["no answer, where the network is away", () => Promise.reject(new TypeError("fetch failed")), "unreachable", 0],
  ];
  for (const [what, answer, code, status] of CASES) {
    test(what, async () => {
      const { api, clock } = served(answer);
      await refused(api.post("rooms/open", { secret: "s" }), code, status);
      assert.equal(clock.waiting, 0);
    });
  }
});

test("a request that takes fifteen seconds is given up, and one that answers just before is not", async () => {
  const slow = (/** @type {any} */ _path, /** @type {any} */ { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      void clock.sleep(answersAfter).then(() => resolve(json({ time: 1 })));
    });
  const clock = new ManualClock();
  const api = new Api({ fetch: /** @type {any} */ (slow), clock });

  let answersAfter = 14_999;
  const intime = api.get("service");
  await clock.pass(14_999);
  assert.deepEqual(await intime, { time: 1 });

  answersAfter = 15_001;
  const late = refused(api.get("service"), "unreachable", 0);
  await clock.pass(15_000);
  await late;
});

test("an answer whose end never comes is given up as well", async () => {
  const clock = new ManualClock();
  const endless = async (/** @type {any} */ _path, /** @type {any} */ { signal }) =>
    new Response(
      new ReadableStream({
        start: (stream) => {
          stream.enqueue(new TextEncoder().encode('{"time":'));
          signal.addEventListener("abort", () => stream.error(signal.reason));
        },
      }),
    );
  const call = refused(new Api({ fetch: /** @type {any} */ (endless), clock }).get("service"), "unreachable", 0);
  await settled();
  await clock.pass(15_000);
  await call;
});
