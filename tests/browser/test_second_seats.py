"""A second person of the team in a talk: asked by name, let in by the client, and out again at any time."""

from playwright.async_api import expect

from tests.browser.house import House
from tests.browser.people import Peer, Staff, meet
from tests.browser.team import asks_for_more, pause, talks_with_the_peer
from tests.browser.windows import Windows
from tests.browser.words import FSI, PDI

BEFORE = "something from before that stays here"
CARD = "They like to go slowly. They told me about their brother."
EDITED = "I like to go slowly."
BOTH = f"{FSI}Mara{PDI} and {FSI}Sol{PDI}"


async def brings(mara: Peer, sol: Peer, purpose: str, card: str = "") -> None:
    """Mara asks for Sol, who would come."""
    await mara.press("Ask a colleague in")
    await mara.choice(purpose).check()
    await mara.page.get_by_role("radio", name="Sol", exact=True).check()
    if card:
        await mara.box("A card for them, if you like").fill(card)
    await mara.press("Ask them")
    await sol.press("I can come")
    await sol.sees("You said you can come. The person in that talk decides now.")
    await mara.sees("{peer} would come. The person you talk with decides now.", peer="Sol")


async def at_second_desk(place: House, windows: Windows) -> Peer:
    """Sol, who is on."""
    sol = Peer(await windows.person("peer-two"))
    await sol.sign_in(place.cards["Sol"])
    await sol.sees("Nobody is waiting.")
    return sol


async def test_at_a_handover_the_next_peer_reads_what_the_client_made_of_the_card_and_the_talk_goes_on(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, BEFORE)
    sol = await at_second_desk(place, windows)
    await brings(mara, sol, "To hand this talk over", CARD)
    await expect(
        client.heading("{peer} would like {next} to go on with you.", peer="Mara", next="Sol")
    ).to_be_visible()
    await client.sees("{next} can read nothing here unless you say yes.", next="Sol")
    await client.sees("You and {names} can read this talk. Nobody else can.", names="Mara")
    card = client.box(
        "{peer} would like to tell {next} this. Change anything, or share nothing.", peer="Mara", next="Sol"
    )
    await expect(card).to_have_value(CARD)
    await card.fill(EDITED)
    await client.press("Let {next} in and share this", next="Sol")

    await sol.reads(EDITED)
    await client.sees("You and {names} can read this talk. Nobody else can.", names=BOTH)
    # Both are there for a hello.
    await mara.replies("goodbye, Sol stays with you")
    await sol.reads("goodbye, Sol stays with you")
    await sol.replies("hello, I am here")
    for other in (client, mara):
        await other.reads("hello, I am here")
    await mara.press("Leave this talk")
    await mara.press("Leave it")
    await mara.sees("Your part in this talk has ended. It goes on with a colleague.")
    await client.sees("You and {names} can read this talk. Nobody else can.", names="Sol")
    await client.says("it is only us now")
    await sol.reads("it is only us now")
    await expect(mara.note("it is only us now")).to_have_count(0)
    for never in (BEFORE, CARD, "They told me about their brother."):
        assert never not in await sol.page.content()


async def test_company_comes_by_name_alone_and_the_client_ends_it_at_any_time(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, BEFORE)
    sol = await at_second_desk(place, windows)
    await brings(mara, sol, "To sit with us")
    await expect(
        client.heading("{peer} would like {next} to join you both.", peer="Mara", next="Sol")
    ).to_be_visible()
    await client.press("Let {next} in", next="Sol")
    await client.sees("You are talking with {names}, trained peers. They cannot see who you are.", names=BOTH)
    await client.says("hello both")
    for peer in (mara, sol):
        await peer.reads("hello both")
    await client.press("End {peer}’s part", peer="Sol")
    await client.sees("{peer} reads nothing more from now on. The talk goes on with who stays.", peer="Sol")
    await client.button("End {peer}’s part", peer="Sol").last.click()
    await client.sees("You and {names} can read this talk. Nobody else can.", names="Mara")
    await sol.sees("Your part in this talk has ended. It goes on with a colleague.")
    await client.says("just the two of us")
    await mara.reads("just the two of us")
    await sol.press("Take it off my list")
    await sol.press("Go on")
    await sol.press("I am ready now")

    await brings(mara, sol, "To sit with us")
    await client.press("Not {next}", next="Sol")
    await mara.sees("{peer} is not coming in now. You can ask someone else.", peer="Sol")
    await sol.sees_not("You said you can come. The person in that talk decides now.")
    await client.says("not now")
    await mara.reads("not now")
    await expect(sol.page.get_by_role("tab")).to_have_count(0)
    for never in (BEFORE, "not now", "just the two of us"):
        assert never not in await sol.page.content()


