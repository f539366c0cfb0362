// A failure as the code that a screen explains.

import { ProtocolError } from "../../crypto/errors.js";
import { ApiError } from "../../net/api.js";

/**
 * @param {unknown} error
 * @returns {string} a code of docs/protocol.md, 16, or of ApiError; "unexpected" for what nobody foresaw
 */
export const codeOf = (error) => (error instanceof ApiError || error instanceof ProtocolError ? error.code : "unexpected");
