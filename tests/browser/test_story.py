"""The whole story in three windows: somebody writes, a peer answers, a moderator reads what was flagged."""

import asyncio

from playwright.async_api import expect

from tests.browser.house import House
from tests.browser.people import Client, Moderator, Peer
from tests.browser.windows import PHONE, Windows

FIRST = "not sure. others have it worse"
HELLO = "I'm glad you're here. What has this week been like?"
ODD = "Give me your number and I will call you."


async def test_a_client_a_peer_and_a_moderator_meet_on_their_pages(place: House, windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    mara = Peer(await windows.person("peer"))
    ash = Moderator(await windows.person("moderator"))

    # Three interactions: start, write, send.
    await client.begins(FIRST)
    await client.sees("You are in. A peer will join you here.")

    await mara.sign_in(place.cards["Mara"])
    await mara.sees("has a note ready")
    await mara.says_hello()
    await mara.sees(
        "You said hello. They see your name, your stone and your line, and choose. This can take a minute."
    )

    await expect(
        client.heading(
            "{peer} is here. {about}",
            peer="Mara",
            about="Nights were the hard part for me. I like quiet starts.",
        )
    ).to_be_visible()
    await client.sees("{peer} has not read anything yet. Saying no keeps your place.", peer="Mara")
    await client.says_hello_back()
    await client.sees("You and {names} can read this talk. Nobody else can.", names="Mara")
    await mara.reads(FIRST)
    await mara.replies(HELLO)
    await client.reads(HELLO)
    await client.says("it counts even if it is small?")
    await mara.reads("it counts even if it is small?")
    await mara.replies(ODD)
    await client.reads(ODD)

    await client.flags(ODD, why="Asked for contact or money, or was sexual", note="asked for my number")
    await client.sees(
        "Thank you. Keep talking with {peer}, switch to someone else, or stop here?", peer="Mara"
    )
    await client.press("Keep talking")

    await ash.sign_in(place.cards["Ash"])
    await expect(ash.heading("Sexual, contact or money")).to_be_visible()
    await ash.sees("asked for my number")
    assert ODD not in await ash.page.content()
    await ash.press("Show message {number}", number=1)
    await ash.sees(ODD)
    await ash.sees("This message was said in this room, in these words.")
    # Nothing else of the talk is in the page.
    content = await ash.page.content()
    assert FIRST not in content
    assert HELLO not in content
    await ash.decides("Close this room", "Asked for or gave contact details", "asked for a number")
    await ash.sees("Done. Take the time you need.")

    outcome = "A moderator read what you sent, and closed this talk. You can start a new one any time."
    await client.sees(outcome)
    await mara.sees("This talk has ended. Nothing more can be sent.")
    heard = await asyncio.gather(client.heard(), mara.heard())
    assert [line for line in heard[0] if HELLO in line] == [
        client.words("{peer} says: {words}", peer="Mara", words=HELLO)
    ]
    assert len([line for line in heard[1] if FIRST in line]) <= 1
