"""Flags from the words in a talk to the outcome, through a real server and real sign-ins."""

from contextlib import AsyncExitStack

import pytest

from app.companion import body
from app.companion.answers import Answer
from app.companion.api import Api, ApiError
from app.companion.case import Case
from app.companion.client import Client
from app.companion.coordinator import Coordinator
from app.companion.events import Said
from app.companion.evidence import Gap, Shown
from app.companion.flag import Flag
from app.companion.judge import Judge
from app.companion.moderator import Moderator
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
    flag = await client.flag(Flag.of([said]), "contact")
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


async def test_a_peer_is_paused_by_two_of_whom_the_second_read_more_and_knew_nothing(
    place: Place, company: Company, session: StaffSession
) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client)
    room = await meet(client, mara)
    await mara.say(room, body.text("give me your number"))
    said = (await heard(client, "give me your number")).received
    await mara.say(room, body.text("or your address"))
    later = (await heard(client, "or your address")).received
    flag = await client.flag(Flag.of([said], note="Twice."), "contact")
    ash, case = await only_case(session, flag)
    await ash.ask_for_more(case)
    assert await outcomes(client) == ["asked"]
    await client.give_more(flag, Flag.of([later], note="Here."))

    ash, case = await only_case(session, flag)
    assert case.holds
    assert [item.seq for item in case.words.items] == [said.seq, later.seq]
    assert case.note == "Twice.\n\nHere."
    judge = Judge(await place.sign_in("Wren", await company.api()))
    with pytest.raises(ApiError, match="second_needed"):
        await ash.decide(case, "pause", "asked-contact", "Twice.", mara.session.kid)
    await ash.ask_second(case, judge.session.kid, "report", "asked-contact", "Is it?", None)
    [asked] = (await judge.questions()).asked
    assert (asked.flag, asked.by) == (flag, session.kid)
    seen = await judge.read_as_second(flag)
    assert (seen.holds, seen.second, seen.lines) == (True, None, ())
    assert [item.seq for item in seen.words.items] == [said.seq, later.seq]
    assert await judge.answer(seen, "report", "asked-contact", "It is.")
    for one in (ash, judge):
        assert (await one.pack(flag)).holds

    ash, case = await only_case(session, flag)
    assert [line.words for line in case.lines] == ["Is it?", "It is."]
    await ash.ask_second(case, judge.session.kid, "pause", "asked-contact", "Pause.", mara.session.kid)
    seen = await judge.read_as_second(flag)
    assert await judge.answer(seen, "pause", "asked-contact", "Yes.", mara.session.kid)
    assert await outcomes(client) == ["paused"]
    with pytest.raises(ApiError, match="closed"):
        await ash.read(flag)
    [kept] = [each for each in await judge.kept() if each.flag == flag]
    assert (kept.act, kept.held, kept.reported) == ("pause", True, True)
    await judge.hold(flag, "No longer needed.", held=False)
    assert [entry.act for entry in await judge.trail()][:4] == [
        "hold-off", "pause", "agree", "ask-second",
    ]  # fmt: skip
    # The next test needs this peer.
    await judge.session.post("pauses/lift", {"kid": mara.session.kid, "reason": "other"}, Answer)


async def test_undecided_flags_follow_the_moderation_key_and_a_line_with_them(
    place: Place, company: Company, session: StaffSession
) -> None:
    client = await company.client()
    await begin(client, "words")
    said = (await heard(client, "words")).received
    flag = await client.flag(Flag.of([said]), "danger")
    wren = await place.sign_in("Wren", await company.api())
    moderator, case = await only_case(session, flag)
    with pytest.raises(ApiError, match="second_needed"):
        await moderator.hand_on(case, "I know this voice.")
    before = case_key(session)
    await Coordinator(wren).renew()
    assert await moderator.reseal() == 1
    assert await moderator.reseal() == 0
    assert case_key(session) != before
    # As somebody who holds the new key alone.
    held = session.team_keys
    epoch = max(epoch for team, epoch in held if team == "moderation")
    session.team_keys = {name: key for name, key in held.items() if name == ("moderation", epoch)}
    again = await moderator.read(flag)
    assert (again.holds, again.words) == (True, case.words)
    assert await moderator.decide(again, "none", "not-clear", "") == "none"


def case_key(session: StaffSession) -> bytes:
    return session.trust.directory.teams["moderation"].pub
