// A server over HTTP: JSON in, JSON out, a code for every refusal (docs/protocol.md, 12 and 16).

import { systemClock } from "../platform/clock.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** Milliseconds that a request may take, its answer included. */
const TIME_LIMIT = 15_000;
const MOST_BYTES = 16 << 20;

/**
 * The server refused, or cannot be reached. code is one of docs/protocol.md, 16, or "unreachable" (no answer: it may
 * have been carried out), or "not_beside" (what answered does not speak this protocol); status is that of HTTP, 0
 * without an answer. It carries nothing of the request.
 */
export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {number} [status]
   */
  constructor(code, status = 0) {
    super(code);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
  }
}

/**
 * The server that served this page.
 *
 * A path stands below /api/, as in "rooms/open"; one that begins with a slash is taken as it is. Bytes inside JSON
 * travel as base64url, which is the caller's part. Every call throws ApiError.
 */
export class Api {
  #fetch;
  #clock;

  /** @param {{ fetch?: typeof fetch, clock?: import("../platform/clock.js").Clock }} [parts] */
  constructor({ fetch: ask = (...request) => fetch(...request), clock = systemClock } = {}) {
    this.#fetch = ask;
    this.#clock = clock;
  }

  /**
   * @param {string} path
   * @returns {Promise<Record<string, unknown>>}
   */
  async get(path) {
    return readJson(await this.#send(path, { method: "GET" }));
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {{ bearer?: string }} [pass] of a member of staff, on the conversation side
   * @returns {Promise<Record<string, unknown>>}
   */
  async post(path, body, { bearer } = {}) {
    const headers = { "Content-Type": "application/json", ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}) };
    return readJson(await this.#send(path, { method: "POST", headers, body: JSON.stringify(body) }));
  }

  /**
   * A binary request and its binary answer.
   * @param {string} path
   * @param {Bytes} bytes
   * @returns {Promise<Bytes>}
   */
  async postBytes(path, bytes) {
    const headers = { "Content-Type": "application/octet-stream" };
    return this.#send(path, { method: "POST", headers, body: bytes });
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   * @returns {Promise<Bytes>}
   */
  async #send(path, request) {
    const limit = new AbortController();
    const cancel = this.#clock.after(TIME_LIMIT, () => limit.abort());
    try {
      const { ok, status, content } = await this.#ask(path, { ...request, signal: limit.signal });
      if (!ok) throw new ApiError(codeOf(status, content), status);
      if (content.length > MOST_BYTES) throw new ApiError("not_beside", status);
      return content;
    } finally {
      cancel();
    }
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   */
  async #ask(path, request) {
    try {
      const answer = await this.#fetch(path.startsWith("/") ? path : `/api/${path}`, {
        ...request,
        credentials: "same-origin",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        redirect: "error", // a body with a secret in it goes nowhere else
      });
      return { ok: answer.ok, status: answer.status, content: new Uint8Array(await answer.arrayBuffer()) };
    } catch {
      throw new ApiError("unreachable");
    }
  }
}

/** @param {Bytes} content */
function readJson(content) {
  const value = parsed(content);
  if (value === null) throw new ApiError("not_beside", 200);
  return value;
}

/**
 * @param {number} status
 * @param {Bytes} content
 */
function codeOf(status, content) {
  const code = parsed(content)?.code;
  if (typeof code === "string" && /^[a-z_]{1,40}$/.test(code)) return code;
  return [502, 503, 504].includes(status) ? "unavailable" : "not_beside";
}

/**
 * The JSON object in an answer; null for anything else.
 * @param {Bytes} content
 * @returns {Record<string, unknown> | null}
 */
function parsed(content) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
