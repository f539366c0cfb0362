"""What the hub reads of a room, in one transaction: views and items that belong together."""

from collections.abc import Sequence

from app.conversations.admission.callers import Caller
from app.conversations.ids import Conversations
from app.conversations.messages.store import newest_of, page
from app.conversations.rooms import service
from app.conversations.rooms.service import RoomView
from app.kit.clock import Clock
from app.kit.database import Database, ReadTx
from app.kit.errors import Refusal
from app.wire.frames import Item
from app.wire.ids import RoomId


class RoomReader:
    """Implements `live.hub.Rooms` on the store."""

    def __init__(self, database: Database[Conversations], clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def look(
        self, callers: Sequence[Caller], room: RoomId, after: int
    ) -> tuple[list[RoomView | Refusal], list[Item], int]:
        async with self._database.read() as tx:
            views = [await _view(tx, caller, room, int(self._clock.now())) for caller in callers]
            shown = next((view for view in views if isinstance(view, RoomView) and view.is_shown), None)
            newest = (await newest_of(tx, [room])).get(room, 0) if shown is None else shown.seq
            items = await page(tx, room, after) if newest > after else []
        return views, items, newest

    async def newest(self, rooms: Sequence[RoomId]) -> dict[RoomId, int]:
        async with self._database.read() as tx:
            return await newest_of(tx, rooms)


async def _view(tx: ReadTx[Conversations], caller: Caller, room: RoomId, now: int) -> RoomView | Refusal:
    try:
        return await service.enter(tx, caller, room, now)
    except Refusal as refusal:
        return refusal
