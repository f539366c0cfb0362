"""The demo's client: waits, answers at human pace when a peer says hello, and later comes again."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle

from app.companion import body
from app.companion.api import Api, ApiError
from app.companion.client import Client
from app.companion.demo.story import EVENINGS, TURNS, Evening, reply, typing_time
from app.companion.events import Met, Moved, Said
from app.companion.live import Sleep
from app.companion.returning import OVER
from app.companion.ticket import Ticket
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, Kid

PATIENCE = 900.0
"""Seconds without a word after which the visitor goes home."""
BETWEEN = (15.0, 40.0)
"""Seconds between two visits."""


class Visitor:
    """One evening after another, each a new person as far as the service can tell."""

    def __init__(
        self, url: str, *, sleep: Sleep = asyncio.sleep, chance: Callable[[], float] = random.random
    ) -> None:
        self._url = url
        self._sleep = sleep
        self._chance = chance

    async def run(self) -> None:
        """Visit again and again until cancelled."""
        for evening in cycle(EVENINGS):
            with suppress(ApiError, WireError):  # the service is away or full: try again later, like anyone
                await self.visit(evening)
            shortest, longest = BETWEEN
            await self._sleep(shortest + (longest - shortest) * self._chance())

    async def visit(self, evening: Evening) -> None:
        """Open a room, wait, talk, and end it."""
        async with Api(self._url) as api, await Client.make(api) as client:
            await client.open(Ticket(language=evening.language), body.text(evening.opening))
            await client.say_here(body.pace(evening.pace))
            await self._until_over(client, evening)

    async def _until_over(self, client: Client, evening: Evening) -> None:
        turn, heard = 0, ""
        talking = False
        while True:
            try:
                # After the peer's last words a moment passes, in case they go on.
                async with asyncio.timeout(2.0 if heard else PATIENCE if talking else None):
                    event = await client.next_event()
            except TimeoutError:
                if not heard:
                    return await self._go(client, "i have to go. maybe another time")
                await self._say(client, reply(evening, turn, heard))
                turn, heard = turn + 1, ""
                if turn >= TURNS:
                    return await self._go(client, evening.goodbye)
                continue
            match event:
                case Met(member=member):
                    await self._accept(client, member.kid)
                case Moved(state="talking"):
                    talking = True
                case Moved(state=state) if state in OVER or (talking and state == "resting"):
                    return None
                case Said(received=received) if received.seat != CLIENT_SEAT and received.body:
                    heard = f"{heard} {received.body.fields.get('x', 'hello')}".strip()
                case _:
                    pass

    async def _accept(self, client: Client, kid: Kid) -> None:
        await self._sleep(2.0 + 2.0 * self._chance())
        await client.answer(kid, accept=True)

    async def _say(self, client: Client, lines: list[str]) -> None:
        for line in lines:
            await self._sleep(typing_time(line, self._chance()))
            await client.say_here(body.text(line))

    async def _go(self, client: Client, goodbye: str) -> None:
        await self._say(client, [goodbye])
        await client.say_here(body.bye())
        await client.flush(10)
        await client.rest()
