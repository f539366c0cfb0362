"""The cast of the companion's tests, and how a test waits for what happens to them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.companion import body
from app.companion.api import Api
from app.companion.client import Client
from app.companion.demo.cast import Card
from app.companion.events import Event, Joined, Met, Moved, QueueChanged, Said
from app.companion.participant import Participant
from app.companion.peer import Peer
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from app.companion.ticket import Ticket
from app.wire.ids import Kid, RoomId

PATIENCE = 30.0
"""Seconds to wait for something on a busy machine, before a test fails."""

E = TypeVar("E")


@dataclass(frozen=True)
class Place:
    """A founded service and how its staff sign in."""

    url: str
    cards: dict[str, Card]

    async def sign_in(self, alias: str, api: Api) -> StaffSession:
        card = self.cards[alias]
        return await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))


async def until(person: Participant, kind: type[E], which: Callable[[E], bool] = lambda _: True) -> E:
    """The next event of this kind, and what came before it is passed over."""
    seen: list[str] = []
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                event: Event = await person.next_event()
                seen.append(type(event).__name__)
                if isinstance(event, kind) and which(event):
                    return event
    except TimeoutError:
        raise AssertionError(f"no {kind.__name__} came; came: {seen}") from None


async def heard(person: Participant, words: str) -> Said:
    """The message with these words, from the other side or one's own."""
    return await until(
        person,
        Said,
        lambda said: said.received.body is not None and said.received.body.fields.get("x") == words,
    )


async def in_state(person: Participant, state: str) -> None:
    """The room has got there."""
    await until(person, Moved, lambda moved: moved.state == state)


async def waiting_row(peer: Peer, room: RoomId) -> None:
    """The peer is told that this room waits."""
    if not any(row.room == room for row in peer.queue):
        await until(peer, QueueChanged, lambda _: any(row.room == room for row in peer.queue))


async def meet(client: Client, peer: Peer) -> RoomId:
    """The peer claims the client's room, the client says yes, both can talk."""
    room = the_room(client)
    await waiting_row(peer, room)
    await peer.claim(room)
    met = await until(client, Met)
    await client.answer(Kid(met.member.kid), accept=True)
    await until(peer, Joined, lambda joined: joined.room == room)
    await until(client, Said, lambda said: said.received.kind == "hello")
    return room


async def begin(client: Client, words: str = "hi") -> RoomId:
    """Open a room with first words."""
    await client.open(Ticket(), body.text(words))
    return the_room(client)


def the_room(client: Client) -> RoomId:
    assert client.room is not None
    return client.room.room
