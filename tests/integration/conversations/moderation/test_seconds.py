"""What takes two: asking, answering without knowing, agreeing or not, and who can be asked."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.companion.evidence import Evidence
from app.companion.flag import MOST_ITEMS, Disclosed, Flag
from app.companion.keys import StaffKey
from app.companion.seals import open_flag, open_flag_note, seal_flag, seal_shown
from app.companion.transcript import Received
from app.conversations import tables
from app.conversations.admission.callers import StaffCaller
from app.conversations.availability import pauses
from app.conversations.availability.rules import Pause
from app.conversations.errors import (
    Closed,
    FlagFormat,
    Malformed,
    NConflict,
    SecondNeeded,
    SlowDown,
    StaleEpoch,
    Unknown,
)
from app.conversations.ids import Kid
from app.conversations.moderation import keeping, rules, second, service
from app.conversations.moderation.rules import (
    ALONE,
    ANSWER_DAYS,
    MOST_REPEATED,
    PACK_DAYS,
    Act,
    Answer,
    Category,
    Outcome,
    Wish,
)
from app.conversations.purge import purge
from app.conversations.rooms.rules import State
from app.kit.clock import DAY, day_of
from app.kit.errors import Refusal
from app.wire.ids import CLIENT_SEAT, FlagId
from app.wire.sizes import SHOWN_SEALS
from tests.builders import Stage, another_node, opened, stage_on, view
from tests.flagging import (
    Talk,
    all_rows,
    back,
    coordinator,
    decision,
    evidence_of,
    flagged,
    left,
    line_on,
    moderator,
    more_moderators,
    talk,
    trail,
)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house on one engine: here nothing depends on which."""
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        yield stage


@dataclass
class Asked:
    """A flag of words that the client heard from Mara, and what the moderator would do about it."""

    here: Talk
    flag: FlagId
    said: Received

    @property
    def stage(self) -> Stage:
        return self.here.stage

    def shown(self, to: StaffKey) -> bytes:
        content = Flag.of([self.said]).to_json()
        return seal_flag(to.pub, self.flag, self.here.guest.room, CLIENT_SEAT, content)

    def wish(self, act: Act = Act.PAUSE, number: int = 1) -> Wish:
        subject = self.here.peer_key.kid if act is Act.PAUSE else None
        return Wish(act, subject, "abuse", line_on(self.stage, self.flag, number))

    async def ask(
        self, to: StaffKey, act: Act = Act.PAUSE, by: StaffKey | None = None, number: int = 1
    ) -> None:
        caller, wish = moderator(self.stage, by), self.wish(act, number)
        await second.ask(self.stage.house, caller, self.flag, to.kid, self.shown(to), wish)

    async def answer(self, who: StaffCaller, act: Act = Act.PAUSE) -> bool:
        return await second.answer(self.stage.house, who, self.flag, self.wish(act, 2))


async def asked(
    stage: Stage, act: Act = Act.PAUSE, category: Category = Category.ABUSE, to: StaffKey | None = None
) -> Asked:
    """The moderator has read a flag and asks the coordinator, or `to`."""
    here = await talk(stage)
    said = await here.says(here.peer, "Give me your number.")
    flag = await flagged(stage, here.guest, said, category=category)
    assert await take(stage) == flag
    case = Asked(here, flag, said)
    await case.ask(to or stage.cast.coordinator, act)
    return case


async def take(stage: Stage, key: StaffKey | None = None) -> FlagId | None:
    taken = await service.take(stage.house, moderator(stage, key))
    return None if taken is None else taken.flag.report.flag


async def pause_of(stage: Stage, kid: Kid) -> Pause | None:
    async with stage.db.read() as tx:
        return await pauses.of(tx, kid, stage.now)


async def acts(stage: Stage) -> list[tuple[bytes, str, str]]:
    return [(entry.kid, entry.act, entry.reason) for entry in await trail(stage)]


