// What a staff member's browser keeps, in IndexedDB: the staff secret, and while somebody is signed in their own key,
// which can be used and not read out; and a note of theirs to themselves, in a box. A staff id, in hex,
// says whose it is where several share a browser. Never a sign-in name, a password or words.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/**
 * Neither privateKey nor noteKey, which opens one's own notes, is extractable.
 * @typedef {{ privateKey: CryptoKey, publicKey: CryptoKey, pub: Bytes, kid: Bytes, noteKey: CryptoKey }} KeptKey
 */
/**
 * Whom a peer wants to meet. finishing: nobody new; limit: talks at once, null for as many as they may.
 * @typedef {{ state: "on" | "finishing" | "break" | "off", limit: number | null }} Wanted
 */
/**
 * Who is signed in. used: unix milliseconds of the last use.
 * @typedef {{ staff: Bytes, key: KeptKey, used: number, wanted: Wanted }} KeptDesk
 */
/**
 * How much a moderator has read. day: since 1970; at: of the batch; heavy: heavy flags since the last choice; last: the
 * flag counted last, in hex; choice: what asks for one; skipped: categories that do not come that day.
 * @typedef {{ day: number, at: number, heavy: number, last: string, choice: "batch" | "heavy" | null, skipped: string[] }} ReviewDay
 */
/** n: of the newest change to the team that was told; listed: who was on the signed list then, public names by
 * key in hex. @typedef {{ n: number, listed: Record<string, string> }} TrailRead */

const NAME = "beside-staff";
const STORE = "kept";
const SECRET = "secret";
const DESK = "desk";
const OWN_NOTE = "own-note";
const HINTS_OFF = "hints-off";
const TRAIL_READ = "trail-read";
const REVIEW_DAY = "review-day";

/** Where the browser refuses to keep anything, reading gives null and writing gives false. */
export class StaffStorage {
  /** @type {Promise<IDBDatabase> | null} */
  #opened = null;

  /** The staff secret, 16 bytes. @returns {Promise<Bytes | null>} */
  secret() {
    return this.#read(SECRET);
  }

  /** @param {Bytes} secret @returns {Promise<boolean>} whether it is kept */
  keepSecret(secret) {
    return this.#write((store) => store.put(secret, SECRET));
  }

  forgetSecret() {
    return this.#write((store) => store.delete(SECRET));
  }

  /** @returns {Promise<KeptDesk | null>} */
  desk() {
    return this.#read(DESK);
  }

  /** @param {KeptDesk} desk @returns {Promise<boolean>} whether it is kept */
  keepDesk(desk) {
    return this.#write((store) => store.put(desk, DESK));
  }

  forgetDesk() {
    return this.#write((store) => store.delete(DESK));
  }

  /** What somebody noted for themselves, in the box that only they open. @returns {Promise<Bytes | null>} */
  ownNote() {
    return this.#read(OWN_NOTE);
  }

  /** @param {Bytes} box @returns {Promise<boolean>} whether it is kept */
  keepOwnNote(box) {
    return this.#write((store) => store.put(box, OWN_NOTE));
  }

  /** Ids of the hints that are switched off in this browser. @returns {Promise<string[]>} */
  async hintsOff() {
    return (await this.#read(HINTS_OFF)) ?? [];
  }

  /** @param {string[]} ids @returns {Promise<boolean>} whether it is kept */
  keepHintsOff(ids) {
    return this.#write((store) => store.put(ids, HINTS_OFF));
  }

  /** @param {string} staff whose day it is @returns {Promise<ReviewDay | null>} */
  reviewDay(staff) {
    return this.#read(`${REVIEW_DAY} ${staff}`);
  }

  /** @param {string} staff @param {ReviewDay} day @returns {Promise<boolean>} whether it is kept */
  keepReviewDay(staff, day) {
    return this.#write((store) => store.put(day, `${REVIEW_DAY} ${staff}`));
  }

  /** What this person was told of the team here. @param {string} staff @returns {Promise<TrailRead | null>} */
  trailRead(staff) {
    return this.#read(`${TRAIL_READ} ${staff}`);
  }

  /** @param {string} staff @param {TrailRead} read @returns {Promise<boolean>} whether it is kept */
  keepTrailRead(staff, read) {
    return this.#write((store) => store.put(read, `${TRAIL_READ} ${staff}`));
  }

  /** Forgets this browser: the secret too. */
  forgetAll() {
    return this.#write((store) => store.clear());
  }

  /** @param {string} key @returns {Promise<any>} */
  async #read(key) {
    try {
      const database = await this.#open();
      return (await settled(database.transaction(STORE).objectStore(STORE).get(key))) ?? null;
    } catch {
      return null;
    }
  }

  /** @param {(store: IDBObjectStore) => IDBRequest} act @returns {Promise<boolean>} */
  async #write(act) {
    try {
      const transaction = (await this.#open()).transaction(STORE, "readwrite", { durability: "strict" });
      act(transaction.objectStore(STORE));
      await committed(transaction);
      return true;
    } catch {
      return false;
    }
  }

  #open() {
    this.#opened ??= open().catch((error) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
