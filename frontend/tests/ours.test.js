// Our page: two people write at once, and all read the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../js/crypto/encoding.js";
import { CLIENT_SEAT } from "../js/crypto/ids.js";
import { LINES_MOST, LINE_MOST, Ours } from "../js/state/ours.js";
import { MARA } from "./cast.js";

/** @typedef {import("../js/state/ours.js").Op} Op */

const line = (/** @type {number} */ id, /** @type {string} */ x) => ({ do: "line", id: id.toString(16).padStart(16, "0"), x });

/**
 * @param {number} seq
 * @param {import("../js/crypto/encoding.js").Bytes} seat
 * @param {unknown} op
 * @param {object} [more]
 * @returns {any} as the room tells it
 */
const item = (seq, seat, op, more = {}) => ({ seq, seat, obeyed: true, body: { kind: "ours", fields: { op } }, ...more });

/** One side, and what it said. @param {import("../js/crypto/encoding.js").Bytes} own */
function side(own) {
  /** @type {Op[]} */
  const said = [];
  return { ours: new Ours({ own: hex(own), say: (_, { op }) => void said.push(op) }), said };
}

/** @param {Ours} ours */
const texts = (ours) => (ours.open.value ? ours.lines.value.map(({ x }) => x) : null);

/** A client and a peer in one room, which gives what they say its order. */
function room() {
  const [client, peer] = [side(CLIENT_SEAT), side(MARA)];
  let seq = 0;
  const from = (/** @type {typeof client} */ who) => {
    for (const op of who.said.splice(0)) {
      seq += 1;
      for (const { ours } of [client, peer]) ours.said(item(seq, who === client ? CLIENT_SEAT : MARA, op));
    }
  };
  return { client, peer, from };
}

test("the client starts the page and both write; each reads who wrote what", () => {
  const { client, peer, from } = room();
  client.ours.start();
  from(client);
  assert.ok(client.ours.add("a walk by the river"));
  from(client);
  assert.ok(peer.ours.add("what was good about it?"));
  from(peer);
  assert.deepEqual(texts(client.ours), ["a walk by the river", "what was good about it?"]);
  assert.deepEqual(client.ours.lines.value.map(({ mine }) => mine), [true, false]);
  assert.deepEqual(peer.ours.lines.value.map(({ mine }) => mine), [false, true]);
});

test("lines written at the same time stand alike on both pages, whoever was faster", () => {
  for (const first of ["client", "peer"]) {
    const { client, peer, from } = room();
    client.ours.start();
    from(client);
    client.ours.add("one");
    peer.ours.add("two");
    if (first === "client") from(client);
    from(peer);
    from(client);
    assert.deepEqual(texts(client.ours), texts(peer.ours));
    assert.deepEqual(texts(client.ours), first === "client" ? ["one", "two"] : ["two", "one"]);
    assert.ok([...client.ours.lines.value, ...peer.ours.lines.value].every(({ waits }) => !waits));
  }
});

test("of two changes to one line the later holds, on both pages, and names who made it", () => {
  const { client, peer, from } = room();
  client.ours.start();
  client.ours.add("a walk");
  from(client);
  const id = client.ours.lines.value[0]?.id ?? "";
  client.ours.change(id, "a long walk");
  peer.ours.change(id, "a slow walk");
  from(peer);
  from(client);
  assert.deepEqual([texts(client.ours), texts(peer.ours)], [["a long walk"], ["a long walk"]]);
  assert.deepEqual([client.ours.lines.value[0]?.mine, peer.ours.lines.value[0]?.mine], [true, false]);
});

test("what waits to go out is on the writer's page already, and says that it waits", () => {
  const { client } = room();
  client.ours.start();
  client.ours.add("not gone yet");
  assert.deepEqual(client.ours.lines.value.map(({ x, waits }) => [x, waits]), [["not gone yet", true]]);
});

test("an emptied line is gone, and its client's end takes the page from both", () => {
  const { client, peer, from } = room();
  client.ours.start();
  client.ours.add("one");
  client.ours.add("two");
  from(client);
  peer.ours.change(peer.ours.lines.value[0]?.id ?? "", "");
  from(peer);
  assert.deepEqual(texts(client.ours), ["two"]);
  client.ours.end();
  peer.ours.add("too late");
  from(client);
  from(peer);
  assert.deepEqual([texts(client.ours), texts(peer.ours)], [null, null]);
  client.ours.start();
  from(client);
  assert.deepEqual([texts(client.ours), texts(peer.ours)], [[], []]);
});

