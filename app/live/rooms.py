"""What the hub reads of rooms: one look at one of them, or the marks of many."""

from collections.abc import Sequence

from app.conversations.admission.callers import Caller, Knocking
from app.conversations.ids import Conversations
from app.conversations.messages.store import newest, page
from app.conversations.rooms import marks, service
from app.conversations.rooms.marks import Mark
from app.conversations.rooms.service import RoomView
from app.kit.clock import Clock
from app.kit.database import Database, Look
from app.kit.errors import Refusal
from app.wire.frames import Item
from app.wire.ids import RoomId


class RoomReader:
    """Implements `live.hub.Rooms` on the store."""

    def __init__(self, database: Database[Conversations], clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def look(
        self, callers: Sequence[Caller | Knocking], room: RoomId, after: int
    ) -> tuple[list[RoomView | Refusal], list[Item], int]:
        now = int(self._clock.now())
        async with self._database.look() as at:
            views = [await _view(at, caller, room, now) for caller in callers]
            shown = next((view for view in views if isinstance(view, RoomView) and view.is_shown), None)
            last = await newest(at, room) if shown is None else shown.seq
            items = await page(at, room, after) if last > after else []
        return views, items, last

    async def newest(self, rooms: Sequence[RoomId]) -> dict[RoomId, int]:
        async with self._database.look() as at:
            return await marks.newest(at, rooms)

    async def marks(self, rooms: Sequence[RoomId]) -> dict[RoomId, Mark]:
        async with self._database.look() as at:
            return await marks.marks(at, rooms, int(self._clock.now()))


async def _view(
    at: Look[Conversations], caller: Caller | Knocking, room: RoomId, now: int
) -> RoomView | Refusal:
    try:
        return await service.enter(at, caller, room, now)
    except Refusal as refusal:
        return refusal
