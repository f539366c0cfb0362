"""Whether the store holds together: what a crash, a bad disk or somebody with the files left in it.

It counts by kind and names nobody: a line of an operator's terminal is no place for the id of a room.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
)

from app.conversations.ids import CLIENT_SEAT, Conversations, Kid, RoomId, SeatId, seat_id
from app.conversations.rooms.rules import State
from app.conversations.rooms.store import SEAT_PEER, TEAM_PEER
from app.conversations.rooms.tips import COUNT_BYTES, counted
from app.conversations.tables import (
    asks,
    directories,
    evidence,
    evidence_seats,
    flag_notes,
    flags,
    house,
    lines,
    meetings,
    messages,
    metadata,
    notes,
    offers,
    passes,
    proposals,
    rooms,
    seals,
    seats,
    tickets,
)
from app.kit.database import ReadTx
from app.kit.lengths import wrong_lengths
from app.kit.paging import pages
from app.wire.sizes import (
    COM,
    CT_SIZES,
    FLAG_NOTE_SEALS,
    FLAG_SEALS,
    HASH,
    HEAD,
    ID,
    NOTE_BOX,
    SEAL,
    SHOWN_SEALS,
    WRAP,
)
from app.wire.transcript import chain_next, chain_start, header

LENGTHS: Final[Mapping[str, Collection[int]]] = {
    **{
        f"{table.name}.{column.name}": {ID}
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in ("room", "seat", "kid", "by_kid", "to_kid", "team_kid", "flag")
    },
    "rooms.id": {ID},
    # A deleted room whose week is over has no hash.
    "rooms.secret_hash": {0, HASH},
    "rooms.wrap": {WRAP},
    "seals.sealed": {SEAL},
    "tickets.back": {ID},
    "messages.com": {COM},
    "messages.ct": CT_SIZES,
    "messages.head": {HEAD},
    "messages.counts": {n * COUNT_BYTES for n in range(1, 100)},
    "flags.id": {ID},
    "flags.lease_kid": {ID},
    "flags.note": FLAG_NOTE_SEALS,
    "flags.sealed": FLAG_SEALS,
    "flags.more_kid": {ID},
    "flags.more_sealed": FLAG_SEALS,
    "flags.kept_for": {ID},
    "flag_notes.sealed": FLAG_NOTE_SEALS,
    "proposals.subject": {ID},
    "proposals.shown": SHOWN_SEALS,
    "evidence.com": {COM},
    "trail.head": {HASH},
    "notes.blob": {NOTE_BOX},
    "lines.id": {ID},
    "lines.sealed": FLAG_SEALS,
    "pauses.id": {ID},
    "pauses.second_kid": {ID},
    "pauses.appeal_to": {ID},
    "pauses.appeal_sealed": FLAG_NOTE_SEALS,
    "samples.id": {ID},
    "spent_salts.salt": {ID},
    "house.store": {ID},
}
"""The lengths of each column of bytes (docs/protocol.md, 18.5); signed directories have any."""

OF_A_ROOM: Final = (seats, seals, meetings, tickets, offers, passes, messages, notes, asks, lines)
"""Tables whose rows end before their room does. Flags and evidence may outlive it."""

IN_LINE: Final = (State.WAITING.value, State.MEETING.value)
UNHEARD: Final = (State.RESTING.value, State.CLOSED.value, State.DELETED.value)
"""States in which nobody of the staff sits in a room."""


async def faults(tx: ReadTx[Conversations]) -> Counter[str]:
    """What is not as this program writes it: by kind, how many. Reads every row, page by page."""
    return await tx.connection.run_sync(_faults)


def _faults(connection: Connection) -> Counter[str]:
    found: Counter[str] = Counter()
    for column, count in wrong_lengths(connection, metadata, LENGTHS):
        found[f"values of a wrong length in {column}"] += count
    kinds, question = _question()
    found.update(dict(zip(kinds, connection.execute(question).one(), strict=True)))
    found["rows too many or too few in house"] += connection.execute(
        select(func.abs(func.count() - 1)).select_from(house)
    ).scalar_one()
    found["flagged rooms whose evidence has a gap"] += _gaps_in_evidence(connection)
    found["rows of evidence that are not as the message is"] += _altered_evidence(connection)
    for page in pages(connection, select(rooms), [rooms.c.id]):
        found.update(_of_rooms(connection, page))
    return +found


@cache
def _question() -> tuple[tuple[str, ...], Select[*tuple[Any, ...]]]:
    """The names of the conditions below, and how many rows are wrong by each, in one statement."""
    counts = {
        kind: select(func.count()).select_from(table).where(condition).scalar_subquery()
        for kind, table, condition in _conditions()
    }
    return tuple(counts), select(*counts.values())


def _conditions() -> Iterator[tuple[str, Table, ColumnElement[bool]]]:
    """Each kind that one question to the store finds: its name, its table, and which rows are wrong."""
    for table in OF_A_ROOM:
        yield f"rows of {table.name} without a room", table, not_(_has(rooms, rooms.c.id == table.c.room))
    for table in (flag_notes, proposals):
        yield f"rows of {table.name} without a flag", table, not_(_has(flags, flags.c.id == table.c.flag))
    for table in (evidence, evidence_seats):
        yield f"rows of {table.name} without a flag", table, not_(_has(flags, flags.c.room == table.c.room))

    yield "tickets of rooms that are not in line", tickets, _room_is(tickets, not_(_in_line()))
    yield "rooms in line without a ticket", rooms, and_(_in_line(), not_(_has(tickets, _of(tickets))))
    yield "meetings of rooms that are in none", meetings, _room_is(meetings, rooms.c.state != "meeting")
    yield (
        "rooms in a meeting that nobody has",
        rooms,
        and_(rooms.c.state == "meeting", not_(_has(meetings, _of(meetings)))),
    )
    yield "offers of rooms that do not wait", offers, _room_is(offers, rooms.c.state != "waiting")
    yield "rooms in no known state", rooms, rooms.c.state.not_in([state.value for state in State])

    yield "seals of another key epoch than their room", seals, _room_is(seals, rooms.c.ke != seals.c.ke)
    yield (
        "seals to the team of rooms that are not in line",
        seals,
        and_(seals.c.purpose == TEAM_PEER, _room_is(seals, not_(_in_line()))),
    )
    yield "seals to somebody who does not sit there", seals, and_(seals.c.purpose == SEAT_PEER, not_(_sits()))
    yield "seals for no known purpose", seals, seals.c.purpose.not_in([TEAM_PEER, SEAT_PEER])
    yield (
        "open seats of staff in rooms where nobody sits",
        seats,
        and_(seats.c.open, seats.c.kid.is_not(None), _room_is(seats, rooms.c.state.in_(UNHEARD))),
    )

    deleted = rooms.c.state == State.DELETED.value
    yield "deleted rooms that can still be opened", rooms, and_(deleted, rooms.c.wrap.is_not(None))
    yield "rooms that nobody can open", rooms, and_(not_(deleted), rooms.c.wrap.is_(None))
    yield (
        "words left in deleted rooms",
        messages,
        and_(messages.c.ct.is_not(None), _room_is(messages, deleted)),
    )
    yield "lines left of deleted rooms", lines, _room_is(lines, deleted)

    yield (
        "flags without the seat that flagged",
        flags,
        not_(
            _has(evidence_seats, evidence_seats.c.room == flags.c.room, evidence_seats.c.seat == flags.c.seat)
        ),
    )
    yield (
        "rows of evidence from nobody's seat",
        evidence,
        not_(
            _has(
                evidence_seats,
                evidence_seats.c.room == evidence.c.room,
                evidence_seats.c.seat == evidence.c.seat,
            )
        ),
    )
    yield (
        "flags that are decided and under review",
        flags,
        and_(flags.c.decided_day.is_not(None), flags.c.lease_kid.is_not(None)),
    )
    newest = select(func.max(directories.c.serial)).correlate(None).scalar_subquery()
    yield (
        "directories that are in force beside the newest",
        directories,
        and_(directories.c.replaced_day.is_(None), directories.c.serial != newest),
    )


def _has(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).select_from(table)


def _of(table: Table) -> ColumnElement[bool]:
    return table.c.room == rooms.c.id


def _room_is(table: Table, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return _has(rooms, rooms.c.id == table.c.room, condition)


def _in_line() -> ColumnElement[bool]:
    return rooms.c.state.in_(IN_LINE)


def _sits() -> ColumnElement[bool]:
    return _has(seats, seats.c.room == seals.c.room, seats.c.kid == seals.c.kid, seats.c.open)


def _gaps_in_evidence(connection: Connection) -> int:
    gaps = (
        select(evidence.c.room)
        .group_by(evidence.c.room)
        .having(or_(func.min(evidence.c.seq) != 1, func.max(evidence.c.seq) != func.count()))
    )
    return connection.execute(select(func.count()).select_from(gaps.subquery())).scalar_one()


def _altered_evidence(connection: Connection) -> int:
    same = [messages.c[name] == evidence.c[name] for name in ("seat", "ke", "n", "com")]
    query = (
        select(func.count())
        .select_from(evidence)
        .join(messages, and_(messages.c.room == evidence.c.room, messages.c.seq == evidence.c.seq))
        .where(not_(and_(*same)))
    )
    return connection.execute(query).scalar_one()


@dataclass(slots=True)
class _Walk:
    """A room as its messages lead through it, from the first on."""

    room: Row[Any]
    head: bytes
    seq: int = 0
    ke: int = 1
    counts: dict[SeatId, int] = field(default_factory=dict)
    has_gap: bool = False
    has_odd_count: bool = False
    has_odd_epoch: bool = False
    has_odd_head: bool = False
    tells: bool = True

    @classmethod
    def of(cls, room: Row[Any]) -> "_Walk":
        return cls(room, chain_start(RoomId(room.id)))

    def take(self, said: Row[Any]) -> None:
        """One message further."""
        self.has_gap |= said.seq != self.seq + 1
        self.seq = said.seq
        self.has_odd_epoch |= not self.ke <= said.ke <= self.room.ke
        self.ke = said.ke
        seat = SeatId(said.seat)
        self.has_odd_count |= said.n != self.counts.get(seat, 0) + 1
        self.counts[seat] = said.n
        if not self.has_gap:
            self.head = chain_next(self.head, said.seq, header(self.room.id, said.ke, seat, said.n), said.com)
        # Messages from before revision 0008 do not tell what the room had come to, but for the last.
        self.tells = said.head is not None
        if self.tells:
            self.has_odd_head |= said.head != self.head
            self.has_odd_count |= counted(said.counts) != self.counts

    def faults(self, sitting: Mapping[SeatId, Row[Any]]) -> Iterator[str]:
        """What is wrong with the room at its end, given its seats."""
        if not self.room.secret_hash:
            if self.room.state != State.DELETED.value or self.seq or sitting:
                yield "rooms that are half gone"
            return
        if self.has_gap:
            yield "rooms whose messages have a gap"
        elif self.has_odd_head or not self.tells:
            yield "rooms whose messages do not lead to the stored head"
        if self.has_odd_count:
            yield "rooms in which a sender's count has a gap"
        if self.has_odd_epoch:
            yield "rooms with a message of a key epoch that was not in force"
        if not sitting.keys() >= {CLIENT_SEAT, *self.counts}:
            yield "rooms that lack a seat"
        if any(seat != _seat_of(row) for seat, row in sitting.items()):
            yield "rooms with a seat that is not its owner's"


def _seat_of(row: Row[Any]) -> SeatId:
    return CLIENT_SEAT if row.kid is None else seat_id(RoomId(row.room), Kid(row.kid))


def _of_rooms(connection: Connection, page: Sequence[Row[Any]]) -> Iterator[str]:
    """The faults of some rooms that follow each other, read with all their messages."""
    walks = {room.id: _Walk.of(room) for room in page}
    sitting: dict[bytes, dict[SeatId, Row[Any]]] = {room.id: {} for room in page}
    for row in connection.execute(select(seats).where(seats.c.room.in_(list(walks)))):
        sitting[row.room][SeatId(row.seat)] = row
    columns = ("room", "seq", "seat", "ke", "n", "com", "head", "counts")
    headers = select(*(messages.c[name] for name in columns)).where(
        messages.c.room.between(page[0].id, page[-1].id)
    )
    for some in pages(connection, headers, [messages.c.room, messages.c.seq]):
        for said in some:
            if said.room in walks:
                walks[said.room].take(said)
    for id_, walk in walks.items():
        yield from walk.faults(sitting[id_])
