"""A flag that was opened and checked, by whoever may read it (docs/protocol.md, 11)."""

from collections.abc import Collection
from dataclasses import dataclass

from app.companion.answers import Category, FlagNote, FlagRead, SecondState, State
from app.companion.evidence import Evidence, Gap, Shown
from app.companion.flag import MOST_NOTE, Flag
from app.companion.keys import StaffKey
from app.companion.seals import open_flag, open_flag_note
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, FlagId, Kid, RoomId, SeatId

MOST_LINE = 500
"""Characters of a line about a flag."""


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A line of a colleague; `words` are None where it lies under a key that this person does not hold."""

    by: Kid
    words: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """What was flagged, checked. `day` counts from 1970; `sat`: whose seats there were, as the server says.

    `words`: all that was disclosed, also later; `number`: of the next line on it.
    """

    flag: FlagId
    category: Category
    day: int
    place: RoomId
    reporter: SeatId
    words: Flag
    items: tuple[Shown | Gap, ...]
    room: State
    sat: tuple[Kid, ...]
    lines: tuple[Line, ...]
    number: int
    second: SecondState | None

    @property
    def from_client(self) -> bool:
        return self.reporter == CLIENT_SEAT

    @property
    def reason(self) -> str:
        return self.words.reason

    @property
    def note(self) -> str:
        return self.words.note

    @property
    def holds(self) -> bool:
        """Whether all that was shown was said as shown: only then may somebody be acted against."""
        return all(item.proof == "ok" for item in self.items if isinstance(item, Shown))

    def __repr__(self) -> str:
        return f"<Case {self.category} {len(self.items)} items>"


def open_case(keys: Collection[StaffKey], flag: FlagId, found: FlagRead) -> Case:
    """The case in an answer of the server, opened with one's own keys.

    WireError: `unknown` for another flag than the one asked for, `unknown_epoch` where it is sealed to a key
    that is not among these, `aead`, `flag_format`.
    """
    if found.flag != flag:
        raise WireError("unknown")
    room, reporter = RoomId(found.room), SeatId(found.reporter)
    content = open_flag(key_of(keys, found.kid), flag, room, reporter, found.sealed)
    words = Flag.read(content, whole=True)
    if found.more is not None and found.more_kid is not None:
        later = open_flag(key_of(keys, found.more_kid), flag, room, reporter, found.more)
        words = words.with_more(Flag.read(later))
    return Case(
        flag=flag,
        category=found.category,
        day=found.day,
        place=room,
        reporter=reporter,
        words=words,
        items=Evidence(room, found.rows, found.seats).check(words.items),
        room=found.state,
        sat=tuple(Kid(seat.kid) for seat in found.seats if seat.kid is not None),
        lines=tuple(_line(keys, flag, note) for note in found.notes),
        number=found.note,
        second=found.second,
    )


def key_of(keys: Collection[StaffKey], kid: bytes) -> StaffKey:
    """The key with this id. WireError("unknown_epoch")."""
    for key in keys:
        if key.kid == kid:
            return key
    raise WireError("unknown_epoch")


def read_line(key: StaffKey, flag: FlagId, number: int, sealed: bytes) -> str:
    """The words of a line. WireError: `aead`, `flag_format`."""
    words = open_flag_note(key, flag, number, sealed).get("line")
    if not isinstance(words, str) or len(words) > MOST_NOTE:
        raise WireError("flag_format")
    return words


def _line(keys: Collection[StaffKey], flag: FlagId, note: FlagNote) -> Line:
    try:
        words = read_line(key_of(keys, note.kid), flag, note.n, note.sealed)
    except WireError:
        words = None
    return Line(Kid(note.by), words)