async def test_two_who_would_do_the_same_pause_a_peer(place: Stage) -> None:
    case = await asked(place)
    cast, house, mara = place.cast, place.house, place.cast.mara
    first, other = cast.moderator.kid, cast.coordinator.kid
    [question] = (await second.questions(house, coordinator(place))).asked
    assert (question.flag, question.category, question.kid) == (case.flag, Category.ABUSE, first)
    [own] = (await second.questions(house, moderator(place))).mine
    assert (own.flag, own.kid) == (case.flag, other)

    read = await second.read(house, coordinator(place), case.flag)
    # Sealed to this one person, and provable: but nothing of what the first would do.
    assert (read.second, read.notes, read.next_note) == (None, (), 2)
    report = read.flag.report
    assert (report.team, read.flag.epoch) == (other, 0)
    words = Flag.read(open_flag(cast.coordinator, case.flag, report.room, report.seat, report.sealed))
    rows, seats = evidence_of(read)
    [item] = Evidence(report.room, rows, seats).check(words.items)
    assert getattr(item, "proof", None) == "ok"

    assert await pause_of(place, mara.kid) is None
    place.heard.forget()
    wish = case.wish(number=2)
    for _ in range(2):
        assert await second.answer(house, coordinator(place), case.flag, wish)
    pause = await pause_of(place, mara.kid)
    assert pause is not None
    assert (pause.flag, pause.by, pause.second, pause.until) == (case.flag, first, other, None)
    assert place.heard.reports == [(case.here.guest.room, CLIENT_SEAT)]
    [told] = await service.mine(house, case.here.guest.caller)
    assert rules.outcome(told) is Outcome.PAUSED
    assert await acts(place) == [
        (first, "ask-second", ""),
        (other, "read", ""),
        (other, "agree", "abuse"),
        (first, "pause", "abuse"),
    ]
    # The talk goes on; it is new ones that the peer does not take.
    assert (await view(place, case.here.guest.caller, case.here.guest.room)).state is State.TALKING
    [row] = await all_rows(place, tables.flags)
    assert (row.act, row.kept_for, row.lease_kid) == ("pause", None, None)
    assert [row.shown for row in await all_rows(place, tables.proposals)] == [None]
    assert open_flag_note(cast.moderation_team, case.flag, 1, row.note) == {"line": "Read."}


async def test_a_flag_that_ends_a_room_over_danger_takes_two(place: Stage) -> None:
    case = await asked(place, Act.CLOSE, Category.DANGER)
    choice = decision(place, case.flag, Act.CLOSE, number=2)
    with pytest.raises(SecondNeeded):
        await service.decide(place.house, moderator(place), case.flag, choice)
    assert await case.answer(coordinator(place), Act.CLOSE)
    assert (await view(place, case.here.guest.caller, case.here.guest.room)).state is State.CLOSED


@pytest.mark.parametrize("act", [Act.NONE, Act.CLOSE, Act.REOFFER])
async def test_answers_that_differ_do_nothing_and_the_flag_is_the_firsts_again(
    place: Stage, act: Act
) -> None:
    [_, another] = await more_moderators(place, 2)
    case = await asked(place)
    assert await take(place, another) is None
    for _ in range(2):
        with pytest.raises(Unknown):
            await case.answer(moderator(place, another), act)
    wish = case.wish(act, 2)
    for _ in range(2):
        assert not await second.answer(place.house, coordinator(place), case.flag, wish)
    # Not asked any more: a second thought changes nothing.
    with pytest.raises(Unknown):
        await case.answer(coordinator(place))
    assert await pause_of(place, place.cast.mara.kid) is None
    assert (await view(place, case.here.guest.caller, case.here.guest.room)).state is State.TALKING
    assert await take(place, another) is None
    assert await take(place) == case.flag
    read = await service.read(place.house, moderator(place), case.flag)
    assert read.second is not None
    assert (read.second.state, read.second.act, read.second.to) == (
        Answer.DIFFERS,
        Act.PAUSE,
        place.cast.coordinator.kid,
    )
    assert [(note.by, note.kind, note.n) for note in read.notes] == [
        (place.cast.moderator.kid, "asked", 1),
        (place.cast.coordinator.kid, "answered", 2),
    ]
    done = await service.decide(
        place.house, moderator(place), case.flag, decision(place, case.flag, Act.TALK, number=3)
    )
    assert done is Outcome.TALKED


async def test_the_same_act_about_somebody_else_is_not_the_same(place: Stage) -> None:
    case = await asked(place)
    wish = replace(case.wish(number=2), subject=place.cast.sol.kid)
    assert not await second.answer(place.house, coordinator(place), case.flag, wish)
    assert await all_rows(place, tables.pauses) == []


