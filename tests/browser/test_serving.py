"""Those who serve, on their pages: from an empty folder to a team that changes, and its keys with it."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Route, expect

from app.companion.answers import Service
from app.companion.api import Api
from app.companion.demo.cast import CAST, FOUNDER, Character, make_cast
from app.companion.trust import current_directory
from app.kit.clock import DAY
from app.wire.directory import directory_hash, parse_directory
from tests.browser.house import LEAVE_URL, House
from tests.browser.people import Client, Coordinator, Moderator, Peer, Staff
from tests.browser.thief import Thief
from tests.browser.windows import Windows
from tests.serving import serving, settings_for

MARA, SOL, ASH = CAST
INES = Character("coordinator", "Ines", 3, "I look after the team.")
WEEK = 7 * DAY


class TurnedClock:
    """The machine's clock, turned on by hand."""

    ahead = 0

    def now(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path, clock: TurnedClock) -> AsyncIterator[House]:
    """A service that nobody has set up, on an empty data folder."""
    async with serving(settings_for(tmp_path / "data", mode="demo", leave_url=LEAVE_URL), clock) as served:
        yield House(served, {})


def setup_code(place: House) -> str:
    return (place.data / "setup-code").read_text("ascii").strip()


BEFORE = "the nights are long since march"
ODD = "Give me your number and I will call you."
AFTER = ("i would like somebody else", "Hello. I read only what comes from now on.")
OTHER_BEFORE = "it is quieter here in the evening"
OTHER_AFTER = ("somebody told me you would still be here", "We are. Take your time.")


async def test_a_service_begins_on_an_empty_folder_and_outlives_a_peer_who_has_to_go(
    place: House, windows: Windows
) -> None:
    wren = Coordinator(await windows.person("coordinator"))
    mara, sol = Peer(await windows.person("peer")), Peer(await windows.person("other-peer"))
    ash = Moderator(await windows.person("moderator"))

    # One link that works once, and twelve words that are asked back.
    founder = await wren.sets_up(f"{place.url}/coordinator.html#setup={setup_code(place)}", FOUNDER)
    await wren.enter(founder)
    await wren.sees("You are the only coordinator.")

    # Three join, each in a browser of their own, and are admitted in one sitting.
    links = [await wren.invites(role) for role in ("Peer", "Peer", "Moderator")]
    of_mara, of_sol, of_ash = await asyncio.gather(
        mara.joins(links[0], MARA), sol.joins(links[1], SOL), ash.joins(links[2], ASH)
    )
    await wren.admits(3)
    await wren.sees("They are on the team now, and the team has new keys.")

    # Two talks with one peer; she says in one what nobody may.
    client, other = Client(await windows.person("client")), Client(await windows.person("other-client"))
    await asyncio.gather(client.begins(BEFORE), mara.enter(of_mara), ash.enter(of_ash))
    await mara.says_hello()
    await client.says_hello_back()
    await mara.replies(ODD, 1)
    await other.begins(OTHER_BEFORE)
    await mara.says_hello()
    await other.says_hello_back()
    await mara.reads(OTHER_BEFORE)
    await client.reads(ODD)
    thief, honest = await Thief.of(of_mara, place.data), await Thief.of(of_sol, place.data)
    said = thief.opens(place.data)
    assert thief.team_keys
    assert all(any(words in body for body in said) for words in (BEFORE, ODD, OTHER_BEFORE))

    # What was flagged is proven; the pause takes two people, who read the same words.
    await client.flags(ODD, why="Asked for contact or money, or was sexual", note="")
    await client.press("Keep talking")
    await ash.press("Look again")
    await ash.uncovers(ODD)
    reason = "Asked for or gave contact details"
    await ash.chooses("Pause a peer", reason, "asked for a number", about="Mara")
    await ash.choice_named("Wren").check()
    await ash.press("Ask them")
    await ash.press("Yes, this is right")
    await ash.sees("Asked. It comes back if they would do something else.")
    await wren.page.reload()
    await wren.press("Asked of you: someone waits")
    await wren.press("Read it")
    assert ODD not in await wren.page.content()
    await wren.uncovers(ODD)
    await wren.chooses("Pause a peer", reason, "the same to me", about="Mara")
    await wren.press("Decide")
    await wren.press("Yes, this is right")
    await wren.sees("You both chose the same. It is done.")

    # Both clients are told. One stays, the other moves on to somebody else.
    paused = "{peer} takes no new talks for now. You can stay, or switch to someone else."
    await mara.sees("You take no new talks for now")
    await other.sees(paused, peer="Mara")
    await other.press("Stay with {peer}", peer="Mara")
    await client.sees(
        "A moderator read what you sent. We have asked the peer not to take new talks while we look. "
        "You can switch or stay."
    )
    await client.sees(paused, peer="Mara")
    await client.press("Switch to someone else")
    await client.press("Switch")
    await client.sees("You are in. A peer will join you here.")
    await sol.enter(of_sol)
    await sol.says_hello()
    await client.says_hello_back("Sol")
    await client.says(AFTER[0])
    await sol.reads(AFTER[0])
    await sol.replies(AFTER[1])
    await client.reads(AFTER[1])
    await expect(sol.note(BEFORE)).to_have_count(0)

    # The peer is let go while one client is away, who comes back to new keys.
    thief.opens(place.data)
    await other.page.goto("about:blank")
    await wren.press("Team")
    await wren.lets_go("Mara")
    await wren.sees("They are not on the team any more, and the team has new keys.")
    await mara.sees("You were signed out. Sign in to go on.")
    await mara.enter(of_mara)
    await mara.sees("That did not open. Check the name, the password and the key.")
    await other.opens()
    await other.sees("Only you can open this talk now.")
    await other.press("Look for a peer")
    await other.says(OTHER_AFTER[0])
    await sol.says_hello()
    await other.says_hello_back("Sol")
    await sol.reads(OTHER_AFTER[0])
    await sol.replies(OTHER_AFTER[1], 2)
    await other.reads(OTHER_AFTER[1])

    # All that both houses hold, and all that she ever held, opens nothing of it; his keys do.
    opened, his = thief.opens(place.data), honest.opens(place.data)
    assert any(OTHER_BEFORE in body for body in opened)
    for words in (*AFTER, *OTHER_AFTER):
        assert any(words in body for body in his)
        assert not any(words in body for body in opened)


