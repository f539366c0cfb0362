// The moderation team's witness of staff messages: docs/protocol.md, appendix.

import { concat, ctx, sized } from "./encoding.js";
import { hmac, sha256 } from "./primitives.js";
import { COM, KEY } from "./sizes.js";
import { header } from "./transcript.js";

/** @typedef {import("./encoding.js").Bytes} Bytes */

/** @param {Bytes} key K_w @returns {Promise<Bytes>} what the directory says of it */
export const witnessKeyHash = (key) => sha256(ctx("wit-key", sized(key, KEY)));

/**
 * @param {Bytes} key K_w
 * @param {import("./transcript.js").Header} message
 * @param {Bytes} com
 */
export const witness = (key, message, com) =>
  hmac(sized(key, KEY), concat(ctx("wit", header(message)), sized(com, COM)));
