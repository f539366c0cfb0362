// What did not work, as a sentence that names the fix.

/** Codes of the engine and of the server, and the sentence for each. @type {Map<string, string>} */
const SENTENCES = new Map([
  ["unreachable", "trouble-unreachable"],
  ["not_beside", "trouble-unreachable"],
  ["queue_full", "trouble-full"],
  ["slow_down", "trouble-slow"],
  ["expired-directory", "trouble-directory"],
  ["dir_expired", "trouble-directory"],
  ["dir_signature", "trouble-directory"],
  ["dir_rollback", "trouble-directory"],
  ["dir_conflict", "trouble-directory"],
  ["slot_taken", "trouble-slots"],
  ["closed", "err-closed"],
  ["broken", "trouble-broken"],
  ["aead", "trouble-broken"],
  ["bad_commitment", "trouble-broken"],
  ["msg_format", "trouble-broken"],
  ["msg_padding", "trouble-broken"],
  ["chain_fork", "trouble-broken"],
  ["key_fork", "trouble-broken"],
  ["gap_seq", "trouble-broken"],
  ["gap_sender", "trouble-broken"],
  ["erased_unasked", "trouble-broken"],
  ["unknown_epoch", "trouble-broken"],
  ["keys_format", "trouble-epochs"],
  ["newcomer-gone", "newcomer-gone"],
]);

/** @param {string} code @returns {string} a locale id; what we have no sentence for broke on our side */
export const sentenceOf = (code) => SENTENCES.get(code) ?? "err-ours";
