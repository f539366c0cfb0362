// The protocol's notation: docs/protocol.md, 2.

import { ProtocolError } from "./errors.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {string} text @returns {Bytes} UTF-8 */
export const utf8 = (text) => encoder.encode(text);

/**
 * UTF-8 to text, or the given error for bytes that are not UTF-8.
 * @param {Bytes} bytes
 * @param {string} [code]
 */
export function fromUtf8(bytes, code = "malformed") {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProtocolError(code);
  }
}

/**
 * UTF-8 JSON to a plain object, or the given error for anything else.
 * @param {Bytes} bytes
 * @param {string} [code]
 * @returns {Record<string, unknown>}
 */
export function fromJson(bytes, code = "malformed") {
  const text = fromUtf8(bytes, code);
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError(code);
  }
  if (!isRecord(value) || namesAKeyTwice(text)) throw new ProtocolError(code);
  return value;
}

/**
 * Whether an object of a valid JSON text names a key twice. Readers differ in which of the two they keep, so two of
 * them could see different words under one commitment.
 * @param {string} text
 */
function namesAKeyTwice(text) {
  /** @type {Set<string>[]} */
  const open = [];
  for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (key !== undefined) {
      const name = JSON.parse(key);
      if (open.at(-1)?.has(name)) return true;
      open.at(-1)?.add(name);
    }
  }
  return false;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Whether a value is a whole number from least to most.
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 * @returns {value is number}
 */
export const isWhole = (value, least, most) =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** @param {Bytes[]} parts @returns {Bytes} */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {number} size @returns {(value: number) => Bytes} a big-endian writer that refuses what does not fit */
const writer = (size) => (value) => {
  if (!isWhole(value, 0, 2 ** (8 * size) - 1)) throw new ProtocolError("malformed");
  return Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * (size - 1 - i))) & 0xff);
};
export const u8 = writer(1);
export const u16 = writer(2);
export const u32 = writer(4);

/**
 * A big-endian u32 at an offset.
 * @param {Bytes} bytes
 * @param {number} at
 */
export const readU32 = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);

/** @param {Bytes} bytes @param {number} at */
export const readU16 = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint16(at);

/** @param {Bytes} bytes @returns {Bytes} LP: the length, then the bytes */
export const lp = (bytes) => concat(u16(bytes.length), bytes);

/**
 * ctx: the injective prefix that tells every use of a primitive apart.
 * @param {string} label
 * @param {Bytes[]} parts
 */
export const ctx = (label, ...parts) => concat(utf8(`beside/1 ${label}`), u8(0), ...parts.map(lp));

/**
 * A payload in a block of a fixed size: u32 length, payload, zeros.
 * @param {Bytes} payload
 * @param {number} size
 */
export function pad(payload, size) {
  if (payload.length + 4 > size) throw new ProtocolError("too_long");
  const block = new Uint8Array(size);
  block.set(u32(payload.length));
  block.set(payload, 4);
  return block;
}

/**
 * The payload of a padded block.
 * @param {Bytes} block
 * @param {string} lengthCode error for a length beyond the block
 * @param {string} [paddingCode] error for padding that is not zero
 */
export function unpad(block, lengthCode, paddingCode = lengthCode) {
  if (block.length < 4) throw new ProtocolError(lengthCode);
  const end = 4 + readU32(block, 0);
  if (end > block.length) throw new ProtocolError(lengthCode);
  if (block.subarray(end).some((byte) => byte !== 0)) throw new ProtocolError(paddingCode);
  return block.slice(4, end);
}

/**
 * Equality in constant time for one length.
 * @param {Bytes} a
 * @param {Bytes} b
 */
export function equal(a, b) {
  if (a.length !== b.length) return false;
  let differing = 0;
  for (let i = 0; i < a.length; i++) differing |= Number(a[i]) ^ Number(b[i]);
  return differing === 0;
}

/**
 * The bytes themselves where they have the length, else the error.
 * @param {Bytes} bytes
 * @param {number} length
 * @param {string} [code]
 */
export function sized(bytes, length, code = "malformed") {
  if (bytes.length !== length) throw new ProtocolError(code);
  return bytes;
}

/** @param {Bytes} bytes @returns {string} lower-case hex, for keys of maps */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * The bytes that `hex` wrote.
 * @param {string} text
 * @returns {Bytes}
 */
export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));

/** @param {Bytes} bytes @returns {string} base64url without padding */
export function b64u(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Bytes of canonical base64url without padding; anything else is refused.
 * @param {unknown} text
 * @param {number} [length] the only length accepted
 * @param {string} [code]
 * @returns {Bytes}
 */
export function unb64u(text, length, code = "malformed") {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new ProtocolError(code);
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (b64u(bytes) !== text) throw new ProtocolError(code);
  return length === undefined ? bytes : sized(bytes, length, code);
}
