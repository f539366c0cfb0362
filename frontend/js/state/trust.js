// What a page believes of a service: pinned root keys, the present directory (docs/protocol.md, 5).

import { acceptDirectory, knowsDirectory, memberOf, readSignedDirectory } from "../crypto/directory.js";
import { ProtocolError } from "../crypto/errors.js";
import { ApiError } from "../net/api.js";
import { readService, readSite } from "./answers.js";
import { Turns } from "./turns.js";

/** @typedef {import("../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../crypto/directory.js").Directory} Directory */
/** @typedef {import("../crypto/directory.js").Member} Member */
/** @typedef {Pick<import("../net/api.js").Api, "get">} Reader */

/** The directory of one service, believed only under pinned roots, never older than the last seen. */
export class Trust {
  /** 16 bytes, the same for ever. @type {Bytes} */
  instance;
  #api;
  #roots;
  /** @type {Directory | null} */
  #directory = null;
  #turns = new Turns();

  /**
   * @param {Reader} api
   * @param {{ instance: Bytes, roots: Bytes[] }} site the root keys as points, 65 bytes each
   */
  constructor(api, { instance, roots }) {
    this.#api = api;
    this.instance = instance;
    this.#roots = roots;
  }

  /**
   * Pins what the service's own `/site.json` says.
   * @param {Reader} api
   * @throws {ApiError} unknown: it was never set up
   */
  static async pin(api) {
    return new Trust(api, readSite(await api.get("/site.json")));
  }

  /**
   * The directory last accepted.
   * @throws {ApiError} unknown: there was none yet
   */
  get directory() {
    if (this.#directory === null) throw new ApiError("unknown");
    return this.#directory;
  }

  /** The hash that rides in every room seal made or opened under it. */
  get hash() {
    return this.directory.hash;
  }

  /**
   * Fetches and judges the present directory by the server's clock.
   *
   * Where it is refused, the one accepted before stays in force. Staff take one that is over, `evenExpired`: running
   * talks go on.
   * @param {{ evenExpired?: boolean }} [how]
   * @returns {Promise<Directory>}
   * @throws {ApiError} dir_signature (also for one that does not parse), dir_expired, dir_rollback
   */
  refresh({ evenExpired = false } = {}) {
    return this.#turns.run(async () => {
      const now = evenExpired ? 0 : await serverTime(this.#api);
      const serial = this.#directory?.serial ?? 0;
      const signed = await currentDirectory(this.#api);
      this.#directory = await this.#accept(signed, serial, now);
      return this.#directory;
    });
  }

  /**
   * A directory of this service that was in force once, however old.
   * @param {unknown} json as it was signed
   * @throws {ApiError} dir_signature: no pinned root signed it
   */
  signedOnce(json) {
    return this.#accept(signedDirectory(json), 0, 0);
  }

  /**
   * Who holds this key: looked up again in a newer directory where it is not in ours.
   * @param {Bytes} kid
   * @returns {Promise<Member | null>}
   */
  async member(kid) {
    return memberOf(this.directory, kid) ?? memberOf(await this.refresh({ evenExpired: true }), kid) ?? null;
  }

  /**
   * Whether a seal under this hash was made by someone who was given this service's directory: the present one, one
   * that it replaced lately, or a newer one fetched now.
   * @param {Bytes} dirHash
   */
  async knows(dirHash) {
    return (
      knowsDirectory(this.directory, dirHash) || knowsDirectory(await this.refresh({ evenExpired: true }), dirHash)
    );
  }

  /**
   * @param {import("../crypto/directory.js").SignedDirectory} signed
   * @param {number} serial
   * @param {number} now
   */
  async #accept(signed, serial, now) {
    try {
      return await acceptDirectory(signed, this.#roots, { instance: this.instance, serial, now });
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      throw new ApiError(error.code === "malformed" ? "dir_signature" : error.code);
    }
  }
}

/**
 * The server's clock, in unix seconds: months and expiry go by it, since a phone's may be wrong.
 * @param {Reader} api
 */
export const serverTime = async (api) => readService(await api.get("service")).time;

/**
 * The directory that the identity house gives out, not yet judged.
 * @param {Reader} api
 */
async function currentDirectory(api) {
  return signedDirectory(await api.get("directory"));
}

/** @param {unknown} json */
function signedDirectory(json) {
  try {
    return readSignedDirectory(json);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new ApiError("not_beside");
  }
}
