// A failure as the code that a screen explains.

import { ProtocolError } from "../../crypto/errors.js";
import { ApiError } from "../../net/api.js";

/**
 * @param {unknown} error
 * @returns {string} a code of docs/protocol.md, 16, or of ApiError; "unexpected" for what nobody foresaw
 */
export const codeOf = (error) => (error instanceof ApiError || error instanceof ProtocolError ? error.code : "unexpected");

const NO_ANSWER = new Set(["unreachable", "unavailable", "not_beside"]);

/**
 * Whether an act may have been carried out although it failed here: nobody answered, or something on the way did in the
 * service's place.
 * @param {unknown} error
 */
export const isNoAnswer = (error) => NO_ANSWER.has(codeOf(error));
