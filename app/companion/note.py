"""A peer's private notes on rooms: nobody else opens them (docs/protocol.md, 4)."""

from app.companion.answers import Answer, Sealed
from app.companion.block import pad, unpad
from app.companion.box import box_open, box_seal
from app.companion.staff_session import StaffSession
from app.wire.encoding import u32
from app.wire.errors import WireError
from app.wire.ids import RoomId
from app.wire.sizes import BOX_OVERHEAD, NOTE_BOX

_LABEL = "note"


def seal_note(note_key: bytes, room: RoomId, version: int, text: str, salt: bytes | None = None) -> bytes:
    """The box (4177 bytes) of a note, as version `version`; `salt` is fresh where None, only tests give one.

    WireError: `too_long` above 4092 bytes of UTF-8, `malformed` for text that has no UTF-8 form.
    """
    try:
        block = pad(text.encode(), NOTE_BOX - BOX_OVERHEAD)
    except UnicodeEncodeError:
        raise WireError("malformed") from None
    return box_seal(note_key, _LABEL, room + u32(version), block, salt)


def open_note(note_key: bytes, room: RoomId, version: int, blob: bytes) -> str:
    """The words in a box. WireError: `box_format`, `box_key` (or another room), `aead`, `malformed`."""
    try:
        return unpad(box_open(note_key, _LABEL, room + u32(version), blob), "malformed").decode()
    except UnicodeDecodeError:
        raise WireError("malformed") from None


class Notes:
    """One signed-in peer's notes on the rooms where they sit. ApiError("unknown") for any other room."""

    def __init__(self, session: StaffSession) -> None:
        self._session = session
        self._versions: dict[RoomId, int] = {}

    async def load(self, room: RoomId) -> str:
        """The note as it was saved last, empty where there is none. ApiError, WireError."""
        found = await self._session.post("notes/get", {"room": room}, Sealed)
        self._versions[room] = found.version
        if found.blob is None:
            return ""
        return open_note(self._session.keyring.note_key, room, found.version, found.blob)

    async def save(self, room: RoomId, text: str) -> None:
        """Put words in place of those before.

        ApiError("v_conflict") where another page saved since `load`. WireError("too_long").
        """
        version = self._versions.get(room, 0) + 1
        blob = seal_note(self._session.keyring.note_key, room, version, text)
        await self._session.post("notes/put", {"room": room, "version": version, "blob": blob}, Answer)
        self._versions[room] = version
