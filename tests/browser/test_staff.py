"""Peers on their page: joining, a new browser, several talks, saying when one goes, ending at once."""

from pathlib import Path

from playwright.async_api import expect

from app.companion.api import Api
from app.companion.coordinator import Coordinator
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from tests.browser.house import House
from tests.browser.people import Client, Peer, meet
from tests.browser.tour.joining import invited
from tests.browser.windows import PHONE, Windows

PASSWORD = "four quiet words here"


async def admit(place: House) -> None:
    """The coordinator lets in whoever has joined."""
    card = place.cards["Wren"]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))
        coordinator = Coordinator(session)
        await coordinator.admit((await coordinator.in_tray()).ready)
        await session.sign_out()


async def test_a_peer_joins_by_a_link_and_signs_in_on_a_new_device_with_the_key(
    place: House, windows: Windows, tmp_path: Path
) -> None:
    robin = Peer(await windows.person("robin"))
    await robin.page.goto(await invited(place))
    await expect(robin.heading("Welcome to the team")).to_be_visible()
    # What the link carried is in no address bar and no history.
    assert robin.page.url == f"{place.url}/peer.html"
    await robin.box("Sign-in name").fill("robin")
    for label in ("Password", "The same password again"):
        await robin.page.get_by_label(label, exact=True).fill(PASSWORD)
    await robin.box("The name people see").fill("Robin")
    await robin.box("One line of your own").fill("I like mornings.")
    await robin.page.get_by_role("radio").nth(3).check()
    await robin.page.get_by_role("checkbox", name="English").check()
    await robin.press("Join")
    shown = robin.page.get_by_role("list", name="Your twelve words").get_by_role("listitem")
    await expect(shown).to_have_count(12)
    words = await shown.all_inner_texts()
    async with robin.page.expect_download() as download:
        await robin.press("Save the key file")
    file = tmp_path / "key.txt"
    await (await download.value).save_as(file)
    await robin.press("I have kept my key")
    assert words[0] not in await robin.main.inner_text()
    await admit(place)

    for name, key in (("by-words", " ".join(words)), ("by-file", None)):
        other = Peer(await windows.person(name, **PHONE))
        await other.page.goto("/peer.html")
        await other.sees("This browser does not know you yet.")
        await other.box("Sign-in name").fill("robin")
        await other.page.get_by_label("Password", exact=True).fill(PASSWORD)
        if key is not None:
            await other.box("Your twelve words, or your link").fill(key)
        else:
            await other.page.get_by_label("Choose your key file").set_input_files(file)
            await other.sees("Ready: {name}", name="key.txt")
        await other.press("Sign in")
        await other.sees("Signed in as {alias}", alias="Robin")
        await other.sees("Nobody is waiting.")


async def test_a_wrong_password_is_named_without_telling_which_part_was_wrong(
    place: House, windows: Windows
) -> None:
    mara = Peer(await windows.person("peer"))
    await mara.page.goto(place.cards["Mara"].link)
    await mara.box("Sign-in name").fill("mara")
    await mara.page.get_by_label("Password", exact=True).fill("not the password")
    await mara.press("Sign in")
    await mara.sees("That did not open. Check the name, the password and the key.")
    await mara.page.get_by_label("Password", exact=True).fill(place.cards["Mara"].password)
    await mara.press("Sign in")
    await mara.sees("Nobody is waiting.")


async def test_a_reload_keeps_a_peer_signed_in_and_signing_out_does_not(
    place: House, windows: Windows
) -> None:
    mara = Peer(await windows.person("peer"))
    await mara.sign_in(place.cards["Mara"])
    await mara.sees("Nobody is waiting.")
    await mara.page.reload()
    await mara.sees("Nobody is waiting.")
    await mara.press("Sign out")
    await expect(mara.box("Sign-in name")).to_be_visible()
    await mara.page.reload()
    await expect(mara.box("Sign-in name")).to_be_visible()


async def test_drafts_stay_with_their_talks_and_words_go_where_the_composer_says(
    place: House, windows: Windows
) -> None:
    mara = Peer(await windows.person("peer"))
    await mara.sign_in(place.cards["Mara"])
    clients = []
    for number in (1, 2):
        client = Client(await windows.person(f"client-{number}"))
        await client.begins(f"client {number} here")
        await mara.says_hello()
        await client.says_hello_back()
        await mara.reads(f"client {number} here")
        clients.append(client)
    tabs = mara.page.get_by_role("tab")
    await expect(tabs).to_have_count(2)
    await mara.field(2).fill("for the second")
    await clients[0].says("are you there?")
    first = mara.page.get_by_role("tab", name="new words")
    await expect(first).to_have_count(1)
    # From tab to tab by arrow keys.
    await tabs.nth(1).focus()
    await mara.page.keyboard.press("ArrowLeft")
    await expect(tabs.nth(0)).to_be_focused()
    await mara.reads("are you there?")
    await expect(mara.field(1)).to_have_value("")
    await mara.replies("for the first", 1)
    await mara.page.keyboard.press("Shift+Tab")
    await tabs.nth(1).click()
    await expect(mara.field(2)).to_have_value("for the second")
    await mara.press("Send")
    await clients[0].reads("for the first")
    await clients[1].reads("for the second")
    for client, not_theirs in zip(clients, ("for the second", "for the first"), strict=True):
        await expect(client.note(not_theirs)).to_have_count(0)


async def test_a_peer_says_when_they_go_and_leaves(place: House, windows: Windows) -> None:
    client, mara = await meet(place, windows, "hi")
    await mara.press("I need to go soon")
    await mara.page.get_by_role("radio").first.check()
    await mara.press("Tell them")
    await expect(client.page.get_by_role("log")).to_contain_text("How would you like to use the time left?")
    await mara.press("Leave this talk")
    await mara.press("Leave it")
    await mara.sees("This talk is at rest. Nothing more can be sent.")
    await expect(client.heading("Thank you for talking with us.")).to_be_visible()
    await client.sees("Only you can open this talk now.")
    # And somebody else can be found, from what is written from now on.
    await client.press("Look for a peer")
    await client.sees("You are in. A peer will join you here.")


async def test_ending_at_once_takes_one_tap_and_the_words_out_of_sight(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, "you are all useless")
    await mara.press("End now, this is not OK")
    await mara.sees("You are off. Turn on when you are ready.")
    assert "you are all useless" not in await mara.main.inner_text()
    await client.sees("Only you can open this talk now.")
    # Flagging it is still possible, and nothing is asked.
    await mara.press("Something felt wrong")
    await mara.page.get_by_role("checkbox", name="you are all useless").check()
    await mara.page.get_by_role("radio", name="Abuse toward me").check()
    await mara.sees("This talk has ended, so this page cannot tell them.")
    await mara.press("Send to a moderator")
    await mara.sees("Thank you. A moderator will read it.")


async def test_a_refused_hello_costs_nobody_anything(place: House, windows: Windows) -> None:
    client = Client(await windows.person("client"))
    mara = Peer(await windows.person("peer"))
    await client.begins("hi")
    await mara.sign_in(place.cards["Mara"])
    await mara.says_hello()
    await client.press("Wait for someone else")
    await client.sees("You are in. A peer will join you here.")
    await client.sees("Ready for your peer. Take it back?")
    await expect(client.button("Say hello")).to_have_count(0)
    await mara.sees("No talk is open.")
