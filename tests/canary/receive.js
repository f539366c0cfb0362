// Reads stories of one room on standard input and tells how far each was believed: the JavaScript half of test_attacks.py.
//
// A story is {room, seat, keys, steps}; a step is {item}, {keys} or {head}; bytes are hex. The answer to each is
// null where everything was believed, else [number of the step, code].

import { Receiver } from "../../frontend/js/crypto/receiver.js";
import { ProtocolError } from "../../frontend/js/crypto/errors.js";

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const keys = (pairs) => new Map(pairs.map(([epoch, key]) => [epoch, bytes(key)]));

function item({ room, seq, seat, ke, n, com, ct }) {
  return { room: bytes(room), seq, seat: bytes(seat), ke, n, com: bytes(com), ct: bytes(ct) };
}

async function take(receiver, step) {
  if (step.item) return receiver.receive(item(step.item));
  if (step.keys) return receiver.addKeys(keys(step.keys));
  return receiver.atHead(step.head[0], bytes(step.head[1]));
}

async function told(story) {
  const receiver = await Receiver.start(bytes(story.room), bytes(story.seat), keys(story.keys));
  for (const [at, step] of story.steps.entries()) {
    try {
      await take(receiver, step);
    } catch (caught) {
      if (!(caught instanceof ProtocolError)) throw caught;
      return [at, caught.code];
    }
  }
  return null;
}

let text = "";
for await (const part of process.stdin) text += part;
const answers = [];
for (const story of JSON.parse(text)) answers.push(await told(story));
console.log(JSON.stringify(answers));
