// Our page: two people write at once, and all read the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, hex } from "../js/crypto/encoding.js";
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
  return { ours: new Ours({ own: hex(own), say: (_, { op }) => `k${said.push(op)}`, names: (seat) => (seat === hex(MARA) ? "Mara" : "") }), said };
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

test("at a hundred lines none is added, and another is when one goes", () => {
  const { ours } = side(CLIENT_SEAT);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  for (let at = 0; at < LINES_MOST; at += 1) ours.said(item(2 + at, MARA, line(at, `line ${at}`)));
  assert.equal(ours.add("one more"), false);
  ours.change(ours.lines.value[0]?.id ?? "", "");
  assert.equal(ours.add("one more"), true);
});

test("a peer who joined later and cannot read the first lines reads the later ones alike, however many there are", () => {
  const [early, late] = [side(CLIENT_SEAT).ours, side(MARA).ours];
  early.said(item(1, CLIENT_SEAT, { do: "start" }));
  for (let at = 0; at < LINES_MOST; at += 1) early.said(item(2 + at, CLIENT_SEAT, line(at, `line ${at}`)));
  for (const ours of [early, late]) for (const at of [200, 201]) ours.said(item(at, CLIENT_SEAT, line(at, `line ${at}`)));
  assert.deepEqual(texts(late), ["line 200", "line 201"]);
  assert.deepEqual(texts(early)?.slice(-2), texts(late));
});

/** What was opened of an item. @param {number} of */
const opened = (of) => ({ opened: { kf: new Uint8Array(32).fill(of), body: new Uint8Array(4).fill(of) } });

/** @param {Ours} ours */
const flaggable = (ours) => ours.written.value.map(({ who, text, proof }) => [who, text, proof?.seq]);

test("what a peer wrote stays to be flagged, with its proof, whoever took it out or wrote over it", () => {
  const { ours } = side(CLIENT_SEAT);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  ours.said(item(2, MARA, line(1, "give me your number"), opened(2)));
  ours.said(item(3, MARA, line(1, "a walk"), opened(3)));
  assert.deepEqual([...ours.gone.value], [[hex(MARA), 1]]);
  ours.said(item(4, MARA, line(1, ""), opened(4)));
  assert.deepEqual([texts(ours), [...ours.gone.value]], [[], [[hex(MARA), 2]]]);
  assert.deepEqual(flaggable(ours), [["Mara", "give me your number", 2], ["Mara", "a walk", 3]]);
  assert.deepEqual(ours.written.value[0]?.proof, { seq: 2, kf: b64u(new Uint8Array(32).fill(2)), body: b64u(new Uint8Array(4).fill(2)) });
  ours.said(item(5, CLIENT_SEAT, { do: "end" }));
  ours.said(item(2, MARA, null, { body: null, opened: null, obeyed: false, erased: true }));
  assert.deepEqual(flaggable(ours).map(([, text]) => text).sort(), ["a walk", "give me your number"]);
});

test("a peer can flag a client's line while it stands, and not once the client took it out", () => {
  const { ours } = side(MARA);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  ours.said(item(2, CLIENT_SEAT, line(1, "mine"), opened(2)));
  assert.deepEqual(flaggable(ours), [["", "mine", 2]]);
  ours.said(item(3, CLIENT_SEAT, line(1, ""), opened(3)));
  assert.deepEqual([flaggable(ours), [...ours.gone.value]], [[], []]);
});

test("a line that the client takes out of a peer's is told of as nobody's", () => {
  const { ours } = side(CLIENT_SEAT);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  ours.said(item(2, MARA, line(1, "a walk"), opened(2)));
  ours.said(item(3, CLIENT_SEAT, line(1, ""), opened(3)));
  assert.deepEqual([...ours.gone.value], []);
});

test("thousands of messages are each looked at once, and nothing is counted anew for those that come in order", () => {
  const { ours } = side(CLIENT_SEAT);
  let looked = 0;
  const op = (/** @type {number} */ at) => ({ do: "line", get id() { looked += 1; return at.toString(16).padStart(16, "0"); }, x: "x" });
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  const sort = Array.prototype.sort;
  let sorted = 0;
  Array.prototype.sort = function counted(by) { sorted += this.length; return sort.call(this, by); };
  try {
    for (let at = 2; at < 3000; at += 1) {
      ours.said(item(at, MARA, op(at % 50)));
      void ours.open.value;
    }
  } finally {
    Array.prototype.sort = sort;
  }
  assert.equal(ours.lines.value.length, 50);
  assert.ok(looked <= 3 * 3000 && sorted === 0, `${looked} ${sorted}`);
});

test("what was said before is no news until the room has caught up; what comes then is", () => {
  const { ours } = side(CLIENT_SEAT);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }), false);
  ours.said(item(2, MARA, line(1, "long ago"), opened(2)), false);
  assert.deepEqual([ours.news.value, ours.written.value[0]?.folded], [false, true]);
  ours.said(item(3, MARA, line(2, "now"), opened(3)), true);
  assert.deepEqual([ours.news.value, ours.written.value[1]?.folded], [true, false]);
  ours.forget();
  ours.said(item(1, MARA, line(1, "another room's past")), false);
  assert.equal(ours.news.value, false);
});

test("a line that cannot be said now, or was refused, does not wait; one that is on its way does", () => {
  const deaf = new Ours({ own: hex(MARA), say: () => null, names: () => "" });
  deaf.said(item(1, CLIENT_SEAT, { do: "start" }));
  assert.equal(deaf.add("lost"), false);
  assert.deepEqual(texts(deaf), []);
  const { ours } = side(MARA);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  assert.equal(ours.add("refused"), true);
  assert.equal(ours.add("waits"), true);
  ours.refused("k1");
  assert.deepEqual(ours.lines.value.map(({ x, waits }) => [x, waits]), [["waits", true]]);
});

test("what the service lost is not on the page, and cannot be flagged", () => {
  const { ours } = side(CLIENT_SEAT);
  ours.said(item(1, CLIENT_SEAT, { do: "start" }));
  ours.said(item(2, MARA, line(1, "kept"), opened(2)));
  ours.said(item(3, MARA, line(2, "lost"), opened(3)));
  ours.cut(2);
  assert.deepEqual([texts(ours), flaggable(ours)], [["kept"], [["Mara", "kept", 2]]]);
  ours.said(item(3, MARA, line(3, "instead"), opened(3)));
  assert.deepEqual(texts(ours), ["kept", "instead"]);
});

test("what is half written stays while panels come and go, and goes with all the rest", () => {
  const { ours } = side(CLIENT_SEAT);
  ours.start();
  ours.draft.value = "half";
  ours.write("a", "other wo");
  ours.write("b", "more");
  ours.write("a", null);
  assert.deepEqual([ours.draft.value, [...ours.changes.value]], ["half", [["b", "more"]]]);
  ours.forget();
  assert.deepEqual([ours.draft.value, ours.changes.value.size], ["", 0]);
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
