"""Every refusal of this house.

Refusal (app/kit/errors.py)
├── Malformed       400  malformed      not of the documented form
├── Unavailable     503  unavailable    the store did not answer
├── Unknown         404  unknown        not there, not yours, not signed in: all alike
├── PassExpired     401  pass_expired   a good pass whose time is over: fetch another
├── Closed          409  closed         the room's state, or the peer's own, does not take this
├── Paused          409  paused         this peer takes no new talks now
├── SecondNeeded    409  second_needed  this takes two people
├── StaleEpoch      409  stale_epoch    the room has another key epoch by now
├── NConflict       409  n_conflict     this number of the sender's count holds another message
├── VConflict       409  v_conflict     not the next version of what is to be replaced
├── GapSender       409  gap_sender     the sender's count jumps
├── SlotTaken       409  slot_taken     the room's or flag's id is in use, or was
├── FlagFormat      400  flag_format    a flag, or a note on one, of another length
├── SealFormat      400  seal_format    a seal of another length
├── TooLong         413  too_long       more than the door takes
├── SlowDown        429  slow_down      too often, or as many rooms as the pass allows
├── QueueFull       503  queue_full     no further ticket of this kind now
├── PowInvalid      400  pow_invalid    proof of work wrong, expired or used before
├── DirSignature    400  dir_signature  no pinned root signed it, or another instance
├── DirExpired      400  dir_expired    too old, or none is in force
├── DirRollback     409  dir_rollback   a serial below the one in force
└── DirConflict     409  dir_conflict   the serial in force with other bytes
"""

from typing import ClassVar

from app.kit.errors import Malformed, Refusal, Unavailable
from app.wire.errors import WireError

__all__ = [
    "Closed",
    "DirConflict",
    "DirExpired",
    "DirRollback",
    "DirSignature",
    "FlagFormat",
    "GapSender",
    "Malformed",
    "NConflict",
    "PassExpired",
    "Paused",
    "PowInvalid",
    "QueueFull",
    "Refusal",
    "SealFormat",
    "SecondNeeded",
    "SlotTaken",
    "SlowDown",
    "StaleEpoch",
    "TooLong",
    "Unavailable",
    "Unknown",
    "VConflict",
    "refusal_of",
]


class Unknown(Refusal):
    """Not there, not yours or not signed in: nobody can tell which."""

    code: ClassVar[str] = "unknown"
    status: ClassVar[int] = 404


class PassExpired(Refusal):
    """The pass was good and its time is over."""

    code: ClassVar[str] = "pass_expired"
    status: ClassVar[int] = 401


class Closed(Refusal):
    """The room's state does not take this, or the peer who claims is not on."""

    code: ClassVar[str] = "closed"
    status: ClassVar[int] = 409


class Paused(Refusal):
    """This peer takes no new talks until the pause is over."""

    code: ClassVar[str] = "paused"
    status: ClassVar[int] = 409


class SecondNeeded(Refusal):
    """This takes two people, and there is somebody who could be the second."""

    code: ClassVar[str] = "second_needed"
    status: ClassVar[int] = 409


class StaleEpoch(Refusal):
    """The room has another key epoch by now: fetch its seal and try again."""

    code: ClassVar[str] = "stale_epoch"
    status: ClassVar[int] = 409


class NConflict(Refusal):
    """Another message holds this number of the sender's count."""

    code: ClassVar[str] = "n_conflict"
    status: ClassVar[int] = 409


class VConflict(Refusal):
    """Not the next version of what it is to replace: read it again."""

    code: ClassVar[str] = "v_conflict"
    status: ClassVar[int] = 409


class GapSender(Refusal):
    """The sender's count jumps."""

    code: ClassVar[str] = "gap_sender"
    status: ClassVar[int] = 409


class SlotTaken(Refusal):
    """The room id is in use, or was within the search window; or the flag's id is in use."""

    code: ClassVar[str] = "slot_taken"
    status: ClassVar[int] = 409


class FlagFormat(Refusal):
    """A sealed flag, or a sealed note on one, of another length than the protocol's."""

    code: ClassVar[str] = "flag_format"
    status: ClassVar[int] = 400


class SealFormat(Refusal):
    """A seal of another length than the protocol's."""

    code: ClassVar[str] = "seal_format"
    status: ClassVar[int] = 400


class TooLong(Refusal):
    """More than the door takes."""

    code: ClassVar[str] = "too_long"
    status: ClassVar[int] = 413


class SlowDown(Refusal):
    """Too often, or as many rooms at once as the pass allows."""

    code: ClassVar[str] = "slow_down"
    status: ClassVar[int] = 429


class QueueFull(Refusal):
    """No further ticket of this kind now; a note may still find room."""

    code: ClassVar[str] = "queue_full"
    status: ClassVar[int] = 503


class PowInvalid(Refusal):
    """The proof of work is wrong, expired or was used before."""

    code: ClassVar[str] = "pow_invalid"
    status: ClassVar[int] = 400


class DirSignature(Refusal):
    """No pinned root signed the directory, or it is of another instance."""

    code: ClassVar[str] = "dir_signature"
    status: ClassVar[int] = 400


class DirExpired(Refusal):
    """The directory is too old, or none is in force."""

    code: ClassVar[str] = "dir_expired"
    status: ClassVar[int] = 400


class DirRollback(Refusal):
    """The directory's serial is below the one in force."""

    code: ClassVar[str] = "dir_rollback"
    status: ClassVar[int] = 409


class DirConflict(Refusal):
    """The directory has the serial in force with other bytes."""

    code: ClassVar[str] = "dir_conflict"
    status: ClassVar[int] = 409


_BY_CODE: dict[str, type[Refusal]] = {
    kind.code: kind for kind in (DirSignature, DirExpired, DirRollback, PowInvalid, SealFormat, TooLong)
}


def refusal_of(error: WireError) -> Refusal:
    """The refusal that answers a broken rule of the wire; `Malformed` where no closer one exists."""
    return _BY_CODE.get(error.code, Malformed)()