async def test_changes_of_the_team_that_are_cut_off_or_collide_are_whole_or_not_at_all(
    place: House, windows: Windows, clock: TurnedClock
) -> None:
    code = setup_code(place)
    cards = {card.alias: card for card in await make_cast(place.url, code)}
    wren, ines = Coordinator(await windows.person("wren")), Coordinator(await windows.person("ines"))
    await wren.sign_in(cards["Wren"])
    link = await wren.invites("Coordinator")
    of_ines = await ines.joins(link, INES)

    # The browser is closed between the two houses; the next sign-in goes on from there.
    cut = asyncio.Event()

    async def never(route: Route) -> None:
        await route.abort()
        cut.set()

    await wren.page.route("**/api/service/directory", never)
    wren.window.witness.lines_are_cut = True
    await wren.admits(1)
    await cut.wait()
    await wren.page.close()
    first, second = await serials(place)
    assert first == second + 1
    wren = Coordinator(await windows.person("wren-again"))
    await wren.sign_in(cards["Wren"])
    await expect(wren.button("Change something about {alias}", alias="Ines")).to_be_visible()
    assert await serials(place) == (first, first)
    await ines.enter(of_ines)

    # Two publish at once, each to let somebody else go: one is done, and of the other nothing is.
    both = asyncio.Barrier(2)

    async def together(route: Route) -> None:
        await both.wait()
        await route.continue_()

    for desk in (wren, ines):
        await desk.page.route("**/api/directory/publish", together)
    leaving = {"Mara": wren, "Sol": ines}
    await asyncio.gather(*(desk.lets_go(alias) for alias, desk in leaving.items()))
    done = "They are not on the team any more, and the team has new keys."
    told = (
        "Someone else changed the list a moment ago. This is the new one. "
        "Look, and try again if it is still needed."
    )
    for desk in leaving.values():
        await expect(desk.text(done).or_(desk.text(told))).to_be_visible()
    [late] = [alias for alias, desk in leaving.items() if await desk.text(told).count()]
    assert await serials(place) == (first + 1, first + 1)
    assert late in await listed(place)
    assert len({"Mara", "Sol"} & await listed(place)) == 1
    desk = leaving[late]
    await expect(desk.button_like("Change something about {alias}")).to_have_count(2)
    await expect(desk.button("Close what can change about {alias}", alias=late)).to_be_visible()
    await desk.page.unroute("**/api/directory/publish")
    await desk.press("Let go")
    await desk.press("Yes, let them go")
    await desk.sees(done)
    assert await listed(place) == {"Wren", "Ines", "Ash"}

    # An invitation opens once, and for seven days; the link of the beginning once.
    refused = (
        "This invitation does not open. It may have been used already, or be over. "
        "Ask your coordinator for a new one."
    )
    newcomer = Staff(await windows.person("newcomer"))
    await newcomer.page.goto(link)
    await newcomer.sees(refused)
    await newcomer.page.goto("about:blank")
    await newcomer.opens_invitation(await ines.invites("Peer"))
    await newcomer.introduces(MARA, "four quiet words here")
    clock.ahead = WEEK + 1
    await newcomer.press("Join")
    await newcomer.sees(refused)
    clock.ahead = 0  # no page signs a beginning for a service whose clock is a week off
    await newcomer.page.goto(f"{place.url}/coordinator.html#setup={code}")
    await newcomer.introduces(INES, "four quiet words here")
    await newcomer.press("Set up")
    await newcomer.sees(
        "This link does not open. It works once. If you set up the service before, sign in. "
        "If not, ask whoever runs the server for the link."
    )


async def serials(place: House) -> tuple[int, int]:
    """Of the list of the team: the identity house's, the conversation house's."""
    async with Api(place.url) as api:
        directory = parse_directory((await current_directory(api)).payload)
        return directory.serial, (await api.get("/api/service", Service)).serial or 0


async def listed(place: House) -> set[str]:
    """Who is on the team, as both houses have it."""
    async with Api(place.url) as api:
        signed = await current_directory(api)
        assert directory_hash(signed.payload) == (await api.get("/api/service", Service)).directory
    return {member.profile.alias for member in parse_directory(signed.payload).staff}
