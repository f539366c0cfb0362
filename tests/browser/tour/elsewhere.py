"""What happens meanwhile on no page that is looked at: somebody joins, a talk is flagged."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.companion import body
from app.companion.answers import Category, Role
from app.companion.api import Api
from app.companion.client import Client
from app.companion.coordinator import Coordinator
from app.companion.demo.cast import Card, new_password
from app.companion.flag import Flag
from app.companion.newcomer import Account, Invitation, Newcomer
from app.companion.peer import Peer
from app.companion.staff import read_secret, secret_words
from app.companion.staff_session import StaffSession
from app.companion.transcript import Received
from app.wire.directory import Profile
from app.wire.encoding import b64u
from app.wire.ids import FlagId
from tests.browser.house import House
from tests.integration.companion.people import begin, heard, meet, the_room


@dataclass
class Talk:
    """A client and a peer, who are nobody's windows."""

    client: Client
    peer: Peer

    async def says(self, words: str) -> Received:
        """The client says this."""
        await self.client.say_here(body.text(words))
        return (await heard(self.client, words)).received

    async def replies(self, words: str) -> Received:
        """The peer says this."""
        await self.peer.say(the_room(self.client), body.text(words))
        return (await heard(self.client, words)).received

    async def flags(self, category: Category, *said: Received, note: str = "") -> FlagId:
        """The client flags this."""
        return await self.client.flag(Flag.of(said, note=note), category)

    async def peer_flags(self, category: Category, words: str) -> FlagId:
        """The client says this, and the peer flags it."""
        await self.client.say_here(body.text(words))
        received = (await heard(self.peer, words)).received
        return await self.peer.flag(the_room(self.client), Flag.of([received], reason="backing"), category)


@asynccontextmanager
async def talk(place: House, alias: str, first: str) -> AsyncIterator[Talk]:
    """A talk with this peer, which began with these words."""
    async with Api(place.url) as there, Api(place.url) as here:
        session = await signed_in(here, place.cards[alias])
        async with await Client.make(there) as client, Peer(session) as peer:
            await peer.be("on")
            await begin(client, first)
            await meet(client, peer)
            yield Talk(client, peer)


async def signed_in(api: Api, card: Card) -> StaffSession:
    """Somebody of the staff, by the card."""
    return await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))


async def admitted(place: House, role: Role, alias: str) -> Card:
    """Somebody new, whom the coordinator invites and admits; how they sign in."""
    async with Api(place.url) as api:
        session = await signed_in(api, place.cards["Wren"])
        coordinator = Coordinator(session)
        card = await answered(place.url, role, alias, await coordinator.invite(role))
        await coordinator.admit((await coordinator.in_tray()).ready)
        await session.sign_out()
    return card


async def answered(url: str, role: Role, alias: str, invitation: Invitation) -> Card:
    """Somebody answers an invitation, and waits to be admitted."""
    account, password, name = Account.make(), new_password(), alias.lower()
    async with Api(url) as api:
        newcomer = await Newcomer.open(api, invitation)
        await newcomer.submit(
            account, name, password, Profile(alias, "3", "I like mornings.", ("en", "es"), (), ())
        )
    link = f"{url}/{role}.html#secret={b64u(account.secret)}"
    return Card(role, alias, name, password, link, " ".join(secret_words(account.secret)))
