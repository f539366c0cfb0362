"""Flags from the words in a talk to the outcome, through a real server and real sign-ins."""

from contextlib import AsyncExitStack

import pytest

from app.companion import body
from app.companion.answers import Answer
from app.companion.api import Api, ApiError
from app.companion.client import Client
from app.companion.events import Said
from app.companion.evidence import Gap, Shown
from app.companion.flag import Flag
from app.companion.moderator import Case, Moderator
from app.companion.staff_session import StaffSession
from app.wire.errors import WireError
from app.wire.ids import FlagId
from tests.integration.companion.conftest import Company
from tests.integration.companion.people import Place, begin, heard, in_state, meet, until

MODERATOR = "Ash"


@pytest.fixture
async def session(place: Place, company: Company) -> StaffSession:
    """The moderator of the cast, signed in."""
    return await place.sign_in(MODERATOR, await company.api())


async def only_case(session: StaffSession, flag: FlagId) -> tuple[Moderator, Case]:
    moderator = Moderator(session)
    taken = await moderator.take()
    assert taken is not None
    assert taken.flag == flag
    return moderator, await moderator.read(flag)


async def outcomes(client: Client) -> list[str]:
    return [report.outcome for report in await client.reports()]


async def test_a_client_flags_a_moderator_reads_checks_and_ends_the_talk(
    company: Company, session: StaffSession
) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client, "before anybody came")
    room = await meet(client, mara)
    await mara.say(room, body.text("give me your number"))
    asked = (await heard(client, "give me your number")).received
    await client.say_here(body.text("no"))
    said = (await heard(client, "no")).received
    flag = await client.flag(Flag.of([asked, said], reason="They asked.", note="I said no."), "contact")
    assert await outcomes(client) == ["open"]

    moderator, case = await only_case(session, flag)
    assert (case.category, case.from_client, case.room) == ("contact", True, "talking")
    assert (case.reason, case.note) == ("They asked.", "I said no.")
    assert case.holds
    shown = [item for item in case.items if isinstance(item, Shown)]
    assert [item.body and item.body.fields["x"] for item in shown] == ["give me your number", "no"]
    assert [item.kid for item in shown] == [mara.session.kid, None]
    # What they chose not to show stays theirs: the first words and the hello.
    assert case.items[0] == Gap(2)
    assert await moderator.decide(case, "close", "asked-contact", "Asked for a number.") == "closed"
    await in_state(client, "closed")
    assert await outcomes(client) == ["closed"]
    assert room not in mara.rooms or mara.rooms[room].state == "closed"
    assert await moderator.take() is None


async def test_a_peer_flags_tells_the_client_and_reads_what_became_of_it(
    company: Company, session: StaffSession
) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client, "I will come and find you")
    room = await meet(client, mara)
    threat = (await heard(mara, "I will come and find you")).received
    flag = await mara.flag(room, Flag.of([threat], reason="Threats."), "abuse")
    await until(client, Said, lambda said: said.received.kind == "flagged")
    moderator, case = await only_case(session, flag)
    assert (case.from_client, case.holds) == (False, True)
    assert await moderator.decide(case, "none", "kept-as-note", "Talked it through.") == "none"
    reports = {report.flag: (report.outcome, report.room) for report in await mara.reports()}
    assert reports[flag] == ("none", room)
    assert await outcomes(client) == []


async def test_a_flag_outlives_the_words_it_is_about(company: Company, session: StaffSession) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client)
    room = await meet(client, mara)
    await mara.say(room, body.text("this stays between us"))
    said = (await heard(client, "this stays between us")).received
    flag = await client.flag(Flag.of([said]), "danger")
    await client.delete()
    assert await outcomes(client) == ["open"]
    moderator, case = await only_case(session, flag)
    assert (case.holds, case.room) == (True, "deleted")
    assert await moderator.decide(case, "close", "other", "") == "closed"


async def test_a_flag_that_proves_nothing_lets_nobody_be_acted_against(
    company: Company, session: StaffSession
) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client)
    room = await meet(client, mara)
    await mara.say(room, body.text("kind words"))
    said = (await heard(client, "kind words")).received
    true = Flag.of([said])
    [item] = true.items
    made_up = item.body.replace(b"kind words", b"vile words")
    flag = await client.flag(Flag((type(item)(item.seq, item.kf, made_up),)), "abuse")
    moderator, case = await only_case(session, flag)
    assert not case.holds
    with pytest.raises(WireError, match=r"^bad_commitment$"):
        await moderator.decide(case, "close", "abuse", "")
    assert await moderator.decide(case, "none", "not-clear", "Does not match.") == "none"
    assert mara.rooms[room].state == "talking"


async def test_a_moderator_reads_flags_and_enters_no_room(
    place: Place, company: Company, session: StaffSession
) -> None:
    client = await company.client()
    room = await begin(client)
    for path, request in (
        ("queue/claim", {"room": room}),
        ("queue/release", {"room": room}),
        ("rooms/seal", {"room": room, "ke": 1, "sealed": bytes(625)}),
        ("flags/mine", {}),
    ):
        with pytest.raises(ApiError, match="unknown"):
            await session.post(path, request, Answer)
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(Api(place.url))
        peer = await place.sign_in("Mara", api)
        with pytest.raises(ApiError, match="unknown"):
            Moderator(peer)
        with pytest.raises(ApiError, match="unknown"):
            await peer.post("flags/take", {}, Answer)
