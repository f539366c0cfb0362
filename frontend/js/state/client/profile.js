// Who somebody of the staff is, for a screen: what the signed directory says.

import { hex } from "../../crypto/encoding.js";

/** @typedef {import("../../crypto/directory.js").Profile & { kid: string }} Profile kid in hex */

/**
 * @param {import("../../crypto/directory.js").Member} member
 * @returns {Profile}
 */
export const profileOf = ({ kid, profile }) => ({ kid: hex(kid), ...profile });
