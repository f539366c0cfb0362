"""Finding a talk by its code: month by month, in questions that all look alike (docs/protocol.md, 3)."""

from dataclasses import dataclass

from app.companion.answers import Slots
from app.companion.api import Api
from app.companion.code import SLOTS, Slot, slot
from app.companion.seals import open_wrap
from app.companion.trust import server_time
from app.wire.months import month_of

PROBES = 14
"""Months that a talk may be found in: it lives twelve, and clocks and month ends need one on each side."""
OVER = ("closed", "deleted")


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """A talk's slot and its keys by epoch."""

    place: Slot
    keys: dict[int, bytes]

    def __repr__(self) -> str:
        return "<Found>"


async def find_talk(api: Api, root: bytes) -> Found | None:
    """The newest talk of the month nearest to now that has one, an open talk before a closed one.

    Later months are asked first, and no further than the first that has a talk. None where no month has.
    """
    newest = month_of(await server_time(api)) + 1
    for month in range(newest, newest - PROBES, -1):
        places = [slot(root, month, k) for k in range(SLOTS)]
        pairs = [{"room": place.room, "secret": place.secret} for place in places]
        slots = (await api.post("rooms/probe", {"month": pairs}, Slots)).slots
        hits = [
            (found.state not in OVER, k, place, found.ke, found.wrap)
            for k, (place, found) in enumerate(zip(places, slots, strict=False))
            if found.ke is not None and found.wrap is not None
        ]
        if hits:
            _, _, place, ke, wrap = max(hits, key=lambda hit: hit[:2])
            return Found(place, open_wrap(place.wrap_key, place.room, ke, wrap))
    return None
