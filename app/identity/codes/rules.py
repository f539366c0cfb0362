"""Which code counts: pure decisions (docs/protocol.md, 6; RFC 6238)."""

import hmac
from base64 import b32encode
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

import pyotp
import segno

from app.identity.ids import StaffId

SECRET: Final = 20
"""Bytes of what makes the codes: as long as the hash below them, as RFC 4226 has it."""

STEP: Final = 30
"""Seconds for which a code is the present one."""

MOST_WRONG: Final = 5
"""Codes that may be refused within `SPAN`; after that even a right one is."""

SPAN: Final = 15 * 60

ISSUER: Final = "Beside"
"""Under which name an authenticator app keeps it."""


class Tried(Enum):
    """What came of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    """Not the code, or one that was used, or too old."""
    TOO_OFTEN = "too-often"


@dataclass(frozen=True, slots=True)
class Factor:
    """What makes somebody's codes. `step` is that of the last one used, `wrong` counts since `wrong_from`."""

    staff: StaffId = field(repr=False)
    secret: bytes = field(repr=False)
    confirmed: bool = False
    step: int = 0
    wrong: int = 0
    wrong_from: int = 0


def tried(factor: Factor, code: str, now: int) -> tuple[Tried, Factor]:
    """What comes of a code at `now` (unix seconds), and the factor after it.

    A phone's clock may be one step off. A code counts once, and so do all before it.
    """
    since = factor if now - factor.wrong_from < SPAN else replace(factor, wrong=0, wrong_from=now)
    if since.wrong >= MOST_WRONG:
        return Tried.TOO_OFTEN, since
    made = pyotp.HOTP(text_of(factor.secret))
    present = now // STEP
    for step in (present - 1, present, present + 1):
        if step > factor.step and hmac.compare_digest(made.at(step), code):
            return Tried.RIGHT, replace(factor, step=step, wrong=0)
    return Tried.WRONG, replace(since, wrong=since.wrong + 1)


def text_of(secret: bytes) -> str:
    """The secret as people type it into an app, in base32."""
    return b32encode(secret).decode("ascii")


def uri_of(secret: bytes, alias: str) -> str:
    """The secret as an app reads it."""
    return pyotp.TOTP(text_of(secret)).provisioning_uri(name=alias or ISSUER, issuer_name=ISSUER)


def picture_of(uri: str) -> list[str]:
    """The same as a square of dark (1) and light (0), row by row, without a rim (ISO/IEC 18004)."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make_qr(uri, error="m").matrix]
