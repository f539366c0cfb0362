"""Proof of work: many small puzzles under a challenge only its issuer can make (docs/protocol.md, 13)."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from app.wire.encoding import b64u, ctx, u8, u32, unb64u
from app.wire.errors import WireError
from app.wire.fields import MAX_U32, mapping, whole
from app.wire.sizes import HASH, ID

MAX_COST = 100_000
"""PBKDF2 iterations a try. A solver refuses more, or a hostile server could keep a phone busy for hours."""

MAX_BITS = 24
MAX_PUZZLES = 64

_FIELDS = {"salt", "cost", "bits", "puzzles", "expires", "mac"}


@dataclass(frozen=True, slots=True)
class Challenge:
    """`puzzles` puzzles of `bits` leading zero bits each, at `cost` PBKDF2 iterations a try.

    It is good until `expires` (unix seconds). A salt counts once: remembering spent salts until
    they expire is the issuer's work.
    """

    salt: bytes
    cost: int
    bits: int
    puzzles: int
    expires: int
    mac: bytes

    def to_json(self) -> dict[str, str | int]:
        """The challenge as a JSON object, bytes in base64url."""
        return {
            "salt": b64u(self.salt),
            "cost": self.cost,
            "bits": self.bits,
            "puzzles": self.puzzles,
            "expires": self.expires,
            "mac": b64u(self.mac),
        }

    @classmethod
    def from_json(cls, obj: object) -> "Challenge":
        """The challenge in a JSON value. WireError("malformed") for other fields or beyond the limits."""
        if (fields := mapping(obj)).keys() != _FIELDS:
            raise WireError("malformed")
        return cls(
            salt=unb64u(fields["salt"], ID),
            cost=whole(fields["cost"], 1, MAX_COST),
            bits=whole(fields["bits"], 0, MAX_BITS),
            puzzles=whole(fields["puzzles"], 1, MAX_PUZZLES),
            expires=whole(fields["expires"], 0, MAX_U32),
            mac=unb64u(fields["mac"], HASH),
        )


def issue(key: bytes, salt: bytes, cost: int, bits: int, puzzles: int, expires: int) -> Challenge:
    """A challenge under the issuer's `key`; `salt` is 16 fresh random bytes, `expires` unix seconds."""
    return Challenge(salt, cost, bits, puzzles, expires, _mac(key, salt, cost, bits, puzzles, expires))


def check_challenge(key: bytes, challenge: Challenge, now: int) -> None:
    """WireError("pow_invalid") unless `key` issued it and `now` (unix seconds) is before its end."""
    c = challenge
    ours = _mac(key, c.salt, c.cost, c.bits, c.puzzles, c.expires)
    if not hmac.compare_digest(ours, c.mac) or now >= c.expires:
        raise WireError("pow_invalid")


def check_solution(challenge: Challenge, solution: Sequence[int]) -> bool:
    """Whether `solution` holds a right counter (u32) for each puzzle, in order."""
    return len(solution) == challenge.puzzles and all(
        solves(challenge.salt, challenge.cost, challenge.bits, i, counter)
        for i, counter in enumerate(solution)
    )


def solves(salt: bytes, cost: int, bits: int, i: int, counter: int) -> bool:
    """Whether `counter` solves puzzle `i` (from 0)."""
    if not 0 <= counter <= MAX_U32:
        return False
    digest = hashlib.pbkdf2_hmac("sha256", u8(i) + u32(counter), salt, cost)
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - bits) == 0


def _mac(key: bytes, salt: bytes, cost: int, bits: int, puzzles: int, expires: int) -> bytes:
    return hmac.digest(key, ctx("pow", salt, u32(cost), u8(bits), u8(puzzles), u32(expires)), "sha256")
