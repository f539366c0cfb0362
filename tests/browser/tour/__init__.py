"""Through every state of every page, once: at each of them somebody looks, checks or takes a picture."""

from tests.browser.between import Between
from tests.browser.people import Peer, Staff
from tests.browser.tour.before import first_pages, looking_around, odd_windows, other_language
from tests.browser.tour.beginning import beginning
from tests.browser.tour.desk import after_a_talk, coming_on, listening, meeting
from tests.browser.tour.endings import endings, offline
from tests.browser.tour.joining import joining
from tests.browser.tour.own_pages import drawing, my_page, our_page, steps
from tests.browser.tour.own_sign_in import another_page, own_sign_in
from tests.browser.tour.review import flagging, review
from tests.browser.tour.second_persons import second_persons
from tests.browser.tour.second_seat import second_seat
from tests.browser.tour.service import hours, keeping, what_was_done
from tests.browser.tour.talking import pacing, talking, ways_out
from tests.browser.tour.team import team
from tests.browser.tour.waiting import told_waits, waiting
from tests.browser.tour.way import Stop, Way

__all__ = [
    "Stop",
    "Way",
    "all_states",
    "arriving",
    "before_a_talk",
    "coordinating",
    "key_states",
    "one_talk",
    "reviewing",
    "two_of_the_team",
    "whatever_else",
]


async def all_states(way: Way) -> None:
    """Every state."""
    await before_a_talk(way)
    await one_talk(way)
    await whatever_else(way)
    await two_of_the_team(way)
    await coordinating(way)
    await reviewing(way)


async def key_states(way: Way) -> None:
    """What everybody sees of an ordinary day."""
    await arriving(way)
    await one_talk(way)
    await coordinating(way)
    await reviewing(way)


async def arriving(way: Way) -> None:
    """What everybody sees first."""
    await first_pages(way)
    await looking_around(way)


async def before_a_talk(way: Way) -> None:
    """All of the first pages, and a new peer who joins."""
    await arriving(way)
    await other_language(way)
    await odd_windows(way)
    await joining(way)


async def whatever_else(way: Way) -> None:
    """Talks that end otherwise, a lost line, and every sentence about a wait; some wait on after it."""
    await endings(way)
    await offline(way)
    await told_waits(way)


async def one_talk(way: Way) -> None:
    """One talk, from the first word to a moderator's decision, on all the pages it concerns."""
    client = await way.client("client")
    mara = Peer(await way.person("peer"), way.words)
    service = Between()
    first = way.own(
        "not sure i belong here. others have it worse", "no sé si debo estar aquí, otros están peor"
    )
    await coming_on(way, mara)
    await waiting(way, client, service, first)
    await meeting(way, client, mara)
    await client.says_hello_back()
    await mara.reads(first)
    await pacing(way, client, mara)
    await talking(way, client, mara, service)
    await my_page(way, client, mara)
    await drawing(way, client, mara)
    await our_page(way, client, mara)
    await steps(way, client, mara)
    await listening(way, mara)
    await ways_out(way, client, mara)
    await flagging(way, client, mara)
    await review(way, client, mara)
    await after_a_talk(way, mara)


async def two_of_the_team(way: Way) -> None:
    """A talk into which a second peer comes."""
    await second_seat(way)


async def coordinating(way: Way) -> None:
    """A coordinator's work, from the first minute of a service on."""
    await beginning(way)
    wren = Staff(await way.person("coordinator"), way.words)
    await team(way, wren)
    await hours(way, wren)
    await keeping(way, wren)
    await what_was_done(way, wren)
    await own_sign_in(way, wren)
    await another_page(way)


async def reviewing(way: Way) -> None:
    """What moderators decide together with others, and how their day goes."""
    await second_persons(way)
