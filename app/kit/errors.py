"""The root of every refusal that a caller may see.

Refusal                      code + HTTP status, rendered by one handler in app/web/errors.py
├── Malformed        400     the bytes or the JSON are not of the documented form
├── Unavailable      503     a store did not answer; nothing was half-written
└── …                        each house draws its own tree in its errors.py
"""

from typing import ClassVar


class NotReady(Exception):
    """A server cannot start; the text says what to do, and holds no secret."""


class Refusal(Exception):
    """A documented answer to a request that is not carried out.

    `code` is one of docs/protocol.md, 16; `status` its HTTP status. The text never holds
    anything from the request.
    """

    code: ClassVar[str]
    status: ClassVar[int]

    def __init__(self) -> None:
        super().__init__(self.code)


class Malformed(Refusal):
    """The request is not of the documented form."""

    code = "malformed"
    status = 400


class Unavailable(Refusal):
    """A store is locked, full or away: try again; nothing was acknowledged."""

    code = "unavailable"
    status = 503
