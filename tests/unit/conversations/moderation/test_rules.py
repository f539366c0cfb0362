"""Which flag is taken and who may decide it, and what the trail's heads say."""

import hashlib
from dataclasses import replace

import pytest

from app.conversations.errors import (
    Closed,
    FlagFormat,
    Malformed,
    SecondNeeded,
    SlotTaken,
    SlowDown,
    StaleEpoch,
    Unknown,
)
from app.conversations.moderation import rules
from app.conversations.moderation.rules import (
    ALONE,
    ANSWER_DAYS,
    MOST_A_DAY,
    MOST_OPEN,
    Act,
    Answer,
    Category,
    Decision,
    Flag,
    Lease,
    More,
    Outcome,
    Proposal,
    Report,
)
from app.conversations.trail.rules import TRAIL_START, Entry, trail_head
from app.wire.encoding import ctx
from app.wire.ids import CLIENT_SEAT, FlagId, Kid, RoomId, SeatId
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS

ME, OTHER, TEAM = Kid(b"m" * 16), Kid(b"o" * 16), Kid(b"t" * 16)
REPORT = Report(
    FlagId(b"f" * 16), RoomId(b"r" * 16), CLIENT_SEAT, None, Category.ABUSE, TEAM, b"zqx-sealed" * 10
)
DECISION = Decision(Act.CLOSE, "abuse", b"zqx-note" * 10)
HELD = Flag(REPORT, 1, 20_000, Lease(ME, 100), None)
ENTRY = Entry(1, 20_000, ME, "close", REPORT.flag, "abuse")


OUTCOMES = {
    Act.NONE: Outcome.NONE,
    Act.TALK: Outcome.TALKED,
    Act.PAUSE: Outcome.PAUSED,
    Act.REOFFER: Outcome.REOFFERED,
    Act.CLOSE: Outcome.CLOSED,
}
ASKED = Proposal(
    REPORT.flag, 1, ME, OTHER, Act.PAUSE, Kid(b"p" * 16), "abuse", Answer.ASKED, 20_000, b"zqx-shown"
)


def test_a_sealed_flag_has_one_of_five_lengths() -> None:
    assert sorted(FLAG_SEALS) == [4177, 8273, 16465, 32849, 65617]
    for size in FLAG_SEALS:
        rules.check_flag(bytes(size))
        for other in (size - 1, size + 1):
            with pytest.raises(FlagFormat):
                rules.check_flag(bytes(other))


def test_a_sealed_note_has_one_of_three_lengths() -> None:
    assert sorted(FLAG_NOTE_SEALS) == [1105, 2129, 4177]
    for size in FLAG_NOTE_SEALS:
        rules.check_note(bytes(size))
        with pytest.raises(FlagFormat):
            rules.check_note(bytes(size - 1))


def test_a_flag_is_sealed_to_the_present_team_and_the_fourth_or_the_eleventh_of_a_day_is_too_many() -> None:
    rules.check_report(REPORT, TEAM, MOST_OPEN - 1, MOST_A_DAY - 1)
    with pytest.raises(StaleEpoch):
        rules.check_report(REPORT, OTHER, 0, 0)
    with pytest.raises(SlowDown):
        rules.check_report(REPORT, TEAM, MOST_OPEN, MOST_OPEN)
    with pytest.raises(SlowDown):
        rules.check_report(REPORT, TEAM, 0, MOST_A_DAY)


