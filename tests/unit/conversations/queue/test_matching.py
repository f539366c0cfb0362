"""Who is offered to whom, and what becomes of an offer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.conversations.ids import Kid, RoomId
from app.conversations.queue.rules import (
    HERE,
    LONG_NOTE,
    OFFERED,
    OUTAGE,
    PASSED,
    FreePeer,
    Offer,
    Range,
    Turn,
    Waiter,
    Why,
    assign,
    next_turn,
    why_wait,
)

NOW = 1_795_312_800
ANA, BO, CAI = (RoomId(name * 16) for name in (b"a", b"b", b"c"))
MARA, SOL = Kid(b"m" * 16), Kid(b"s" * 16)


def waiter(room: RoomId = ANA, since: int = 60, **changes: Any) -> Waiter:
    """Somebody who is here, has waited `since` seconds, and asks for nothing but English."""
    plain = Waiter(room, "en", False, (), (), None, (), True, False, NOW - since)
    return replace(plain, **changes)


def peer(kid: Kid = MARA, **changes: Any) -> FreePeer:
    return replace(FreePeer(kid, ("en",), (), (), 0, None), **changes)


def offered(
    waiting: list[Waiter], free: list[FreePeer], passed: Mapping[tuple[RoomId, Kid], int] | None = None
) -> list[tuple[RoomId, Kid]]:
    """What is assigned, which must not hang on the order in which it was read."""
    found = assign(waiting, free, passed or {}, NOW)
    assert assign(waiting[::-1], free[::-1], passed or {}, NOW) == found
    return found


FIRST = [
    ("the longest wait", waiter(ANA, 90), waiter(BO, 89)),
    ("urgency before the wait", waiter(ANA, 1, urgent=True), waiter(BO, 5_000)),
    ("who is here before who is away", waiter(ANA, 1), waiter(BO, LONG_NOTE - 1, here=False, note=True)),
    (
        "who is here before an urgent note",
        waiter(ANA, 1),
        waiter(BO, LONG_NOTE - 1, here=False, note=True, urgent=True),
    ),
    (
        "a note that has waited an hour counts as here",
        waiter(ANA, LONG_NOTE, here=False, note=True),
        waiter(BO, LONG_NOTE - 1),
    ),
    (
        "urgency among those who count as here",
        waiter(ANA, 1, urgent=True),
        waiter(BO, 9_000, here=False, note=True),
    ),
    ("of two alike the same one each time", waiter(ANA, 60), waiter(BO, 60)),
]


@pytest.mark.parametrize(("first", "second"), [row[1:] for row in FIRST], ids=[row[0] for row in FIRST])
def test_one_free_peer_is_offered_whoever_comes_first(first: Waiter, second: Waiter) -> None:
    assert offered([first, second], [peer()]) == [(first.room, MARA)]
    assert offered([first, second], [peer(), peer(SOL)]) == [(first.room, MARA), (second.room, SOL)]


BEST = [
    ("whom they asked for", waiter(asked=SOL, lived=("grief",)), peer(lived=("grief",)), peer(SOL, rooms=1)),
    (
        "more shared experience",
        waiter(lived=("grief", "money"), topics=("faith", "health")),
        peer(lived=("grief",), topics=("faith", "health")),
        peer(SOL, lived=("money", "grief"), rooms=1),
    ),
    (
        "with the same experience more topics",
        waiter(lived=("grief",), topics=("faith", "health")),
        peer(lived=("grief",), topics=("faith",)),
        peer(SOL, lived=("grief",), topics=("health", "faith"), rooms=1, met_at=9),
    ),
    ("among equals fewer rooms", waiter(), peer(rooms=1), peer(SOL, met_at=9)),
    ("then the talk that began longest ago", waiter(), peer(met_at=8), peer(SOL, met_at=7)),
    ("then who has not met anybody yet", waiter(), peer(met_at=0), peer(SOL)),
]


@pytest.mark.parametrize(("wish", "other", "best"), [row[1:] for row in BEST], ids=[row[0] for row in BEST])
def test_of_two_free_peers_the_better_one_is_asked(wish: Waiter, other: FreePeer, best: FreePeer) -> None:
    assert best.kid == SOL
    assert offered([wish], [other, best]) == [(wish.room, SOL)]
    assert offered([wish], [other]) == [(wish.room, MARA)]


LET_GO = {(BO, MARA): NOW + 1}


@pytest.mark.parametrize(("wish", "other", "best"), [
    (waiter(), peer(), peer(SOL, rooms=1, met_at=9)),
    (waiter(topics=("faith",)), peer(topics=("faith",)), peer(SOL, topics=("faith",), rooms=1)),
])  # fmt: skip
def test_among_equals_whoever_let_somebody_go_by_lately_comes_last(
    wish: Waiter, other: FreePeer, best: FreePeer
) -> None:
    assert offered([wish], [other, best], LET_GO) == [(wish.room, SOL)]
    assert offered([wish], [other, best], {(BO, MARA): NOW}) == [(wish.room, MARA)]
    assert offered([wish], [other, best], {**LET_GO, (CAI, SOL): NOW + 1}) == [(wish.room, MARA)]
    # Alone they are offered everybody else, and what two share counts for more.
    assert offered([wish], [other], LET_GO) == [(wish.room, MARA)]
    assert offered([waiter(asked=MARA)], [other, best], LET_GO) == [(ANA, MARA)]


NEVER = [
    ("nobody who does not speak the language", waiter(language="es"), waiter(), {}),
    ("nobody who was refused", waiter(refused=(MARA,)), waiter(refused=(SOL,)), {}),
    ("nobody who cannot open the seal", waiter(epoch=2), waiter(epoch=1), {}),
    ("no sleeper", waiter(here=False), waiter(here=False, note=True), {}),
    ("not again to who passed", waiter(), waiter(BO), {(ANA, MARA): NOW + 1}),
    ("again once that is over", waiter(BO), waiter(ANA), {(ANA, MARA): NOW, (BO, MARA): NOW + 1}),
    ("a wish for somebody who was refused is no way back", waiter(asked=MARA, refused=(MARA,)), waiter(), {}),
]


@pytest.mark.parametrize(
    ("never", "accepted", "passed"), [row[1:] for row in NEVER], ids=[row[0] for row in NEVER]
)
def test_some_are_not_offered_at_all(
    never: Waiter, accepted: Waiter, passed: dict[tuple[RoomId, Kid], int]
) -> None:
    assert offered([never], [peer()], passed) == []
    assert offered([accepted], [peer()], passed) == [(accepted.room, MARA)]


def test_a_region_asks_for_no_other_peer() -> None:
    assert offered([waiter(language="pt-BR")], [peer(languages=("pt",))]) == [(ANA, MARA)]
    assert offered([waiter(language="pt-BR")], [peer(languages=("br",))]) == []


def test_somebody_whom_one_peer_may_not_meet_goes_to_the_other() -> None:
    assert offered([waiter(refused=(MARA,))], [peer(), peer(SOL, rooms=2)]) == [(ANA, SOL)]
    assert offered([waiter()], [peer(), peer(SOL)], {(ANA, MARA): NOW + PASSED}) == [(ANA, SOL)]


def test_nobody_and_no_peer_is_given_away_twice() -> None:
    waiting = [waiter(room, since) for since, room in enumerate((ANA, BO, CAI))]
    given = offered(waiting, [peer(), peer(SOL)])
    assert [room for room, _ in given] == [CAI, BO]
    assert {kid for _, kid in given} == {MARA, SOL}
    assert offered([], [peer()]) == offered([waiter()], []) == []


# What becomes of offers


def turn(
    offers: list[Offer], waiting: list[Waiter] | None = None, free: list[FreePeer] | None = None
) -> Turn:
    return next_turn(
        [waiter()] if waiting is None else waiting, [peer()] if free is None else free, offers, {}, NOW
    )


def test_an_offer_stands_until_its_time_is_over() -> None:
    for deadline in (NOW, NOW + OFFERED):
        assert not turn([Offer(ANA, MARA, deadline)])
    ran_out = turn([Offer(ANA, MARA, NOW - 1)])
    assert (ran_out.passed, ran_out.made) == (((ANA, MARA),), ())


def test_one_that_ran_out_moves_on_to_somebody_else_at_once() -> None:
    moved = turn([Offer(ANA, MARA, NOW - 1)], free=[peer(), peer(SOL)])
    assert (moved.passed, moved.made) == (((ANA, MARA),), ((ANA, SOL),))
    # And the peer who did not answer is free for others.
    both = turn([Offer(ANA, MARA, NOW - 1)], [waiter(), waiter(BO)])
    assert both.made == ((BO, MARA),)


def test_one_whose_end_nobody_saw_starts_anew() -> None:
    assert turn([Offer(ANA, MARA, NOW - OUTAGE)]).passed == ((ANA, MARA),)
    anew = turn([Offer(ANA, MARA, NOW - OUTAGE - 1)], free=[peer(), peer(SOL)])
    assert (anew.anew, anew.passed, anew.made) == ((ANA,), (), ())


@pytest.mark.parametrize(
    ("waiting", "free"),
    [
        ([], None),
        (None, []),
        ([waiter(refused=(MARA,))], None),
        ([waiter(language="es")], None),
        ([waiter(here=False)], None),
    ],
    ids=["nobody waits", "the peer is not free", "refused", "another language", "asleep"],
)
def test_one_that_holds_no_more_ends_and_counts_as_nothing(
    waiting: list[Waiter] | None, free: list[FreePeer] | None
) -> None:
    for deadline in (NOW + OFFERED, NOW - 1, NOW - OUTAGE - 1):
        assert turn([Offer(ANA, MARA, deadline)], waiting, free) == Turn((ANA,), (), (), ())


def test_whoever_has_an_offer_gets_no_second_one() -> None:
    held = turn([Offer(ANA, MARA, NOW + 1)], [waiter(), waiter(BO)], [peer(), peer(SOL)])
    assert held.made == ((BO, SOL),)
    assert not turn([Offer(ANA, MARA, NOW + 1)], [waiter(), waiter(BO)])


# Why it takes long

WHYS = [
    ("nothing to say", [("en",)], True, 5, Range(2, 5), None),
    ("longer than most", [("en",)], True, 6, Range(2, 5), Why.LONG),
    ("where nothing is known, nothing is long", [("en",)], True, 600, None, None),
    ("nobody who speaks it", [("es",), ("fr",)], True, 9, Range(2, 5), Why.LANGUAGE),
    ("nobody at all", [], True, 9, Range(2, 5), Why.NOBODY),
    ("closed, and nobody is on", [], False, 9, Range(2, 5), Why.CLOSED),
    ("closed for this language", [("es",)], False, 9, Range(2, 5), Why.CLOSED),
    ("closed, but somebody is on who speaks it", [("en",)], False, 1, None, None),
]


@pytest.mark.parametrize(
    ("on", "is_open", "waited", "usual", "why"), [row[1:] for row in WHYS], ids=[row[0] for row in WHYS]
)
def test_a_wait_has_its_reason(
    on: list[tuple[str, ...]], is_open: bool, waited: int, usual: Range | None, why: Why | None
) -> None:
    assert why_wait("en", on, is_open, waited, usual) is why
    assert why_wait("en-US", on, is_open, waited, usual) is why


def test_an_offer_is_answered_while_the_peers_page_still_counts_as_open() -> None:
    assert OFFERED < HERE
    assert OFFERED < PASSED < LONG_NOTE
