"""What this house refuses, and how it says so.

Refusal (kit)
├── Malformed     400  malformed       not of the documented form
├── Unavailable   503  unavailable     the store did not answer
├── Unknown       404  unknown         not there, not yours, not signed in, wrong password: all alike
├── CodeNeeded    401  code_needed     all is right so far; this person's sign-in asks for a code besides
├── CodeWrong     401  code_wrong      all is right but the code, which is wrong, used, or old
├── NameTaken     409  name_taken      another account signs in with this name
├── IdTaken       409  slot_taken      this staff id, key or token is in use for something else
├── VConflict     409  v_conflict      not the next version of a vault of one's own, whatever the reason
├── PowInvalid    400  pow_invalid     the proof of work is wrong, expired, or was used before
├── SlowDown      429  slow_down       this account does this too often
└── DirectoryRefused
    ├── DirSignature  400  dir_signature   no pinned root signed it, or it is of another instance
    ├── DirExpired    400  dir_expired
    ├── DirRollback   409  dir_rollback    its serial is below ours
    └── DirConflict   409  dir_conflict    another directory has this serial
"""

from typing import Final

from app.kit.errors import Malformed, Refusal
from app.wire.errors import WireError


class Unknown(Refusal):
    code = "unknown"
    status = 404


class CodeNeeded(Refusal):
    code = "code_needed"
    status = 401


class CodeWrong(Refusal):
    code = "code_wrong"
    status = 401


class NameTaken(Refusal):
    code = "name_taken"
    status = 409


class IdTaken(Refusal):
    code = "slot_taken"
    status = 409


class VConflict(Refusal):
    code = "v_conflict"
    status = 409


class PowInvalid(Refusal):
    code = "pow_invalid"
    status = 400


class SlowDown(Refusal):
    code = "slow_down"
    status = 429


class DirectoryRefused(Refusal):
    """A directory that is not taken; nothing that came with it is applied."""


class DirSignature(DirectoryRefused):
    code = "dir_signature"
    status = 400


class DirExpired(DirectoryRefused):
    code = "dir_expired"
    status = 400


class DirRollback(DirectoryRefused):
    code = "dir_rollback"
    status = 409


class DirConflict(DirectoryRefused):
    code = "dir_conflict"
    status = 409


_OF_WIRE: Final[dict[str, type[Refusal]]] = {
    kind.code: kind for kind in (Malformed, PowInvalid, DirSignature, DirExpired, DirRollback)
}


def refusal_of(error: WireError) -> Refusal:
    """The refusal that says what a check of app.wire found."""
    return _OF_WIRE[error.code]()
