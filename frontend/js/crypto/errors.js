/**
 * The one error of the protocol's cryptography. Its code is one of docs/protocol.md, 16, or "malformed" for input
 * that is not of the protocol at all. It carries nothing else: no content, key or id can reach a log through it.
 */
export class ProtocolError extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.name = "ProtocolError";
    this.code = code;
  }
}