async def test_who_reported_gives_more_or_would_rather_not_and_may_switch_from_a_paused_peer(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, BEFORE)
    for odd in ("give me your number", "or your address"):
        await mara.replies(odd)
        await client.reads(odd)
    await client.flags("give me your number", why="Asked for contact or money, or was sexual", note="")
    await client.press("Keep talking")
    await asks_for_more(place)
    await client.sees(
        "A moderator read what you sent, and asks for more of the talk. You choose what, or nothing."
    )
    await client.press("Pick words")
    await client.page.get_by_role("checkbox", name="or your address").check()
    await client.press("Send to a moderator")
    await client.sees("Thank you. It is with the moderator.")
    await talks_with_the_peer(place)
    await client.sees(
        "A moderator read what you sent, and the team talked with the peer. You can switch or stay."
    )
    await client.press("OK")

    await client.flags("or your address", why="Someone is in danger", note="")
    await client.press("Keep talking")
    await asks_for_more(place)
    await client.press("I would rather not")
    await client.sees("That is fine. Nothing more went out.")

    await pause(place, "Mara")
    await client.sees(
        "A moderator read what you sent. We have asked the peer not to take new talks while we look. "
        "You can switch or stay."
    )
    await client.sees(
        "{peer} takes no new talks for now. You can stay, or switch to someone else.", peer="Mara"
    )
    await expect(mara.heading("You take no new talks for now")).to_be_visible()
    await mara.sees(
        "The team asked for this while somebody looks at some flagged words. Talks you are in go on."
    )
    await client.says("i am still here")
    await mara.reads("i am still here")
    sol = await at_second_desk(place, windows)
    await client.press("Switch to someone else")
    await client.press("Switch")
    await sol.says_hello()
    await client.says_hello_back("Sol")
    await client.says("hello, somebody new")
    await sol.reads("hello, somebody new")
    assert BEFORE not in await sol.page.content()


async def test_a_peer_shows_own_words_to_one_colleague_who_sees_them_proven_and_nothing_else(
    place: House, windows: Windows
) -> None:
    _, mara = await meet(place, windows, BEFORE)
    wren = Staff(await windows.person("coordinator"))
    await mara.replies("was this too much?")
    await mara.replies("these words are not picked")
    await mara.press("Show my own words")
    await mara.page.get_by_role("checkbox", name="was this too much?").check()
    await expect(mara.page.get_by_role("checkbox", name=BEFORE)).to_have_count(0)
    await mara.choice("{alias}, coordinator", alias="Wren").check()
    await mara.box("A line with it, if you like. Leave out what they said.").fill("how would you say it")
    await mara.press("Show them")
    await mara.sees("They can read it now. You find it on your desk, and can take it back there.")

    await wren.sign_in(place.cards["Wren"])
    await wren.unfolds("Words shown by name")
    await expect(wren.heading("{alias} shows you own words", alias="Mara")).to_be_visible()
    await wren.sees("was this too much?")
    await wren.sees("This message was said in this room, in these words.")
    await wren.sees("Their line: {note}", note="how would you say it")
    for never in (BEFORE, "these words are not picked"):
        assert never not in await wren.page.content()
    # Taken back, it is gone.
    await mara.unfolds("Words shown by name")
    await mara.press("Take back")
    await mara.sees_not("You show own words to {alias}.", alias="Wren")
    for _ in ("put away", "looked again"):
        await wren.unfolds("Words shown by name")
    await wren.sees("Nobody shows you words now.")
    assert "was this too much?" not in await wren.page.content()
