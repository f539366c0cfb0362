"""A room and what was said behind a number: for pages without a socket (docs/protocol.md, 12)."""

from dataclasses import dataclass, field

from app.conversations.admission.callers import ClientCaller
from app.conversations.house import House
from app.conversations.messages.store import page
from app.conversations.queue import store
from app.conversations.queue.service import Queue, Wait
from app.conversations.rooms.service import RoomView, enter
from app.conversations.rooms.store import seats_of
from app.wire.frames import Item

FRESH = 15
"""Seconds for which one poll spares the next one a write."""


@dataclass(frozen=True, slots=True)
class History:
    """`more`: there are items behind these."""

    view: RoomView
    items: list[Item] = field(repr=False)
    more: bool
    wait: Wait | None


async def history(house: House, queue: Queue, caller: ClientCaller, after: int) -> History:
    """The room and a page of items behind number `after`. The client counts as here from now."""
    async with house.db.read() as tx:
        view = await enter(tx, caller, caller.room, house.now)
        items = await page(tx, caller.room, after)
        wait = await queue.wait_of(tx, caller.room)
        place = await store.place(tx, caller.room)
        unseen = any(seat.alone_since_n is not None for seat in await seats_of(tx, caller.room))
    if unseen or (place is not None and place.seen_at < house.now - FRESH):
        await queue.seen([caller.room])
    more = bool(items) and items[-1].seq < view.seq
    return History(view, items, more, wait)
