"""The one error of the wire: a code of docs/protocol.md, 16."""

from typing import Literal

Code = Literal[
    "malformed",
    "unknown",
    "closed",
    "queue_full",
    "slow_down",
    "unavailable",
    "pass_expired",
    "box_format",
    "box_key",
    "aead",
    "keys_format",
    "seal_format",
    "msg_format",
    "msg_padding",
    "too_long",
    "bad_commitment",
    "gap_seq",
    "gap_sender",
    "chain_fork",
    "key_fork",
    "erased_unasked",
    "unknown_epoch",
    "stale_epoch",
    "n_conflict",
    "slot_taken",
    "flag_format",
    "dir_signature",
    "dir_expired",
    "dir_rollback",
    "pow_invalid",
]


class WireError(Exception):
    """Bytes that break a rule of the protocol.

    `code` is a code of docs/protocol.md, 16, or `malformed` for what does not even parse. It is all the error
    carries: neither the bytes nor anything derived from them may reach a log or a screen.
    """

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code