test("only the client starts and ends a page", () => {
  for (const [op, after] of /** @type {[string, string[] | null][]} */ ([["start", null], ["end", ["mine"]]])) {
    const { ours } = side(CLIENT_SEAT);
    if (op === "end") for (const [seq, own] of [[1, { do: "start" }], [2, line(1, "mine")]]) ours.said(item(Number(seq), CLIENT_SEAT, own));
    ours.said(item(3, MARA, { do: op }));
    assert.deepEqual(texts(ours), after);
    ours.said(item(4, CLIENT_SEAT, { do: op }));
    assert.deepEqual(texts(ours), op === "start" ? [] : null);
  }
});

test("what comes again after a reload changes nothing, in whatever order it comes", () => {
  const { ours } = side(MARA);
  const items = [item(1, CLIENT_SEAT, { do: "start" }), item(2, CLIENT_SEAT, line(1, "one")), item(3, MARA, line(2, "two")), item(4, CLIENT_SEAT, line(1, "first"))];
  for (const each of [...items].reverse()) ours.said(each);
  assert.deepEqual(texts(ours), ["first", "two"]);
  for (const each of items) ours.said(each);
  assert.deepEqual(texts(ours), ["first", "two"]);
});

test("where an older copy of the room is taken up, other messages stand in the place of lines that are lost", () => {
  const { ours } = side(MARA);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  ours.said(item(2, CLIENT_SEAT, line(1, "lost")));
  ours.said(item(2, CLIENT_SEAT, null, { body: { kind: "text", fields: { x: "hello" } } }));
  assert.deepEqual(texts(ours), []);
});

test("whoever joins later and cannot read the beginning reads the page from the client's next line on", () => {
  const { ours } = side(MARA);
  ours.said(item(1, CLIENT_SEAT, null, { body: null, obeyed: false }));
  ours.said(item(2, CLIENT_SEAT, line(1, "from here on")));
  assert.deepEqual(texts(ours), ["from here on"]);
});

test("what has another form, is too long, or is not obeyed is passed over, beside its twin that is taken", () => {
  const long = "x".repeat(LINE_MOST + 1);
  for (const op of [null, 7, [], { do: "go" }, { do: "line" }, line(1, long), { do: "line", id: "x", x: "a" }, { do: "line", id: 3, x: "a" }, { do: "line", id: line(1, "").id, x: null }]) {
    const { ours } = side(CLIENT_SEAT);
    ours.said(item(1, CLIENT_SEAT, { do: "start" }));
    ours.said(item(2, MARA, op));
    ours.said(item(3, MARA, line(2, "refused"), { obeyed: false }));
    assert.deepEqual(texts(ours), []);
    ours.said(item(4, MARA, line(1, "taken")));
    assert.deepEqual(texts(ours), ["taken"]);
  }
});

test("a page holds a hundred lines on every side, and takes another when one goes", () => {
  const { ours } = side(CLIENT_SEAT);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  for (let at = 0; at <= LINES_MOST; at += 1) ours.said(item(2 + at, MARA, line(at, `line ${at}`)));
  assert.equal(texts(ours)?.length, LINES_MOST);
  assert.equal(ours.add("one more"), false);
  ours.change(ours.lines.value[0]?.id ?? "", "");
  assert.equal(ours.add("one more"), true);
});

test("what the other wrote is news until the page is looked at; one's own is none", () => {
  const { client, peer, from } = room();
  client.ours.start();
  from(client);
  assert.deepEqual([client.ours.news.value, peer.ours.news.value], [false, true]);
  peer.ours.looked();
  assert.equal(peer.ours.news.value, false);
});

test("after forgetting there is no page and no line", () => {
  const { client } = room();
  client.ours.start();
  client.ours.add("mine");
  client.ours.forget();
  assert.deepEqual([texts(client.ours), client.ours.lines.value], [null, []]);
});
