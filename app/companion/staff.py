"""Staff: keys behind a password and a secret, invitations, secrets as words (docs/protocol.md, 5 and 6)."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from app.companion.derive import ITERATIONS, hkdf
from app.companion.word_list import BITS, LISTS, WORDS, find, typed_words, word_list
from app.wire.encoding import ctx
from app.wire.errors import WireError
from app.wire.ids import StaffId
from app.wire.sizes import KEY

SECRET = 16
"""Bytes of a staff secret and of an invite secret."""

SECRET_WORDS = 12
_CHECK_BITS = SECRET_WORDS * BITS - SECRET * 8
_KEY_FILE = "beside staff secret 1"
_MAX_KEY_FILE = 1000


@dataclass(frozen=True, slots=True, repr=False)
class StaffKeys:
    """What password and secret together give: `auth` proves it to the server, `wrap` opens one's own keys."""

    auth: bytes
    wrap: bytes


@dataclass(frozen=True, slots=True, repr=False)
class InviteKeys:
    """What an invite secret gives: the key of the enrolment MAC, and the token that the server may see."""

    mac_key: bytes
    token: bytes


def staff_keys(password: str, salt: bytes, secret: bytes, iterations: int = ITERATIONS) -> StaffKeys:
    """The keys of a staff member; `salt` is the server's (16 bytes), `secret` their own. Slow on purpose."""
    typed = unicodedata.normalize("NFKC", password).encode()
    mk = hashlib.pbkdf2_hmac("sha256", typed, ctx("staff-pw", salt), iterations)
    out = hkdf(mk + secret, ctx("staff"), 2 * KEY, salt)
    return StaffKeys(out[:KEY], out[KEY:])


def invite_keys(invite: bytes) -> InviteKeys:
    """The keys of an invite secret (16 bytes)."""
    out = hkdf(invite, ctx("invite"), 2 * KEY)
    return InviteKeys(out[:KEY], out[KEY:])


def enrol_mac(mac_key: bytes, instance: bytes, staff_id: StaffId, role: str, pub: bytes) -> bytes:
    """The newcomer's word (32 bytes) that `pub` is theirs: only who has the invite secret can give it."""
    return hmac.digest(mac_key, ctx("enrol", instance, staff_id, role.encode(), pub), "sha256")


def check_enrol_mac(
    mac: bytes, mac_key: bytes, instance: bytes, staff_id: StaffId, role: str, pub: bytes
) -> bool:
    """Whether `mac` is the MAC of these: to be asked before anything is sealed or signed for `pub`."""
    return hmac.compare_digest(mac, enrol_mac(mac_key, instance, staff_id, role, pub))


def make_secret() -> bytes:
    """A fresh staff or invite secret (16 bytes)."""
    return secrets.token_bytes(SECRET)


def secret_words(secret: bytes, number: int = 1) -> tuple[str, ...]:
    """A secret as twelve words of list `number`: its 128 bits, then 4 of its checksum, 11 a word."""
    whole = int.from_bytes(secret, "big") << _CHECK_BITS | _checksum(secret)
    shifts = range((SECRET_WORDS - 1) * BITS, -1, -BITS)
    return tuple(word_list(number)[whole >> shift & (WORDS - 1)] for shift in shifts)


def read_secret(text: str) -> bytes:
    """The secret (16 bytes) in twelve typed words, in any list, typed as freely as a return code.

    WireError("malformed") where it is none; the checksum finds 15 of 16 slips that are words themselves.
    """
    words = typed_words(text)
    for number in LISTS:
        indices = find(number, words) if len(words) == SECRET_WORDS else None
        if indices is None:
            continue
        whole = sum(index << at * BITS for at, index in enumerate(reversed(indices)))
        secret = (whole >> _CHECK_BITS).to_bytes(SECRET, "big")
        if whole & ((1 << _CHECK_BITS) - 1) == _checksum(secret):
            return secret
    raise WireError("malformed")


def key_file(secret: bytes) -> str:
    """The text of a key file: what it is and its version on one line, the twelve words on the next."""
    return f"{_KEY_FILE}\n{' '.join(secret_words(secret))}\n"


def read_key_file(text: str) -> bytes:
    """The secret in a key file. WireError("malformed") for anything else."""
    if len(text) > _MAX_KEY_FILE:
        raise WireError("malformed")
    title, _, words = text.strip().partition("\n")
    if title.strip() != _KEY_FILE:
        raise WireError("malformed")
    return read_secret(words)


def _checksum(secret: bytes) -> int:
    return hashlib.sha256(ctx("secret-words", secret)).digest()[0] >> (8 - _CHECK_BITS)
