"""Offers and passes: their SQL, and what matching reads of the line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, false, or_, select, true, update

from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.queue.rules import Offer
from app.conversations.queue.store import Listed, can_be_met, comes_behind, place_of, speaks, turn
from app.conversations.rooms.rules import State
from app.conversations.tables import offers, passes, peer_epochs, rooms, tickets
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once

PAGE = 50
"""Tickets read at once when somebody is free: nearly always more than enough for all who are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer and who it is about."""

    offer: Offer
    listed: Listed


async def one_at_a_time(tx: WriteTx[Conversations]) -> None:
    """Let nobody else match until this transaction ends; claims go on."""
    if tx.connection.dialect.name == "postgresql":
        await tx.connection.exec_driver_sql("LOCK TABLE offers IN SHARE ROW EXCLUSIVE MODE")


async def line(
    tx: ReadTx[Conversations], languages: Collection[str], now: int, behind: Listed | None
) -> list[Listed]:
    """Who waits in these languages and can be met, in turn: the first PAGE behind this one, or of all."""
    rows = await tx.connection.execute(
        _waiting(now)
        .where(or_(false(), *map(speaks, sorted(languages))))
        .where(true() if behind is None else comes_behind(behind, now))
        .order_by(*turn(now))
        .limit(PAGE)
    )
    return [Listed(RoomId(row.room), place_of(row)) for row in rows]


async def still_waiting(tx: ReadTx[Conversations], these: Collection[RoomId], now: int) -> list[Listed]:
    """Those of these rooms that wait and can be met."""
    if not these:
        return []
    rows = await tx.connection.execute(_waiting(now).where(tickets.c.room.in_(these)))
    return [Listed(RoomId(row.room), place_of(row)) for row in rows]


def _waiting(now: int) -> Select[Any]:
    return (
        select(tickets)
        .join(rooms, rooms.c.id == tickets.c.room)
        .where(rooms.c.state == State.WAITING.value, can_be_met(now))
    )


async def epochs(tx: ReadTx[Conversations], kids: Collection[Kid]) -> dict[Kid, set[int]]:
    """Which epochs of the peer team's key each of these peers holds."""
    held: dict[Kid, set[int]] = {}
    if not kids:
        return held
    for row in await tx.connection.execute(
        select(peer_epochs.c.kid, peer_epochs.c.epoch).where(peer_epochs.c.kid.in_(kids))
    ):
        held.setdefault(Kid(row.kid), set()).add(row.epoch)
    return held


async def standing(tx: ReadTx[Conversations]) -> list[Offer]:
    """All offers there are."""
    return [_offer(row) for row in await tx.connection.execute(select(offers).order_by(offers.c.room))]


async def shown(tx: ReadTx[Conversations], kids: Sequence[Kid]) -> dict[Kid, Shown]:
    """What each of these peers is offered, where the room still waits."""
    if not kids:
        return {}
    rows = await tx.connection.execute(
        select(tickets, offers.c.kid, offers.c.deadline)
        .join(offers, offers.c.room == tickets.c.room)
        .join(rooms, rooms.c.id == tickets.c.room)
        .where(offers.c.kid.in_(kids), rooms.c.state == State.WAITING.value)
    )
    return {Kid(row.kid): Shown(_offer(row), Listed(RoomId(row.room), place_of(row))) for row in rows}


async def passed(tx: ReadTx[Conversations], kids: Collection[Kid], now: int) -> dict[tuple[RoomId, Kid], int]:
    """Whom not to offer to these peers, and until when."""
    rows = await tx.connection.execute(select(passes).where(passes.c.kid.in_(kids), passes.c.until > now))
    return {(RoomId(row.room), Kid(row.kid)): row.until for row in rows}


async def offer(tx: WriteTx[Conversations], made: Offer) -> None:
    """Show somebody to a peer."""
    await insert_once(tx, offers, {"room": made.room, "kid": made.kid, "deadline": made.deadline})


async def start_anew(tx: WriteTx[Conversations], room: RoomId, deadline: int) -> None:
    """Another minute for an offer whose end nobody saw."""
    await tx.connection.execute(update(offers).where(offers.c.room == room).values(deadline=deadline))


async def end(tx: WriteTx[Conversations], room: RoomId) -> None:
    """Nobody is offered this room any more."""
    await tx.connection.execute(delete(offers).where(offers.c.room == room))


async def end_of_peers(tx: WriteTx[Conversations], kids: Sequence[Kid]) -> bool:
    """Nobody is offered to these peers any more; whether somebody was."""
    done = await tx.connection.execute(delete(offers).where(offers.c.kid.in_(kids)))
    return done.rowcount > 0


async def claimed(tx: WriteTx[Conversations], room: RoomId, kid: Kid) -> None:
    """This peer has taken this room: offers of it, and to them, are over."""
    await tx.connection.execute(delete(offers).where(or_(offers.c.room == room, offers.c.kid == kid)))


async def take_back(tx: WriteTx[Conversations], room: RoomId, kid: Kid) -> bool:
    """End this offer; whether it was there."""
    done = await tx.connection.execute(delete(offers).where(offers.c.room == room, offers.c.kid == kid))
    return done.rowcount == 1


async def pass_over(tx: WriteTx[Conversations], room: RoomId, kid: Kid, until: int) -> None:
    """Do not offer this room to this peer for a while."""
    if not await insert_once(tx, passes, {"room": room, "kid": kid, "until": until}):
        await tx.connection.execute(
            update(passes).where(passes.c.room == room, passes.c.kid == kid).values(until=until)
        )


async def has_passed(tx: ReadTx[Conversations], room: RoomId, kid: Kid) -> bool:
    """Whether this peer passed, or let the time run out, a moment ago."""
    found = await tx.connection.execute(
        select(passes.c.until).where(passes.c.room == room, passes.c.kid == kid)
    )
    return found.one_or_none() is not None


async def forget(tx: WriteTx[Conversations], kids: Sequence[Kid]) -> None:
    """No offer to these keys and no pass of theirs stays."""
    for table in (offers, passes):
        await tx.connection.execute(delete(table).where(table.c.kid.in_(kids)))


def _offer(row: Any) -> Offer:
    return Offer(RoomId(row.room), Kid(row.kid), row.deadline)
