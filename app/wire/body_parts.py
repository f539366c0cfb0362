"""Larger pieces of HTTP bodies that both houses read: proofs of work and signed directories."""

from typing import Annotated

from pydantic import Field

from app.wire import pow as proof_of_work
from app.wire.body import Base64Url, Body, Id, Key32, Sig
from app.wire.directory import MAX_PAYLOAD, MAX_SIGNATURES, SignedDirectory
from app.wire.fields import MAX_U32
from app.wire.ids import Kid
from app.wire.pow import Challenge

U32 = Annotated[int, Field(ge=0, le=MAX_U32)]


class Empty(Body):
    """`{}`."""


class ChallengeBody(Body):
    """A proof-of-work challenge (docs/protocol.md, 13); `expires` in unix seconds."""

    salt: Id
    cost: Annotated[int, Field(ge=1, le=proof_of_work.MAX_COST)]
    bits: Annotated[int, Field(ge=0, le=proof_of_work.MAX_BITS)]
    puzzles: Annotated[int, Field(ge=1, le=proof_of_work.MAX_PUZZLES)]
    expires: U32
    mac: Key32

    @classmethod
    def of(cls, challenge: Challenge) -> "ChallengeBody":
        return cls(
            salt=challenge.salt,
            cost=challenge.cost,
            bits=challenge.bits,
            puzzles=challenge.puzzles,
            expires=challenge.expires,
            mac=challenge.mac,
        )

    def challenge(self) -> Challenge:
        return Challenge(self.salt, self.cost, self.bits, self.puzzles, self.expires, self.mac)


class ChallengeAnswer(Body):
    """A fresh challenge."""

    challenge: ChallengeBody


class ProofBody(Body):
    """A solved challenge: one counter for each puzzle, in order."""

    challenge: ChallengeBody
    solution: Annotated[list[U32], Field(max_length=proof_of_work.MAX_PUZZLES)]


class SignatureBody(Body):
    """Who signed, and the ES256 signature (raw r‖s)."""

    kid: Id
    sig: Sig


class SignedDirectoryBody(Body):
    """A directory as it was signed (docs/protocol.md, 5)."""

    payload: Annotated[bytes, Base64Url(1, MAX_PAYLOAD)]
    sigs: Annotated[list[SignatureBody], Field(min_length=1, max_length=MAX_SIGNATURES)]

    @classmethod
    def of(cls, signed: SignedDirectory) -> "SignedDirectoryBody":
        return cls(payload=signed.payload, sigs=[SignatureBody(kid=kid, sig=sig) for kid, sig in signed.sigs])

    def signed(self) -> SignedDirectory:
        return SignedDirectory(self.payload, tuple((Kid(entry.kid), entry.sig) for entry in self.sigs))
