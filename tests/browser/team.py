"""What somebody of the team does at a desk that no test looks at: by the companion, by the same doors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.companion.api import Api
from app.companion.case import Case
from app.companion.judge import Judge
from app.companion.moderator import Moderator
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from app.wire.ids import FlagId, Kid
from tests.browser.house import House


@asynccontextmanager
async def at_desk(place: House, alias: str) -> AsyncIterator[StaffSession]:
    """Signed in for a while."""
    card = place.cards[alias]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))
        yield session
        await session.sign_out()


async def asks_for_more(place: House) -> None:
    """Ash asks whoever sent the next flag for more of that talk."""
    async with at_desk(place, "Ash") as session:
        ash, case = await next_case(session)
        await ash.ask_for_more(case)


async def talks_with_the_peer(place: House) -> None:
    """Ash decides the next flag: the team talks with the peer."""
    async with at_desk(place, "Ash") as session:
        ash, case = await next_case(session)
        await ash.decide(case, "talk", "asked-contact", "Asked for a number.")


async def pause(place: House, alias: str) -> None:
    """Ash and Wren, each for themselves, have a peer take no new talks; the next flag is the reason."""
    async with at_desk(place, "Ash") as session, at_desk(place, "Wren") as wren:
        ash, case = await next_case(session)
        peer = kid_of(session, alias)
        await ash.ask_second(case, wren.kid, "pause", "asked-contact", "Asked for a number.", peer)
        second = Judge(wren)
        seen = await second.read_as_second(case.flag)
        assert await second.answer(seen, "pause", "asked-contact", "The same.", peer)


async def next_case(session: StaffSession) -> tuple[Moderator, Case]:
    """A moderator with the flag that comes next."""
    moderator = Moderator(session)
    taken = await moderator.take()
    assert taken is not None
    return moderator, await moderator.read(FlagId(taken.flag))


def kid_of(session: StaffSession, alias: str) -> Kid:
    """Whom the directory lists under this name."""
    [member] = [each for each in session.trust.directory.staff if each.profile.alias == alias]
    return member.kid
