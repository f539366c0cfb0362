// Someone invited to the team: opens the invitation, makes keys, submits (docs/protocol.md, 5).

import { b64u, equal } from "../../crypto/encoding.js";
import { makeKeyring, sealKeyring } from "../../crypto/keyring.js";
import { random, sha256 } from "../../crypto/primitives.js";
import { ID } from "../../crypto/sizes.js";
import { enrolMac, inviteKeys, staffKeys } from "../../crypto/staff.js";
import { ApiError } from "../../net/api.js";
import { Trust } from "../trust.js";
import { readOpened } from "./answers.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./answers.js").Opened} Opened */
/** @typedef {Pick<import("../../net/api.js").Api, "get" | "post">} Api */
/**
 * What clients will see. stone: 0 to 7; languages, topics, lived: codes.
 * @typedef {{ alias: string, stone: number, line: string, languages: string[], topics: string[], lived: string[] }} Profile
 */
/** @typedef {{ name: string, password: string, profile: Profile }} Typed */

/** An opened invitation, and the keys made for it on this machine. */
export class Enrolment {
  role;
  /** Unix seconds. */
  expires;
  /** What only this person keeps, beside the password. @type {Bytes} */
  secret;
  #api;
  #invite;
  #opened;
  #keyring;
  /** What was posted, and what it was made of: asked again, the service takes only the very same. */
  #posted = { typed: "", body: {} };

  /**
   * @param {Api} api
   * @param {Bytes} invite
   * @param {Opened} opened
   * @param {import("../../crypto/keyring.js").Keyring} keyring
   */
  constructor(api, invite, opened, keyring) {
    this.role = opened.role;
    this.expires = opened.expires;
    this.secret = random(ID);
    this.#api = api;
    this.#invite = invite;
    this.#opened = opened;
    this.#keyring = keyring;
  }

  /**
   * @param {Api} api
   * @param {Bytes} invite the invite secret, 16 bytes
   * @throws {ApiError} unknown: used, over, or never was; dir_signature: made for another service
   */
  static async open(api, invite) {
    const trust = await Trust.pin(api);
    const { token } = await inviteKeys(invite);
    const opened = readOpened(await api.post("enrolment/open", { token: b64u(token) }));
    if (!equal(opened.instance, trust.instance)) throw new ApiError("dir_signature");
    return new Enrolment(api, invite, opened, await makeKeyring());
  }

  /**
   * Gives in the public key, vouched for by the invite secret. Keep `secret` before: without it nobody can sign in.
   * @param {Typed} typed
   * @throws {ApiError} unknown: somebody else was first; name_taken; malformed: a name or profile that does not fit
   */
  async submit(typed) {
    const text = JSON.stringify([typed.name, typed.password, typed.profile]);
    if (this.#posted.typed !== text) this.#posted = { typed: text, body: await this.#account(typed) };
    await this.#api.post("enrolment/submit", this.#posted.body);
  }

  /** @param {Typed} typed what the service is given: neither the password nor the secret */
  async #account({ name, password, profile }) {
    const { staff, role, instance } = this.#opened;
    const { pub } = this.#keyring;
    const salt = random(ID);
    const { auth, wrap } = await staffKeys(password, salt, this.secret);
    return {
      token: b64u((await inviteKeys(this.#invite)).token),
      pub: b64u(pub),
      mac: b64u(await enrolMac(this.#invite, { instance, staffId: staff, role, pub })),
      name,
      salt: b64u(salt),
      auth_hash: b64u(await sha256(auth)),
      keys: b64u(await sealKeyring(this.#keyring, wrap, staff)),
      profile,
    };
  }
}
