"""What is left of a socket that ended: nothing, at once, without the collector."""

import gc
from collections.abc import Iterator

import pytest
from websockets.server import ServerProtocol

from app.live.frames import CloseCode
from app.live.protocol import LiveProtocol
from app.live.session import STRIKES
from app.live.socket import Socket
from tests.talkers import Town, eventually

KEPT = {LiveProtocol, ServerProtocol, Socket}


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


async def none_is_left() -> bool:
    return not any(type(each) in KEPT for each in gc.get_objects())


@pytest.mark.parametrize("staff", [False, True])
@pytest.mark.usefixtures("no_collector")
async def test_a_socket_that_was_left_is_freed_at_once(place: Town, staff: bool) -> None:
    guest = await place.talking()
    async with place.tab(staff=place.cast.mara if staff else None) as tab:
        await (tab.sit(guest.room) if staff else tab.enter(guest))
        assert not await none_is_left()
    await eventually(none_is_left)


@pytest.mark.usefixtures("no_collector")
async def test_a_socket_that_was_hung_up_is_freed_at_once(place: Town) -> None:
    async with place.tab() as tab:
        for _ in range(STRIKES + 1):
            await tab.say("nothing that exists")
        assert await tab.closed() == CloseCode.MALFORMED
    await eventually(none_is_left)
