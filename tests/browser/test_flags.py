"""Something felt wrong: what a moderator sees, how tampered words look, what everybody reads then."""

import json

from playwright.async_api import Route, expect

from tests.browser.house import House
from tests.browser.people import Client, Moderator, Peer, meet
from tests.browser.tour.review import tampered
from tests.browser.windows import Windows

BEFORE = "nobody but the two of us reads this"
ODD = "you are only looking for attention"
THREAT = "i know who you are and i will find you"
OFF = "All that affects someone is off, because the words and the proof do not match."


async def flagged(place: House, windows: Windows) -> tuple[Client, Peer, Moderator]:
    """A client has flagged one of three messages; a moderator is not signed in yet."""
    client, mara = await meet(place, windows, BEFORE)
    ash = Moderator(await windows.person("moderator"))
    await mara.replies(ODD)
    await client.reads(ODD)
    await client.says("i will tell somebody")
    await mara.reads("i will tell somebody")
    await client.flags(ODD, why="Hurt me or put me down", note="")
    await client.press("Keep talking")
    return client, mara, ash


async def test_a_moderator_is_sent_and_shown_what_was_picked_and_nothing_else(
    place: House, windows: Windows
) -> None:
    client, _, ash = await flagged(place, windows)
    answers: list[str] = []

    async def keep(route: Route) -> None:
        answer = await route.fetch()
        answers.append(await answer.text())
        await route.fulfill(response=answer)

    await ash.page.route("**/api/flags/read", keep)
    await ash.sign_in(place.cards["Ash"])
    await expect(ash.heading("Abuse")).to_be_visible()
    # Covered until it is shown: not even in the page.
    assert ODD not in await ash.page.content()
    await ash.press("Show message {number}", number=1)
    await ash.sees(ODD)
    await ash.sees("This message was said in this room, in these words.")
    for other in (BEFORE, "i will tell somebody"):
        assert other not in await ash.page.content()
    # What came over the line: heads of the messages round it, and no ciphertext of any.
    [read] = map(json.loads, answers)
    assert all(set(row) == {"seq", "ke", "seat", "n", "com"} for row in read["rows"])
    await ash.decides("No action", "Nothing wrong here", "not against the rules")
    await ash.sees("Done. Take the time you need.")
    await client.sees("A moderator read what you sent. This talk stays open. You can switch or stay.")
    await client.press("OK")
    await client.sees_not("A moderator read what you sent. This talk stays open. You can switch or stay.")


async def test_words_that_do_not_match_their_proof_are_named_and_allow_no_act(
    place: House, windows: Windows
) -> None:
    client, _, ash = await flagged(place, windows)
    await ash.page.route("**/api/flags/read", tampered)
    await ash.sign_in(place.cards["Ash"])
    await ash.press("Show message {number}", number=1)
    await ash.sees("The words and the proof do not match. Do not act on the words alone.")
    await ash.sees(OFF)
    await expect(ash.page.get_by_role("radio", name="Close this room")).to_be_disabled()
    await expect(ash.page.get_by_role("radio", name="No action")).to_be_enabled()
    # The same flag by a service that tells the truth.
    await ash.page.unroute("**/api/flags/read")
    await ash.page.reload()
    await ash.press("Show message {number}", number=1)
    await ash.sees("This message was said in this room, in these words.")
    await ash.sees_not(OFF)
    await expect(ash.page.get_by_role("radio", name="Close this room")).to_be_enabled()
    await expect(client.field).to_be_editable()


async def test_a_decision_needs_an_act_a_reason_and_a_line(place: House, windows: Windows) -> None:
    _, _, ash = await flagged(place, windows)
    await ash.sign_in(place.cards["Ash"])
    await expect(ash.heading("Abuse")).to_be_visible()
    await ash.press("Decide")
    await ash.sees("Still empty: {what}", what="What happens now")
    await ash.page.get_by_role("radio", name="Close this room").check()
    await ash.press("Decide")
    await ash.sees("Still empty: {what}", what="Reason")
    await ash.page.get_by_role("radio", name="Abuse", exact=True).check()
    await ash.press("Decide")
    await ash.sees("Still empty: {what}", what="One line for the team")
    await expect(ash.button("Yes, this is right")).to_have_count(0)
    await ash.box("One line for the team").fill("put somebody down")
    await ash.press("Decide")
    await expect(ash.button("Yes, this is right")).to_be_enabled()


async def test_a_peer_flags_and_the_client_is_told_in_plain_words(place: House, windows: Windows) -> None:
    client, mara = await meet(place, windows, THREAT)
    ash = Moderator(await windows.person("moderator"))
    await mara.press("Something felt wrong")
    await mara.page.get_by_role("checkbox", name=THREAT).check()
    await mara.page.get_by_role("radio", name="Abuse toward me").check()
    await mara.sees("They are told, in plain words, that you sent some words to a moderator.")
    await mara.press("Send to a moderator")
    await mara.sees("Thank you. A moderator will read it.")
    await client.sees(
        "{peer} asked a moderator to look at some words of this talk. The moderator reads only those.",
        peer="Mara",
    )
    await ash.sign_in(place.cards["Ash"])
    await ash.sees("Flagged by a peer")
    await ash.press("Show message {number}", number=1)
    await ash.sees(THREAT)
    await ash.decides("Close this room", "Abuse", "threatened the peer")
    await ash.sees("Done. Take the time you need.")
    await client.sees("This talk is closed. You can start a new one any time.")
