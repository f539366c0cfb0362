// Binary message frames: fixed layouts, told apart by type byte and length (docs/protocol.md, 12; docs/frames.json).

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{ room: Bytes, ke: number, n: number, com: Bytes, ct: Bytes }} Send a message on its way to the server */
/** @typedef {Send & { seq: number }} Erase a client's take-back: seq names the row to empty */
/** @typedef {{ type: "ack", room: Bytes, n: number, seq: number }} Ack message n of this seat is on disk as number seq */
/**
 * A message as the server hands it out; an empty ct means that it was erased.
 * @typedef {{ type: "item", room: Bytes, seq: number, seat: Bytes, ke: number, n: number, com: Bytes, ct: Bytes }} Item
 */

const SEND = 1;
const ACK = 2;
const ITEM = 3;
const ERASE = 4;

const ID = 16;
const COM = 32;
const CIPHERTEXTS = [1040, 4112, 16400];
const TAKE_BACK = [1040];
const ACK_SIZE = 1 + ID + 4 + 4;
const ITEM_HEAD = 1 + ID + 4 + ID + 2 + 4 + COM;

/**
 * @param {Send} message
 * @returns {Bytes}
 * @throws {RangeError} a field has a wrong length or range
 */
export function packSend({ room, ke, n, com, ct }) {
  return concat(u(1, SEND), sized(room, [ID]), u(2, ke), u(4, n), sized(com, [COM]), sized(ct, CIPHERTEXTS));
}

/**
 * @param {Erase} message
 * @returns {Bytes}
 * @throws {RangeError} a field has a wrong length or range
 */
export function packErase({ room, seq, ke, n, com, ct }) {
  return concat(u(1, ERASE), sized(room, [ID]), u(4, seq), u(2, ke), u(4, n), sized(com, [COM]), sized(ct, TAKE_BACK));
}

/**
 * A frame that a server sends; null for any other type or length.
 * @param {Bytes} bytes
 * @returns {Ack | Item | null}
 */
export function parseFrame(bytes) {
  if (bytes[0] === ACK && bytes.length === ACK_SIZE) return parseAck(new Fields(bytes));
  const ciphertext = bytes.length - ITEM_HEAD;
  const fits = ciphertext === 0 || CIPHERTEXTS.includes(ciphertext);
  return bytes[0] === ITEM && fits ? parseItem(new Fields(bytes)) : null;
}

/** @param {Fields} fields @returns {Ack} */
const parseAck = (fields) => ({ type: "ack", room: fields.bytes(ID), n: fields.u32(), seq: fields.u32() });

/** @param {Fields} fields @returns {Item} */
const parseItem = (fields) => ({
  type: "item",
  room: fields.bytes(ID),
  seq: fields.u32(),
  seat: fields.bytes(ID),
  ke: fields.u16(),
  n: fields.u32(),
  com: fields.bytes(COM),
  ct: fields.rest(),
});

/** The fields behind the type byte, read in order. */
class Fields {
  #bytes;
  #view;
  #at = 1;

  /** @param {Bytes} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param {number} length @returns {Bytes} */
  bytes(length) {
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  u16() {
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2);
  }

  u32() {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4);
  }

  /** @returns {Bytes} */
  rest() {
    return this.#bytes.slice(this.#at);
  }
}

/**
 * @param {Bytes} bytes
 * @param {number[]} lengths
 */
function sized(bytes, lengths) {
  if (!lengths.includes(bytes.length)) throw new RangeError("a field of a frame has another length");
  return bytes;
}

/**
 * An unsigned number, big-endian.
 * @param {1 | 2 | 4} size
 * @param {number} value
 * @returns {Bytes}
 */
function u(size, value) {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) {
    throw new RangeError("a number of a frame is out of range");
  }
  return Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * (size - 1 - i))) & 0xff);
}

/** @param {Bytes[]} parts @returns {Bytes} */
function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
