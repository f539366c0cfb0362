"""Lines that break, and places where no socket gets through."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from app.companion import body
from app.companion.api import Api
from app.companion.client import Client
from app.companion.events import Online
from tests.integration.companion.conftest import Company
from tests.integration.companion.people import Place, begin, heard, meet, until
from tests.integration.companion.proxy import Proxy


async def soon(seconds: float) -> None:
    """Waits like people do, only much shorter."""
    await asyncio.sleep(min(seconds, 0.05))


@pytest.fixture
async def proxy(place: Place) -> AsyncIterator[Proxy]:
    async with Proxy.before(urlsplit(place.url).port or 0) as proxy:
        yield proxy


async def test_a_client_without_a_socket_meets_and_talks_all_the_same(company: Company, proxy: Proxy) -> None:
    mara = await company.peer("Mara")
    async with Api(proxy.url) as api, await Client.make(api, sleep=soon) as client:
        await begin(client, "through the proxy")
        room = await meet(client, mara)
        assert not client.line.up
        await heard(mara, "through the proxy")
        await mara.say(room, body.text("i hear you"))
        await heard(client, "i hear you")
        await client.say_here(body.text("good"))
        await heard(mara, "good")
        proxy.sockets = True
        await until(client, Online, lambda _: client.line.up)
        await mara.say(room, body.text("now by socket"))
        await heard(client, "now by socket")
        await client.delete()


async def test_words_said_while_the_line_is_cut_arrive_once(company: Company, proxy: Proxy) -> None:
    proxy.sockets = True
    mara = await company.peer("Mara")
    async with Api(proxy.url) as api, await Client.make(api, sleep=soon) as client:
        await begin(client)
        room = await meet(client, mara)
        for n in range(5):
            await client.say_here(body.text(f"words {n}"))
            proxy.cut()
        for n in range(5):
            await heard(mara, f"words {n}")
        await client.say_here(body.text("the end"))
        await heard(mara, "the end")
        seen = mara.rooms[room].transcript
        assert seen.seq == 8  # hi, the peer's hello, five words, the end
        await client.delete()
