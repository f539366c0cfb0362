"""Waits, limits and what a rekey may do."""

import pytest

from app.conversations.errors import Closed, Malformed, Unknown
from app.conversations.ids import Kid
from app.conversations.queue.rules import (
    Load,
    Plan,
    Range,
    band,
    has_room,
    is_here,
    plan_rekey,
    proof_bits,
    remember,
    spoken,
    wait_range,
    week_of,
)
from app.conversations.rooms.rules import State

TEAM, MARA, SOL, STRANGER = (Kid(bytes([n]) * 16) for n in range(4))


def plan(state: State, *purposes: tuple[str, Kid], ticket: bool = False) -> Plan:
    return plan_rekey(state, purposes, ticket, TEAM, [MARA, SOL], [MARA, SOL, STRANGER])


def test_under_eleven_waits_no_range_is_told() -> None:
    assert wait_range([5] * 10) is None
    assert wait_range([5] * 11) == Range(5, 11)


def test_most_people_waited_inside_the_range() -> None:
    for count in range(11, 60):
        minutes = [(n * 7) % 23 for n in range(count)]
        found = wait_range(minutes)
        assert found is not None
        inside = sum(found.low <= each and each + 1 <= found.high for each in minutes)
        assert inside >= 0.8 * count


def test_the_range_is_rounded_outward() -> None:
    assert wait_range(range(12)) == Range(1, 11)
    assert wait_range(range(101)) == Range(10, 91)


def test_the_range_reaches_as_far_as_the_line_does_at_the_pace_of_the_last_two_hours() -> None:
    # Thirty were met in 120 minutes: one every four.
    assert wait_range([3] * 30, in_line=10) == Range(3, 44)
    assert wait_range([3] * 29, in_line=10) == Range(3, 46)
    assert wait_range([50] * 30, in_line=10) == Range(50, 51)
    # With nobody else in line it is one's own turn alone.
    assert wait_range([3] * 30) == Range(3, 4)
    assert wait_range([3] * 12) == Range(3, 10)
    assert wait_range([3] * 10, in_line=10) is None


@pytest.mark.parametrize(("minutes", "end"), [(0, 5), (4, 5), (5, 10), (59, 60), (119, 120), (120, 0)])
def test_a_wait_is_counted_in_its_band(minutes: int, end: int) -> None:
    assert band(minutes) == end


def test_a_full_kind_takes_nobody_and_the_other_still_does() -> None:
    load = Load(silent=5, notes=2)
    assert not has_room(load, False, 5, 3)
    assert has_room(load, True, 5, 3)
    assert has_room(load, False, 6, 2)
    assert not has_room(load, True, 6, 2)


def test_puzzles_get_harder_by_quarters() -> None:
    assert [proof_bits(6, Load(silent, 0), 100) for silent in (0, 24, 25, 50, 75, 100, 500)] == [
        6,
        6,
        7,
        8,
        9,
        9,
        9,
    ]


def test_a_page_counts_as_here_for_two_minutes() -> None:
    assert is_here(1_000, 1_120)
    assert not is_here(1_000, 1_121)


def test_weeks_begin_on_monday() -> None:
    assert week_of(20_779) == week_of(20_779 - 6) == week_of(20_780) - 1  # 2026-11-22 is a Sunday


def test_a_region_does_not_change_the_language() -> None:
    assert (spoken("pt-BR"), spoken("en")) == ("pt", "en")


def test_memory_of_kids_is_short_and_without_repeats() -> None:
    assert remember(("a", "b"), "a") == ("b", "a")
    assert len(remember([str(n) for n in range(100)], "x")) == 64


def test_a_rekey_fits_the_state() -> None:
    team = ("team-peer", TEAM)
    assert plan(State.WAITING, team) == Plan(State.WAITING, ())
    assert plan(State.RESTING, team, ticket=True) == Plan(State.WAITING, ())
    assert plan(State.TALKING, team, ticket=True) == Plan(State.WAITING, ())
    assert plan(State.TALKING, ("seat-peer", SOL)) == Plan(State.TALKING, (SOL,))
    assert plan(State.TALKING) == Plan(State.RESTING, ())


def test_a_rekey_in_a_talk_opens_a_seat_for_who_is_willing_and_listed_alone() -> None:
    def letting_in(*kids: Kid, willing: tuple[Kid, ...] = (SOL, TEAM)) -> Plan:
        seals = [("seat-peer", kid) for kid in kids]
        return plan_rekey(State.TALKING, seals, False, TEAM, [MARA], [MARA, SOL, STRANGER], willing)

    assert letting_in(MARA, SOL) == Plan(State.TALKING, (MARA,), (SOL,))
    assert letting_in(SOL) == Plan(State.TALKING, (), (SOL,))
    for kids, willing in (((MARA, STRANGER), (SOL,)), ((MARA, SOL), ()), ((MARA, TEAM), (SOL, TEAM))):
        with pytest.raises(Unknown):
            letting_in(*kids, willing=willing)


@pytest.mark.parametrize("state", [State.MEETING, State.CLOSED, State.DELETED])
def test_no_rekey_where_nobody_may_change_the_key(state: State) -> None:
    with pytest.raises(Closed):
        plan(state, ("team-peer", TEAM))


@pytest.mark.parametrize(
    ("state", "purposes", "ticket"),
    [
        (State.WAITING, [], False),
        (State.WAITING, [("team-peer", TEAM)], True),
        (State.WAITING, [("seat-peer", MARA)], False),
        (State.WAITING, [("team-peer", TEAM)] * 2, False),
        (State.RESTING, [("team-peer", TEAM)], False),
        (State.RESTING, [], True),
        (State.TALKING, [("seat-peer", MARA)], True),
        (State.TALKING, [("team-peer", TEAM)], False),
        (State.TALKING, [("seat-peer", MARA)] * 2, False),
    ],
)
def test_seals_that_do_not_fit_are_malformed(
    state: State, purposes: list[tuple[str, Kid]], ticket: bool
) -> None:
    with pytest.raises(Malformed):
        plan(state, *purposes, ticket=ticket)


@pytest.mark.parametrize(
    ("state", "purpose", "ticket"),
    [
        (State.WAITING, ("team-peer", STRANGER), False),
        (State.RESTING, ("team-peer", MARA), True),
        (State.TALKING, ("seat-peer", STRANGER), False),
        (State.TALKING, ("seat-peer", TEAM), False),
    ],
)
def test_a_seal_to_somebody_else_is_unknown(state: State, purpose: tuple[str, Kid], ticket: bool) -> None:
    with pytest.raises(Unknown):
        plan(state, purpose, ticket=ticket)