async def test_only_somebody_else_who_is_listed_and_did_not_sit_there_can_be_asked(place: Stage) -> None:
    here = await talk(place)
    flag = await flagged(place, here.guest, await here.says(here.peer, "words"))
    await take(place)
    case = Asked(here, flag, await here.says(here.peer, "words"))
    # Mara is the subject, and may have become a moderator since.
    in_force = place.house.admission.in_force
    assert in_force is not None
    promoted = tuple(
        replace(each, roles=("peer", "moderator")) if each.kid == place.cast.mara.kid else each
        for each in in_force.directory.staff
    )
    await back(place, replace(in_force.directory, staff=promoted))
    for to in (place.cast.moderator, place.cast.mara, place.cast.sol, StaffKey.generate()):
        with pytest.raises(Unknown):
            await case.ask(to)
    assert await take(place, place.cast.mara) is None
    # A pause is of a peer who sat there.
    for subject in (place.cast.sol.kid, place.cast.coordinator.kid):
        wish = replace(case.wish(), subject=subject)
        with pytest.raises(Unknown):
            await second.ask(
                place.house, moderator(place), flag, place.cast.coordinator.kid, bytes(4177), wish
            )
    for wish, shown, code in (
        (case.wish(Act.TALK), bytes(4177), Malformed),
        (replace(case.wish(), subject=None), bytes(4177), Malformed),
        (case.wish(), bytes(4176), FlagFormat),
        (replace(case.wish(), line=replace(case.wish().line, blob=bytes(1104))), bytes(4177), FlagFormat),
    ):
        with pytest.raises(code):
            await second.ask(place.house, moderator(place), flag, place.cast.coordinator.kid, shown, wish)
    await case.ask(place.cast.coordinator)


async def test_where_there_is_nobody_else_one_may_pause_for_72_hours_and_nothing_more(place: Stage) -> None:
    here = await talk(place)
    flag = await flagged(place, here.guest, category=Category.DANGER)
    await take(place)
    mara = place.cast.mara.kid
    choice = replace(decision(place, flag, Act.PAUSE), subject=mara)
    for subject in (mara, place.cast.sol.kid):
        with pytest.raises(SecondNeeded):
            await service.decide(place.house, moderator(place), flag, replace(choice, subject=subject))
    await left(place, place.cast.coordinator)
    case = Asked(here, flag, await here.says(here.peer, "words"))
    with pytest.raises(SecondNeeded):
        await case.ask(place.cast.coordinator, Act.REPORT)
    for act in (Act.CLOSE, Act.REPORT):
        with pytest.raises(SecondNeeded):
            await service.decide(place.house, moderator(place), flag, decision(place, flag, act))
    wrong = replace(choice, subject=place.cast.sol.kid)
    with pytest.raises(Unknown):
        await service.decide(place.house, moderator(place), flag, wrong)
    for _ in range(2):
        done = await service.decide(place.house, moderator(place), flag, choice)
        assert done is Outcome.PAUSED
    pause = await pause_of(place, mara)
    assert pause is not None
    assert (pause.second, pause.until) == (None, place.now + ALONE)
    place.clock.advance(ALONE)
    assert await pause_of(place, mara) is None


async def test_whoever_is_asked_and_leaves_is_asked_no_more_not_even_after_coming_back(place: Stage) -> None:
    case = await asked(place)
    in_force = place.house.admission.in_force
    assert in_force is not None
    gone = coordinator(place)
    await left(place, place.cast.coordinator)
    with pytest.raises(Unknown):
        await case.answer(gone)
    assert (await second.questions(place.house, moderator(place))).mine == []
    assert await take(place) == case.flag
    assert (await service.read(place.house, moderator(place), case.flag)).second is None
    await back(place, in_force.directory)
    with pytest.raises(Unknown):
        await case.answer(coordinator(place))
    await case.ask(place.cast.coordinator, number=2)
    assert await second.answer(place.house, coordinator(place), case.flag, case.wish(number=3))