@pytest.mark.parametrize(
    "change",
    [
        {"room": RoomId(b"s" * 16)},
        {"seat": SeatId(b"s" * 16)},
        {"kid": ME},
        {"category": Category.OTHER},
        {"team": OTHER},
        {"sealed": b"other"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_only_the_identical_flag_is_a_repeat(change: dict[str, object]) -> None:
    assert rules.repeated(HELD, REPORT) is Outcome.OPEN
    assert rules.repeated(replace(HELD, decision=DECISION), replace(REPORT)) is Outcome.CLOSED
    with pytest.raises(SlotTaken):
        rules.repeated(HELD, replace(REPORT, **change))  # type: ignore[arg-type]  # fields by their names


def test_what_a_reporter_is_told_says_what_was_done_and_not_why() -> None:
    told = {act: rules.outcome(replace(HELD, decision=replace(DECISION, act=act))) for act in OUTCOMES}
    assert told == OUTCOMES
    assert rules.outcome(HELD) is Outcome.OPEN
    assert rules.outcome(replace(HELD, more=More.ASKED)) is Outcome.ASKED
    for more in (More.GIVEN, More.REFUSED):
        assert rules.outcome(replace(HELD, more=more)) is Outcome.OPEN
    assert rules.outcome(replace(HELD, reported_day=1)) is Outcome.REPORTED


def test_only_who_has_the_flag_may_decide_it_and_only_once() -> None:
    assert rules.require_held(HELD, ME) is HELD
    for flag, kid in ((None, ME), (HELD, OTHER), (replace(HELD, lease=None), ME)):
        with pytest.raises(Unknown):
            rules.require_held(flag, kid)
    with pytest.raises(Closed):
        rules.require_held(replace(HELD, decision=DECISION), ME)


def test_a_decision_is_repeated_only_as_it_was() -> None:
    done = replace(HELD, decision=DECISION)
    assert rules.is_repeat(done, replace(DECISION))
    for other in (
        replace(DECISION, act=Act.NONE),
        replace(DECISION, reason="danger"),
        replace(DECISION, note=b""),
    ):
        assert not rules.is_repeat(done, other)
    assert not rules.is_repeat(HELD, DECISION)
    assert not rules.is_repeat(None, DECISION)


def test_what_one_may_do_alone_depends_on_the_act_the_category_and_on_who_else_there_is() -> None:
    for act in (Act.NONE, Act.TALK, Act.REOFFER):
        rules.check_alone(act, Category.DANGER, [OTHER])
    rules.check_alone(Act.CLOSE, Category.ABUSE, [OTHER])
    rules.check_alone(Act.PAUSE, Category.ABUSE, [])
    for act, category, others in (
        (Act.CLOSE, Category.DANGER, []),
        (Act.REPORT, Category.ABUSE, []),
        (Act.PAUSE, Category.ABUSE, [OTHER]),
    ):
        with pytest.raises(SecondNeeded):
            rules.check_alone(act, category, others)
    assert ALONE == 72 * 3_600


def test_a_pause_is_about_one_listed_peer_who_sat_there() -> None:
    for act in Act:
        for subject in (None, OTHER):
            if (act is Act.PAUSE) is (subject is not None):
                rules.check_subject(act, subject)
            else:
                with pytest.raises(Malformed):
                    rules.check_subject(act, subject)
    rules.check_paused(None, [], [])
    rules.check_paused(OTHER, [OTHER], [OTHER])
    for sat, peers in (([ME], [OTHER]), ([OTHER], [ME])):
        with pytest.raises(Unknown):
            rules.check_paused(OTHER, sat, peers)


def test_a_question_waits_while_both_are_there_and_for_a_week() -> None:
    today = ASKED.day + ANSWER_DAYS
    assert ASKED.waits(today, [ME], [ME, OTHER])
    assert not ASKED.waits(today + 1, [ME], [ME, OTHER])
    assert not ASKED.waits(today, [], [ME, OTHER])
    assert not ASKED.waits(today, [ME], [ME])
    for state in (Answer.AGREED, Answer.DIFFERS, Answer.OVER):
        assert not replace(ASKED, state=state).waits(today, [ME], [ME, OTHER])


def test_a_flag_whose_question_waits_is_still_the_askers_and_nobody_elses() -> None:
    free = replace(HELD, lease=None)
    assert rules.require_held(free, ME, ASKED) is free
    with pytest.raises(Unknown):
        rules.require_held(free, OTHER, ASKED)


def test_a_head_of_the_trail_is_a_hash_over_its_entry_and_the_head_before() -> None:
    said = ctx(
        "trail", bytes(32), b"\x00\x00\x00\x01", b"\x00\x00\x4e\x20", ME, b"close", REPORT.flag, b"abuse"
    )
    assert trail_head(TRAIL_START, ENTRY) == hashlib.sha256(said).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2},
        {"day": 20_001},
        {"kid": OTHER},
        {"act": "none"},
        {"flag": FlagId(b"g" * 16)},
        {"reason": ""},
        {"act": "closea", "reason": "buse"},
    ],
    ids=str,
)
def test_a_changed_entry_changes_every_head_behind_it(change: dict[str, object]) -> None:
    changed = replace(ENTRY, **change)  # type: ignore[arg-type]  # fields by their names
    after = replace(ENTRY, n=2)
    heads = [trail_head(trail_head(TRAIL_START, first), after) for first in (ENTRY, changed)]
    assert heads[0] != heads[1]


def test_nothing_of_a_flag_or_decision_shows_in_its_repr() -> None:
    shown = repr((HELD, replace(HELD, decision=DECISION), DECISION, ENTRY, ASKED))
    for secret in ("zqx", "rrrr", "ffff", "tttt", "mmmm", "oooo", "pppp"):
        assert secret not in shown
