"""A served and founded service, once for all tests of this folder."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, suppress

import pytest

from app.companion.api import Api, ApiError
from app.companion.client import Client
from app.companion.code import read_code
from app.companion.demo.cast import make_cast
from app.companion.peer import Peer
from tests.integration.companion.people import Place
from tests.integration.companion.served import Served


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A service with its cast."""
    served = Served(tmp_path_factory.mktemp("service") / "data")
    served.data.mkdir()
    served.start()
    try:
        cards = asyncio.run(make_cast(served.url, served.setup_code))
        yield Place(served.url, {card.alias: card for card in cards})
    finally:
        served.stop()


class Company:
    """Opens clients and peers, and lets them leave at the end of the test."""

    def __init__(self, place: Place, stack: AsyncExitStack) -> None:
        self._place = place
        self._stack = stack

    async def api(self) -> Api:
        return await self._stack.enter_async_context(Api(self._place.url))

    async def client(self) -> Client:
        client = await self._stack.enter_async_context(await Client.make(await self.api()))
        self._stack.push_async_callback(self._tidy, client)
        return client

    async def back(self, words: str) -> Client:
        client = await Client.come_back(await self.api(), read_code(words))
        return await self._stack.enter_async_context(client)

    async def _tidy(self, client: Client) -> None:
        """Remove the talk, so that the peers have room for the next test's."""
        with suppress(ApiError):
            await client.delete()

    async def peer(self, alias: str) -> Peer:
        session = await self._place.sign_in(alias, await self.api())
        return await self._stack.enter_async_context(Peer(session))


@pytest.fixture
async def company(place: Place) -> AsyncIterator[Company]:
    async with AsyncExitStack() as stack:
        yield Company(place, stack)