async def test_the_question_of_a_moderator_who_left_is_over_and_another_takes_the_flag(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    case = await asked(place)
    gone = moderator(place)
    await left(place, place.cast.moderator)
    assert (await second.questions(place.house, coordinator(place))).asked == []
    with pytest.raises(Unknown):
        await case.answer(coordinator(place))
    with pytest.raises(Unknown):
        await second.pack(place.house, gone, case.flag)
    assert await take(place, another) == case.flag
    assert await pause_of(place, place.cast.mara.kid) is None


async def test_a_question_that_nobody_answers_for_a_week_sets_the_flag_free(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    case = await asked(place)
    place.clock.advance(ANSWER_DAYS * DAY)
    assert await take(place, another) is None
    place.clock.advance(DAY)
    assert await take(place, another) == case.flag
    with pytest.raises(Unknown):
        await case.answer(coordinator(place))
    await purge(place.db, place.clock, 90)
    assert [row.shown for row in await all_rows(place, tables.proposals)] == [None]


async def test_while_it_waits_the_first_reads_on_asks_somebody_else_or_decides_alone(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    case = await asked(place)
    other = await flagged(place, await opened(place))
    assert await take(place) == other
    read = await service.read(place.house, moderator(place), case.flag)
    assert read.second is not None
    assert (read.second.state, read.next_note) == (Answer.ASKED, 2)

    await case.ask(another, number=2)
    with pytest.raises(Unknown):
        await second.read(place.house, coordinator(place), case.flag)
    await second.read(place.house, moderator(place, another), case.flag)
    choice = decision(place, case.flag, number=3)
    done = await service.decide(place.house, moderator(place), case.flag, choice)
    assert done is Outcome.NONE
    for act in (
        case.answer(moderator(place, another)),
        second.read(place.house, moderator(place, another), case.flag),
    ):
        with pytest.raises((Closed, Unknown)):
            await act
    # The lease on the other flag is untouched.
    assert await take(place) == other


async def test_a_report_agreed_by_two_leaves_the_flag_open_held_and_its_pack_to_them_alone(
    place: Stage,
) -> None:
    [_, another] = await more_moderators(place, 2)
    case, house = await asked(place, Act.REPORT), place.house
    flag = case.flag
    for caller in (moderator(place), coordinator(place)):
        with pytest.raises(Unknown):
            await second.pack(house, caller, flag)
    assert await case.answer(coordinator(place), Act.REPORT)
    [told] = await service.mine(house, case.here.guest.caller)
    assert rules.outcome(told) is Outcome.REPORTED
    assert await take(place) == flag
    own = await second.pack(house, moderator(place), flag)
    assert own.flag.report.team == place.cast.moderation_team.kid
    theirs = await second.pack(house, coordinator(place), flag)
    report = theirs.flag.report
    assert Flag.read(open_flag(place.cast.coordinator, flag, report.room, report.seat, report.sealed)).items
    outsiders = (moderator(place, another), stage_peer(place), replace(moderator(place), role="peer"))
    for caller in outsiders:
        with pytest.raises(Unknown):
            await second.pack(house, caller, flag)
    done = await service.decide(house, moderator(place), flag, decision(place, flag, number=3))
    assert done is Outcome.NONE
    await second.pack(house, moderator(place), flag)
    # Both find it again on their page, decided or not, while they may take it; nobody else does.
    found = [(await second.questions(house, who)).reported for who in (moderator(place), coordinator(place))]
    assert [[(each.flag, each.other, each.last_day) for each in mine] for mine in found] == [
        [(flag, place.cast.coordinator.kid, day_of(place.now) + PACK_DAYS)],
        [(flag, place.cast.moderator.kid, day_of(place.now) + PACK_DAYS)],
    ]
    assert (await second.questions(house, moderator(place, another))).reported == []
    assert [act for _, act, _ in await acts(place)] == [
        "ask-second", "agree", "report", "pack", "pack", "none", "pack",
    ]  # fmt: skip
    place.clock.advance((PACK_DAYS + 1) * DAY)
    for caller in (moderator(place), coordinator(place)):
        assert (await second.questions(house, caller)).reported == []
        with pytest.raises(Unknown):
            await second.pack(house, caller, flag)
    place.clock.advance(200 * DAY)
    await purge(place.db, place.clock, 90)
    [row] = await all_rows(place, tables.flags)
    assert (row.held, row.reported_day) == (True, day_of(place.now) - 200 - PACK_DAYS - 1)
    assert [row.shown for row in await all_rows(place, tables.proposals)] == [None]


async def test_a_line_counts_only_under_the_present_key_and_the_next_number(place: Stage) -> None:
    """Under any other it would open for nobody, and no place would say so."""
    case = await asked(place, Act.REPORT)
    me, other = moderator(place), coordinator(place)
    alone, agreeing = decision(place, case.flag, number=2), case.wish(Act.REPORT, 2)
    asking, to = case.wish(Act.CLOSE, 2), place.cast.coordinator
    for change, code in (({"team": StaffKey.generate().kid}, StaleEpoch), ({"n": 1}, NConflict)):

        def wrong(wish: Wish, change: dict[str, Any] = change) -> Wish:
            return replace(wish, line=replace(wish.line, **change))

        for act in (
            service.decide(place.house, me, case.flag, wrong(alone)),
            service.hand_on(place.house, me, case.flag, wrong(alone).line),
            second.ask(place.house, me, case.flag, to.kid, bytes(8273), wrong(asking)),
            second.answer(place.house, other, case.flag, wrong(agreeing)),
        ):
            with pytest.raises(code):
                await act
    assert [row.n for row in await all_rows(place, tables.flag_notes)] == [1]
    assert await second.answer(place.house, other, case.flag, agreeing)


async def test_a_flag_and_all_that_was_sent_later_can_be_shown_to_a_second_person(place: Stage) -> None:
    case = await asked(place)
    words = [Disclosed(seq, bytes(32), bytes(2_200)) for seq in range(1, 2 * MOST_ITEMS + 1)]
    to, room = place.cast.coordinator, case.here.guest.room
    content = Flag(tuple(words), "", "n" * 2_002).to_json()
    shown = seal_shown(to.pub, case.flag, room, CLIENT_SEAT, content)
    assert len(shown) == max(SHOWN_SEALS) == 2 * 65_536 + 81
    await second.ask(place.house, moderator(place), case.flag, to.kid, shown, case.wish(number=2))
    report = (await second.read(place.house, coordinator(place), case.flag)).flag.report
    opened_flag = open_flag(to, case.flag, room, report.seat, report.sealed)
    assert len(Flag.read(opened_flag, whole=True).items) == 2 * MOST_ITEMS


async def test_nobody_fills_the_trail_with_one_flag(place: Stage) -> None:
    case = await asked(place, Act.REPORT)
    to = place.cast.coordinator
    for number in range(2, MOST_REPEATED + 1):
        await case.ask(to, Act.REPORT, number=number)
    with pytest.raises(SlowDown):
        await case.ask(to, Act.REPORT, number=MOST_REPEATED + 1)
    agreeing = case.wish(Act.REPORT, MOST_REPEATED + 1)
    assert await second.answer(place.house, coordinator(place), case.flag, agreeing)
    for _ in range(MOST_REPEATED):
        await second.pack(place.house, moderator(place), case.flag)
    with pytest.raises(SlowDown):
        await second.pack(place.house, moderator(place), case.flag)
    for turn in range(MOST_REPEATED):
        await keeping.hold(place.house, moderator(place), case.flag, turn % 2 == 1, "again")
    with pytest.raises(SlowDown):
        await keeping.hold(place.house, moderator(place), case.flag, False, "again")
    # It bars nobody else, and is over the next day.
    await second.pack(place.house, coordinator(place), case.flag)
    place.clock.advance(DAY)
    await second.pack(place.house, moderator(place), case.flag)


def stage_peer(stage: Stage) -> StaffCaller:
    return stage.staff(stage.cast.mara)


async def test_only_moderators_ask_and_only_moderators_and_coordinators_are_asked(place: Stage) -> None:
    case = await asked(place)
    for caller in (
        stage_peer(place),
        replace(coordinator(place), role="peer"),
        replace(stage_peer(place), role="coordinator"),
    ):
        for act in (
            second.questions(place.house, caller),
            second.read(place.house, caller, case.flag),
            case.answer(caller),
        ):
            with pytest.raises(Unknown):
                await act
    with pytest.raises(Unknown):
        await second.ask(
            place.house,
            coordinator(place),
            case.flag,
            place.cast.moderator.kid,
            case.shown(place.cast.moderator),
            case.wish(),
        )
    assert await case.answer(coordinator(place))


async def test_of_an_agreement_and_a_decision_alone_at_once_one_is_carried_out(
    stage: Stage, engine_url: str
) -> None:
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()
        for _ in range(3):
            case = await asked(stage, Act.CLOSE)
            alone = service.decide(
                node.house, moderator(node), case.flag, decision(node, case.flag, Act.TALK, number=2)
            )
            agreed, decided = await asyncio.gather(
                case.answer(coordinator(stage), Act.CLOSE), alone, return_exceptions=True
            )
            assert isinstance(agreed, Refusal) is not isinstance(decided, Refusal)
            state = (await view(stage, case.here.guest.caller, case.here.guest.room)).state
            assert state is (State.CLOSED if agreed is True else State.TALKING)
