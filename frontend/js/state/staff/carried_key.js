// A staff secret as people carry it to another browser: twelve words, or a file of them.

import { ProtocolError } from "../../crypto/errors.js";
import { keyFile, secretWords } from "../../crypto/secret_words.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("./typed.js").Lists} Lists */

/** Name of the file. */
export const KEY_FILE = "beside-staff.key";
/** Number of the list that a secret is written in. */
const ENGLISH = 1;

/** @param {Bytes} secret 16 bytes @param {Lists} lists @returns {Promise<string>} twelve words */
export const asWords = async (secret, lists) => secretWords(secret, await english(lists));

/** @param {Bytes} secret 16 bytes @param {Lists} lists @returns {Promise<string>} the text of the file */
export const asFile = async (secret, lists) => keyFile(secret, await english(lists));

/** @param {Lists} lists */
async function english(lists) {
  const words = (await lists()).get(ENGLISH);
  if (!words) throw new ProtocolError("malformed");
  return words;
}
